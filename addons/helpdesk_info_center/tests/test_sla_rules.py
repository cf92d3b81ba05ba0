from odoo.exceptions import ValidationError
from odoo.tests import Form

from .common import CenterCase


class TestSlaRules(CenterCase):
    """What OCA's service levels stumble over cannot be set up in the first place."""

    def test_service_level_needs_a_stage_to_reach(self):
        with self.assertRaisesRegex(ValidationError, "“Answer” needs a stage"):
            self.env["helpdesk.sla"].create({"name": "Answer", "hours": 2})
        with self.assertRaisesRegex(ValidationError, "“Solution” needs a stage"):
            self.sla.stage_id = False

    def test_form_of_a_service_level_says_so(self):
        form = Form(self.env["helpdesk.sla"])
        form.name = "Answer"
        with self.assertRaisesRegex(ValidationError, "“Answer” needs a stage"):
            form.save()
        form.stage_id = self._stage("done")
        self.assertEqual(form.save().stage_id, self._stage("done"))

    def test_team_with_service_levels_needs_working_hours(self):
        self.support.resource_calendar_id = False
        with self.assertRaisesRegex(ValidationError, "“Support” uses service levels"):
            self.support.use_sla = True
        self.field.write(
            {"use_sla": True, "resource_calendar_id": self._create_calendar().id}
        )
        with self.assertRaisesRegex(ValidationError, "“Field” uses service levels"):
            self.field.resource_calendar_id = False
        with self.assertRaisesRegex(ValidationError, "“Night” uses service levels"):
            self.env["helpdesk.ticket.team"].create(
                {"name": "Night", "use_sla": True, "resource_calendar_id": False}
            )

    def test_team_without_service_levels_needs_none(self):
        self.support.write({"use_sla": False, "resource_calendar_id": False})
        self.assertFalse(self.support.resource_calendar_id)

    def test_ticket_of_a_team_with_both_has_a_deadline(self):
        self.support.write(
            {"use_sla": True, "resource_calendar_id": self._create_calendar().id}
        )
        ticket = self._create_ticket(partner=self.anna, stage="new")
        self.assertEqual(ticket.ticket_sla_ids.sla_id, self.sla)
        self.assertTrue(ticket.escalation_date)

    def test_what_was_set_up_before_can_still_be_archived(self):
        """Existing data must not keep anybody from working, nor an update."""
        self.env.cr.execute(
            "UPDATE helpdesk_sla SET stage_id = NULL WHERE id = %s", [self.sla.id]
        )
        self.sla.invalidate_recordset()
        self.sla.active = False
        self.assertFalse(self.sla.active)

    def _create_calendar(self):
        return self.env["resource.calendar"].create({"name": "Office hours"})
