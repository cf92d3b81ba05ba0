from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import JsonRpcException, freeze_time, tagged
from odoo.tools import mute_logger

from .common import PortalHttpCase, PortalTransactionCase
from .service_common import IMEI, ServicePeople

DECLINED = "customer_portal.mail_activity_type_quotation_declined"
REFUSAL = "The order is not in a state requiring customer signature."
SIGNATURE = (  # a picture of one point
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9"
    "awAAAABJRU5ErkJggg=="
)


class ServiceQuotations(ServicePeople):
    """Carla's device is in the workshop; Sam sells, and knows no service orders."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sam = cls._create_user("Sam", "sales_team.group_sale_salesman_all_leads")
        cls.erik.group_ids |= cls.env.ref("sales_team.group_sale_salesman_all_leads")
        cls.display = cls.env["product.product"].create(
            {"name": "Display", "taxes_id": False}
        )
        cls.order = cls._order_as(cls.carla).with_user(cls.erik)
        cls.order.action_receive()

    @classmethod
    def _quote(cls, price=129.0, **values):
        """Return a quotation as the technician writes it: a draft."""
        action = cls.order.action_create_quotation()
        quotation = cls.env["sale.order"].with_user(cls.erik).browse(action["res_id"])
        line = Command.create({"product_id": cls.display.id, "price_unit": price})
        quotation.write({"order_line": [line], "require_signature": True} | values)
        return quotation

    @classmethod
    def _send(cls, quotation):
        quotation.action_quotation_sent()
        return quotation

    def _notes(self):
        """Return what the order's chatter says, newest first."""
        self.env.flush_all()
        return "\n".join(self.order.sudo().message_ids.mapped("body"))

    def _declined_activities(self):
        activity_type = self.env.ref(DECLINED)
        activities = self.order.sudo().activity_ids
        return activities.filtered(lambda it: it.activity_type_id == activity_type)


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


