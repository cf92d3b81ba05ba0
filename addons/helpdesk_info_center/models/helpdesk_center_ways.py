from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class HelpdeskCenter(models.AbstractModel):
    """Where a click leads from a center: to a list of tickets, or to a new ticket."""

    _inherit = "helpdesk.center"

    @api.model
    @api.readonly
    def get_list_action(self, kind, partner_id, what, mode="assigned"):
        """Return the action that lists the tickets which a number of the page counts.

        :param what: dict: ``widget`` with ``tab`` and ``filters`` or ``due``,
            ``status``, or ``contact`` or ``company`` with ``state``
        """
        self._check_agent()
        scope = self._get_scope(kind, partner_id, mode)
        counted = scope and self._get_counted_domain(
            scope, what if isinstance(what, dict) else {}
        )
        if not counted:
            raise UserError(self.env._("These tickets are not listed any more."))
        domain, title = counted
        return {
            "type": "ir.actions.act_window",
            "name": f"{scope.partner.display_name}: {title}",
            "res_model": "helpdesk.ticket",
            "views": [[False, view] for view in ("list", "kanban", "form", "pivot")],
            "domain": list(domain),
            "context": {"create": False} if scope.mode == "accessible" else {},
        }

    def _get_counted_domain(self, scope, what):
        """Return the domain and the title of what is counted; None for junk."""
        if "widget" in what:
            return self._get_widget_list(scope, what)
        if "status" in what:
            return self._get_status_list(scope, str(what["status"]))
        if "contact" in what:
            return self._get_partner_list(scope.domain, "partner_id", what, "contact")
        if "company" in what:
            return self._get_partner_list(
                Domain.TRUE, "customer_company_id", what, "company"
            )
        return None

    def _get_status_list(self, scope, key):
        label = self._get_status_labels().get(key)
        return label and (scope.domain & self._get_status_domain(key), label)

    def _get_widget_list(self, scope, what):
        widget = self._find_ticket_widget(scope.kind, what["widget"])
        if not widget:
            return None
        domain = self._get_tickets_domain(scope, widget)
        if what.get("due"):
            return domain & self.env["helpdesk.ticket"]._due_domain(), self.env._(
                "Due Reminders"
            )
        domain &= self._get_tab_domain(what.get("tab"))
        return domain & self._get_filter_domain(what.get("filters")), widget.name

    def _get_partner_list(self, domain, field, what, key):
        partner = self._get_partner(what[key])
        if not partner or what.get("state") not in ("open", "closed"):
            return None
        domain &= Domain(field, "=", partner.id)
        domain &= self._get_status_domain(what["state"])
        return domain, self._get_status_labels()[what["state"]]

    @api.model
    @api.readonly
    def create_ticket_action(self, partner_id, channel):
        """Return the form of a new ticket for who calls, or is to get an e-mail.

        :param channel: ``phone`` or ``email``
        """
        self._check_agent()
        partner = self._get_partner(partner_id)
        if not partner or channel not in ("phone", "email"):
            raise UserError(self.env._("This contact does not exist any more."))
        self.env["helpdesk.ticket"].check_access("create")
        names = {
            "phone": self.env._("New Phone Ticket"),
            "email": self.env._("New E-Mail Ticket"),
        }
        kind = self.env["helpdesk.ticket.channel"]._get_by_kind(channel)
        return {
            "type": "ir.actions.act_window",
            "name": names[channel],
            "res_model": "helpdesk.ticket",
            "views": [[False, "form"]],
            "context": {
                "default_partner_id": partner.id,
                "default_partner_name": partner.name,
                "default_partner_email": partner.email,
                "default_channel_id": kind.id,
                "helpdesk_compose_after_save": channel == "email",
            },
        }
