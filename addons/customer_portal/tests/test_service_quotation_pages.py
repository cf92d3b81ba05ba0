from odoo.fields import Command
from odoo.tests import JsonRpcException, tagged
from odoo.tools import mute_logger

from .common import PortalHttpCase
from .service_common import IMEI
from .service_quotations import REFUSAL, SIGNATURE, ServiceQuotations


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
