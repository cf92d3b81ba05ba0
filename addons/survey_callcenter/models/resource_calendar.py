from odoo import models


class ResourceCalendar(models.Model):
    """Calling hours and their holidays are kept in memory."""

    _name = "resource.calendar"
    _inherit = ["resource.calendar", "survey.callcenter.remembered"]


class ResourceCalendarAttendance(models.Model):
    _name = "resource.calendar.attendance"
    _inherit = ["resource.calendar.attendance", "survey.callcenter.remembered"]


class ResourceCalendarLeaves(models.Model):
    _name = "resource.calendar.leaves"
    _inherit = ["resource.calendar.leaves", "survey.callcenter.remembered"]

    def _forget_remembered(self):
        # The time off of a person is no holiday, and comes in every day.
        return super(
            ResourceCalendarLeaves, self.filtered(lambda leave: not leave.resource_id)
        )._forget_remembered()
