from datetime import datetime, timedelta
from unittest.mock import patch

from odoo.fields import Command
from odoo.tests import freeze_time

from ..models import contact_waiting_count
from .common import CallCenterCase

NOON = datetime(2026, 12, 7, 12)
LATER = NOON + timedelta(hours=1)


@freeze_time(NOON)
class TestWaitingCount(CallCenterCase):
    """How many contacts an agent does not get at the moment, and why."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        (cls.p1 | cls.p2 | cls.p3).next_call_at = LATER

    def _counts(self, agent=None):
        """Return the counts that are not 0, of an empty queue."""
        answer = self.contacts_as(agent or self.agent_a).cc_next()
        counts = answer["empty"]["counts"]
        return {reason: count for reason, count in counts.items() if count}

    def test_who_is_due_later(self):
        self.assertEqual(self._counts(), {"later": 3})

    def test_own_follow_ups_are_due_later_too(self):
        self.give_follow_up(self.p1, self.agent_a, LATER)
        self.assertEqual(self._counts(), {"later": 3})

    def test_who_is_outside_the_calling_hours(self):
        self.p1.write({"next_call_at": NOON, "tz": "America/Los_Angeles"})
        self.call_from_nine_to_eight()
        self.survey.cc_time_zones = ["Europe/Berlin", "America/Los_Angeles"]
        self.assertEqual(self._counts(), {"later": 2, "outside_hours": 1})

    def test_own_contact_outside_the_calling_hours(self):
        self.p1.write({"next_call_at": NOON, "tz": "America/Los_Angeles"})
        self.p1.write({"contact_established": True, "first_user_id": self.agent_a.id})
        self.call_from_nine_to_eight()
        self.assertEqual(self._counts(), {"later": 2, "outside_hours": 1})

    def test_who_waits_for_a_colleague(self):
        self.give_follow_up(self.p1, self.agent_b, NOON)
        self.assertEqual(self._counts(), {"later": 2, "others": 1})

    def test_whom_a_colleague_is_calling(self):
        self.p1.next_call_at = NOON
        self.pick(self.agent_b)
        self.assertEqual(self._counts(), {"later": 2, "called": 1})

    def test_closed_contacts_are_none(self):
        (self.p1 | self.p2).write({"state": "done", "close_reason": "manual"})
        self.p3.write({"state": "excluded", "close_reason": "dnc"})
        self.assertEqual(self._counts(), {})

    def test_surveys_of_others_are_not_counted(self):
        """Scenario 2: an agent learns nothing about what he is not assigned to."""
        others = self._create_survey(
            cc_agent_ids=[Command.set(self.agent_b.ids)],
            cc_time_zones=["Europe/Berlin"],
        )
        for number in range(3):
            self._create_contact(f"Other {number}", survey=others, next_call_at=LATER)
        self.assertEqual(self._counts(), {"later": 3})
        self.assertEqual(self._counts(self.agent_b), {"later": 6})

    def test_nobody_is_counted_further_than_makes_a_difference(self):
        with patch.object(contact_waiting_count, "MOST", 2):
            empty = self.contacts_as(self.agent_a).cc_next()["empty"]
        self.assertEqual((empty["counts"]["later"], empty["most"]), (2, 2))

    def test_looking_in_vain_costs_the_same_on_a_long_list(self):
        self._counts()  # some things are read once
        few = self.count_queries(self._counts)
        for number in range(30):
            self._create_contact(f"Person {number}", next_call_at=LATER)
        self.assertEqual(self.count_queries(self._counts), few)
