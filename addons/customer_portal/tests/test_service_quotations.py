from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import freeze_time

from .common import PortalTransactionCase
from .service_quotations import ServiceQuotations


class TestServiceQuotations(ServiceQuotations, PortalTransactionCase):
    """What a quotation does to its service order."""

    def _amounts(self):
        return (self.order.amount_untaxed, self.order.amount_total)

    def test_a_quotation_knows_what_it_is_for(self):
        self.order.client_order_ref = "PO-7"
        quotation = self._quote()
        self.assertRecordValues(
            quotation,
            [
                {
                    "service_order_id": self.order.id,
                    "partner_id": self.carla.partner_id.id,
                    "client_order_ref": "PO-7",
                    "origin": self.order.name,
                    "state": "draft",
                    "company_id": self.company.id,
                }
            ],
        )
        self.assertEqual(self.order.sale_order_count, 1)

    def test_nothing_is_offered_for_what_is_over(self):
        self.order._complete(resolution="Done")
        with self.assertRaisesRegex(UserError, "nothing to offer any more"):
            self.order.action_create_quotation()

    def test_a_draft_says_nothing(self):
        self._quote()
        self.assertEqual((self.order.quote_state, self._amounts()), ("none", (0, 0)))
        self.assertEqual(self.order.waiting_for, "us")

    def test_what_was_sent_waits_for_the_customer(self):
        self._send(self._quote())
        self.assertEqual(self.order.quote_state, "waiting")
        self.assertEqual(self.order.waiting_for, "customer")
        self.assertEqual(self._amounts(), (129, 129))

    def test_several_quotations_add_up(self):
        self._send(self._quote())
        self._send(self._quote(20)).action_confirm()
        self._quote(1000)
        self._send(self._quote(500)).with_context(
            disable_cancel_warning=True
        ).action_cancel()
        self.assertEqual(self._amounts(), (149, 149))
        self.assertEqual(self.order.quote_state, "waiting")

    def test_amounts_follow_their_lines_and_taxes(self):
        quotation = self._send(self._quote())
        tax = self.env["account.tax"].create(
            {"name": "VAT", "amount": 10, "type_tax_use": "sale"}
        )
        quotation.sudo().order_line.write({"price_unit": 200, "tax_ids": tax.ids})
        self.assertEqual(self._amounts(), (200, 220))

    def test_amounts_are_in_the_currency_of_the_company(self):
        currency = self.env["res.currency"].create(
            {
                "name": "TST",
                "symbol": "T",
                "rate_ids": [Command.create({"name": "2020-01-01", "rate": 2})],
            }
        )
        pricelist = self.env["product.pricelist"].create(
            {"name": "Test", "currency_id": currency.id}
        )
        quotation = self._quote(pricelist_id=pricelist.id)
        quotation.order_line.price_unit = 100
        self._send(quotation)
        self.assertEqual(quotation.currency_id, currency)
        self.assertEqual(self._amounts(), (50, 50))
        self.assertEqual(self.order.currency_id, self.company.currency_id)

    def test_a_salesman_without_service_rights_confirms(self):
        quotation = self._send(self._quote()).with_user(self.sam)
        with self.assertRaises(AccessError):
            self.order.with_user(self.sam).read(["name"])
        quotation.action_confirm()
        self.assertEqual(quotation.state, "sale")
        self.assertEqual(self.order.quote_state, "accepted")
        self.assertIn(f"Quotation {quotation.name} is accepted.", self._notes())

    def test_a_salesman_without_service_rights_cancels_and_copies(self):
        quotation = self._send(self._quote()).with_user(self.sam)
        copied = quotation.copy()
        self.assertFalse(copied.service_order_id)
        quotation.with_context(disable_cancel_warning=True).action_cancel()
        self.assertEqual(self.order.quote_state, "none")
        self.assertFalse(self._declined_activities(), "the customer said nothing")

    def test_who_works_on_the_device_learns_that_he_may_go_on(self):
        self.order.user_id = self.mia
        self._send(self._quote()).with_user(self.sam).action_confirm()
        [note] = self.order.sudo().message_ids.filtered(
            lambda it: "is accepted" in (it.body or "")
        )
        self.assertTrue(note._is_internal_note())
        self.assertEqual(note.notification_ids.res_partner_id, self.mia.partner_id)

    def test_a_decline_is_noted_and_somebody_looks_after_it(self):
        quotation = self._send(self._quote())
        quotation.sudo()._action_cancel()
        quotation.sudo()._note_decline(self.carla.partner_id, "Too <b>dear</b>")
        self.assertEqual(self.order.quote_state, "declined")
        self.assertIn(f"declined quotation {quotation.name}", self._notes())
        self.assertIn("Too &lt;b&gt;dear&lt;/b&gt;", self._notes())
        self.assertEqual(self._declined_activities().user_id, self.berlin.user_ids)

    def test_what_is_offered_once_more_is_not_declined(self):
        quotation = self._send(self._quote())
        quotation.sudo()._action_cancel()
        quotation.sudo()._note_decline(self.carla.partner_id, "")
        quotation.action_draft()
        self.assertEqual(self.order.quote_state, "none")
        self._send(quotation)
        self.assertEqual(self.order.quote_state, "waiting")

    def test_cancelling_the_order_takes_back_what_was_never_sent(self):
        draft, sent, sold = self._quote(), self._send(self._quote()), self._quote()
        self._send(sold).action_confirm()
        self.order._cancel("No spare parts")
        self.assertEqual(
            [draft.state, sent.state, sold.state], ["cancel", "sent", "sale"]
        )
        self.assertEqual(self.order.waiting_for, False)

    def test_a_technician_who_sells_nothing_cancels_the_order_too(self):
        draft = self._quote()
        self.order.with_user(self.mia)._cancel()
        self.assertEqual(draft.state, "cancel")

    def test_a_copy_of_the_order_has_no_quotations(self):
        self._send(self._quote())
        copied = self.order.copy()
        self.assertFalse(copied.sale_order_ids)
        self.assertEqual((copied.quote_state, copied.amount_total), ("none", 0))

    def test_an_order_with_a_quotation_is_of_the_same_company(self):
        other = self.env["res.company"].create({"name": "Werkstatt Süd"})
        with self.assertRaises(UserError):
            self.env["sale.order"].create(
                {
                    "partner_id": self.krone.id,
                    "company_id": other.id,
                    "service_order_id": self.order.id,
                }
            )

    def test_a_contact_without_prices_gets_no_quotation(self):
        self.carla.partner_id.service_hide_prices = True
        self.assertEqual(self._quote().partner_id, self.krone)

    def test_other_quotations_are_as_ever(self):
        plain = self.env["sale.order"].create(
            {"partner_id": self.krone.id, "require_signature": True}
        )
        self.assertTrue(plain._has_to_be_signed(), "Odoo lets drafts be signed")
        self.assertTrue(plain.with_user(self.carla).has_access("read"))
        plain.action_confirm()
        self.assertEqual(plain.state, "sale")

    def test_employees_see_all_quotations(self):
        quotation = self._quote()
        self.assertTrue(quotation.with_user(self.sam).has_access("read"))
        self.assertTrue(quotation.order_line.with_user(self.sam).has_access("read"))


