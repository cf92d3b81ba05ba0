from odoo.exceptions import UserError
from odoo.http import request, route

from odoo.addons.customer_portal.controllers.portal_form import parse_id

from ..models.order_sheet_request import EDITABLE_STATES
from .portal_order_sheet import REQUEST_URL, SHEETS_URL, OrderSheetPortal
from .sheet_form import FILE_PREFIX, SheetForm
from .sheet_input import (
    SheetInput,
    new_upload_form,
    read_selected_pages,
    read_uploads,
)

START_URL = f"{SHEETS_URL}/<int:sheet_id>/start"
PAGE_URL = f"{REQUEST_URL}/page/<int:page_id>"


class OrderSheetFormPortal(OrderSheetPortal):
    """How a customer fills in an order sheet, page by page; without JavaScript.

    /my/order-sheets/<sheet>/start              begins, or goes on
    /my/order-sheets/requests/<id>/page/<page>  a page; keeps whatever is typed
    """

    # === BEGINNING === #

    @route(START_URL, type="http", auth="user", website=True, methods=["POST"])
    def portal_order_sheet_start(self, sheet_id, **_post):
        self._check_customer()
        sheet = request.env["order.sheet"].search([("id", "=", parse_id(sheet_id))])
        if not sheet:
            raise request.not_found()
        try:
            # Customers may not create requests, but begin to fill in what is offered.
            order_sudo = (
                request.env["order.sheet.request"]
                .sudo()
                ._start(sheet.sudo(), self._get_contact_sudo())
            )
        except UserError as error:
            return self._render_form_notice(sheet, str(error))
        return request.redirect(self._get_form_url(order_sudo))

    # === A PAGE === #

    @route(
        PAGE_URL, type="http", auth="user", website=True, methods=["GET"], readonly=True
    )
    def portal_order_sheet_page(self, request_id, page_id, check=None, **_params):
        order = self._find_request(request_id)
        if not order:
            return request.redirect("/my")
        if request.env.user._is_internal() or order.state not in EDITABLE_STATES:
            return request.redirect(order.access_url)
        order_sudo = order.sudo()  # pages and answers are read through the request
        filled = order_sudo._get_filled()
        page = filled.page(page_id)
        if not page:
            return request.redirect(self._get_form_url(order_sudo))
        reason = order._get_lock_reason()
        return self._render_form(SheetForm(filled, page, reason, check=check == "1"))

    @route(PAGE_URL, type="http", auth="user", website=True, methods=["POST"])
    def portal_order_sheet_page_save(self, request_id, page_id, **post):
        order_sudo = self._find_request_to_change(request_id).sudo()
        filled = order_sudo._get_filled()
        page = next((it for it in filled.all_pages if it.id == page_id), None)
        if not page and not self._is_of_other_version(order_sudo, page_id):
            raise request.not_found()
        sent = SheetInput.from_form(post)
        shown = {field.key for field in page.fields} if page else set()
        try:
            saved = self._save_page(order_sudo, page, sent)
        except UserError as error:
            return self._render_refused(order_sudo, page, sent, error)
        file_faults = self._save_files(order_sudo, page, post)
        filled = order_sudo._get_filled()
        page = filled.page(page_id)
        if not page:  # what was typed says that there is no such page
            return request.redirect(self._get_form_url(order_sudo))
        form = SheetForm(filled, page, typed=self._get_mine(saved))
        form.conflicts = saved.conflicts
        form.faults |= file_faults
        return self._lead_on(form, post, shown)

    def _is_of_other_version(self, order_sudo, page_id):
        """Return whether the page was replaced while the customer typed on it."""
        page_sudo = request.env["order.sheet.page"].sudo().browse(parse_id(page_id))
        sheet_sudo = page_sudo.exists().sheet_id
        return sheet_sudo and sheet_sudo._get_root() == order_sudo.root_id

    def _save_page(self, order_sudo, page, sent):
        contact_sudo = self._get_contact_sudo()
        saved = order_sudo._save_typed(sent.typed, sent.rev, sent.before, contact_sudo)
        selected = read_selected_pages()
        if selected is not None:
            order_sudo._select_pages(selected, contact_sudo)
        return saved

    def _save_files(self, order_sudo, page, post):
        """Keep and remove files; return what is wrong with them, by name."""
        contact_sudo, form = self._get_contact_sudo(), new_upload_form()
        faults = {}
        for field in page.all_fields if page else ():
            if field.type != "file":
                continue
            uploads = read_uploads(field.record, form)
            try:
                if uploads:
                    order_sudo._add_files(field.record, uploads, contact_sudo)
            except UserError as error:
                faults[field.key] = str(error)
        removed = parse_id(post.get("remove"))
        if removed:
            order_sudo._remove_file(removed, contact_sudo)
        refused = form.errors.items()
        return faults | {name.removeprefix(FILE_PREFIX): it for name, it in refused}

    def _get_mine(self, saved):
        return {name: conflict["mine"] for name, conflict in saved.conflicts.items()}

    # === WHERE TO === #

    def _lead_on(self, form, post, shown):
        """Return the page that the customer wants, or this one if he has to look."""
        filled, page = form.filled, form.page
        step = "stay" if post.get("remove") else post.get("step", "stay")
        is_leaving = step in ("back", "summary") or step.startswith("page-")
        is_unkept = form.conflicts or form.faults.keys() & _names_of_files(page)
        if is_unkept or (form.faults and not is_leaving):
            form.notices.append(self._get_notice(form))
            return self._render_form(form)
        if step == "next" and {field.key for field in page.fields} - shown:
            form.notices.append(
                request.env._("Your answers have led to more questions on this page.")
            )
            return self._render_form(form)
        return request.redirect(self._get_target(form, filled, page, step))

    def _get_notice(self, form):
        if form.conflicts:
            return request.env._(
                "A colleague has changed the same answers meanwhile. Please decide"
                " which ones count."
            )
        return request.env._("Please check the marked answers.")

    def _get_target(self, form, filled, page, step):
        if step == "next":
            page = filled.next_page(page)
        elif step == "back":
            page = filled.former_page(page) or page
        elif step.startswith("page-"):
            page = filled.page(parse_id(step.removeprefix("page-"))) or page
        if step == "summary" or not page:
            return form.summary_url
        return form.page_url(page)

    # === PAGES === #

    def _render_refused(self, order_sudo, page, sent, error):
        """Show what was typed, although it could not be kept."""
        filled = order_sudo._get_filled()
        page = page and filled.page(page.id)
        if not page:  # there is no such page any more
            return request.redirect(order_sudo.access_url)
        reason = order_sudo._get_lock_reason()
        form = SheetForm(filled, page, reason, typed=sent.typed)
        if not reason:
            form.notices.append(str(error))
        return self._render_form(form)

    def _render_form(self, form, **values):
        return request.render(
            "order_sheets.portal_sheet_form",
            self._prepare_portal_layout_values()
            | {
                "page_name": "order_sheet_form",
                "form": form,
                "order_sudo": form.request,
            }
            | values,
        )

    def _render_form_notice(self, sheet, message):
        return request.render(
            "order_sheets.portal_sheet_form_notice",
            self._prepare_portal_layout_values()
            | {
                "page_name": "order_sheet_notice",
                "sheet": sheet,
                "message": message,
            },
        )


def _names_of_files(page):
    return {field.key for field in page.all_fields if field.type == "file"}
