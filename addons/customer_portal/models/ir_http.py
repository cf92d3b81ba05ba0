from werkzeug.exceptions import HTTPException

from odoo import models
from odoo.http import request


class IrHttp(models.AbstractModel):
    """Pages about a customer are shown to this customer only, and in his browser only.

    Every answer below ``/my``, errors and downloads included, says that it must not be
    put into a frame of another site (where a click can be stolen) and not be kept by
    the browser or a proxy (where the next user finds it).
    """

    _inherit = "ir.http"

    @classmethod
    def _post_dispatch(cls, response):
        result = super()._post_dispatch(response)
        cls._keep_private(response)
        return result

    @classmethod
    def _handle_error(cls, exception):
        # Some errors never pass _post_dispatch: the way to the login page, answers in
        # JSON, and those of routes without the look of the site.
        response = super()._handle_error(exception)
        if isinstance(response, HTTPException):
            response = response.get_response(request.httprequest.environ)
        cls._keep_private(response)
        return response

    @classmethod
    def _keep_private(cls, response):
        path = request.httprequest.path  # the language in front of it is gone by now
        if path == "/my" or path.startswith("/my/"):
            response.headers.setdefault("X-Frame-Options", "SAMEORIGIN")
            if "no-store" not in response.headers.get("Cache-Control", ""):
                response.headers["Cache-Control"] = "private, no-store"
