from odoo import models

from .customer_service_order_chat import REPLIED


class MailActivity(models.Model):
    """Who ticks “Customer replied” off has answered, by telephone for example."""

    _inherit = "mail.activity"

    def _action_done(self, feedback=False, attachment_ids=None):
        orders_sudo = self._get_answered_orders_sudo()
        result = super()._action_done(feedback=feedback, attachment_ids=attachment_ids)
        orders_sudo.exists().customer_reply_pending = False
        return result

    def unlink(self):
        orders_sudo = self._get_answered_orders_sudo()
        result = super().unlink()
        orders_sudo.exists().customer_reply_pending = False
        return result

    def _get_answered_orders_sudo(self):
        """Return the service orders whose customers these activities wait to answer."""
        orders_sudo = self.env["customer.service.order"].sudo()
        activity_type = self.env.ref(REPLIED, raise_if_not_found=False)
        if not activity_type:
            return orders_sudo
        # Whoever has the activity on his list may have lost sight of the order.
        answered_sudo = self.sudo().filtered(
            lambda it: (
                it.res_model == orders_sudo._name
                and it.activity_type_id == activity_type
            )
        )
        return orders_sudo.browse(answered_sudo.mapped("res_id"))
