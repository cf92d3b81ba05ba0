from werkzeug.exceptions import Forbidden

from odoo.fields import Domain
from odoo.http import request, route

from odoo.addons.portal.controllers.portal import CustomerPortal

from ..models.customer_change_request import OPEN_STATES
from .address_options import is_local_url
from .portal_form import new_form_token, parse_id


class AddressPages(CustomerPortal):
    """Odoo's own account and address pages, which say what becomes of a change.

    /my/account     the visitor's own contact
    /my/addresses   all addresses of his company
    /my/address     the form of one of them, or of a new one
    """

    @route()
    def account(self, redirect="/my", **kwargs):
        redirect = redirect if is_local_url(redirect) else "/my"
        return super().account(redirect=redirect, **kwargs)

    @route()
    def my_addresses(self, **query_params):
        response = super().my_addresses(**query_params)
        if self._is_change_asked_for() and response.is_qweb:
            values = response.qcontext
            addresses = values["delivery_addresses"] | values["billing_addresses"]
            values.update(
                self._prepare_change_notice(
                    Domain("target_partner_id", "in", addresses.ids)
                    | Domain("operation", "=", "create")
                )
            )
        return response

    # === WHAT THE PAGES SHOW === #

    def _prepare_address_form_values(self, partner_sudo, *args, **kwargs):
        if not self._is_change_asked_for():
            return super()._prepare_address_form_values(partner_sudo, *args, **kwargs)
        # Odoo locks fields once documents exist; here they can be asked for.
        values = super()._prepare_address_form_values(
            partner_sudo.with_context(change_request_mode=True), *args, **kwargs
        )
        contact_sudo = values["current_partner"].with_context(change_request_mode=True)
        values["current_partner"] = contact_sudo
        values["is_own_contact"] = (
            partner_sudo == contact_sudo and not partner_sudo.is_company
        )
        if not partner_sudo:
            values["form_token"] = new_form_token()
        if partner_sudo or not kwargs.get("order_sudo"):
            values |= self._prepare_change_notice(
                Domain("target_partner_id", "in", _get_owners(partner_sudo).ids)
            )
        return values

    def _prepare_change_notice(self, domain):
        """Return what a page says about changes, and the open requests to it.

        :param domain: which requests belong to this page
        """
        customer_sudo = request.env.user.partner_id.commercial_partner_id
        requests = request.env["customer.change.request"].search(
            Domain("state", "in", OPEN_STATES) & domain
        )
        return {
            "change_notice": self._get_change_notice(customer_sudo),
            "change_requests": requests,
            "change_target_ids": requests.target_partner_id.ids,
        }

    def _get_change_notice(self, customer_sudo):
        """Return what a customer is to know before he changes anything."""
        if customer_sudo.portal_change_mode == "locked":
            return "locked"
        if not request.env.user.partner_id._may_request_changes(customer_sudo):
            return "own_contact"
        return "direct" if customer_sudo.portal_change_mode == "direct" else "approval"

    # === HELPERS === #

    def _is_change_asked_for(self):
        return request.env.user._asks_for_changes()

    def _find_editable_partner(self, partner_id):
        """Return the partner that the visitor may have changed; empty for a new one.

        :raise Forbidden: he may not, or there is none
        """
        partners_sudo = request.env["res.partner"].with_context(show_address=1).sudo()
        if not partner_id:
            return partners_sudo
        partner_sudo = partners_sudo.browse(parse_id(partner_id))
        if not partner_sudo or not partner_sudo._can_be_edited_by_current_customer():
            raise Forbidden
        return partner_sudo


def _get_owners(partner_sudo):
    """Return whose data the form of a partner shows."""
    return partner_sudo and partner_sudo | partner_sudo._get_address_owner()
