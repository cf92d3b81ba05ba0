from datetime import UTC, datetime, time, timedelta

from odoo import models
from odoo.fields import Domain

from ..tools.delivery_plan import HORIZON, ONE_DAY, DeliveryRules


class ResPartner(models.Model):
    """When a customer or one of his addresses can be served."""

    _inherit = "res.partner"

    def _get_container_settings(self):
        """Return what is agreed for this address in the current company.

        What stands on the address wins over what stands on the customer; the company's
        usual delivery days serve those who have none.

        :return: dict of ``type`` and ``weekdays`` (records) and ``rental_days``
        """
        self.ensure_one()
        customer = self.commercial_partner_id
        return {
            "type": self.container_type_id or customer.container_type_id,
            "weekdays": self.container_weekday_ids
            or customer.container_weekday_ids
            or self.env.company.container_default_weekday_ids,
            "rental_days": self.container_rental_days or customer.container_rental_days,
        }

    def _get_standard_type(self):
        """Return the standard container here; one that is out of use is nobody's."""
        return self._get_container_settings()["type"].filtered("active")

    def _get_container_types(self, company):
        """Return the types that may be requested for this address.

        That is the standard container alone, unless customers may choose or there is
        none. A first element that equals the standard container is the default.
        """
        standard = self.with_company(company)._get_standard_type()
        if standard and company.container_type_choice == "default":
            return standard
        selectable = self.env["container.type"].search(
            Domain("portal_selectable", "=", True)
            & Domain("company_id", "in", [company.id, False])
        )
        return standard | selectable

    def _get_delivery_rules(self, company, since=None):
        """Return the calendar of this address as plain data.

        :param since: first day of interest, by default today
        :return: ``DeliveryRules``
        """
        self.ensure_one()
        settings = self.with_company(company)._get_container_settings()
        start = since or company._portal_today()
        end = start + 2 * HORIZON
        indexes = self.env["container.weekday"]._get_indexes()
        closed = self._get_container_holidays(company, start, end)
        extra, exceptions = set(), set()
        for exception in self._get_delivery_exceptions(company, start, end):
            if exception.kind == "extra":
                extra.add(exception.date)
            else:
                closed[exception.date] = exception.name
                exceptions.add(exception.date)
        return DeliveryRules(
            zone=company._portal_zone(),
            weekdays=frozenset(indexes[weekday.id] for weekday in settings["weekdays"]),
            cutoff=company.container_cutoff,
            cutoff_rule=company.container_cutoff_rule,
            lead_days=company.container_lead_days,
            closed=closed,
            exceptions=frozenset(exceptions),
            extra=frozenset(extra),
        )

    def _get_container_holidays(self, company, start, end):
        """Return the company's days off as ``{day: name}``, in its own time zone."""
        zone = company._portal_zone()

        def stored(day):
            midnight = datetime.combine(day, time.min, tzinfo=zone)
            return midnight.astimezone(UTC).replace(tzinfo=None)

        leaves = self.env["resource.calendar.leaves"].search_fetch(
            Domain("resource_id", "=", False)
            & Domain("company_id", "in", [company.id, False])
            & Domain("calendar_id", "in", [company.container_calendar_id.id, False])
            & Domain("date_from", "<", stored(end + ONE_DAY))
            & Domain("date_to", ">", stored(start)),
            ["name", "date_from", "date_to"],
        )
        holidays = {}
        for leave in leaves:
            day = max(company._portal_local(leave.date_from).date(), start)
            # A leave that ends at midnight does not touch the day that begins then.
            last_moment = leave.date_to - timedelta(seconds=1)
            last = min(company._portal_local(last_moment).date(), end)
            while day <= last:
                holidays[day] = leave.name or ""
                day += ONE_DAY
        return holidays

    def _get_delivery_exceptions(self, company, start, end):
        """Return the exceptions for everybody and those for this address."""
        return self.env["container.delivery.exception"].search_fetch(
            Domain("company_id", "=", company.id)
            & Domain("date", ">=", start)
            & Domain("date", "<=", end)
            & (
                Domain("partner_ids", "=", False)
                | Domain("partner_ids", "in", (self | self.commercial_partner_id).ids)
            ),
            ["name", "date", "kind"],
        )
