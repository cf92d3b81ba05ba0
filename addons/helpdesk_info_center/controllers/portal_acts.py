"""What a customer does in the portal: he sends a ticket, and closes one."""

from werkzeug.exceptions import MethodNotAllowed, NotFound

from odoo import http
from odoo.http import request

from odoo.addons.helpdesk_mgmt.controllers import main

from ..tools import uploads
from ..tools.portal_params import as_id
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

    @http.route(methods=["POST"])
    def submit_ticket(self, **kw):
        """Create a ticket of what was typed, or show the form again."""
        self._check_method()
        page = self._get_create_new_ticket_values(**kw)
        files = request.httprequest.files.getlist("attachment")
        form = TicketForm(kw, files, page)
        if form.errors:
            page |= {
                "typed": form.typed,
                "errors": form.errors,
                "had_files": any(files),
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
        }

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
