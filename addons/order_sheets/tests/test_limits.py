from psycopg2 import IntegrityError

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import freeze_time
from odoo.tools import mute_logger

from odoo.addons.customer_portal.tests.common import PortalTransactionCase

from .sheet_common import SheetPeople


class TestLimits(SheetPeople, PortalTransactionCase):
    """Who may fill in a sheet, when, and how often."""

    def _offered_to(self, user):
        customer = user.partner_id.commercial_partner_id
        return self.sheets.with_user(user)._find_open_for(customer).sudo(False)

    def assertIsFor(self, *users):  # noqa: N802
        """Check who is offered the sheet, and can read it, and can begin."""
        self.env.flush_all()
        self.env.invalidate_all()
        for user in (self.anna, self.carla):
            with self.subTest(user=user.name):
                found = self.sheet if user in users else self.sheets
                self.assertEqual(self._offered_to(user), found)
                if user in users:
                    self._start_as(user)
                else:
                    with self.assertRaisesRegex(UserError, "cannot be filled in now"):
                        self._start_as(user)

    # === WHO === #

    def test_all_customers(self):
        self.sheet.audience = "all"
        self.assertIsFor(self.anna, self.carla)

    def test_customers_with_a_tag(self):
        self.sheet.partner_ids = self.krone  # which counts for nothing here
        self.assertIsFor(self.anna)

    def test_chosen_customers(self):
        self.sheet.write({"audience": "partners", "partner_ids": self.krone.ids})
        self.assertIsFor(self.carla)

    def test_customers_with_a_tag_and_chosen_ones(self):
        self.sheet.audience = "tags_and_partners"
        self.assertIsFor(self.anna)
        self.sheet.partner_ids = self.krone
        self.assertIsFor(self.anna, self.carla)

    def test_tag_of_a_contact_is_not_his_companys(self):
        self.carla.partner_id.category_id = self.tag
        self.assertIsFor(self.anna)

    def test_exceptions_stand_above_all(self):
        self.sheet.excluded_partner_ids = self.adler
        for audience in ("all", "tags", "partners", "tags_and_partners"):
            self.sheet.write({"audience": audience, "partner_ids": self.adler.ids})
            self.assertFalse(self._offered_to(self.anna))
            with self.assertRaisesRegex(UserError, "cannot be filled in now"):
                self._start_as(self.anna)

    def test_customer_who_loses_the_tag_cannot_submit_his_draft(self):
        request = self._draft_as(self.anna)
        self.adler.category_id = False
        with self.assertRaisesRegex(UserError, "is closed. What you have filled in is"):
            request.sudo()._submit(self.anna.partner_id.sudo())
        self.assertEqual(request.state, "draft")

    def test_others_states_are_nobodys(self):
        for action in ("action_close", "action_put_away"):
            getattr(self.sheet, action)()
            self.assertIsFor()
        self.sheet = self._create_sheet()
        self.assertIsFor()

    # === WHEN === #

    def _open_between(self, start, end, **values):
        with freeze_time("2027-01-01"):
            self.sheet.write({"date_start": start, "date_end": end, **values})

    def test_window(self):
        self._open_between("2027-01-10 08:00:00", "2027-01-20 16:00:00")
        for moment, is_open in (
            ("2027-01-10 07:59:59", False),
            ("2027-01-10 08:00:00", True),
            ("2027-01-20 16:00:00", True),
            ("2027-01-20 16:00:01", False),
        ):
            with freeze_time(moment), self.subTest(moment=moment):
                found = self.sheet if is_open else self.sheets
                self.assertEqual(self._offered_to(self.anna), found)
                if not is_open:
                    with self.assertRaisesRegex(UserError, "cannot be filled in now"):
                        self._start_as(self.anna)
        with freeze_time("2027-01-20 16:00:00"):
            self.assertTrue(self._start_as(self.anna))

    def test_grace_is_for_those_who_have_begun(self):
        self._open_between(False, "2027-01-20 16:00:00", grace_minutes=30)
        with freeze_time("2027-01-20 15:59:00"):
            request = self._draft_as(self.anna)
        with freeze_time("2027-01-20 16:30:00"):
            self.assertEqual(self._start_as(self.bert), request)
            self.assertFalse(request._get_lock_reason())
        with freeze_time("2027-01-20 16:30:01"):
            for act in (
                lambda: self._fill(request, center="Nord"),
                lambda: request.sudo()._submit(self.anna.partner_id.sudo()),
                lambda: request.sudo()._save_remark("x"),
                lambda: request.sudo()._select_pages([]),
            ):
                with self.assertRaisesRegex(UserError, "is closed. What you have"):
                    act()
            with self.assertRaisesRegex(UserError, "cannot be filled in now"):
                self._start_as(self.bert)
        with freeze_time("2027-01-20 16:30:00"):
            request.sudo()._submit(self.anna.partner_id.sudo())

    def test_nobody_begins_in_the_grace_period(self):
        self._open_between(False, "2027-01-20 16:00:00", grace_minutes=30)
        with freeze_time("2027-01-20 16:00:01"):
            self.assertFalse(self._offered_to(self.anna))
            with self.assertRaisesRegex(UserError, "cannot be filled in now"):
                self._start_as(self.anna)

    def test_returned_order_may_be_corrected_after_the_end(self):
        request = self._submit_as(self.anna)
        request.with_user(self.erik)._return("Please correct")
        self.sheet.action_close()
        self._fill(request, center="Nord")
        request.sudo()._submit(self.anna.partner_id.sudo())
        self.assertEqual(request.state, "submitted")

    def test_window_has_sense(self):
        for end in ("2027-01-10 08:00:00", "2027-01-09 08:00:00"):
            with self.assertRaisesRegex(ValidationError, "nobody could order"):
                self._open_between("2027-01-10 08:00:00", end)
        for values in (
            *({"grace_minutes": -1}, {"grace_minutes": 1441}),
            {"max_per_customer": -1},
        ):
            with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
                with self.env.cr.savepoint():
                    self.sheet.write(values)
                    self.sheet.flush_recordset()

    def test_end_is_read_on_the_companys_clock(self):
        self._open_between(False, "2027-01-20 16:00:00")
        self.assertRegex(
            self.sheet.with_user(self.anna)._get_end_text(), r"01/20/2027.*5:00.*PM"
        )

    # === HOW OFTEN === #

    def test_one_order_for_each_customer(self):
        self._submit_as(self.anna)
        with self.assertRaises(UserError) as caught:
            self._start_as(self.bert)
        self.assertEqual(
            str(caught.exception),
            "Your company has ordered with “Spring Campaign” already.",
        )
        self.krone.category_id = self.tag
        self.assertTrue(self._start_as(self.carla))

    def test_so_many_orders(self):
        self.sheet.max_per_customer = 2
        first, second = self._submit_as(self.anna), self._submit_as(self.bert)
        self.assertNotEqual(first, second)
        with self.assertRaisesRegex(UserError, "has ordered with"):
            self._start_as(self.anna)

    def test_as_many_orders_as_he_likes(self):
        self.sheet.max_per_customer = 0
        for _order in range(3):
            self._submit_as(self.anna)
        self.assertEqual(self._start_as(self.anna), self._start_as(self.bert))

    def test_rejected_and_cancelled_orders_do_not_count(self):
        request = self._submit_as(self.anna)
        request.with_user(self.erik)._reject("No")
        request = self._submit_as(self.anna)
        request.sudo()._cancel_by_customer()
        self.assertTrue(self._submit_as(self.anna))

    def test_limit_that_was_lowered_holds_for_drafts_too(self):
        self.sheet.max_per_customer = 2
        self._submit_as(self.anna)
        request = self._draft_as(self.anna)
        self.sheet.max_per_customer = 1
        with self.assertRaisesRegex(UserError, "has ordered with"):
            request.sudo()._submit(self.anna.partner_id.sudo())

    def test_limit_that_was_lowered_spares_what_was_submitted(self):
        self.sheet.max_per_customer = 2
        first, _second = self._submit_as(self.anna), self._submit_as(self.anna)
        self.sheet.max_per_customer = 1
        first.with_user(self.erik)._return("Please correct")
        first.sudo()._submit(self.anna.partner_id.sudo())
        self.assertEqual(first.state, "submitted")

    def test_database_knows_the_limit_as_well(self):
        request = self._submit_as(self.anna)
        vals = {"sheet_id": self.sheet.id, "root_id": self.sheet.id}
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.requests.create(
                vals | {"partner_id": request.partner_id.id, "is_single": True}
            )

    # === COST === #

    def test_number_of_sheets_makes_no_difference(self):
        self.sheet.partner_ids = self.adler | self.krone
        self.sheet.excluded_partner_ids = self.krone
        self._offered_to(self.anna)
        few = self._count_offer()
        for number in range(8):
            values = {"partner_ids": [Command.set((self.adler | self.krone).ids)]}
            sheet = self._create_sheet(name=f"S{number}", **values)
            sheet.write({"excluded_partner_ids": [Command.set(self.krone.ids)]})
            sheet._publish()
        self.assertEqual(self._count_offer(), few)
        self.assertEqual(len(self._offered_to(self.anna)), 9)

    def _count_offer(self):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self._offered_to(self.anna)
        return self.env.cr.sql_log_count - before
