from datetime import datetime

from odoo.exceptions import UserError
from odoo.tests import new_test_user

from .common import CallCenterCase


class TestPartnerMerge(CallCenterCase):
    """Two records of one person are merged: the list has the person once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk = new_test_user(
            cls.env, login="clerk", groups="base.group_user,base.group_partner_manager"
        )
        cls.person, cls.other = (cls.p1 | cls.p2).partner_id

    def _merge(self):
        """Let a clerk without rights in the call center keep the first record."""
        wizard = self.env["base.partner.merge.automatic.wizard"].with_user(self.clerk)
        wizard = wizard.create(
            {
                "partner_ids": (self.person | self.other).ids,
                "dst_partner_id": self.person.id,
            }
        )
        wizard.action_merge()
        self.env.invalidate_all()

    def _appoint(self, contact, rep):
        return self.env["survey.callcenter.appointment"].create(
            {
                "contact_id": contact.id,
                "rep_id": rep.id,
                "start": "2026-12-08 10:00:00",
                "stop": "2026-12-08 11:00:00",
            }
        )

    def test_person_is_on_the_list_once_with_all_calls(self):
        for contact in self.p1 | self.p2:
            contact._cc_apply({"attempt_count": 2}, "agent", note=contact.person_name)
        self._merge()
        contacts = self.contacts_of(self.survey)
        self.assertEqual(contacts.partner_id, self.person | self.p3.partner_id)
        merged = contacts - self.p3
        self.assertEqual(merged.attempt_count, 4)
        self.assertEqual(
            merged.call_ids.sorted("id").mapped(lambda call: call.note or call.summary),
            [
                "Müller, Hans",
                "Schulze, Eva",
                "Two records of the person were merged.",
            ],
        )
        self.assertEqual(merged.call_ids.partner_id, self.person)

    def test_who_has_said_no_is_not_called_because_of_a_second_record(self):
        self.p2.write({"state": "done", "close_reason": "refused"})
        self._merge()
        merged = self.contacts_of(self.survey) - self.p3
        self.assertEqual((merged.state, merged.close_reason), ("done", "refused"))

    def test_wrong_number_of_one_record_does_not_close_the_other(self):
        self.p1.write({"state": "excluded", "close_reason": "invalid"})
        self._merge()
        self.assertEqual((self.contacts_of(self.survey) - self.p3).state, "open")

    def test_agent_who_has_reached_the_person_goes_on(self):
        """Users may not change: what the agent knows does not go with a record."""
        self.p2.write({"contact_established": True, "first_user_id": self.agent_a.id})
        self.p2.user_input_id = self.survey._create_answer(
            partner=self.other, check_attempts=False
        )
        answer = self.p2.user_input_id
        self.p1.last_call_at = datetime(2100, 1, 1)
        self._merge()
        self.assertEqual(self.p1.queue_user_id, self.agent_a)
        self.assertEqual(self.p1.user_input_id, answer)

    def test_entries_of_the_history_stay_with_the_contact(self):
        self.p2._cc_write_history("Glad to help", True, True)
        self.p1.write({"state": "done", "close_reason": "manual"})
        entry = self.env["survey.callcenter.history"].search(
            [("contact_id", "=", self.p2.id)]
        )
        self._merge()
        self.assertEqual(entry.contact_id, self.p1)

    def test_agreed_follow_up_is_kept(self):
        self.p1.last_call_at = datetime(2026, 12, 1)
        at = datetime(2026, 12, 9, 13, 30)
        self.give_follow_up(self.p2, self.agent_b, at)
        self._merge()
        merged = self.contacts_of(self.survey) - self.p3
        self.assertEqual((merged.callback_at, merged.queue_user_id), (at, self.agent_b))

    def test_appointment_is_kept(self):
        appointment = self._appoint(self.p2, self.rep_1)
        self.p1.write({"state": "done", "close_reason": "manual"})
        self._merge()
        self.assertEqual(appointment.contact_id, self.p1)
        self.assertEqual(appointment.partner_id, self.person)

    def test_nobody_is_merged_while_an_agent_is_on_the_phone(self):
        self.pick(self.agent_a)
        with self.assertRaisesRegex(UserError, "agent_a is on the phone with"):
            self._merge()

    def test_nobody_is_merged_with_two_appointments(self):
        self._appoint(self.p1, self.rep_1)
        self._appoint(self.p2, self.rep_2)
        with self.assertRaisesRegex(UserError, "two appointments"):
            self._merge()

    def test_people_of_different_lists_stay_on_both(self):
        survey = self._create_survey()
        self.p2.survey_id = survey
        self._merge()
        self.assertEqual((self.p1 | self.p2).partner_id, self.person)
        self.assertFalse((self.p1 | self.p2).call_ids)
