from datetime import date, datetime

from odoo.fields import Command

from ..tools import field_values
from .common import PortalTransactionCase


class TestFieldValues(PortalTransactionCase):
    """Values of any field as plain data, and as a reader sees them."""

    def assert_plain(self, record, name, value, plain):
        self.assertEqual(field_values.to_plain(record, name, value), plain)

    def test_empty_is_empty_however_it_is_written(self):
        partner = self.adler
        for name, empties in {
            "street": (False, None, "", "  "),
            "country_id": (False, None, 0, self.env["res.country"]),
            "category_id": (False, [], self.env["res.partner.category"]),
            "date": (False, None),
        }.items():
            if name not in partner._fields:
                continue
            for empty in empties:
                with self.subTest(name=name, empty=empty):
                    self.assert_plain(partner, name, empty, False)

    def test_texts_have_no_spaces_around_them(self):
        self.assert_plain(self.adler, "street", " Marktplatz 1\n", "Marktplatz 1")

    def test_a_record_is_its_id(self):
        germany = self.env.ref("base.de")
        for value in (germany, germany.id):
            self.assert_plain(self.adler, "country_id", value, germany.id)
        self.assertEqual(field_values.get_value(self.adler, "country_id"), germany.id)

    def test_records_are_sorted_ids(self):
        tags = self.env["res.partner.category"].create([{"name": "A"}, {"name": "B"}])
        for value in (tags, tags[::-1], tags.ids, [Command.set(tags.ids)]):
            self.assert_plain(self.adler, "category_id", value, tags.ids)
        self.assertEqual(
            field_values.to_write(self.adler, "category_id", tags.ids),
            [Command.set(tags.ids)],
        )

    def test_days_and_moments_are_texts(self):
        company = self.env["res.company"]
        log = self.env["mail.activity"]
        self.assert_plain(log, "date_deadline", date(2026, 12, 1), "2026-12-01")
        moment = datetime(2026, 12, 1, 9, 30)
        self.assert_plain(company, "create_date", moment, "2026-12-01 09:30:00")
        self.assertEqual(
            field_values.show(log, "date_deadline", "2026-12-01"), "12/01/2026"
        )

    def test_a_reader_sees_names_not_numbers(self):
        germany = self.env.ref("base.de")
        partner = self.env["res.partner"]
        for name, value, text in (
            ("country_id", germany.id, "Germany"),
            ("country_id", 2**31 - 1, ""),
            ("type", "delivery", "Delivery"),
            ("active", False, "No"),
            ("color", False, "0"),
            ("street", False, ""),
        ):
            with self.subTest(name=name, value=value):
                self.assertEqual(field_values.show(partner, name, value), text)

    def test_a_reader_sees_his_own_language(self):
        self.env["res.lang"]._activate_lang("de_DE")
        germany = self.env.ref("base.de")
        germany.with_context(lang="de_DE").name = "Deutschland"
        partner = self.env["res.partner"].with_context(lang="de_DE")
        self.assertEqual(
            field_values.show(partner, "country_id", germany.id), "Deutschland"
        )
