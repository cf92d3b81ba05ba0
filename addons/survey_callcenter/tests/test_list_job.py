from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time
from odoo.tools import mute_logger

from odoo.addons.survey_callcenter.models import list_job_batch

from .list_case import ListCase

JOB = "odoo.addons.survey_callcenter.models.survey_callcenter_list_job"


class TestListJob(ListCase):
    """The people of the selections come onto the contact list in the background."""

    def _create_people(self, count):
        people = self.env["res.partner"]
        for number in range(count):
            people |= self._create_partner(
                f"List {number:02}", phone=f"+493012347{number:02}"
            )
        self.env.flush_all()
        return people

    # === WHO IS ADDED === #

    def test_of_four_people_one_is_added_and_three_have_their_reasons(self):
        self._create_difficult_people()
        job = self.release()
        self.assertEqual(self.listed(), [])
        self.run_jobs()
        self.assertEqual(self.listed(), ["List good"])
        self.assertRecordValues(
            job,
            [
                {
                    "state": "done",
                    "total": 4,
                    "processed": 4,
                    "added": 1,
                    "skipped_no_phone": 1,
                    "skipped_dnc": 1,
                    "skipped_duplicate": 1,
                    "skipped_known": 0,
                    "percent": 100,
                }
            ],
        )

    @freeze_time("2026-12-07 09:00:00")
    def test_contact_begins_as_its_selection_says(self):
        self.release()
        self.run_jobs()
        contact = self.contacts_of(self.planned)
        self.assertRecordValues(
            contact,
            [
                {
                    "survey_id": self.planned.id,
                    "selection_id": self.selection.id,
                    "partner_id": self.good.id,
                    "company_id": self.planned.cc_company_id.id,
                    "phone_e164": "+49301234501",
                    "phone_key": "+49301234501",
                    "tz": "Europe/Berlin",
                    "priority": "1",
                    "state": "open",
                    "attempt_count": 0,
                    "version": 0,
                    "allow_user_change": False,
                    "next_call_at": fields.Datetime.now(),
                    "queue_user_id": False,
                    "create_uid": self.manager.id,
                }
            ],
        )

    def test_people_of_an_urgent_selection_are_urgent(self):
        self.selection.priority = "2"
        self.release()
        self.run_jobs()
        self.assertEqual(self.contacts_of(self.planned).priority, "2")

    def test_survey_knows_the_time_zones_of_its_contacts(self):
        self._create_partner(
            "List New York",
            phone="+1 212 555 0123",
            country_id=self.env.ref("base.us").id,
        )
        self.release()
        self.run_jobs()
        self.assertEqual(
            self.planned.cc_time_zones, ["America/New_York", "Europe/Berlin"]
        )

    def test_number_that_tells_no_zone_is_called_by_the_calling_hours(self):
        hours = self.env.ref("survey_callcenter.resource_calendar_calling_hours")
        self.planned.cc_calendar_id = hours.copy({"tz": "America/Chicago"})
        self.good.write(
            {"phone": "+1 800 555 0199", "country_id": self.env.ref("base.us").id}
        )
        self.release()
        self.run_jobs()
        self.assertRecordValues(
            self.contacts_of(self.planned),
            [{"phone_e164": "+18005550199", "tz": "America/Chicago"}],
        )

    def test_person_of_two_selections_is_called_once(self):
        self.choose(self.selection | self._create_selection())
        jobs = self.release()
        self.run_jobs()
        self.assertEqual(self.listed(), ["List good"])
        self.assertEqual(sum(jobs.mapped("added")), 1)
        self.assertEqual(sum(jobs.mapped("skipped_known")), 1)

    def test_number_is_taken_once_over_all_bits(self):
        self._create_difficult_people()
        with patch.object(list_job_batch, "BATCH", 1):
            job = self.release()
            self.run_jobs()
        self.assertEqual(self.listed(), ["List good"])
        self.assertEqual(job.skipped_duplicate, 1)

    def test_same_number_is_taken_twice_where_the_selection_allows_it(self):
        self.selection.dedupe_phone = False
        self._create_difficult_people()
        self.release()
        self.run_jobs()
        self.assertEqual(self.listed(), ["List good", "List duplicate"])
        self.assertEqual(
            self.contacts_of(self.planned).mapped("phone_key"), [False] * 2
        )

    def test_people_without_a_number_are_added_where_the_selection_allows_it(self):
        self.selection.require_phone = False
        self._create_difficult_people()
        self.release()
        self.run_jobs()
        self.assertEqual(self.listed(), ["List good", "List no phone"])

    def test_people_whom_the_releasing_manager_may_not_see_are_not_added(self):
        self._create_partner("List secret", phone="+49301234509")
        self.env["ir.rule"].create(
            {
                "name": "No secrets",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "domain_force": "[('name', '!=', 'List secret')]",
            }
        )
        job = self.release()
        self.run_jobs()
        self.assertEqual(self.listed(), ["List good"])
        self.assertEqual(job.total, 1)

    # === BIT BY BIT === #

    def test_job_goes_on_where_it_was_when_it_crashed(self):
        people = self._create_people(5)
        job = self.release()
        with patch.object(list_job_batch, "BATCH", 2):
            self._run_with_crash_at(job, people[2])
            self.assertRecordValues(
                job, [{"state": "running", "total": 6, "processed": 2, "added": 2}]
            )
            self.assertEqual(job.last_partner_id, people[0].id)
            self.assertEqual(self.as_manager(self.planned).cc_list_progress, 100 / 3)
            self.run_jobs()
        self.assertEqual(self.listed(), ["List good", *people.mapped("name")])
        self.assertRecordValues(
            job,
            [
                {
                    "state": "done",
                    "processed": 6,
                    "added": 6,
                    # Nobody was looked at twice.
                    "skipped_known": 0,
                    "last_partner_id": people[-1].id,
                }
            ],
        )

    def _run_with_crash_at(self, job, partner):
        """Let the job die in the middle of the bit that has this person."""
        add = type(job)._add_contacts

        def crash(job, people):
            added = add(job, people)
            if partner.id in [person[0] for person in people]:
                raise MemoryError
            return added

        with (
            patch.object(type(job), "_add_contacts", crash),
            mute_logger("odoo.addons.base.models.ir_cron"),
        ):
            self.run_jobs()

    def test_job_that_has_no_time_left_goes_on_in_the_next_run(self):
        self._create_people(3)
        job = self.release()
        cron = self.env["ir.cron"]
        with (
            patch.object(list_job_batch, "BATCH", 2),
            patch.object(type(cron), "_commit_progress", return_value=0),
        ):
            job.sudo()._cron_run()
        self.assertEqual((job.state, job.processed), ("running", 2))
        self.run_jobs()
        self.assertEqual((job.state, job.processed), ("done", 4))

    @mute_logger(JOB)
    def test_selection_that_cannot_be_used_any_more_does_not_stop_the_others(self):
        other = self._create_selection()
        self.choose(self.selection | other)
        bad = self.release().filtered(lambda job: job.selection_id == self.selection)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE survey_callcenter_selection SET domain = %s WHERE id = %s",
            ["[('gone', '=', 1)]", self.selection.id],
        )
        self.env.invalidate_all()
        self.run_jobs()
        self.assertEqual(bad.state, "failed")
        self.assertIn("gone", bad.error)
        self.assertEqual(self.listed(), ["List good"])
        self.as_manager(self.selection).domain = "[('name', '=like', 'List %')]"
        self.as_manager(bad).action_retry()
        self.run_jobs()
        self.assertRecordValues(
            bad, [{"state": "done", "error": False, "skipped_known": 1}]
        )

    def test_only_failed_jobs_are_tried_again_and_by_managers_only(self):
        job = self.release()
        with self.assertRaisesRegex(UserError, "Only what has failed"):
            self.as_manager(job).action_retry()
        with self.assertRaises(AccessError):
            job.with_user(self.agent_a).action_retry()
        self.planned.restrict_user_ids = self.manager
        with self.assertRaises(AccessError):
            job.with_user(self.colleague).action_retry()

    def test_50_people_cost_as_many_queries_as_one(self):
        warm, first, second = (self._create_planned(number) for number in range(3))
        for survey in (warm, first):
            self.release(survey)
        self._count_queries(warm.cc_list_job_ids)
        few = self._count_queries(first.cc_list_job_ids)
        self._create_people(50)
        self.release(second)
        self.assertEqual(self._count_queries(second.cc_list_job_ids), few)
        self.assertEqual(second.cc_list_job_ids.added, 51)

    def _create_planned(self, number):
        return self._create_survey(cc_state="planning", title=f"Planned {number}")

    def _count_queries(self, job):
        return self.count_queries(job.sudo()._write_batch)

    # === TOP UP === #

    def test_topping_up_adds_new_people_only(self):
        self.release()
        self.run_jobs()
        contact = self.contacts_of(self.planned)
        contact._cc_apply({"state": "done", "close_reason": "completed"}, "dialog")
        self.good.name = "List renamed"
        new = self._create_people(1)
        self.as_manager(self.planned).action_cc_top_up()
        self.run_jobs()
        self.assertEqual(self.listed(), ["List renamed", "List 00"])
        self.assertEqual(contact.state, "done")
        job = self.planned.cc_list_job_ids[:1]
        self.assertEqual((job.added, job.skipped_known), (1, 1))
        self.assertEqual(self.contacts_of(self.planned)[-1:].partner_id, new)

    def test_list_is_not_topped_up_while_it_is_written(self):
        self.release()
        with self.assertRaisesRegex(UserError, "is being written"):
            self.as_manager(self.planned).action_cc_top_up()

    def test_list_of_a_survey_that_is_not_released_is_not_topped_up(self):
        for state in ("planning", "training", "closed"):
            self.planned.cc_state = state
            with (
                self.subTest(state),
                self.assertRaisesRegex(UserError, "Only released"),
            ):
                self.as_manager(self.planned).action_cc_top_up()
        self.assertFalse(self.planned.cc_list_job_ids)

    def test_agents_cannot_top_up(self):
        with self.assertRaises(AccessError):
            self.survey.with_user(self.agent_a).action_cc_top_up()
