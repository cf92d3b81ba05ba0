from datetime import date

from odoo import api, models
from odoo.tools import format_date

from ..tools.delivery_plan import ONE_DAY

A_MONDAY = date(2024, 1, 1)


class ContainerRequest(models.Model):
    """What a customer reads in the portal before and after he has asked."""

    _inherit = "container.request"

    @api.model
    def _get_preview(self, decision):
        """Return what would become of a request that is made now, as plain data.

        :param decision: ``DeliveryDecision``
        """
        plan = decision.plan
        return {
            "next": plan.next_day,
            "next_but_one": plan.next_but_one,
            "earliest": plan.earliest,
            "delivery": decision.delivery,
            "late": plan.is_late,
            "off_day": decision.is_off_day,
            "holiday": decision.is_holiday,
            "weekdays_text": self._get_weekdays_text(plan.rules),
            "delivery_text": self._format_day(decision.delivery),
            "notices": self._get_day_notices(decision),
            "warnings": self._get_day_warnings(decision),
        }

    @api.model
    def _get_weekdays_text(self, rules):
        if not rules.weekdays:
            return self.env._(
                "No delivery days are set for your company. You can request a"
                " container, and we tell you when it comes."
            )
        return self.env._(
            "Your delivery days: %(weekdays)s", weekdays=self._format_weekdays(rules)
        )

    @api.model
    def _format_weekdays(self, rules):
        """Return the names of the delivery days, such as “Monday, Thursday”."""
        return ", ".join(
            format_date(self.env, A_MONDAY + index * ONE_DAY, date_format="EEEE")
            for index in sorted(rules.weekdays)
        )

    def _get_submitted_notices(self):
        """Return what a customer should know who has just sent this request."""
        self.ensure_one()
        if not self.is_late:
            return []
        return [self._get_late_text(self.plan_snapshot["cutoff"], self.delivery_date)]

    def _get_timeline(self):
        """Return the way of this request, for the customer who follows it.

        :return: list of dicts with ``state``, ``label``, ``day`` (or None) and
            ``is_reached``
        """
        self.ensure_one()
        states = ["created", "approved", "done"]
        if self.state not in states:  # it ended early
            states = ["created", self.state]
        reached = states[: states.index(self.state) + 1]
        decided_on = self.decided_on and self.company_id._portal_local(self.decided_on)
        submitted_at = self.company_id._portal_local(self.submitted_at)
        days = {
            "created": submitted_at.date(),
            "approved": decided_on and decided_on.date(),
            "rejected": decided_on and decided_on.date(),
            "done": max(
                self.rental_ids.filtered("issued_on").mapped("issued_on"), default=None
            ),
        }
        return [
            {
                "state": state,
                "label": self._get_state_label(state),
                "day": days.get(state) if state in reached else None,
                "is_reached": state in reached,
            }
            for state in states
        ]
