from werkzeug.exceptions import Forbidden, MethodNotAllowed, NotFound

from odoo import models
from odoo.http import request

from ..controllers.address_options import is_usable
from ..controllers.portal_form import parse_id

ADDRESS_PATHS = ("/my/account", "/my/address", "/shop/address")
# Arguments that Odoo's own methods give to each other. Its address pages hand on all
# that a browser sends, so that a visitor could, for one, switch the checks off.
SERVER_ARGUMENTS = (
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
        path = request.httprequest.path
        if path.startswith("/my/"):
            # Odoo adds OPTIONS to every route, and asks for no CSRF token then.
            if request.httprequest.method == "OPTIONS" and cls._is_post_only(endpoint):
                raise MethodNotAllowed(["POST"])
        if path == "/my" or path.startswith(("/my/", *ADDRESS_PATHS)):
            # The controller's own first argument, and where Odoo looks for a language.
            request.params.pop("self", None)
            request.params.pop("context", None)
        if path.startswith(ADDRESS_PATHS):
            cls._drop_unusable_params()
        return super()._dispatch(endpoint)

    @classmethod
    def _drop_unusable_params(cls):
        """Leave out what no address form sends, for Odoo fails on it.

        :raise Forbidden: there can be no such partner
        """
        partner_id = request.params.get("partner_id")
        if partner_id and not parse_id(partner_id):
            raise Forbidden
        for name, value in list(request.params.items()):
            if name in SERVER_ARGUMENTS or not is_usable(name, value):
                del request.params[name]

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
