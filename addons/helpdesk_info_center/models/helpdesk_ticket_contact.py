from odoo import api, fields, models
from odoo.fields import Domain

from ..tools.states import ACTIVE


class HelpdeskTicket(models.Model):
    """What the ticket form says about the customer and his contact."""

    _inherit = "helpdesk.ticket"

    company_open_count = fields.Integer(
        string="Open Tickets of the Company",
        compute="_compute_company_counts",
        groups="base.group_user",
    )
    company_escalated_count = fields.Integer(
        string="Escalated Tickets of the Company",
        compute="_compute_company_counts",
        groups="base.group_user",
    )
    contact_open_count = fields.Integer(
        string="Open Tickets of the Contact",
        compute="_compute_contact_counts",
        groups="base.group_user",
    )
    contact_escalated_count = fields.Integer(
        string="Escalated Tickets of the Contact",
        compute="_compute_contact_counts",
        groups="base.group_user",
    )

    @api.depends("customer_company_id")
    @api.depends_context("uid")
    def _compute_company_counts(self):
        counts = self._count_active_of("customer_company_id", self.customer_company_id)
        for ticket in self:
            ticket.company_open_count, ticket.company_escalated_count = counts.get(
                ticket.customer_company_id, (0, 0)
            )

    @api.depends("partner_id")
    @api.depends_context("uid")
    def _compute_contact_counts(self):
        counts = self._count_active_of("partner_id", self.partner_id)
        for ticket in self:
            ticket.contact_open_count, ticket.contact_escalated_count = counts.get(
                ticket.partner_id, (0, 0)
            )

    @api.model
    def _count_active_of(self, field, partners):
        """Return ``{partner: (active, escalated)}``, the numbers of their tickets.

        :param field: ``customer_company_id`` or ``partner_id``
        """
        ours = Domain(field, "in", partners.ids)
        active = ours & Domain("state_type", "in", ACTIVE)
        late = dict(
            self._read_group(ours & self._escalated_domain(), [field], ["__count"])
        )
        return {
            partner: (count, late.get(partner, 0))
            for partner, count in self._read_group(active, [field], ["__count"])
        }

    def action_open_company_center(self):
        self.ensure_one()
        return self._get_center_action("company", self.customer_company_id)

    def action_open_contact_center(self):
        self.ensure_one()
        return self._get_center_action("contact", self.partner_id)

    def _get_center_action(self, kind, partner):
        action = self.env["ir.actions.actions"]._for_xml_id(
            f"helpdesk_info_center.action_{kind}_center"
        )
        return {**action, "context": {"active_id": partner.id}}

    def _link_to(self, partner):
        """Give tickets of unknown senders to a contact; others stay with theirs."""
        unlinked = self.filtered(lambda ticket: not ticket.partner_id)
        unlinked.partner_id = partner
        unlinked._complete_contact()
