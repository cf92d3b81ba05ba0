from odoo.exceptions import AccessError, MissingError
from odoo.http import request, route

from odoo.addons.sale.controllers.portal import CustomerPortal


class ServiceQuotationPortal(CustomerPortal):
    """Quotations of service orders on the pages that Odoo has for all quotations."""

    def _document_check_access(self, model_name, document_id, access_token=None):
        """Refuse what is kept from a visitor, whose link may be older than that."""
        document_sudo = super()._document_check_access(
            model_name, document_id, access_token=access_token
        )
        if model_name == "sale.order" and document_sudo._is_kept_from(
            request.env.user.sudo()
        ):
            raise AccessError(request.env._("This quotation is not for you."))
        return document_sudo

    def _get_page_view_values(self, document, access_token, values, *args, **kwargs):
        values = super()._get_page_view_values(
            document, access_token, values, *args, **kwargs
        )
        if document._name == "sale.order":
            values["service_order_url"] = self._get_service_order_url(document)
        return values

    def _get_service_order_url(self, quotation_sudo):
        """Return the page of the device's order, if the visitor may open it."""
        order = quotation_sudo.service_order_id.with_env(request.env)
        return order and order.has_access("read") and order.sudo().access_url

    @route()
    def portal_quote_decline(
        self, order_id, access_token=None, decline_message=None, **kwargs
    ):
        """Let the service order know; only here a customer declines."""
        try:
            quotation_sudo = self._document_check_access(
                "sale.order", order_id, access_token=access_token
            )
        except (AccessError, MissingError):
            return request.redirect("/my")
        was_open = quotation_sudo.service_order_id and quotation_sudo.state == "sent"
        response = super().portal_quote_decline(
            order_id,
            access_token=access_token,
            decline_message=decline_message,
            **kwargs,
        )
        if was_open and quotation_sudo.state == "cancel":
            quotation_sudo._note_decline(
                self._get_decider_sudo(quotation_sudo), decline_message
            )
        return response

    def _get_decider_sudo(self, quotation_sudo):
        """Return who has decided: the visitor, or whoever has got the link."""
        user_sudo = request.env.user.sudo()
        contact = user_sudo.partner_id
        return quotation_sudo.partner_id if user_sudo._is_public() else contact
