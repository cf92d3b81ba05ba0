"""What customers change without a request, by way of another addon, is noted."""

from odoo.tests.common import JsonRpcException
from odoo.tools import mute_logger

from .address_case import AddressCase
from .change_common import ChangePeople
from .common import PortalTransactionCase


class TestOutsideChanges(ChangePeople, PortalTransactionCase):
    def notes_on(self, partner):
        """Return the texts of the notes about changes, newest first."""
        notes = partner.message_ids.filtered(lambda note: "→" in note.body)
        self.assertLessEqual(notes.subtype_id, self.env.ref("mail.mt_note"))
        return [" ".join(note.preview.split()) for note in notes]

    def write_as(self, user, partner, **values):
        """Write as another addon does in a request of this user."""
        partner.with_user(user).sudo().write(values)
        self.env.flush_all()

    def test_change_takes_effect_and_is_noted(self):
        self.write_as(self.anna, self.adler, street="Neu 1", phone="+49 9")
        self.assertEqual(self.adler.street, "Neu 1")
        [note] = self.notes_on(self.adler)
        for words in (
            *("Anna changed this", "Street: Marktplatz 1 → Neu 1"),
            *("Phone: +49 941 201000 → +49 9",),
        ):
            self.assertIn(words, note)
        self.assertFalse(self.requests.search([]))

    def test_nobody_is_told_and_nobody_has_written_it(self):
        self.adler.message_subscribe((self.bert + self.erik).partner_id.ids)
        self.write_as(self.anna, self.adler, street="Neu 1")
        message = self.adler.message_ids[0]
        self.assertEqual(message.author_id, self.env.ref("base.partner_root"))
        self.assertFalse(message.notified_partner_ids)

    def test_texts_of_customers_stay_texts(self):
        self.write_as(self.anna, self.adler, street="<b>Neu</b> 1")
        self.assertIn("&lt;b&gt;Neu&lt;/b&gt; 1", self.adler.message_ids[0].body)

    def test_note_is_in_the_language_of_the_company(self):
        self.env["res.lang"]._activate_lang("de_DE")
        self.company.partner_id.lang = "de_DE"
        self.env.ref("base.de").with_context(lang="de_DE").name = "Deutschland"
        austria = self.env.ref("base.at")
        austria.with_context(lang="de_DE").name = "Österreich"
        self.write_as(self.anna, self.adler, country_id=austria.id)
        self.assertIn("Deutschland → Österreich", self.notes_on(self.adler)[0])

    def test_what_is_no_change_is_no_note(self):
        self.write_as(self.anna, self.adler, street="Marktplatz 1", street2=False)
        self.write_as(self.anna, self.adler, lang="en_US", tz="UTC", comment="x")
        self.assertFalse(self.notes_on(self.adler))

    def test_removal_is_noted(self):
        self.warehouse.with_user(self.anna).sudo().action_archive()
        self.assertFalse(self.warehouse.active)
        self.assertIn("Active: Yes → No", self.notes_on(self.warehouse)[0])

    def test_each_partner_has_a_note_of_its_own(self):
        self.write_as(self.anna, self.adler + self.warehouse, zip="93059", city="Neu")
        self.assertIn("93047 → 93059", self.notes_on(self.adler)[0])
        [note] = self.notes_on(self.warehouse)
        self.assertNotIn("93059", note)
        self.assertIn("Regensburg → Neu", note)

    def test_company_overwritten_by_its_contact_is_noted(self):
        """Odoo lets a contact's address become his company's, and his colleagues'."""
        self.write_as(self.anna, self.anna.partner_id, street="Neu 1")
        self.assertEqual(self.adler.street, "Neu 1")
        self.assertEqual(self.bert.partner_id.street, "Neu 1")
        self.assertEqual(len(self.notes_on(self.anna.partner_id)), 1)
        self.assertEqual(len(self.notes_on(self.adler)), 1)
        self.assertFalse(self.notes_on(self.bert.partner_id))

    def test_what_contacts_take_over_is_noted_once(self):
        self.write_as(self.anna, self.adler, vat="DE136695976")
        self.assertEqual(self.anna.partner_id.vat, "DE136695976")
        self.assertEqual(len(self.notes_on(self.adler)), 1)
        for partner in self.anna.partner_id + self.bert.partner_id + self.warehouse:
            self.assertFalse(self.notes_on(partner))

    def test_new_partners_are_no_changes(self):
        partners = self.env["res.partner"].with_user(self.anna).sudo()
        partner = partners.create({"name": "Neu", "parent_id": self.adler.id})
        self.assertFalse(self.notes_on(partner))
        self.assertFalse(self.notes_on(self.adler))

    # === WHO LEAVES NO NOTE === #

    def test_workflow_leaves_no_note(self):
        self._ask(self.anna, self.adler, street="Neu 1").with_user(
            self.erik
        ).action_approve()
        self._set_rule("phone", "auto")
        self._ask(self.anna, self.adler, phone="+49 9")
        self.adler.portal_change_mode = "direct"
        self._ask_for_removal(self.anna, self.warehouse)
        address = self._ask_for_address(self.anna).result_partner_id
        self.assertEqual((self.adler.street, self.adler.phone), ("Neu 1", "+49 9"))
        self.assertFalse(self.warehouse.active)
        for partner in self.adler + self.warehouse + address:
            self.assertFalse(self.notes_on(partner))

    def test_staff_and_the_server_leave_no_note(self):
        self._join(self.erik, "approver")
        self.adler.with_user(self.erik).write({"street": "Neu 1"})
        self.adler.write({"street": "Neu 2"})
        self.assertFalse(self.notes_on(self.adler))

    def test_visitors_leave_no_note(self):
        self.write_as(self.env.ref("base.public_user"), self.adler, street="Neu 1")
        self.assertFalse(self.notes_on(self.adler))

    def test_switched_off(self):
        self.company.change_enabled = False
        self.write_as(self.anna, self.adler, street="Neu 1")
        self.assertFalse(self.notes_on(self.adler))

    def test_context_key_of_a_client_opens_nothing(self):
        """A client can send the key, but not the object that counts."""
        for value in (True, "CHANGE_WRITER", 1, {}):
            partner = self.adler.with_context(customer_change_writer=value)
            self.write_as(self.anna, partner, street=f"Neu {value}")
        self.assertEqual(len(self.notes_on(self.adler)), 4)


