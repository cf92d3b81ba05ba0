from odoo import fields, models

REPLIED = "customer_portal.mail_activity_type_customer_replied"


class CustomerServiceOrder(models.Model):
    """What customer and technicians write to each other, and who has to answer."""

    _inherit = "customer.service.order"

    customer_reply_pending = fields.Boolean(
        string="Customer Replied",
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="The customer has written, and nobody has answered yet.",
    )

    def _message_post_after_hook(self, message, msg_values):
        result = super()._message_post_after_hook(message, msg_values)
        if message.message_type in ("comment", "email"):
            self._note_who_wrote(message)
        return result

    def _note_who_wrote(self, message):
        """Put the answer on somebody's list, or take it off."""
        # Customers may not write to the order, but their words reach somebody.
        order_sudo = self.sudo()
        is_note = message.sudo()._is_internal_note()
        if self._is_from_staff(message):
            if order_sudo.customer_reply_pending and not is_note:
                order_sudo.customer_reply_pending = False
                order_sudo.activity_feedback([REPLIED])
        elif not is_note and not order_sudo.customer_reply_pending:
            order_sudo.customer_reply_pending = True
            order_sudo._schedule_for_responsible(REPLIED)

    def _is_from_staff(self, message):
        # Who an author is, is for this check to know.
        users_sudo = message.sudo().author_id.with_context(active_test=False).user_ids
        return any(user._is_internal() for user in users_sudo)

    def _schedule_for_responsible(self, activity_type, **values):
        """Put something on the list of whoever looks after this order."""
        order_sudo = self.sudo()
        user_sudo = order_sudo.user_id or order_sudo._get_administrators()[0][:1]
        # quick_update: the message itself was mailed, and needs no second mail
        order_sudo.with_context(mail_activity_quick_update=True).activity_schedule(
            activity_type,
            user_id=(user_sudo or self.env.ref("base.user_admin")).id,
            **values,
        )

    def _write_administrator_mails(self, event, **context):
        result = super()._write_administrator_mails(event, **context)
        if event == "submitted":  # who confirms also reads the chat with the customer
            for order in self:
                users = order._get_administrators()[0]
                order.message_subscribe(users.partner_id.ids)
        return result

    def write(self, vals):
        result = super().write(vals)
        if vals.get("user_id"):
            for order in self:  # the technician reads what the customer writes
                order.message_subscribe(order.sudo().user_id.partner_id.ids)
        return result
