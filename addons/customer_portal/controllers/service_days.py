from datetime import date, timedelta

from odoo.fields import Domain
from odoo.http import request

from .portal_form import PortalForm


class ServiceDays(PortalForm):
    """The days of the orders that a customer wants to see, the first and the last too.

    They are days on the company's clock. Where there is a mistake no day is left out.
    """

    field_order = ("date_from", "date_to")

    def __init__(self, params):
        super().__init__(params)
        _ = request.env._
        self.first = self.date("date_from", _("From"))
        self.last = self.date("date_to", _("To"))
        if self.first and self.last and self.last < self.first:
            self.fail("date_to", _("The last day lies before the first one."))

    @property
    def domain(self):
        company = request.env.company
        domain = Domain.TRUE
        if self.ok and self.first:
            domain &= Domain("date_order", ">=", company._portal_start_of(self.first))
        if self.ok and self.last and self.last < date.max:  # no day comes after that
            end = company._portal_start_of(self.last + timedelta(days=1))
            domain &= Domain("date_order", "<", end)
        return domain

    @property
    def kept(self):
        """What the address says about the days, where it can be used."""
        days = {"date_from": self.first, "date_to": self.last}
        return {name: day.isoformat() for name, day in days.items() if day and self.ok}

    def get_value(self, name):
        """Return what stands in the date input."""
        return self.kept.get(name) or self.typed.get(name)
