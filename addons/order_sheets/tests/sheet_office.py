"""What the tests of the back office of order sheets share."""

from odoo.addons.customer_portal.tests.common import PortalTransactionCase
from odoo.addons.customer_portal.tests.view_reader import ViewReader

from .sheet_common import SheetPeople

FORM = "order_sheets.order_sheet_request_view_form"
LIST = "order_sheets.order_sheet_request_view_list"
SEARCH = "order_sheets.order_sheet_request_view_search"
SHEET_FORM = "order_sheets.order_sheet_view_form"
SHEET_SEARCH = "order_sheets.order_sheet_view_search"


class SheetOffice(ViewReader, SheetPeople, PortalTransactionCase):
    """Erik works on order requests and has no other rights, Mia builds sheets."""

    search_view = SEARCH

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.krone.category_id = cls.tag

    def _request(self, user=None, **typed):
        """Return what a customer has submitted, as Erik sees it."""
        request = self._submit_as(user or self.anna, self._unlimited(), **typed)
        return request.with_user(self.erik)

    def _unlimited(self):
        if self.sheet.max_per_customer:
            self.sheet.max_per_customer = 0
        return self.sheet

    def _request_in(self, state, user=None):
        """Return a request that has come as far as a state."""
        request = self._request(user)
        steps = {
            "in_progress": ["_take"],
            "done": ["_take", "_complete"],
            "archived": ["_take", "_complete", "action_put_away"],
        }
        for step in steps.get(state, ()):
            getattr(request, step)()
        if state == "returned":
            request._return("300, please")
        if state == "rejected":
            request._reject("Sold out")
        return request

    def _sell(self):
        self.erik.group_ids += self.env.ref("sales_team.group_sale_salesman")

    def _stage(self, name):
        return self.env.ref(f"order_sheets.order_sheet_stage_{name}")
