from odoo.fields import Command

from .common import CallCenterCase

PLACE = "Marktplatz 1\n10115 Berlin"


class AppointmentCase(CallCenterCase):
    """Tests of appointments: on Tuesday, 8 December 2026, at 10:00 UTC, with rep 1."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.calendar = cls._create_working_hours()
        cls.survey.cc_company_id.resource_calendar_id = cls.calendar
        cls.p1.phone_e164 = "+49301234560"
        cls.env.flush_all()

    @classmethod
    def _create_working_hours(cls, tz="Europe/Berlin", days=range(5), hours=(8, 18)):
        return cls.env["resource.calendar"].create(
            {
                "name": "Field service",
                "tz": tz,
                "company_id": cls.survey.cc_company_id.id,
                "attendance_ids": [Command.clear()]
                + [
                    Command.create(
                        {
                            "name": "Day",
                            "dayofweek": str(day),
                            "hour_from": hours[0],
                            "hour_to": hours[1],
                        }
                    )
                    for day in days
                ],
            }
        )

    def vals(self, **values):
        return {
            "rep_id": self.rep_1.id,
            "start": "2026-12-08 10:00:00",
            "stop": "2026-12-08 11:00:00",
            "address": PLACE,
            "notes": "Ring twice",
        } | values

    def agree(self, contact=None, **values):
        """Let ``agent_a`` agree an appointment with a contact; return it (sudo'd)."""
        contact = (contact or self.p1).with_user(self.agent_a)
        appointment = contact._cc_set_appointment(self.vals(**values))
        return appointment.with_env(self.env)

    def create_row(self, contact, **values):
        """Write an appointment past all checks but the database's."""
        row = self.env["survey.callcenter.appointment"].create(
            self.vals(stop="2026-12-08 12:00:00") | {"contact_id": contact.id} | values
        )
        self.env.flush_all()
        return row

    def create_meeting(self, rep, start, stop, **values):
        """Return a meeting of a representative that no appointment is about."""
        return self.env["calendar.event"].create(
            {
                "name": "Team",
                "start": start,
                "stop": stop,
                "user_id": rep.id,
                "partner_ids": [Command.set(rep.partner_id.ids)],
                "show_as": "busy",
            }
            | values
        )
