from odoo import api, models
from odoo.tools import format_date


class ContainerRequest(models.Model):
    """The words about the day of a request, for the portal, staff and mails."""

    _inherit = "container.request"

    def _get_day_errors(self, decision):
        """Return why a request cannot be made for the wished day, if so."""
        if decision.is_past:
            return [self.env._("The requested day lies in the past.")]
        if decision.is_too_far:
            return [self.env._("The requested day is too far ahead.")]
        return []

    def _get_day_warnings(self, decision):
        """Return what speaks against the wished day; the customer may insist."""
        warnings = []
        if decision.is_holiday:
            warnings.append(self._get_holiday_text(decision))
        if decision.is_off_day:
            warnings.append(self._get_off_day_text(decision))
        if decision.is_too_early and not warnings:
            warnings.append(
                self.env._(
                    "The earliest delivery possible is on %(day)s.",
                    day=self._format_day(decision.plan.earliest),
                )
            )
        return warnings

    def _get_day_notices(self, decision):
        """Return what the customer should know and cannot change."""
        if not decision.plan.is_late:
            return []
        cutoff = self._format_cutoff(decision.plan.rules)
        return [self._get_late_text(cutoff, decision.delivery)]

    def _get_late_text(self, cutoff, delivery):
        return self.env._(
            "Orders after %(time)s can only be processed with the delivery after"
            " next. Expected delivery: %(day)s.",
            time=cutoff,
            day=self._format_day(delivery),
        )

    def _get_holiday_text(self, decision):
        day, name = decision.wish, decision.plan.rules.closed[decision.wish]
        values = {"day": format_date(self.env, day), "name": name}
        if day in decision.plan.rules.exceptions:
            return self.env._("There is no delivery on %(day)s (%(name)s).", **values)
        if name:
            return self.env._("%(day)s is a holiday (%(name)s).", **values)
        return self.env._("%(day)s is a holiday.", **values)

    def _get_off_day_text(self, decision):
        values = {
            "weekday": format_date(self.env, decision.wish, date_format="EEEE"),
            "weekdays": self._format_weekdays(decision.plan.rules),
            "day": self._format_day(decision.delivery),
        }
        if self.env.user._is_internal():
            return self.env._(
                "%(weekday)s is no delivery day of this customer (delivery days:"
                " %(weekdays)s). Next delivery day: %(day)s.",
                **values,
            )
        return self.env._(
            "%(weekday)s is no delivery day of your company (delivery days:"
            " %(weekdays)s). Next delivery day: %(day)s.",
            **values,
        )

    @api.model
    def _format_day(self, day):
        """Return a day with its weekday, such as “Monday, 12/07/2026”."""
        if not day:
            return self.env._("not yet known")
        weekday = format_date(self.env, day, date_format="EEEE")
        return f"{weekday}, {format_date(self.env, day)}"

    @api.model
    def _format_cutoff(self, rules):
        hours, minutes = divmod(round(rules.cutoff * 60), 60)
        return f"{hours:02d}:{minutes:02d}"

    def _get_cutoff_info(self, plan):
        rules = self.env["res.company"]._fields["container_cutoff_rule"]
        rule = dict(rules._description_selection(self.env))[plan["cutoff_rule"]]
        return self.env._(
            "%(time)s %(zone)s, rule: %(rule)s",
            time=plan["cutoff"],
            zone=plan["zone"],
            rule=rule,
        )

    def _get_skipped_text(self, day, reason, name):
        weekday = format_date(self.env, day, date_format="EEEE")
        values = {"day": f"{weekday}, {format_date(self.env, day)}", "name": name}
        if reason == "cutoff":
            return self.env._(
                "%(day)s: the order came after the cut-off time.", **values
            )
        if name:
            return self.env._("%(day)s: no delivery (%(name)s).", **values)
        return self.env._("%(day)s: no delivery.", **values)
