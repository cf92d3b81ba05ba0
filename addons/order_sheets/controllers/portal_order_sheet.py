from werkzeug.exceptions import Forbidden

from odoo.http import request

from odoo.addons.customer_portal.controllers.portal_form import parse_id
from odoo.addons.portal.controllers.portal import CustomerPortal

MODEL = "order.sheet.request"
SHEETS_URL = "/my/order-sheets"
REQUESTS_URL = f"{SHEETS_URL}/requests"
REQUEST_URL = f"{REQUESTS_URL}/<int:request_id>"
OFFICE_URL = "/odoo/action-order_sheets.order_sheet_request_action"


class OrderSheetPortal(CustomerPortal):
    """What the pages about order sheets have in common."""

    def _find_request(self, request_id):
        """Return an order request that the visitor may see, or an empty recordset."""
        orders = request.env[MODEL]
        if not orders.has_access("read"):  # an employee of another team
            return orders
        return orders.search([("id", "=", parse_id(request_id))])

    def _find_request_to_change(self, request_id):
        """Return an order request of the visitor.

        :raise Forbidden: employees use the back office
        :raise NotFound: he has no such request
        """
        self._check_customer()
        order = self._find_request(request_id)
        if not order:
            raise request.not_found()
        return order

    def _check_customer(self):
        """:raise Forbidden: employees use the back office"""
        if request.env.user._is_internal():
            raise Forbidden

    def _get_contact_sudo(self):
        """Return the contact who is signed in; his data are read through him."""
        return request.env.user.partner_id.sudo()

    def _get_form_url(self, order_sudo):
        """Return where the customer goes on: the first page that is not complete.

        Where all are complete, what was returned is corrected from its first page on.
        """
        filled = order_sudo._get_filled()
        pages = filled.incomplete_pages or filled.pages
        place = f"page/{pages[0].id}" if pages else "summary"
        return f"{order_sudo.access_url}/{place}"
