from odoo.http import request, route

from odoo.addons.customer_portal.controllers.portal_form import parse_id

from ..models.order_sheet_flow import GROUP_MANAGER
from ..tools.filled_sheet import FilledSheet
from .portal_order_sheet import MODEL, SHEETS_URL
from .portal_order_sheet_form import OrderSheetFormPortal
from .sheet_form import SheetForm

PREVIEW_URL = f"{SHEETS_URL}/<int:sheet_id>/preview"
OFFICE_SHEETS_URL = "/odoo/action-order_sheets.order_sheet_action"


class OrderPreviewPortal(OrderSheetFormPortal):
    """How an order sheet looks to customers, for whoever builds it.

    /my/order-sheets/<sheet>/preview         its first page
    /my/order-sheets/<sheet>/preview/<page>  any page, whatever its conditions say
    """

    @route(
        [PREVIEW_URL, f"{PREVIEW_URL}/<int:page_id>"],
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_order_preview(self, sheet_id, page_id=None, **_params):
        sheet = self._find_sheet_to_preview(sheet_id)
        if not sheet:
            return request.redirect("/my")
        filled = get_all_shown(self._get_example_sudo(sheet))
        if not filled.pages:
            message = request.env._("This order sheet has no pages yet.")
            return self._render_form_notice(sheet, message)
        page = filled.page(page_id) or filled.pages[0]
        office_url = f"{OFFICE_SHEETS_URL}/{sheet.id}"
        return self._render_form(PreviewForm(filled, page), office_url=office_url)

    def _find_sheet_to_preview(self, sheet_id):
        sheets = request.env["order.sheet"]
        if not request.env.user.has_group(GROUP_MANAGER):
            return sheets
        return sheets.search([("id", "=", parse_id(sheet_id))])

    def _get_example_sudo(self, sheet):
        """Return an order request that is nowhere kept, as if the visitor ordered."""
        # Pages and answers are read through the request, as customers do.
        return (
            request.env[MODEL]
            .sudo()
            .new(
                {
                    "name": "/",
                    "state": "draft",
                    "sheet_id": sheet.id,
                    "partner_id": request.env.user.partner_id.id,
                }
            )
        )


class PreviewForm(SheetForm):
    """A page to look at; its links lead to other pages of the preview."""

    is_editable = False
    summary_url = None  # nothing was filled in that could be summed up

    @property
    def url(self):
        return f"{SHEETS_URL}/{self.sheet.id}/preview"

    def page_url(self, page):
        return f"{self.url}/{page.id}"


def get_all_shown(request_sudo):
    """Return the sheet with all its pages and questions, whatever conditions say."""
    filled = FilledSheet(request_sudo)
    for page in filled.all_pages:
        page.is_wanted = page.is_visible = True
        for field in page.all_fields:
            field.is_visible = True
    return filled
