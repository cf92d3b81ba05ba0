"""What a customer does in the portal: he sends a ticket, and closes one."""

import uuid

from werkzeug.exceptions import MethodNotAllowed, NotFound

from odoo import http
from odoo.http import request

from odoo.addons.helpdesk_mgmt.controllers import main

from ..tools import uploads
from ..tools.portal_params import as_id, as_token
from .portal import keep_private
from .ticket_form import TicketForm


class HelpdeskTicketController(main.HelpdeskTicketController):
    """OCA's routes do this for whoever opens a link, and with whatever is sent."""

    @http.route(methods=["POST"])
    def support_ticket_close(self, ticket_id=None, stage_id=None, **kw):
        """Close one of the customer's tickets, if it is not closed yet."""
        self._check_method()
        ticket_sudo = self._find_own_ticket(ticket_id)
        ticket_sudo._close_from_portal(as_id(stage_id))
        return request.redirect(ticket_sudo.access_url, code=302)

    @http.route()
    def create_new_ticket(self, **kw):
        """Show the form, and a new one to who comes back after he has sent it."""
        return keep_private(super().create_new_ticket(**kw))

    @http.route(methods=["POST"])
    def submit_ticket(self, **kw):
        """Create a ticket of what was typed, or show the form again."""
        self._check_method()
        token = as_token(kw.get("form_token"))
        # Customers may not read the token; only their own tickets are looked for.
        if ticket_sudo := request.env["helpdesk.ticket"].sudo()._find_by_token(token):
            return request.redirect(ticket_sudo.access_url, code=302)
        page = self._get_create_new_ticket_values(**kw)
        files = request.httprequest.files.getlist("attachment")
        form = TicketForm(kw, files, page)
        if form.errors:
            page |= {
                "typed": form.typed,
                "errors": form.errors,
                "had_files": any(files),
                "form_token": token or page["form_token"],
            }
            return keep_private(
                request.render("helpdesk_mgmt.portal_create_ticket", page)
            )
        # A mail server that is down or slow must not keep the ticket from being saved.
        request.update_context(mail_notify_force_send=False)
        response = super().submit_ticket(**kw | form.values)
        request.env["helpdesk.ticket"]._send_queued_mails()
        return response

    def _get_create_new_ticket_values(self, **kw):
        values = super()._get_create_new_ticket_values(**kw)
        most = min(values["max_upload_size"], uploads.MAX_BYTES)
        return values | {
            "max_upload_size": most,
            "accept": uploads.ACCEPT,
            "typed": {},
            "errors": {},
            "form_token": str(uuid.uuid4()),
        }

    def _prepare_submit_ticket_vals(self, **kw):
        values = super()._prepare_submit_ticket_vals(**kw)
        return values | {"form_token": as_token(kw.get("form_token"))}

    def _check_method(self):
        """Odoo adds OPTIONS to every route, and asks for no CSRF token then."""
        if request.httprequest.method != "POST":
            raise MethodNotAllowed(["POST"])

    def _find_own_ticket(self, ticket_id):
        """Return a ticket that the user may read, with the rights to change it.

        :raise NotFound: the same for tickets of others and for those that do not exist
        """
        ticket = request.env["helpdesk.ticket"].browse(as_id(ticket_id)).exists()
        if not ticket or not ticket.has_access("read"):
            raise NotFound()
        # Customers have no right to write to tickets; closing is all that they may do.
        return ticket.sudo()