class TestServiceQuotationRules(ServiceQuotations, PortalTransactionCase):
    """Which quotations customers can find, by whatever way."""

    def _seen_by(self, user):
        """Return the states of the quotations that a customer finds."""
        quotations = self.env["sale.order"].with_user(user)
        lines = self.env["sale.order.line"].with_user(user)
        found = quotations.search([("origin", "=", self.order.name)])
        of_lines = lines.search([("product_id", "=", self.display.id)]).order_id
        self.assertEqual(found, of_lines, "lines show no more than quotations")
        return sorted(found.mapped("state"))

    def _quote_in_each_state(self):
        self._quote()
        self._send(self._quote())
        self._send(self._quote()).action_confirm()
        self._quote().with_context(disable_cancel_warning=True).action_cancel()
        declined = self._send(self._quote())
        declined.sudo()._action_cancel()
        declined.sudo()._note_decline(self.carla.partner_id, "")

    def test_customers_see_what_was_sent_to_them(self):
        self._quote_in_each_state()
        self.assertEqual(self._seen_by(self.carla), ["cancel", "sale", "sent"])
        self.assertEqual(self._seen_by(self.anna), [])

    def test_contacts_without_prices_see_none(self):
        self._quote_in_each_state()
        self.carla.partner_id.service_hide_prices = True
        self.assertEqual(self._seen_by(self.carla), [])
        self.carla.partner_id.service_hide_prices = False
        self.assertEqual(self._seen_by(self.carla), ["cancel", "sale", "sent"])

    def test_contacts_without_prices_see_their_other_orders(self):
        self.carla.partner_id.service_hide_prices = True
        plain = self.env["sale.order"].create({"partner_id": self.krone.id})
        self.assertTrue(plain.with_user(self.carla).has_access("read"))

    def test_contacts_who_see_their_own_orders_see_their_own_quotations(self):
        self._send(self._quote())
        colleague = self._create_portal_user("Dora", self.krone)
        self.assertEqual(self._seen_by(colleague), ["sent"])
        (self.carla | colleague).partner_id.service_scope = "own"
        self.assertEqual(self._seen_by(colleague), [])
        self.assertEqual(self._seen_by(self.carla), ["sent"])
        plain = self.env["sale.order"].create({"partner_id": self.krone.id})
        self.assertTrue(plain.with_user(colleague).has_access("read"))

    def test_customers_read_no_amounts_of_orders(self):
        self._send(self._quote())
        order = self.order.with_user(self.carla)
        for name in ("amount_total", "amount_untaxed", "sale_order_ids"):
            with self.assertRaises(AccessError, msg=name):
                order.read([name])
        self.assertEqual(order.read(["quote_state"])[0]["quote_state"], "waiting")


@freeze_time("2026-12-01 09:00:00")
class TestServiceQuotationNotes(ServiceQuotations, PortalTransactionCase):
    """Notes about quotations are for the house."""

    def test_notes_are_in_the_language_of_the_house(self):
        self.env["res.lang"]._activate_lang("de_DE")
        view = self.env.ref("customer_portal.service_quotation_declined")
        view.with_context(lang="de_DE").update_field_translations(
            "arch_db",
            {"de_DE": {"The customer has declined quotation": "Abgelehnt:"}},
        )
        self.company.partner_id.lang = "de_DE"
        quotation = self._send(self._quote())
        quotation.sudo()._note_decline(self.carla.partner_id, "")
        self.assertIn("Abgelehnt:", self._notes())

    def test_customers_do_not_read_them(self):
        quotation = self._send(self._quote())
        quotation.sudo()._note_decline(self.carla.partner_id, "Too expensive")
        messages = (
            self.env["mail.message"]
            .with_user(self.carla)
            .search([("model", "=", self.order._name), ("res_id", "=", self.order.id)])
        )
        self.assertNotIn("declined quotation", "".join(messages.mapped("body")))
