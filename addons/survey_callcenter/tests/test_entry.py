from datetime import datetime, timedelta

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import freeze_time

from .common import CallCenterCase

NOW = datetime(2026, 12, 7, 9)  # 10:00 in Berlin


@freeze_time(NOW)
class TestEntry(CallCenterCase):
    """What the work screen shows, and what it says while the agent enters a call."""

    def _hold(self, **values):
        """Let ``agent_a`` have Müller on the phone; return what he sees."""
        self.give_follow_up(self.p1, self.agent_a, NOW)
        self.p1.write(values)
        return self.pick(self.agent_a, self.p1)

    def _create_call(self, at, user=None, **values):
        return self.p1.with_user(user or self.agent_a)._cc_apply(
            {}, "agent", call_at=at, **values
        )

    # === FOLLOW-UPS === #

    def _warning(self, uuid, at, user=None):
        contacts = self.contacts_as(user or self.agent_a)
        return contacts.cc_check_callback(uuid, at)["warning"]

    def test_follow_up_outside_the_calling_hours_is_warned_of_and_saved(self):
        """It is 08:59 in New York, and 09:00."""
        self.call_from_nine_to_eight()
        uuid = self._hold(tz="America/New_York")["call_uuid"]
        self.assertEqual(
            self._warning(uuid, "2026-12-07 13:59:00"),
            "The follow-up lies outside the calling hours of the person"
            " (America/New_York).",
        )
        self.assertIs(self._warning(uuid, "2026-12-07 14:00:00"), False)
        at = "2026-12-07 13:59:00"
        answer = self.save_call(self.agent_a, "callback", uuid, callback_at=at)
        self.assertEqual(answer["status"], "saved")
        self.assertEqual(self.p1.callback_at, datetime(2026, 12, 7, 13, 59))

    def test_nobody_is_warned_about_calls_of_others_or_without_a_date(self):
        self.call_from_nine_to_eight()
        uuid, at = self._hold()["call_uuid"], "2026-12-07 03:00:00"
        self.assertTrue(self._warning(uuid, at))
        self.assertIs(self._warning(uuid, at, self.agent_b), False)
        self.assertIs(self._warning("unknown", at), False)
        self.assertIs(self._warning(uuid, False), False)

    def test_junk_as_date_of_a_follow_up_is_refused_in_words(self):
        uuid = self._hold()["call_uuid"]
        for junk in ("2026-02-30 10:00:00", "soon", 7, ["x"]):
            with self.assertRaisesRegex(UserError, "no date and time for a follow-up"):
                self._warning(uuid, junk)

    def test_agent_sees_how_many_of_his_follow_ups_each_of_his_days_has(self):
        for contact, agent, at in (
            (self.p1, self.agent_a, datetime(2026, 12, 8, 22, 59)),
            (self.p2, self.agent_a, datetime(2026, 12, 8, 23)),  # midnight in Berlin
            (self.p3, self.agent_b, datetime(2026, 12, 8, 12)),
        ):
            self.give_follow_up(contact, agent, at)
        days = self.contacts_as(self.agent_a).cc_follow_up_days
        self.assertEqual(
            days("2026-12-01", "2026-12-31"), {"2026-12-08": 1, "2026-12-09": 1}
        )
        self.assertEqual(days("2026-12-09", "2026-12-09"), {"2026-12-09": 1})

    # === START === #

    def test_start_lists_the_surveys_of_the_agent_as_far_as_they_are_called(self):
        for state in ("planning", "training", "stopped", "closed"):
            self._create_survey(title=state.title(), cc_state=state)
        others = {"cc_agent_ids": [Command.set(self.agent_b.ids)]}
        self._create_survey(title="Of others", **others)
        surveys = self.contacts_as(self.agent_a).cc_start()["surveys"]
        self.assertEqual(
            {survey["title"]: survey["state"] for survey in surveys},
            {
                "Satisfaction": "running",
                "Stopped": "stopped",
                "Training": "training",
            },
        )

    def test_start_counts_the_calls_of_the_agent_since_his_midnight(self):
        outcome = self.env.ref("survey_callcenter.outcome_complete")
        midnight = datetime(2026, 12, 6, 23)  # in Berlin
        good = {
            "outcome_id": outcome.id,
            "is_contact": True,
            "is_completed": True,
            "rating_id": self.positive.id,
        }
        self._create_call(midnight, **good)
        self._create_call(NOW, outcome_id=outcome.id)
        self._create_call(midnight - timedelta(seconds=1), **good)
        self._create_call(NOW, self.agent_b, **good)
        self._create_call(NOW)  # nothing came of it
        self.assertEqual(
            self.contacts_as(self.agent_a).cc_start()["counters"],
            {"calls": 2, "contacts": 1, "completed": 1, "positive": 1},
        )

    # === THE PAGE === #

    def test_page_says_whom_the_agent_calls(self):
        company = self.env["res.partner"].create({"name": "ACME", "is_company": True})
        self.p1.partner_id.write(
            {
                "parent_id": company.id,
                "function": "Buyer",
                "street": "Ring 5",
                "street2": "Back door",
                "zip": "10115",
                "city": "Berlin",
                "phone": "+49301234560",
            }
        )
        person = self._hold()["person"]
        expected = {
            "name": "Müller, Hans",
            "company": "ACME",
            "function": "Buyer",
            "street": "Ring 5, Back door",
            "zip_city": "10115 Berlin",
            "phone": "+49301234560",
        }
        self.assertEqual({name: person[name] for name in expected}, expected)

    def test_page_says_what_was_before(self):
        outcome = self.env.ref("survey_callcenter.outcome_callback")
        for at, note in ((NOW - timedelta(days=2), "Old"), (NOW, "New")):
            self._create_call(
                at, outcome_id=outcome.id, rating_id=self.neutral.id, note=note
            )
        page = self._hold(attempt_count=4, callback_note="Ask for the boss")
        self.assertEqual(page["attempts"], 4)
        self.assertEqual(
            page["callback"],
            {"at": "2026-12-07 09:00:00", "note": "Ask for the boss", "by": "agent_a"},
        )
        said = {"by": "agent_a", "outcome": outcome.name, "rating": self.neutral.name}
        self.assertEqual(
            page["history"],
            [
                {"at": "2026-12-07 09:00:00", "note": "New"} | said,
                {"at": "2026-12-05 09:00:00", "note": "Old"} | said,
            ],
        )

    def test_page_offers_visits_only_with_field_service(self):
        page = self._hold()
        offered = [outcome["code"] for outcome in page["outcomes"]]
        self.assertEqual(
            [rep["id"] for rep in page["reps"]], (self.rep_1 | self.rep_2).ids
        )
        self.contacts_as(self.agent_a).cc_release(page["call_uuid"])
        self.survey.cc_field_service = False
        page = self._hold()
        self.assertEqual(page["reps"], [])
        offered.remove("appointment")
        self.assertEqual([outcome["code"] for outcome in page["outcomes"]], offered)
