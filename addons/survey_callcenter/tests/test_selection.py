from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import mute_logger

from .list_case import ListCase

ZIPS = ("85999", "86000", "86 650", "86700", "87435", "88999", "89000", False)


class TestSelection(ListCase):
    """Whom a selection finds, and who may change it."""

    def found(self, selection):
        """Return the names of whom the selection finds now."""
        partners = self.env["res.partner"].search(
            selection._get_partner_domain(), order="id"
        )
        return partners.mapped("name")

    def _found_zips(self, zip_from, zip_to):
        people = self.env["res.partner"]
        for code in ZIPS:
            people |= self._create_partner(f"ZIP {code}", zip=code)
        selection = self._create_selection(
            domain="[('name', '=like', 'ZIP %')]",
            country_id=self.env.ref("base.de").id,
            zip_from=zip_from,
            zip_to=zip_to,
        )
        domain = selection._get_partner_domain()
        found = self.env["res.partner"].search(domain, order="id")
        self.assertEqual(people.filtered_domain(domain).sorted("id"), found)
        return found.mapped("zip")

    # === ZIP CODES === #

    def test_86_to_88_are_all_zip_codes_that_begin_so(self):
        self.assertEqual(
            self._found_zips("86", "88"), ["86000", "86 650", "86700", "87435", "88999"]
        )

    def test_867_to_88_begins_within_86(self):
        self.assertEqual(self._found_zips("867", "88"), ["86700", "87435", "88999"])

    def test_one_prefix_from_itself_to_itself(self):
        self.assertEqual(self._found_zips("87", "87"), ["87435"])

    def test_letters_of_zip_codes_may_be_small(self):
        self._create_partner("ZIP London", zip="sw1a 1aa")
        selection = self._create_selection(
            domain="[('name', '=like', 'ZIP %')]",
            country_id=self.env.ref("base.de").id,
            zip_from="sw 1a",
            zip_to="SW2",
        )
        self.assertEqual(self.found(selection), ["ZIP London"])
        self.assertEqual(selection.zip_from, "SW1A")

    def test_people_of_another_country_with_this_zip_code_are_not_found(self):
        self._create_partner(
            "List Wien", zip="8701", country_id=self.env.ref("base.at").id
        )
        self._create_partner("List Kempten", zip="87435")
        selection = self._create_selection(
            country_id=self.env.ref("base.de").id, zip_from="87", zip_to="87"
        )
        self.assertEqual(self.found(selection), ["List Kempten"])

    def test_zip_codes_that_make_no_sense_are_refused_with_the_reason(self):
        germany = self.env.ref("base.de").id
        for values, reason in (
            ({"zip_from": "86", "country_id": germany}, "both ZIP codes, or none"),
            ({"zip_to": "86", "country_id": germany}, "both ZIP codes, or none"),
            ({"zip_from": "86", "zip_to": "88"}, "need a country"),
            (
                {"zip_from": "89", "zip_to": "88", "country_id": germany},
                r"\(89\) comes after the last one",
            ),
            (
                {"zip_from": "8" * 11, "zip_to": "88", "country_id": germany},
                "at most 10 characters",
            ),
        ):
            with (
                self.subTest(**values),
                self.assertRaisesRegex(ValidationError, reason),
                self.env.cr.savepoint(),
            ):
                self._create_selection(**values)

    # === CRITERIA === #

    def test_criteria_that_cannot_be_used_are_refused_in_plain_words(self):
        for domain in (
            "[('nothing', '=', 1)]",
            "name = List",
            "[('name')]",
            "[('id', '=', 'x' * 3)]",
            "[('create_date', '>', 'xyz')]",
            "{}",
            "5",
            "[" * 3000,
        ):
            with (
                self.subTest(domain=domain[:40]),
                self.assertRaisesRegex(ValidationError, "cannot be used"),
                mute_logger("odoo.sql_db", "odoo.domains"),
                self.env.cr.savepoint(),
            ):
                self._create_selection(domain=domain)

    @mute_logger("odoo.sql_db")
    def test_criteria_cannot_ask_for_what_the_manager_may_not_read(self):
        secret = "[('user_ids.totp_enabled', '=', True), ('signup_type', '!=', False)]"
        with self.assertRaisesRegex(ValidationError, "cannot be used"):
            self._create_selection(domain=secret)

    def test_archived_people_and_those_of_other_companies_are_not_found(self):
        other = self.env["res.company"].create({"name": "Other"})
        self._create_partner("List archived", active=False)
        self._create_partner("List foreign", company_id=other.id)
        self._create_partner("List ours", company_id=self.env.company.id)
        self.assertEqual(self.found(self.selection), ["List good", "List ours"])

    # === STATIC AND DYNAMIC === #

    def test_dynamic_selection_finds_who_fits_at_the_time(self):
        self._create_partner("List new")
        self.assertEqual(self.found(self.selection), ["List good", "List new"])

    def test_static_selection_keeps_who_was_marked(self):
        selection = self._create_selection(mode="static")
        self.assertEqual(self.found(selection), [])
        selection.action_mark_members()
        self._create_partner("List new")
        self.good.name = "Renamed"
        self.assertEqual(self.found(selection), ["Renamed"])
        self.assertEqual(selection.member_count, 1)

    def test_marking_again_takes_away_who_fits_no_more(self):
        selection = self._create_selection(mode="static")
        selection.action_mark_members()
        self._create_partner("List new")
        self.good.name = "Renamed"
        selection.action_mark_members()
        self.assertEqual(selection.partner_ids.mapped("name"), ["List new"])

    def test_members_are_opened_by_the_button(self):
        selection = self._create_selection(mode="static")
        selection.action_mark_members()
        domain = selection.action_open_members()["domain"]
        members = self.env["res.partner"].with_user(self.manager).search(domain)
        self.assertEqual(members, self.good)

    def test_members_of_a_dynamic_selection_cannot_be_marked(self):
        with self.assertRaisesRegex(UserError, "always means who fits"):
            self.as_manager(self.selection).action_mark_members()

    # === OWNER === #

    def test_only_the_owner_changes_a_selection(self):
        theirs = self.selection.with_user(self.colleague)
        self.assertEqual(theirs.name, "Customers in Berlin")
        self.assertFalse(theirs.can_edit)
        for change in (
            lambda: theirs.write({"domain": "[]"}),
            theirs.action_mark_members,
            theirs.unlink,
        ):
            with self.assertRaises(AccessError):
                change()
        self.assertTrue(self.as_manager(self.selection).can_edit)

    def test_nobody_makes_a_selection_in_the_name_of_another(self):
        with self.assertRaises(AccessError):
            self._create_selection(owner_id=self.colleague.id)

    def test_selection_that_is_not_shared_is_seen_by_its_owner_only(self):
        selection = self._create_selection(shared=False)
        selections = self.env["survey.callcenter.selection"].with_user(self.colleague)
        self.assertNotIn(selection.id, selections.search([]).ids)
        with self.assertRaises(AccessError):
            selection.with_user(self.colleague).read(["domain"])

    def test_colleague_copies_a_selection_and_owns_the_copy(self):
        copy = self.selection.with_user(self.colleague).copy()
        self.assertEqual(copy.owner_id, self.colleague)
        self.assertEqual(copy.name, "Customers in Berlin (copy)")
        self.assertEqual(copy.domain, self.selection.domain)

    def test_agents_see_no_selection(self):
        with self.assertRaises(AccessError):
            self.selection.with_user(self.agent_a).read(["name"])

    @mute_logger("odoo.sql_db")
    def test_two_selections_of_a_company_have_different_names(self):
        with self.assertRaises(UniqueViolation):
            self._create_selection(name=self.selection.name)

    def test_names_have_an_end(self):
        with self.assertRaisesRegex(ValidationError, "at most 128 characters"):
            self._create_selection(name="x" * 129)
