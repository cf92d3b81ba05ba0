from odoo import fields, models


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

    # === WHAT THE SERVICE ORDER LEARNS === #

    def action_confirm(self):
        result = super().action_confirm()
        for quotation in self.filtered("service_order_id"):
            quotation._tell_service_order("customer_portal.service_quotation_accepted")
        return result

    def _action_cancel(self):
        declined = self.filtered(
            lambda it: it.service_order_id and it.state == "sent" and it.env.user.share
        )
        result = super()._action_cancel()
        declined.service_declined_on = fields.Datetime.now()
        for quotation in declined:
            quotation._tell_service_order("customer_portal.service_quotation_declined")
            quotation.service_order_id._schedule_for_responsible(
                "customer_portal.mail_activity_type_quotation_declined"
            )
        return result

    def _tell_service_order(self, view):
        """Note in the service order what was decided about its quotation."""
        # Whoever sells need not work with service orders, nor does the customer.
        self.sudo().service_order_id.message_post_with_source(
            view,
            render_values={"quotation": self},
            subtype_xmlid="mail.mt_note",
        )
