from odoo import api, models


class ForgetCallingHours(models.AbstractModel):
    """Whatever calling hours are read from: a change is seen at the next call."""

    _name = "survey.callcenter.forget.hours"
    _description = "Source of Calling Hours"

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._forget_calling_hours()
        return records

    def write(self, vals):
        self._forget_calling_hours()
        result = super().write(vals)
        self._forget_calling_hours()
        return result

    def unlink(self):
        self._forget_calling_hours()
        return super().unlink()

    def _forget_calling_hours(self):
        if self:
            self.env.registry.clear_cache()


class ResourceCalendar(models.Model):
    _name = "resource.calendar"
    _inherit = ["resource.calendar", "survey.callcenter.forget.hours"]


class ResourceCalendarAttendance(models.Model):
    _name = "resource.calendar.attendance"
    _inherit = ["resource.calendar.attendance", "survey.callcenter.forget.hours"]


class ResourceCalendarLeaves(models.Model):
    _name = "resource.calendar.leaves"
    _inherit = ["resource.calendar.leaves", "survey.callcenter.forget.hours"]

    def _forget_calling_hours(self):
        # The time off of a person is no holiday, and comes in every day.
        return super(
            ResourceCalendarLeaves, self.filtered(lambda leave: not leave.resource_id)
        )._forget_calling_hours()
