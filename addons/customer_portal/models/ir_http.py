from werkzeug.exceptions import HTTPException, NotFound

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
    def _match(cls, path_info):
        # A redirection to the visitor's language could not name such a page.
        if "\n" in path_info or "\r" in path_info:
            raise NotFound
        return super()._match(path_info)

    @classmethod
    def _serve_fallback(cls):
        # Odoo looks for a file of this name, and the database takes no NUL.
        if "\x00" in request.httprequest.path:
            return None
        return super()._serve_fallback()

    @classmethod
    def _get_error_html(cls, env, code, values):
        if not env.user._is_internal():  # anybody may add ?debug=1 to an address
            values.update(traceback=None, qweb_exception=None)
        return super()._get_error_html(env, code, values)

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
