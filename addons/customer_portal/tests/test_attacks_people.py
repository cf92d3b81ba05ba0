"""What customers and colleagues try who know Odoo's remote calls."""

from odoo.tests.common import JsonRpcException
from odoo.tools import mute_logger

from .address_case import AddressCase


class TestDaughterCompany(AddressCase):
    """A company below another one, which is a customer of its own.

    Odoo takes it for a contact who shares the address of its mother.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.daughter = cls._create_customer("Adler Catering", "Hafen 9", "Regensburg")
        cls.daughter.parent_id = cls.adler
        cls.tom = cls._create_portal_user("Tom", cls.daughter)
        cls.mothers = (cls.adler, cls.anna.partner_id, cls.bert.partner_id)

    def setUp(self):
        super().setUp()
        self.streets = [partner.street for partner in self.mothers]

    def assertMotherUnchanged(self):  # noqa: N802 (named like its siblings)
        self.assertEqual([it.street for it in self.mothers], self.streets)

    def test_approval_leaves_the_mother_alone(self):
        request = self._ask(self.tom, self.daughter, street="Tochterstraße 9")
        request.with_user(self.erik).action_approve()
        self.assertEqual(self.daughter.street, "Tochterstraße 9")
        self.assertEqual(self.tom.partner_id.street, "Tochterstraße 9")
        self.assertMotherUnchanged()

    def test_rule_that_lets_changes_through_leaves_the_mother_alone(self):
        self._set_rule("street", "auto")
        self.adler.portal_change_mode = "locked"
        self._ask(self.tom, self.daughter, street="Tochterstraße 9")
        self.assertEqual(self.daughter.street, "Tochterstraße 9")
        self.assertMotherUnchanged()

    def test_customer_without_approvals_leaves_the_mother_alone(self):
        self.daughter.portal_change_mode = "direct"
        self.adler.portal_change_mode = "locked"
        self._ask(self.tom, self.daughter, street="Tochterstraße 9")
        self.assertEqual(self.daughter.street, "Tochterstraße 9")
        self.assertMotherUnchanged()

    def test_mothers_move_leaves_the_daughter_alone(self):
        before = self.daughter.street
        request = self._ask(self.anna, self.adler, street="Neu 1")
        request.with_user(self.erik).action_approve()
        self.assertEqual(self.anna.partner_id.street, "Neu 1")
        self.assertEqual(self.daughter.street, before)


class TestMovedTarget(AddressCase):
    """Whose data a request was about may belong to another customer by now."""

    secrets = ("Lager Krone", "Geheimweg 5", "+49 8382 777")

    def _move_to_krone(self, partner, **values):
        partner.write({"parent_id": self.krone.id, **values})

    def _assert_secret(self, text):
        for secret in self.secrets:
            self.assertNotIn(secret, text)

    def test_removed_address_is_read_by_its_new_owner_alone(self):
        request = self._ask_for_removal(self.anna, self.warehouse)
        self._move_to_krone(self.warehouse, name="Lager Krone", street="Geheimweg 5")
        self._assert_secret(self.open_as(self.anna, request.access_url).text)
        self._assert_secret(self.open_as(self.anna, "/my/changes?filterby=all").text)
        read = self.rpc_as(self.anna, request._name, "read", request.ids, ["subject"])
        self._assert_secret(str(read))

    def test_present_value_is_not_read_by_remote_calls(self):
        request = self._ask(self.bert, self.bert.partner_id, phone="+49 941 1")
        self._move_to_krone(self.bert.partner_id, phone="+49 8382 777")
        lines = request.line_ids
        names = self.rpc_as(self.anna, lines._name, "fields_get", [], ["type"])
        fields = sorted({"current_text", "is_applied"} & names.keys())
        read = self.rpc_as(self.anna, lines._name, "read", lines.ids, fields or ["id"])
        self._assert_secret(str(read))


class TestTampering(AddressCase):
    """Staff with rights, and staff without, beside the buttons."""

    def setUp(self):
        super().setUp()
        self.request = self._ask(self.anna, self.adler, street="Neu 1")

    def _refused(self, user, records, method, *args):
        with self.assertRaises(JsonRpcException), mute_logger("odoo.http"):
            self.rpc_as(user, records._name, method, records.ids, *args)

    def test_request_stays_with_its_customer(self):
        values = {"commercial_partner_id": self.krone.id}
        self._refused(self.erik, self.request, "write", values)
        self.assertEqual(self.request.commercial_partner_id, self.adler)

    def test_number_tokens_and_figures_are_not_written_by_hand(self):
        for values in (
            {"name": "CR/1"},
            {"form_token": "x"},
            {"access_token": "x"},
            {"processing_hours": 1.0},
        ):
            with self.subTest(values=values):
                self._refused(self.erik, self.request, "write", values)

    def test_present_value_is_overridden_by_the_button_alone(self):
        """Anything else in there broke each list of requests."""
        line = self.request.line_ids
        for value in ([1], "x", {"a": 1}, 5):
            with self.subTest(value=value):
                self._refused(self.erik, line, "write", {"overridden": value})
        self.assertFalse(self.request.has_conflict)

    def test_colleague_cannot_change_the_question_why(self):
        """Whoever presses the button answers for reason and documents."""
        wizard = self.env["customer.approval.reject"].with_user(self.erik)
        wizard = wizard.create(
            {
                "res_model": self.request._name,
                "res_ids": self.request.ids,
                "reason": "Not our customer",
            }
        )
        ida = self._create_user("Ida", "base.group_user")
        self._refused(ida, wizard, "write", {"reason": "Evil"})
        self._refused(ida, wizard, "read", ["reason"])
        self.assertEqual(wizard.reason, "Not our customer")


class TestInternalNotesOfCustomers(AddressCase):
    def test_notes_about_a_customer_cannot_be_guessed_by_searching(self):
        self.adler.message_post(
            body="Pays late", message_type="comment", subtype_xmlid="mail.mt_note"
        )
        self._ask(self.anna, self.adler, street="Neu 1")
        for model, path in (
            ("customer.change.request", "commercial_partner_id.message_ids.body"),
            ("customer.change.request", "target_partner_id.message_ids.body"),
            ("res.partner", "message_ids.body"),
        ):
            domain = [(path, "ilike", "Pays late")]
            try:
                with mute_logger("odoo.http"):
                    count = self.rpc_as(self.anna, model, "search_count", domain)
            except JsonRpcException:
                continue
            self.assertEqual(count, 0, path)


class TestBrokenPages(AddressCase):
    def test_own_argument_of_a_page_breaks_no_page(self):
        for name in ("self", "context"):
            for url in ("/my", "/my/home", "/my/company", "/my/changes"):
                page = self.open_as(self.anna, f"{url}?{name}=1")
                self.assertEqual(page.status_code, 200, f"{url} {name}")
