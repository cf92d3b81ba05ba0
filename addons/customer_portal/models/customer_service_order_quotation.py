from odoo import api, fields, models
from odoo.exceptions import UserError

from .customer_service_order import OPEN_STATES

SHOWN_STATES = ("sent", "sale")  # a draft is not for the customer's eyes


class CustomerServiceOrder(models.Model):
    """What a service costs: quotations, and what the customer says about them."""

    _inherit = "customer.service.order"

    sale_order_ids = fields.One2many(
        "sale.order", "service_order_id", string="Quotations", groups="base.group_user"
    )
    sale_order_count = fields.Integer(
        compute="_compute_sale_order_count", groups="base.group_user"
    )
    quote_state = fields.Selection(
        [
            ("none", "No quotation"),
            ("waiting", "Waiting for the customer"),
            ("accepted", "Accepted"),
            ("declined", "Declined"),
        ],
        string="Quotation",
        compute="_compute_quote_state",
        store=True,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    amount_untaxed = fields.Monetary(
        compute="_compute_amounts", store=True, groups="base.group_user"
    )
    amount_total = fields.Monetary(
        string="Total", compute="_compute_amounts", store=True, groups="base.group_user"
    )

    # === COMPUTE METHODS === #

    @api.depends("sale_order_ids")
    def _compute_sale_order_count(self):
        for order in self:
            order.sale_order_count = len(order.sale_order_ids)

    @api.depends("sale_order_ids.state", "sale_order_ids.service_declined_on")
    def _compute_quote_state(self):
        for order in self:
            # The state of a quotation is known to everybody who sees the order.
            quotations_sudo = order.sudo().sale_order_ids
            states = set(quotations_sudo.mapped("state"))
            if "sent" in states:
                order.quote_state = "waiting"
            elif "sale" in states:
                order.quote_state = "accepted"
            elif any(quotations_sudo.mapped("service_declined_on")):
                order.quote_state = "declined"
            else:
                order.quote_state = "none"

    @api.depends(
        *("sale_order_ids.state", "sale_order_ids.amount_untaxed"),
        *("sale_order_ids.amount_total", "sale_order_ids.currency_id"),
    )
    def _compute_amounts(self):
        for order in self:
            shown_sudo = order._get_shown_quotations_sudo()
            for name in ("amount_untaxed", "amount_total"):
                order[name] = sum(
                    quotation.currency_id._convert(
                        quotation[name],
                        order.company_id.currency_id,
                        order.company_id,
                        quotation.date_order or fields.Date.today(),
                    )
                    for quotation in shown_sudo
                )

    # === ACTION METHODS === #

    def action_create_quotation(self):
        """Open a new quotation for this order."""
        self.ensure_one()
        self._check_staff()
        if self.state not in OPEN_STATES:
            raise UserError(
                self.env._(
                    "%(order)s is “%(state)s”: there is nothing to offer any more.",
                    order=self.display_name,
                    state=self._get_state_label(),
                )
            )
        quotation = self.env["sale.order"].create(self._prepare_quotation_vals())
        return self._open_quotations(quotation)

    def action_open_quotations(self):
        self._check_staff()
        return self._open_quotations(self.sale_order_ids)

    # === BUSINESS METHODS === #

    def _prepare_quotation_vals(self):
        return {
            "partner_id": self._get_quotation_contact().id,
            "company_id": self.company_id.id,
            "client_order_ref": self.client_order_ref,
            "origin": self.name,
            "service_order_id": self.id,
            "partner_shipping_id": (self.delivery_address_id or self.partner_id).id,
        }

    def _get_quotation_contact(self):
        """Return who gets quotations: the contact, or his company if he sees none."""
        contact = self._get_mail_contact()
        return contact if self._shows_prices_to(contact) else self.commercial_partner_id

    def _get_shown_quotations_sudo(self):
        """Return the quotations that the customer has got, whoever may read them."""
        return self.sudo().sale_order_ids.filtered(
            lambda quotation: quotation.state in SHOWN_STATES
        )

    def _cancel_draft_quotations(self):
        """Take back what nobody has sent, for orders that end early."""
        # Whoever cancels the order need not be a salesman.
        drafts_sudo = self.sudo().sale_order_ids.filtered(
            lambda quotation: quotation.state == "draft"
        )
        if drafts_sudo:
            drafts_sudo._action_cancel()

    def _open_quotations(self, quotations):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sale.action_quotations_with_onboarding"
        )
        action |= {
            "domain": [("id", "in", quotations.ids)],
            "context": {"default_service_order_id": self[:1].id},
        }
        if len(quotations) == 1:
            action |= {"views": [(False, "form")], "res_id": quotations.id}
        return action
