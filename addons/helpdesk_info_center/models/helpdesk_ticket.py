from odoo import api, fields, models
from odoo.tools import email_domain_extract

from ..tools.states import STATE_TYPES
from ..tools.trigram import trigram


class HelpdeskTicket(models.Model):
    """A ticket belongs to the customer company that it was written for.

    The company stays with its tickets when the contact moves to another one, as the
    CustomerID of OTRS does.
    """

    _inherit = "helpdesk.ticket"

    state_type = fields.Selection(
        STATE_TYPES,
        compute="_compute_state_type",
        store=True,
        groups="base.group_user",
        help="What the stage makes of the ticket; without a stage it is open.",
    )
    partner_id = fields.Many2one(index=True)
    commercial_partner_id = fields.Many2one(index=True)
    duplicate_id = fields.Many2one(index="btree_not_null")
    customer_company_id = fields.Many2one(
        "res.partner",
        compute="_compute_customer_company_id",
        store=True,
        precompute=True,
        readonly=False,
        index="btree_not_null",
        groups="base.group_user",
        help="In whose customer information center the ticket is shown. It stays when"
        " the contact moves to another company.",
    )
    sender_domain = fields.Char(
        compute="_compute_sender_domain",
        store=True,
        groups="base.group_user",
        help="The part behind the @ of the sender's address.",
    )
    responsible_id = fields.Many2one(
        "res.users",
        domain=[("share", "=", False)],
        tracking=True,
        copy=False,
        groups="base.group_user",
        help="Who answers for the ticket, whoever works on it.",
    )
    use_responsible = fields.Boolean(
        related="company_id.helpdesk_use_responsible", groups="base.group_user"
    )

    # “IS TRUE”, because that is how Odoo asks.
    _active_of_customer_idx = models.Index(
        "(customer_company_id, state_type) INCLUDE (id, active, user_id, team_id,"
        " company_id, is_locked, pending_until, escalation_date, partner_id)"
        " WHERE active IS TRUE AND state_type IN ('new', 'open', 'pending')"
    )
    _state_of_customer_idx = models.Index(
        "(customer_company_id, state_type, active)"
        " INCLUDE (company_id, team_id, user_id, partner_id, id)"
    )
    # Also for OCA's numbers of a customer, who is all his contacts there.
    _state_of_contact_idx = models.Index(
        "(partner_id, state_type, customer_company_id)"
        " INCLUDE (id, active, stage_id, user_id, team_id, company_id)"
    )
    _closed_of_customer_idx = models.Index(
        "(customer_company_id, closed_date DESC, id DESC) WHERE state_type = 'closed'"
    )
    _list_of_customer_idx = models.Index(
        "(customer_company_id, state_type, create_date DESC, id DESC)"
    )
    _pending_of_customer_idx = models.Index(
        "(customer_company_id, pending_until) WHERE state_type = 'pending'"
    )
    _escalation_of_customer_idx = models.Index(
        "(customer_company_id, escalation_date)"
        " WHERE state_type <> 'closed' AND escalation_date IS NOT NULL"
    )
    _unlinked_idx = models.Index(
        "(sender_domain) WHERE customer_company_id IS NULL AND active IS TRUE"
    )
    _number_idx = models.Index("(number)")
    _number_trgm_idx = models.Index(trigram("number"))

    @api.depends("stage_id.state_type")
    def _compute_state_type(self):
        for ticket in self:
            ticket.state_type = ticket.stage_id.state_type or "open"

    @api.depends("partner_id")
    def _compute_customer_company_id(self):
        for ticket in self:
            if ticket.partner_id:
                ticket.customer_company_id = ticket.partner_id.commercial_partner_id

    @api.depends("partner_email")
    def _compute_sender_domain(self):
        for ticket in self:
            ticket.sender_domain = email_domain_extract(ticket.partner_email or "")

    @api.model_create_multi
    def create(self, vals_list):
        tickets = super().create(vals_list)
        tickets._complete_contact()
        tickets._complete_dates()
        return tickets

    def write(self, vals):
        before = {ticket: ticket.stage_id for ticket in self if "team_id" in vals}
        result = super().write(vals)
        # Who gives a ticket away may not be allowed to see it any more.
        tickets_sudo = self.sudo()
        if not {"stage_id", "team_id"}.isdisjoint(vals):
            tickets_sudo._complete_dates()
        if "stage_id" not in vals:
            # OCA follows a stage that is chosen, not one that comes with a team.
            moved_sudo = tickets_sudo.filtered(
                lambda ticket: ticket in before and ticket.stage_id != before[ticket]
            )
            for sla_sudo in moved_sudo.ticket_sla_ids:
                sla_sudo._stage_recompute()
        return result

    def _complete_contact(self):
        """Name and e-mail of the contact, which OCA fills in its form only."""
        for ticket in self.filtered("partner_id"):
            contact = {
                "partner_name": ticket.partner_name or ticket.partner_id.name,
                "partner_email": ticket.partner_email or ticket.partner_id.email,
            }
            missing = {name: contact[name] for name in contact if not ticket[name]}
            if any(missing.values()):
                ticket.write(missing)

    def _complete_dates(self):
        """A closed ticket has a date of closing, an assigned one that of assigning."""
        now = fields.Datetime.now()
        closed = self.filtered(lambda ticket: ticket.stage_id.closed)
        closed.filtered(lambda ticket: not ticket.closed_date).closed_date = now
        (self - closed).filtered("closed_date").closed_date = False
        self.filtered(
            lambda ticket: ticket.user_id and not ticket.assigned_date
        ).assigned_date = now
