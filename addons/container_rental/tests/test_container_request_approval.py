from datetime import date, timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import TUESDAY_MORNING, ContainerCase


@tagged("-at_install", "post_install")
class TestContainerRequestApproval(ContainerCase):
    """How staff decide about requests, and what an approval brings about."""

    # === APPROVAL === #

    @freeze_time(TUESDAY_MORNING)
    def test_approval_reserves_a_container_for_the_day_of_delivery(self):
        request = self._approved_as(self.anna)
        self.assertEqual(request.state, "approved")
        self.assertEqual(request.decided_by_id, self.erik)
        self.assertRecordValues(
            request.rental_ids,
            [
                {
                    "container_id": self.c1.id,
                    "state": "planned",
                    "commercial_partner_id": self.adler.id,
                    "delivery_date": date(2026, 12, 3),
                    "issued_on": False,
                    "back_by": False,
                }
            ],
        )
        self.assertEqual(self.c1.state, "reserved")
        self.assertEqual(self.c1.partner_id, self.adler)
        self.assertEqual(self.c1.movement_ids.mapped("type"), ["reserved"])

    def test_the_container_that_was_idle_longest_goes_first(self):
        self.c1.state_since = "2026-11-02"
        self.c2.state_since = "2026-11-01"
        self.assertEqual(self._approved_as(self.anna).rental_ids.container_id, self.c2)

    @freeze_time(TUESDAY_MORNING)
    def test_a_container_whose_inspection_expires_before_delivery_stays_here(self):
        self.c1.inspection_due = "2026-12-02"
        self.c2.inspection_due = "2026-12-03"
        self.assertEqual(self._approved_as(self.anna).rental_ids.container_id, self.c2)

    def test_containers_of_another_type_or_company_are_not_taken(self):
        other = self.env["res.company"].create({"name": "Other Laundry"})
        self.c1.write({"type_id": self.type_600.id})
        (self.c2 | self.c1)._apply_movement("maintenance")
        self.env["container.container"].create(
            {"name": "X", "type_id": self.type_1000.id, "company_id": other.id}
        )
        request = self._request_as(self.anna)
        with self.assertRaisesRegex(UserError, "Only 0 of 1 containers of type 1000 l"):
            request.action_approve()
        self.assertEqual(request.state, "created")

    def test_too_few_containers_approve_nothing(self):
        request = self._request_as(self.anna, quantity=3)
        with self.assertRaisesRegex(UserError, "Only 2 of 3"), self.env.cr.savepoint():
            request.action_approve()
        self.assertEqual(request.state, "created")
        self.assertEqual((self.c1 | self.c2).mapped("state"), ["available"] * 2)

    def test_staff_may_choose_the_containers(self):
        request = self._request_as(self.anna)
        request.container_ids = self.c2
        request.action_approve()
        self.assertEqual(request.rental_ids.container_id, self.c2)

    def test_a_choice_must_fit_the_request(self):
        request = self._request_as(self.anna)
        request.container_ids = self.c1 | self.c2
        with self.assertRaisesRegex(UserError, "1 requested, 2 chosen"):
            request.action_approve()
        request.container_ids = self.c2
        self.c2._apply_movement("maintenance")
        with self.assertRaisesRegex(UserError, "C-002 .* is “Maintenance”"):
            request.action_approve()

    def test_a_proposal_names_the_containers_that_an_approval_takes(self):
        request = self._request_as(self.anna, quantity=2)
        request.action_propose()
        self.assertEqual(request.container_ids, self.c1 | self.c2)

    def test_many_requests_are_approved_at_once(self):
        requests = self._request_as(self.anna) | self._request_as(self.carla)
        requests.delivery_date = fields.Date.today() + timedelta(days=3)
        requests[1].container_ids = self.c1
        requests.action_approve()
        self.assertEqual(requests.mapped("state"), ["approved"] * 2)
        self.assertEqual(requests[0].rental_ids.container_id, self.c2)
        self.assertEqual(requests[1].rental_ids.container_id, self.c1)

    def test_a_request_without_a_day_of_delivery_cannot_be_approved(self):
        request = self._request_as(self.carla)
        with self.assertRaisesRegex(UserError, "has no day of delivery yet"):
            request.action_approve()

    def test_a_customer_gets_no_more_containers_than_agreed(self):
        self.adler.container_limit = 1
        self._approved_as(self.anna)
        request = self._request_as(self.bert)
        with self.assertRaisesRegex(
            UserError, "at most 1 .* are agreed, 1 are on site"
        ):
            request.action_approve()
        self.adler.container_limit = 2
        request.action_approve()
        self.assertEqual(request.state, "approved")

    def test_one_container_cannot_be_chosen_twice_at_once(self):
        requests = self._request_as(self.anna) | self._request_as(self.bert)
        requests.container_ids = self.c1
        with self.assertRaisesRegex(UserError, "chosen for two of these requests"):
            requests.action_approve()

    def test_what_was_approved_cannot_be_rewritten(self):
        request = self._approved_as(self.anna)
        for name, value in [
            ("quantity", 2),
            ("delivery_date", "2036-12-04"),
            ("type_id", self.type_600.id),
            ("partner_id", self.carla.partner_id.id),
        ]:
            with (
                self.subTest(name=name),
                self.assertRaisesRegex(UserError, "cannot change any more"),
            ):
                request.write({name: value})
        request.write({"quantity": 1, "delivery_date": request.delivery_date})

    def test_a_contact_who_moves_takes_nothing_along(self):
        request = self._request_as(self.anna)
        self.anna.partner_id.parent_id = self.krone
        request.action_approve()
        self.assertEqual(request.rental_ids.commercial_partner_id, self.adler)
        mail = self._mails("is approved").ensure_one()
        self.assertEqual(mail.recipient_ids, self.adler)

    def test_a_decided_request_cannot_be_decided_again(self):
        request = self._approved_as(self.anna)
        with self.assertRaisesRegex(UserError, "already: Erik decided on"):
            request.action_approve()
        self.assertEqual(len(request.rental_ids), 1)

    # === OTHER DECISIONS === #

    def test_a_rejection_needs_a_reason_that_the_customer_reads(self):
        request = self._request_as(self.anna)
        action = request.action_reject()
        wizard = self.env[action["res_model"]].with_user(self.erik)
        wizard = wizard.with_context(**action["context"])
        with self.assertRaisesRegex(UserError, "give a reason"):
            wizard.create({"reason": "  "}).action_reject()
        wizard.create({"reason": "Under repair"}).action_reject()
        self.assertEqual(request.state, "rejected")
        self.assertEqual(request.reject_reason, "Under repair")
        self.assertIn("Under repair", self._mails("cannot be fulfilled").body_html)

    def test_a_customer_cannot_cancel_what_is_approved(self):
        request = self._approved_as(self.anna)
        with self.assertRaisesRegex(
            UserError, "“Approved” and cannot become “Cancelled”"
        ):
            request.sudo()._cancel_by_customer()

    def test_a_manager_takes_an_approval_back_while_nothing_has_left(self):
        request = self._approved_as(self.anna, quantity=2)
        with self.assertRaises(AccessError):
            request.action_revoke()
        request.with_user(self.marta).action_revoke()
        self.assertEqual(request.state, "created")
        self.assertFalse(request.decided_by_id)
        self.assertEqual(request.rental_ids.mapped("state"), ["cancelled"] * 2)
        self.assertEqual((self.c1 | self.c2).mapped("state"), ["available"] * 2)
        self.assertTrue(self._mails("is being checked again"))

    def test_an_approval_stands_once_a_container_has_left(self):
        request = self._approved_as(self.anna, quantity=2)
        request.rental_ids[0].action_issue()
        with self.assertRaisesRegex(UserError, "Left for the customer already: C-001"):
            request.with_user(self.marta).action_revoke()
        request.rental_ids[0].action_return()
        with self.assertRaisesRegex(UserError, "Left for the customer already: C-001"):
            request.with_user(self.marta).action_revoke()