class TestNoteStaysInside(AddressCase):
    def test_customers_read_nothing_of_it(self):
        own, company = self.anna.partner_id, self.adler
        for partner in (own, company):
            partner.with_user(self.anna).sudo().write({"street": f"Neu {partner.id}"})
        notes = (own + company).message_ids.filtered(lambda it: "Neu" in it.body)
        self.assertTrue(notes & own.message_ids)
        self.assertTrue(notes & company.message_ids)
        for user in (self.anna, self.bert):
            found = self.rpc_as(
                user, "mail.message", "search_count", [("id", "in", notes.ids)]
            )
            self.assertEqual(found, 0)
            with mute_logger("odoo.http"), self.assertRaises(JsonRpcException):
                self.rpc_as(user, "mail.message", "read", notes.ids, ["body"])
            for method, *ask in (
                ("read", own.ids, ["message_ids"]),
                ("search_count", [("message_ids.body", "ilike", "Neu")]),
            ):
                with mute_logger("odoo.http"), self.assertRaises(JsonRpcException):
                    self.rpc_as(user, "res.partner", method, *ask)
            for partner in (own, company):
                thread = {"thread_model": "res.partner", "thread_id": partner.id}
                for url in ("/mail/chatter_fetch", "/mail/thread/messages"):
                    self.assertNotIn("Neu", self._answer(url, **thread))

    def test_closed_account_is_noted(self):
        """``/my/security``: who leaves is archived at once, as Odoo has it."""
        self.post_as(
            self.anna,
            "/my/deactivate_account",
            {"validation": self.anna.login, "password": self.anna.login},
        )
        self.assertFalse(self.anna.active)
        self.assertFalse(self.anna.partner_id.active)
        previews = self.anna.partner_id.message_ids.mapped("preview")
        self.assertTrue([text for text in previews if "Active: Yes" in text])

    def _answer(self, url, **params):
        try:
            with mute_logger("odoo.http"):
                return str(self.call_json(url, **params))
        except JsonRpcException as error:
            return str(error)
