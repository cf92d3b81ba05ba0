"""What a customer sees in the portal: the list of his tickets, and one of them."""

from odoo import http
from odoo.exceptions import AccessError, MissingError
from odoo.http import request

from odoo.addons.helpdesk_mgmt.controllers import myaccount

from ..tools import portal_params as params


def keep_private(response):
    """A page about a customer is for no frame of another site, and for no cache."""
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    response.headers["Cache-Control"] = "private, no-store"
    return response


class CustomerPortalHelpdesk(myaccount.CustomerPortalHelpdesk):
    @http.route()
    def portal_my_tickets(
        self,
        page=1,
        date_begin=None,
        date_end=None,
        sortby=None,
        filterby=None,
        search=None,
        search_in=None,
        groupby=None,
        **kw,
    ):
        """What the list does not know in its address is left out."""
        choose = params.as_choice
        response = super().portal_my_tickets(
            page=params.as_number(page) or 1,
            date_begin=params.as_moment(date_begin),
            date_end=params.as_moment(date_end),
            sortby=choose(sortby, self._ticket_get_searchbar_sortings()),
            filterby=params.as_text(filterby) or None,
            search=params.as_search(search) or None,
            search_in=choose(search_in, self._ticket_get_searchbar_inputs()),
            groupby=choose(groupby, self._ticket_get_searchbar_groupby()),
            **kw,
        )
        return keep_private(response)

    @http.route()
    def portal_my_ticket(self, ticket_id, access_token=None, **kw):
        """OCA's page gives a link to every file, also to those of internal notes."""
        ticket_sudo = self._find_ticket(ticket_id, params.as_text(access_token))
        if not ticket_sudo:
            return request.redirect("/my")
        # Of the parameters, only those by which a link in a mail says who comes.
        kw = {name: kw[name] for name in ("pid", "hash") if name in kw}
        values = self._ticket_get_page_view_values(ticket_sudo, access_token, **kw)
        return keep_private(
            request.render("helpdesk_mgmt.portal_helpdesk_ticket_page", values)
        )

    def _find_ticket(self, ticket_id, access_token):
        if not params.as_id(ticket_id):
            return None
        token = access_token if access_token.isascii() else None
        try:
            return self._document_check_access("helpdesk.ticket", ticket_id, token)
        except (AccessError, MissingError):
            return None

    def _ticket_get_page_view_values(self, ticket, access_token, **kwargs):
        """Who only has a link sees no buttons: they are for the ticket's customer."""
        values = super()._ticket_get_page_view_values(ticket, access_token, **kwargs)
        is_own = ticket.with_user(request.env.user).has_access("read")
        attachments = ticket._get_portal_attachments()
        attachments.generate_access_token()
        return values | {
            "closed_stages": is_own and ticket._get_closing_stages(),
            "customer_attachments": attachments,
        }
