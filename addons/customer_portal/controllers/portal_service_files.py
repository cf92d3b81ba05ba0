from werkzeug.exceptions import Forbidden

from odoo.exceptions import UserError
from odoo.http import request, route

from .portal_files import stream_attachment
from .portal_service import ORDERS_URL, ServicePortal
from .service_upload_form import ServiceUploadForm, get_most_bytes

ORDER_URL = f"{ORDERS_URL}/<int:order_id>"


class ServiceFilesPortal(ServicePortal):
    """The files of an order, which only the order leads to.

    /my/service-orders/<id>/upload           sends some
    /my/service-orders/<id>/attachment/<id>  saves one; also by the link of a mail
    """

    @route(
        f"{ORDER_URL}/upload",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
        max_content_length=get_most_bytes,
    )
    def portal_service_order_upload(self, order_id, **post):
        if request.env.user._is_internal():  # they have the back office
            raise Forbidden
        order = self._find_service_order(order_id)
        if not order or order.state == "draft":  # whose files come with its form
            raise request.not_found()
        # The page, its files and who is told: customers may not write, but send files.
        order_sudo, form = order.sudo(), ServiceUploadForm(post)
        form.parse(order)
        try:
            if form.ok:
                order_sudo._receive_files(form.uploads)
        except UserError as error:
            form.fail("files", str(error))
        if form.ok:
            return request.redirect(f"{order.access_url}#service_files")
        return self._render_service_order(order_sudo, upload_form=form)

    @route(
        f"{ORDER_URL}/attachment/<int:attachment_id>",
        type="http",
        auth="public",
        website=True,
        readonly=True,
    )
    def portal_service_order_attachment(
        self, order_id, attachment_id, access_token=None, **_params
    ):
        order_sudo = self._find_shown_order_sudo(order_id, access_token)
        file_sudo = order_sudo._find_file(attachment_id)
        if not file_sudo:
            raise request.not_found()
        return stream_attachment(file_sudo)
