from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from odoo import fields, models
from odoo.tools import format_date, format_time

from odoo.addons.base.models.res_partner import _tz_get

FALLBACK_ZONE = "Europe/Berlin"


class ResCompany(models.Model):
    """The clock of a company: one time zone for every rule about days and hours.

    A cut-off hour or a due date means the same for a customer on holiday in Tokyo and
    for a server in Dublin, so rules never ask for the user's own time zone.
    """

    _inherit = "res.company"

    portal_tz = fields.Selection(
        _tz_get,
        string="Time Zone of the Company",
        required=True,
        default=lambda self: self.env.company.partner_id.tz or FALLBACK_ZONE,
        help="Cut-off times, due dates and reminders follow this time zone.",
    )

    def _portal_zone(self):
        return ZoneInfo(self.portal_tz)

    def _portal_local(self, moment):
        """Return a stored date and time (naive, UTC) on the company's clock."""
        return moment.replace(tzinfo=UTC).astimezone(self._portal_zone())

    def _portal_now(self):
        """Return the present on the company's clock."""
        return datetime.now(UTC).astimezone(self._portal_zone())

    def _portal_today(self):
        return self._portal_now().date()

    def _portal_start_of(self, day):
        """Return when a day begins on the company's clock, as it is stored."""
        start = datetime.combine(day, time.min, tzinfo=self._portal_zone())
        return start.astimezone(UTC).replace(tzinfo=None)

    def _portal_administrators(self, users, email, group):
        """Return who is told about what customers ask for: ``(users, email)``.

        :param users: those chosen in the settings
        :param email: one more address, or False
        :param group: XML id; its members are told where nobody is chosen
        """
        employees = self._get_employees_among(users)
        if not employees and not email:
            # Who has a right is no secret to the server.
            employees = self._get_employees_among(
                self.env.ref(group).sudo().all_user_ids
            )
        return employees, email

    def _get_employees_among(self, users):
        return users.filtered(
            lambda user: user.active and not user.share and self in user.company_ids
        )

    def _portal_format_date(self, day, **options):
        """Return a date as the reader's language writes it, or an empty string."""
        return format_date(self.env, day, **options) if day else ""

    def _portal_format_datetime(self, moment):
        """Return a stored date and time as the reader's language writes it.

        Nobody asks for seconds.
        """
        if not moment:
            return ""
        day = self._portal_format_date(self._portal_local(moment).date())
        clock = format_time(self.env, moment, tz=self.portal_tz, time_format="short")
        return f"{day} {clock}"
