from contextlib import suppress
from datetime import datetime
from unittest.mock import patch

from psycopg2.errors import CheckViolation, ExclusionViolation

from odoo.exceptions import AccessError, LockError, UserError, ValidationError
from odoo.tests import freeze_time
from odoo.tools import mute_logger

from .appointment_case import AppointmentCase
from .common import GROUP


@freeze_time("2026-12-07 09:00:00")
class TestAppointment(AppointmentCase):
    # === AGREE AND CHANGE === #

    def test_agreed_appointment_stands_in_the_calendar_of_the_rep_alone(self):
        appointment = self.agree()
        self.assertEqual(appointment.state, "planned")
        event = appointment.event_id
        self.assertEqual(event.partner_ids, self.rep_1.partner_id)
        self.assertEqual(event.user_id, self.rep_1)
        self.assertEqual(event.start, datetime(2026, 12, 8, 10))
        self.assertEqual(event.stop, datetime(2026, 12, 8, 11))
        self.assertEqual(event.attendee_ids.state, "accepted")
        self.assertEqual(event.privacy, "private")
        for words in ("Müller, Hans", "Marktplatz 1", "+49301234560", "Ring twice"):
            self.assertIn(words, event.description)

    def test_nobody_gets_a_mail_about_agreeing_and_changing(self):
        before = self.count_mails()
        self.agree()
        self.agree(start="2026-12-08 12:00:00", stop="2026-12-08 13:00:00")
        self.agree(rep_id=self.rep_2.id)
        self.assertEqual(self.count_mails(), before)

    def test_change_moves_appointment_and_event(self):
        first = self.agree()
        event = first.event_id
        changed = self.agree(
            rep_id=self.rep_2.id,
            start="2026-12-08 12:00:00",
            stop="2026-12-08 13:30:00",
        )
        self.assertEqual(changed, first)
        self.assertEqual(changed.state, "changed")
        self.assertEqual(changed.previous_rep_id, self.rep_1)
        self.assertEqual(changed.rep_id, self.rep_2)
        self.assertEqual(changed.event_id, event)
        self.assertEqual(event.partner_ids, self.rep_2.partner_id)
        self.assertEqual(event.user_id, self.rep_2)
        self.assertEqual(event.start, datetime(2026, 12, 8, 12))
        self.assertEqual(event.stop, datetime(2026, 12, 8, 13, 30))

    def test_the_same_values_again_change_nothing(self):
        appointment = self.agree()
        written = appointment.write_date
        with freeze_time("2026-12-07 09:05:00"):
            self.assertEqual(self.agree(), appointment)
            self.env.flush_all()
        self.assertEqual(appointment.state, "planned")
        self.assertEqual(appointment.write_date, written)

    def test_what_is_not_named_stays_as_it_is(self):
        self.agree()
        contact = self.p1.with_user(self.agent_a)
        appointment = contact._cc_set_appointment({"notes": "Back door"})
        self.assertEqual(appointment.notes, "Back door")
        self.assertEqual(appointment.address, "Marktplatz 1\n10115 Berlin")
        self.assertEqual(appointment.start, datetime(2026, 12, 8, 10))

    def test_event_deleted_by_hand_comes_back_with_the_next_change(self):
        appointment = self.agree()
        appointment.event_id.unlink()
        self.agree(notes="Back door")
        self.assertEqual(appointment.event_id.start, appointment.start)

    def test_event_archived_by_hand_comes_back_with_the_next_change(self):
        appointment = self.agree()
        appointment.event_id.active = False
        self.agree(notes="Back door")
        self.assertTrue(appointment.event_id.active)

    def test_a_new_appointment_follows_one_that_is_over(self):
        first = self.agree()
        first.with_user(self.rep_1).action_cancel()
        second = self.agree()
        self.assertNotEqual(second, first)
        self.assertEqual(first.state, "cancelled")

    # === IN A CALL === #

    def test_call_with_an_impossible_appointment_is_not_saved_until_it_is_changed(self):
        self.agree(self.p2)
        self.give_follow_up(self.p1, self.agent_a, "2026-12-07 09:00:00")
        uuid = self.pick(self.agent_a, self.p1)["call_uuid"]
        with suppress(ValidationError):
            self.save_call(self.agent_a, "appointment", appointment=self.vals())
            self.fail("The representative was booked twice.")
        self.assertEqual((self.p1.state, self.p1.call_uuid), ("open", uuid))
        self.assertFalse(self.p1.call_ids or self.p1.appointment_ids)
        another = self.vals(start="2026-12-08 12:00:00", stop="2026-12-08 13:00:00")
        self.save_call(self.agent_a, "appointment", uuid, appointment=another)
        self.assertEqual(self.p1.state, "done")
        self.assertEqual(self.p1.appointment_ids.start, datetime(2026, 12, 8, 12))

    # === THE DATABASE === #

    def test_database_keeps_a_rep_from_being_in_two_places(self):
        self.agree()
        with mute_logger("odoo.sql_db"), self.assertRaises(ExclusionViolation):
            self.create_row(self.p2, start="2026-12-08 10:59:00")

    def test_database_lets_appointments_touch(self):
        self.agree()
        self.create_row(self.p2, start="2026-12-08 11:00:00")

    def test_database_does_not_count_what_is_over(self):
        self.create_row(self.p1, state="cancelled")
        self.create_row(self.p2, state="held")
        self.agree(self.p3)

    def test_database_wants_an_end_after_the_start(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation):
            self.create_row(self.p1, stop="2026-12-08 10:00:00")

    # === HOW IT WENT === #

    def test_rep_reports_on_his_own_visit(self):
        appointment = self.agree().with_user(self.rep_1)
        with freeze_time("2026-12-08 11:00:00"):
            appointment.action_held()
            self.assertEqual(appointment.state, "held")
            appointment.action_no_show()  # he had pressed the wrong button
        self.assertEqual(appointment.state, "no_show")

    def test_manager_reports_on_any_visit(self):
        appointment = self.agree().with_user(self.manager)
        with freeze_time("2026-12-08 11:00:00"):
            appointment.action_no_show()
        self.assertEqual(appointment.state, "no_show")

    def test_a_visit_to_come_cannot_be_reported(self):
        appointment = self.agree().with_user(self.rep_1)
        for report in (appointment.action_held, appointment.action_no_show):
            with self.assertRaisesRegex(UserError, "has not begun yet"):
                report()

    def test_cancelled_visit_leaves_the_calendar_and_frees_the_time(self):
        appointment = self.agree()
        event = appointment.event_id
        before = self.count_mails()
        appointment.with_user(self.rep_1).action_cancel()
        self.assertFalse(event.exists())
        self.assertEqual(self.count_mails(), before)
        self.agree(self.p2)

    def test_cancelled_visit_stays_cancelled(self):
        appointment = self.agree().with_user(self.rep_1)
        appointment.action_cancel()
        with (
            freeze_time("2026-12-08 11:00:00"),
            self.assertRaisesRegex(UserError, "“Cancelled”; it cannot become “Held”"),
        ):
            appointment.action_held()

    def test_who_comes_at_the_same_moment_reads_a_sentence(self):
        appointment = self.agree().with_user(self.rep_1)
        calls = [appointment.action_cancel, appointment.sudo()._cc_queue_protocol]
        refusal = LockError("Cannot grab a lock on records")
        for call in calls:
            with (
                self.subTest(call=call.__name__),
                patch.object(type(appointment), "lock_for_update", side_effect=refusal),
                self.assertRaisesRegex(LockError, "^Somebody else is changing this"),
            ):
                call()

    def test_nobody_else_may_report(self):
        appointment = self.agree()
        self.p1.lock_user_id = self.agent_a  # the agent may read it
        for user in (self.agent_a, self.rep_2, self.employee):
            for action in ("action_held", "action_no_show", "action_cancel"):
                with (
                    self.subTest(user=user.name, action=action),
                    freeze_time("2026-12-08 11:00:00"),
                    self.assertRaises(AccessError),
                ):
                    getattr(appointment.with_user(user), action)()
        self.assertEqual(appointment.state, "planned")

    def test_agent_who_is_a_rep_too_reports_only_on_his_own(self):
        self.agent_a.group_ids += self.env.ref(f"{GROUP}rep")
        appointment = self.agree()
        self.p1.lock_user_id = self.agent_a
        with self.assertRaises(AccessError):
            appointment.with_user(self.agent_a).action_cancel()

    # === WHO SEES WHAT === #

    def test_rep_sees_his_own_appointments_with_name_and_phone(self):
        mine = self.agree()
        self.agree(self.p2, rep_id=self.rep_2.id)
        appointments = self.env["survey.callcenter.appointment"].with_user(self.rep_1)
        [found] = appointments.search_read([], ["partner_id", "phone", "address"])
        self.assertEqual(found["id"], mine.id)
        self.assertEqual(found["partner_id"][1], "Müller, Hans")
        self.assertEqual(found["phone"], "+49301234560")

    def test_rep_sees_no_contact_list(self):
        with self.assertRaises(AccessError):
            self.contacts_as(self.rep_1).search([])

    def test_nobody_writes_appointments_directly(self):
        appointment = self.agree()
        for user in (self.agent_a, self.manager, self.rep_1):
            with self.subTest(user=user.name), self.assertRaises(AccessError):
                appointment.with_user(user).write({"state": "held"})
            with self.subTest(user=user.name), self.assertRaises(AccessError):
                appointment.with_user(user).unlink()

    def test_views_open_for_reps_and_managers(self):
        self.agree()
        for user in (self.rep_1, self.manager):
            appointments = self.env["survey.callcenter.appointment"].with_user(user)
            for view in ("calendar", "list", "form", "search", "kanban", "pivot"):
                arch = appointments.get_view(view_type=view)["arch"]
                self.assertTrue(arch.startswith(f"<{view}"), f"{user.name} {view}")
