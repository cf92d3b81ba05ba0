"""How a form reads the data of a partner, whatever type a field has."""

import io

from werkzeug.datastructures import FileStorage

from odoo.addons.http_routing.tests.common import MockRequest

from ..controllers.change_form import ChangeForm
from .change_common import ChangePeople
from .common import PortalTransactionCase


class TestChangeValues(ChangePeople, PortalTransactionCase):
    def setUp(self):
        super().setUp()
        self.enterContext(MockRequest(self.env(user=self.anna)))

    def _read(self, **post):
        """Return the values of a form, and its messages."""
        form = ChangeForm(post)
        return form.parse(post), form.errors

    def assertRead(self, value, **post):  # noqa: N802 (named like its siblings)
        [name] = post
        self.assertEqual(self._read(**post), ({name: value}, {}))

    def assertRefused(self, message, **post):  # noqa: N802 (named like its siblings)
        values, errors = self._read(**post)
        [name] = post
        self.assertFalse(values[name], post)
        self.assertEqual(errors, {name: message})

    # === TYPES === #

    def test_line_of_text(self):
        self.assertRead("Neu 1", street=" Neu 1 ")
        self.assertRead(False, street="  ")
        self.assertRead("a" * 256, street="a" * 256)
        self.assertRefused(
            "“Street” may have 256 characters, not 257.", street="a" * 257
        )
        for text in ("a\nb", "\x00", "a\tb", "\x7f", "\ud800"):
            self.assertRefused(
                "“Street” contains characters that cannot be used.", street=text
            )

    def test_text(self):
        """Odoo's partners have none; an addon, or Studio, may add one."""
        self.env["ir.model.fields"].create(
            {
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "name": "x_opening_hours",
                "field_description": "Opening Hours",
                "ttype": "text",
            }
        )
        self.assertRead("a\nb", x_opening_hours=" a\r\nb ")
        self.assertRefused(
            "“Opening Hours” may have 2000 characters, not 2001.",
            x_opening_hours="a" * 2001,
        )

    def test_choice(self):
        self.assertRead("invoice", type="invoice")
        self.assertRead(False, type="")
        self.assertRefused(
            "Please choose “Address Type” from the list.", type="headquarters"
        )

    def test_box(self):
        for value, expected in (
            *(("1", True), ("on", True), ("true", True)),
            *(("", False), ("0", False), ("off", False)),
        ):
            self.assertRead(expected, employee=value)

    def test_number(self):
        self.assertRead(7, color="7")
        self.assertRead(0, color="")
        for junk in ("-1", "1.5", "٣", "9" * 30, "a"):
            values, errors = self._read(color=junk)
            self.assertEqual((values, list(errors)), ({"color": 0}, ["color"]))

    def test_record(self):
        germany = self.env.ref("base.de")
        self.assertRead(germany.id, country_id=str(germany.id))
        self.assertRead(germany.id, country_id=germany.id)
        self.assertRead(False, country_id="")
        for junk in ("0", "-1", "abc", "2147483647", "9" * 30, "\x00", "1 OR 1=1"):
            self.assertRefused(
                "Please choose “Country” from the list.", country_id=junk
            )

    def test_record_that_the_visitor_does_not_see(self):
        """Neither whether it exists nor its name is told."""
        message = "Please choose “Related Company” from the list."
        self.assertRead(self.adler.id, parent_id=str(self.adler.id))
        self.assertRefused(message, parent_id=str(self.krone.id))
        user_label = self.env["res.partner"]._get_change_label("user_id")
        self.assertRefused(
            f"Please choose “{user_label}” from the list.", user_id=str(self.erik.id)
        )

    def test_type_that_no_form_can_hold(self):
        values, errors = self._read(category_id="1", partner_latitude="1.5")
        self.assertFalse(any(values.values()))
        self.assertEqual(set(errors), {"category_id", "partner_latitude"})

    # === COUNTRY AND STATE === #

    def test_state_lies_in_its_country(self):
        bavaria, germany = self.env.ref("base.state_de_by"), self.env.ref("base.de")
        texas, vatican = self.env.ref("base.state_us_44"), self.env.ref("base.va")
        both = {"country_id": germany.id, "state_id": bavaria.id}
        self.assertEqual(self._read(**both), (both, {}))
        values, errors = self._read(country_id=germany.id, state_id=texas.id)
        self.assertEqual(values, {"country_id": germany.id, "state_id": False})
        self.assertEqual(list(errors), ["state_id"])
        values, errors = self._read(country_id=vatican.id, state_id=bavaria.id)
        self.assertEqual(values, {"country_id": vatican.id, "state_id": False})
        self.assertFalse(errors)

    # === WHICH FIELDS === #

    def test_fields_come_in_the_order_of_the_page(self):
        post = {"zip": "1", "name": "A", "city": "B", "street": "C", "email": "d@e.fr"}
        self.assertEqual(list(self._read(**post)[0]), list(post))

    def test_only_what_the_form_has_and_what_was_sent_is_read(self):
        form = ChangeForm({"street": "A", "credit_limit": "1", "active": ""})
        self.assertEqual(form.parse(["street", "city"]), {"street": "A"})

    def test_files_are_no_texts(self):
        upload = FileStorage(io.BytesIO(b"x"), "x.txt")
        self.assertEqual(self._read(street=upload, name=[1], zip=None), ({}, {}))