@tagged("post_install", "-at_install")
class TestServiceQuotationPages(ServiceQuotations, PortalHttpCase):
    """Odoo's own pages about quotations, as customers use them."""

    def _sign(self, quotation, user=None, **kwargs):
        self._sign_in(user or self.carla)
        return self.call_json(
            f"/my/orders/{quotation.id}/accept",
            name="Carla",
            signature=SIGNATURE,
            **kwargs,
        )

    def _decline(self, quotation, user=None, **data):
        data = {"decline_message": "Too expensive"} | data
        user = self.carla if user is None else user
        return self.post_as(user, f"/my/orders/{quotation.id}/decline", data)

    def _listed(self, user, page):
        """Return whether the list of quotations, or of orders, names the quotation."""
        return self.open_as(user, f"/my/{page}").text

    def test_a_draft_is_as_good_as_missing(self):
        quotation = self._quote()
        self.assertMissing(self.open_as(self.carla, f"/my/orders/{quotation.id}"))
        pdf = f"/my/orders/{quotation.id}?report_type=pdf"
        self.assertMissing(self.open_as(self.carla, pdf))
        for page in ("quotes", "orders"):
            self.assertNotIn(quotation.name, self._listed(self.carla, page))
        answer = self._sign(quotation)
        self.assertEqual(answer, {"error": "Invalid order."})
        self.assertEqual(quotation.state, "draft")
        self._decline(quotation)
        self.assertEqual(quotation.state, "draft")

    def test_a_draft_is_kept_from_whoever_has_its_link(self):
        quotation = self._quote()
        token = quotation.sudo()._portal_ensure_token()
        link = f"/my/orders/{quotation.id}?access_token={token}"
        for user in (self.carla, None):
            self.assertMissing(self.open_as(user, link))
            self._decline(quotation, user or False, access_token=token)
        answer = self._sign(quotation, access_token=token)
        self.assertEqual(answer, {"error": "Invalid order."})
        self.assertEqual(quotation.state, "draft")

    @mute_logger("odoo.http")
    def test_a_draft_is_not_paid(self):
        quotation = self._quote(require_payment=True)
        self.assertFalse(quotation._has_to_be_paid())
        token = quotation.sudo()._portal_ensure_token()
        self._sign_in(self.carla)
        with self.assertRaises(JsonRpcException):
            self.call_json(f"/my/orders/{quotation.id}/transaction", access_token=token)
        self._send(quotation)
        self.assertTrue(quotation._has_to_be_paid())

    def test_an_estimate_would_not_be_signed_even_if_it_were_found(self):
        quotation = self._quote()
        self.env.ref("customer_portal.sale_order_rule_service").active = False
        self.assertEqual(self._sign(quotation), {"error": "Invalid order."})
        self.patch(type(quotation), "_is_kept_from", lambda *args: False)
        self.assertEqual(self._sign(quotation), {"error": REFUSAL})
        self.assertEqual(quotation.state, "draft")

    def test_whoever_may_not_open_the_order_reads_its_number(self):
        quotation = self._send(self._quote())
        token = quotation.sudo()._portal_ensure_token()
        link = f"/my/orders/{quotation.id}?access_token={token}"
        for user in (None, self.sam):
            page = self.open_as(user, link)
            self.assertIn(self.order.name, page.text)
            self.assertNotIn(f"/my/service-orders/{self.order.id}", page.text)

    def test_other_quotations_name_no_service_order(self):
        plain = self.env["sale.order"].create({"partner_id": self.krone.id})
        page = self.open_as(self.carla, f"/my/orders/{plain.id}")
        self.assertIn(plain.name, page.text)
        self.assertNotIn("Service Order", page.text)

    def test_employees_look_at_the_page_of_a_draft(self):
        quotation = self._quote()
        page = self.open_as(self.erik, f"/my/orders/{quotation.id}")
        self.assertEqual(page.status_code, 200)
        self.assertIn(quotation.name, page.text)

    def test_what_was_sent_is_signed(self):
        quotation = self._send(self._quote())
        self.assertIn(quotation.name, self._listed(self.carla, "quotes"))
        page = self.open_as(self.carla, f"/my/orders/{quotation.id}")
        self.assertIn("129.00", page.text)
        link = f'href="/my/service-orders/{self.order.id}"'
        self.assertIn(link, page.text)
        self.assertIn(IMEI, page.text)
        answer = self._sign(quotation)
        self.assertIn("redirect_url", answer)
        self.assertEqual(quotation.state, "sale")
        self.assertEqual(self.order.quote_state, "accepted")
        self.assertIn(f"{quotation.name} is accepted, signed by Carla.", self._notes())
        self.assertFalse(self._declined_activities())

    def test_what_was_sent_is_declined(self):
        quotation = self._send(self._quote())
        response = self._decline(quotation)
        self.assertEqual(response.status_code, 303)
        self.assertEqual(quotation.state, "cancel")
        self.assertTrue(quotation.service_declined_on)
        self.assertEqual(self.order.quote_state, "declined")
        self.assertIn("Too expensive", self._notes())
        self.assertEqual(self._declined_activities().user_id, self.berlin.user_ids)
        [note] = self.order.sudo().message_ids.filtered(
            lambda it: "declined quotation" in (it.body or "")
        )
        self.assertEqual(note.author_id, self.carla.partner_id)
        page = self.open_as(self.carla, f"/my/orders/{quotation.id}")
        self.assertIn(quotation.name, page.text, "he sees what he has declined")

    def test_it_is_declined_once(self):
        quotation = self._send(self._quote())
        self._decline(quotation)
        self._decline(quotation)
        self.assertEqual(len(self._declined_activities()), 1)
        self.assertEqual(self._notes().count("declined quotation"), 1)

    def test_a_decline_without_a_reason_is_none(self):
        quotation = self._send(self._quote())
        self._decline(quotation, decline_message="")
        self.assertEqual(quotation.state, "sent")
        self.assertEqual(self.order.quote_state, "waiting")

    def test_a_visitor_with_the_link_declines_for_the_contact(self):
        quotation = self._send(self._quote())
        token = quotation.sudo()._portal_ensure_token()
        self._decline(quotation, False, access_token=token)
        self.assertEqual(self.order.quote_state, "declined")
        [note] = self.order.sudo().message_ids.filtered(
            lambda it: "declined quotation" in (it.body or "")
        )
        self.assertEqual(note.author_id, self.carla.partner_id)

    def test_strangers_decide_nothing(self):
        quotation = self._send(self._quote())
        self.assertEqual(self._sign(quotation, self.anna), {"error": "Invalid order."})
        self.assertMissing(self._decline(quotation, self.anna))
        self.assertEqual(quotation.state, "sent")

    def test_contacts_without_prices_see_and_decide_nothing(self):
        quotation = self._send(self._quote())
        self.carla.partner_id.service_hide_prices = True
        token = quotation.sudo()._portal_ensure_token()
        for suffix in ("", f"?access_token={token}"):
            link = f"/my/orders/{quotation.id}{suffix}"
            self.assertMissing(self.open_as(self.carla, link))
        for page in ("quotes", "orders"):
            self.assertNotIn(quotation.name, self._listed(self.carla, page))
        self.assertEqual(self._sign(quotation), {"error": "Invalid order."})
        self._decline(quotation)
        self.assertEqual(quotation.state, "sent")

    def test_a_decline_of_another_quotation_is_as_ever(self):
        plain = self.env["sale.order"].create(
            {
                "partner_id": self.carla.partner_id.id,
                "require_signature": True,
                "order_line": [Command.create({"product_id": self.display.id})],
            }
        )
        plain.action_quotation_sent()
        self._decline(plain)
        self.assertEqual(plain.state, "cancel")
        self.assertFalse(plain.service_declined_on)

    @mute_logger("odoo.http")
    def test_remote_calls_find_no_draft(self):
        quotation = self._quote()
        for model, ids in (
            ("sale.order", quotation.ids),
            ("sale.order.line", quotation.order_line.ids),
        ):
            with self.assertRaises(JsonRpcException, msg=model):
                self.rpc_as(self.carla, model, "read", ids, ["display_name"])
            found = self.rpc_as(self.carla, model, "search", [("id", "in", ids)])
            self.assertEqual(found, [])


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
