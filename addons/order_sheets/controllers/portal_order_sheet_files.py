from odoo.exceptions import UserError
from odoo.http import request, route

from .portal_order_sheet import REQUEST_URL, OrderSheetPortal
from .portal_order_sheet_save import describe_pages
from .sheet_form import FILE_PREFIX
from .sheet_input import new_upload_form, read_uploads


class OrderSheetFilesPortal(OrderSheetPortal):
    """The files of an order request, which only the request leads to.

    /my/order-sheets/requests/<id>/upload              keeps some, for JavaScript
    /my/order-sheets/requests/<id>/file/<id>/delete    takes one away, for JavaScript

    Both answer which files the question has by now, or ``error``.
    """

    @route(
        f"{REQUEST_URL}/upload",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_order_sheet_upload(self, request_id, key=None, **_post):
        order_sudo = self._find_request_to_change(request_id).sudo()
        field = order_sudo._get_filled().fields.get(key)
        if not field or field.type != "file":
            raise request.not_found()
        form = new_upload_form()
        uploads = read_uploads(field.record, form)
        if form.errors:
            return self._answer_files(order_sudo, key, form.errors[FILE_PREFIX + key])
        try:
            order_sudo._add_files(field.record, uploads, self._get_contact_sudo())
        except UserError as error:
            return self._answer_files(order_sudo, key, str(error))
        return self._answer_files(order_sudo, key)

    @route(
        f"{REQUEST_URL}/file/<int:attachment_id>/delete",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_order_sheet_file_delete(self, request_id, attachment_id, **_post):
        order_sudo = self._find_request_to_change(request_id).sudo()
        try:
            field_sudo = order_sudo._remove_file(
                attachment_id, self._get_contact_sudo()
            )
        except UserError as error:
            return request.make_json_response({"error": str(error)})
        if not field_sudo:
            raise request.not_found()
        return self._answer_files(order_sudo, field_sudo.key)

    def _answer_files(self, order_sudo, key, error=None):
        filled = order_sudo._get_filled()
        files = [
            {
                "id": file.id,
                "name": file.name,
                "url": f"{order_sudo.access_url}/attachment/{file.id}",
            }
            for file in filled.fields[key].files
        ]
        answer = {"files": files, **describe_pages(order_sudo, filled)}
        return request.make_json_response(answer | ({"error": error} if error else {}))
