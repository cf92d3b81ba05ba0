from werkzeug.exceptions import MethodNotAllowed, NotFound

from odoo import models
from odoo.http import request

# Arguments that Odoo's own methods give to each other. Its address pages hand on all
# that a browser sends, so that a visitor could, for one, switch the checks off.
SERVER_ARGUMENTS = (
    "self",
    "partner_sudo",
    "order_sudo",
    "address_values",
    "verify_address_values",
    "change_source",
)


class IrHttp(models.AbstractModel):
    """What a visitor sends must neither break a page nor tell him how it is made."""

    _inherit = "ir.http"

    @classmethod
    def _dispatch(cls, endpoint):
        if request.httprequest.path.startswith(("/my/", "/shop/address")):
            # Odoo adds OPTIONS to every route, and asks for no CSRF token then.
            if request.httprequest.method == "OPTIONS" and cls._is_post_only(endpoint):
                raise MethodNotAllowed(["POST"])
            for name in SERVER_ARGUMENTS:
                request.params.pop(name, None)
        return super()._dispatch(endpoint)

    @classmethod
    def _is_post_only(cls, endpoint):
        methods = endpoint.routing["methods"] or ["GET"]
        return set(methods) <= {"POST", "OPTIONS"}

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
