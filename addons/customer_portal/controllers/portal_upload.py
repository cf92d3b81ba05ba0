from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import BadRequest, NotFound

from odoo.http import request, route

from odoo.addons.mail.controllers.attachment import AttachmentController
from odoo.addons.mail.tools.discuss import add_guest_to_context

from ..tools.uploads import UploadRefused
from .portal_files import describe_refusal, read_upload
from .portal_form import parse_id


class UploadController(AttachmentController):
    """What customers send in the chat of a document is checked like any other file.

    Odoo's own route takes all files, of any size. Employees may still send what they
    want, and other models keep Odoo's behaviour.
    """

    @route()
    @add_guest_to_context
    def mail_attachment_upload(
        self, ufile, thread_id, thread_model, is_pending=False, **kwargs
    ):
        if self._is_customer_document(thread_model):
            document = self._find_document(thread_model, thread_id, **kwargs)
            refusal = self._check_file(ufile, document)
            if refusal:
                return request.make_json_response({"error": refusal})
        return super().mail_attachment_upload(
            ufile, thread_id, thread_model, is_pending, **kwargs
        )

    def _is_customer_document(self, model):
        """Return whether the visitor is a customer who writes about a document."""
        document = request.env.registry.get(model)
        return (
            document
            and not request.env.user._is_internal()
            and issubclass(document, request.env.registry["customer.document.mixin"])
        )

    def _find_document(self, model, document_id, **kwargs):
        """:raise NotFound: the visitor may not write about such a document"""
        try:
            document = parse_id(document_id) and self._get_thread_with_access_for_post(
                model, document_id, **kwargs
            )
        except (TypeError, ValueError):  # what Odoo makes of a token that can be none
            document = None
        if not document:
            raise NotFound
        return document

    def _check_file(self, file, document):
        """Clean the name of a file, or return why it is not taken."""
        if not isinstance(file, FileStorage):
            raise BadRequest
        # A visitor with the link of a mail does not see whose company it is.
        company = document.sudo().company_id.with_env(request.env)
        try:
            upload = read_upload(file, company)
        except UploadRefused as refused:
            return describe_refusal(refused, company)
        file.filename = upload.name
        file.seek(0)
        return None
