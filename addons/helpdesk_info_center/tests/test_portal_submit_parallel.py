import uuid
from unittest.mock import patch

from odoo.exceptions import ConcurrencyError
from odoo.service.model import retrying
from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools import mute_logger


@tagged("post_install", "-at_install")
class TestPortalSubmitParallel(TransactionCase):
    """A form that is sent twice at the same moment, on real connections."""

    def setUp(self):
        super().setUp()
        self.addCleanup(self._delete_committed)
        with self.registry.cursor() as cr:
            env = self.env(cr=cr, su=True, context={"no_reset_password": True})
            customers = env["res.users"]
            for name in ("Carl", "Nora"):
                login = f"{name.lower()}@parallel.example"
                customers |= new_test_user(env, login, "base.group_portal", name=name)
            self.customer_ids = customers.ids
        self.token = str(uuid.uuid4())

    def _delete_committed(self):
        with self.registry.cursor() as cr:
            env = self.env(cr=cr, su=True)
            customers = env["res.users"].browse(self.customer_ids)
            partners = customers.partner_id
            env["helpdesk.ticket"].search([("partner_id", "in", partners.ids)]).unlink()
            customers.unlink()
            partners.unlink()

    def _tickets(self, cr, customer=0):
        context = {"tracking_disable": True}
        env = self.env(cr=cr, user=self.customer_ids[customer], context=context)
        return env["helpdesk.ticket"].sudo()

    def _send(self, tickets):
        """Do what the page does with a form."""
        return tickets._find_by_token(self.token) or tickets.create(
            {
                "name": "No paper",
                "description": "None",
                "partner_id": tickets.env.user.partner_id.id,
                "form_token": self.token,
            }
        )

    def _count(self):
        with self.registry.cursor() as cr:
            return self.env(cr=cr)["helpdesk.ticket"].search_count(
                [("form_token", "=", self.token)]
            )

    @mute_logger("odoo.sql_db")
    def test_who_comes_second_is_served_again_and_led_to_the_ticket(self):
        with self.registry.cursor() as first, self.registry.cursor() as second:
            # both have looked for the ticket before one of them creates it
            self.assertFalse(self._tickets(second)._find_by_token(self.token))
            ticket_id = self._send(self._tickets(first)).id
            first.commit()
            tickets = self._tickets(second)
            with self.assertRaises(ConcurrencyError):
                self._send(tickets)
            second.rollback()
            self.assertEqual(self._send(tickets).id, ticket_id)
        self.assertEqual(self._count(), 1)

    @mute_logger("odoo.sql_db")
    def test_server_repeats_the_request_of_who_comes_second(self):
        with self.registry.cursor() as first, self.registry.cursor() as second:
            tickets = self._tickets(second)
            self.assertFalse(tickets._find_by_token(self.token))
            ticket_id = self._send(self._tickets(first)).id
            first.commit()
            with patch("odoo.service.model.time.sleep") as sleep:
                found = retrying(lambda: self._send(tickets).id, tickets.env)
            self.assertEqual(found, ticket_id)
            sleep.assert_called_once()
        self.assertEqual(self._count(), 1)

    def test_two_customers_do_not_wait_for_each_other(self):
        with self.registry.cursor() as first, self.registry.cursor() as second:
            self._send(self._tickets(first))
            first.flush()
            # Who waits for the other would wait for ever.
            second.execute("SET lock_timeout = '10s'")
            self._send(self._tickets(second, customer=1))
            second.execute("RESET lock_timeout")
            first.commit()
        self.assertEqual(self._count(), 2)
