from werkzeug.exceptions import MethodNotAllowed

from odoo import models
from odoo.http import request


class IrHttp(models.AbstractModel):
    """What a browser may send to the pages of customers besides what they ask for."""

    _inherit = "ir.http"

    @classmethod
    def _dispatch(cls, endpoint):
        if request.httprequest.path.startswith("/my/"):
            # Odoo adds OPTIONS to every route, and asks for no CSRF token then.
            if request.httprequest.method == "OPTIONS" and cls._is_post_only(endpoint):
                raise MethodNotAllowed(["POST"])
            # It would be a second value of the controller's own first argument.
            request.params.pop("self", None)
        return super()._dispatch(endpoint)

    @classmethod
    def _is_post_only(cls, endpoint):
        methods = endpoint.routing["methods"] or ["GET"]
        return set(methods) <= {"POST", "OPTIONS"}
