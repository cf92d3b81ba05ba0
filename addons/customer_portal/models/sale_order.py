from odoo import fields, models

# Notes, and what somebody has to do.
ACCEPTED = "customer_portal.service_quotation_accepted"
DECLINED = "customer_portal.service_quotation_declined"
DECLINED_ACTIVITY = "customer_portal.mail_activity_type_quotation_declined"


class SaleOrder(models.Model):
    """A quotation for a service order: the customer decides once it was sent to him."""

    _inherit = "sale.order"

    service_order_id = fields.Many2one(
        "customer.service.order",
        index="btree_not_null",
        copy=False,
        check_company=True,
        ondelete="restrict",
    )
    service_declined_on = fields.Datetime(
        string="Declined by the Customer on",
        readonly=True,
        copy=False,
        groups="base.group_user",
    )

    # === WHAT A CUSTOMER MAY DO === #

    def _has_to_be_signed(self):
        return super()._has_to_be_signed() and not self._is_service_draft()

    def _has_to_be_paid(self):
        return super()._has_to_be_paid() and not self._is_service_draft()

    def _is_service_draft(self):
        """Return whether the technician is still writing this estimate.

        Odoo lets customers sign a quotation that was never sent.
        """
        return bool(self.service_order_id) and self.state == "draft"

    def _is_kept_from(self, user_sudo):
        """Return whether a visitor may not see it, not even with its link."""
        if not (self.service_order_id and user_sudo.share):
            return False
        return self._is_service_draft() or user_sudo.partner_id.service_hide_prices

    # === ACTION METHODS === #

    def action_open_service_order(self):
        self.ensure_one()
        return self.service_order_id._open_record(self.service_order_id)

    # === WHAT THE SERVICE ORDER LEARNS === #

    def action_confirm(self):
        result = super().action_confirm()
        for quotation in self.filtered("service_order_id"):
            # Whoever works on the device may go on.
            readers = quotation.sudo().service_order_id._get_responsible()[0]
            quotation._tell_service_order(ACCEPTED, partner_ids=readers.partner_id.ids)
        return result

    def action_draft(self):
        result = super().action_draft()
        # What is offered once more is not declined any more.
        self.filtered("service_declined_on").service_declined_on = False
        return result

    def _note_decline(self, decider, reason):
        """Note that the customer does not want this; call it with sudo.

        :param decider: contact who has said so
        :param reason: what he has written, as plain text
        """
        self.service_declined_on = fields.Datetime.now()
        self._tell_service_order(DECLINED, reason=reason, author_id=decider.id)
        self.service_order_id._schedule_for_responsible(DECLINED_ACTIVITY)

    def _tell_service_order(self, view, reason="", **post_values):
        """Note in the service order what was decided about its quotation."""
        # Whoever sells need not work with service orders, nor does the customer.
        order_sudo = self.sudo().service_order_id
        house = order_sudo.company_id.partner_id
        order_sudo.with_context(lang=house.lang).message_post_with_source(
            view,
            render_values={"quotation": self, "reason": reason},
            subtype_xmlid="mail.mt_note",
            **post_values,
        )
