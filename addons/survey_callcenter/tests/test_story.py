from datetime import datetime, timedelta

from odoo.tests import freeze_time

from .dialog_case import DialogCase


class TestStory(DialogCase):
    """What agents, manager and field service do one after the other."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.survey.write({"cc_max_per_day": 0, "cc_min_gap_minutes": 0})
        cls.p1.next_call_at = datetime(2026, 12, 7, 8)
        (cls.p2 | cls.p3).next_call_at = datetime(2026, 12, 8)

    def test_appointment_of_a_call_is_moved_to_somebody_else_in_the_dialog(self):
        """Scenario 7: one protocol by the call, none by the dialog."""
        visit = {
            "rep_id": self.rep_1.id,
            "start": "2026-12-08 10:00:00",
            "stop": "2026-12-08 11:00:00",
            "address": "Hauptstraße 1, Berlin",
        }
        mails, notifications = self.count_mails()
        uuid = self.pick(self.agent_a)["call_uuid"]
        for _time in range(2):
            self.save_call(self.agent_a, "appointment", uuid, appointment=visit)
        appointment = self.p1.appointment_ids
        self.assertEqual(len(appointment), 1)
        self.assertEqual(self.p1.attempt_count, 1)
        self.assertEqual(self.count_mails(), [mails + 1, notifications])
        mail = self.env["mail.mail"].search([], order="id desc", limit=1)
        self.assertEqual(mail.recipient_ids, self.rep_1.partner_id)
        self.assertEqual(appointment.protocol_sent_at, datetime(2026, 12, 7, 9))

        before = self.count_mails()
        dialog = self.open_dialog(
            self.p1,
            rep_id=self.rep_2.id,
            appointment_start="2026-12-08 12:00:00",
            appointment_stop="2026-12-08 13:00:00",
        )
        dialog.action_apply()
        self.assertEqual(self.count_mails(), before)
        self.assertRecordValues(
            appointment,
            [
                {
                    "rep_id": self.rep_2.id,
                    "previous_rep_id": self.rep_1.id,
                    "start": datetime(2026, 12, 8, 12),
                    "state": "changed",
                }
            ],
        )
        self.assertEqual(appointment.event_id.partner_ids, self.rep_2.partner_id)
        self.assertEqual(appointment.event_id.start, datetime(2026, 12, 8, 12))
        again = self.open_dialog(self.p1)
        self.assertIn("To be sent to rep_1", again.protocol_info)

    def test_follow_up_of_an_agent_who_is_ill_is_done_by_another(self):
        """Scenarios 5 and 6, and the reason for the dialog in the source."""
        self.pick(self.agent_a)
        self.save_call(self.agent_a, "callback", callback_at="2026-12-07 13:30:00")
        with freeze_time("2026-12-07 13:31:00"):
            self.assertFalse(self.contacts_as(self.agent_b).cc_next()["contact"])
            dialog = self.open_dialog(self.p1, callback_user_id=self.agent_b.id)
            self.assertIn("Customers in Berlin", dialog.notice)
            self.assertIn("agent_a", dialog.notice)
            dialog.action_apply()
            self.assertFalse(self.contacts_as(self.agent_a).cc_next()["contact"])
            page = self.pick(self.agent_b)
            self.assertEqual(page["contact_id"], self.p1.id)
            self.save_call(self.agent_b, "complete", note="Reached her")
        self.assertEqual(self.p1.state, "done")
        self.assertEqual(self.p1.first_user_id, self.agent_a)
        self.assertEqual(
            self.calls_of(self.p1).mapped("source"), ["agent", "dialog", "agent"]
        )

    def test_ten_attempts_in_vain_end_it(self):
        """Scenario 9."""
        now = datetime(2026, 12, 7, 9)
        for number in range(1, 11):
            self.assertEqual(
                (self.p1.state, self.p1.attempt_count), ("open", number - 1)
            )
            with freeze_time(now):
                (self.p2 | self.p3).next_call_at = now + timedelta(days=1)
                self.pick(self.agent_a)
                self.save_call(self.agent_a, "no_answer")
            now += timedelta(hours=3)
        self.assertEqual(
            (self.p1.state, self.p1.close_reason), ("excluded", "max_attempts")
        )
