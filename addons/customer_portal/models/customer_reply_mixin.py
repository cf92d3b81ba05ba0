from odoo import fields, models

from .customer_chat_mixin import WRITTEN

REPLIED = "customer_portal.mail_activity_type_customer_replied"


class CustomerReplyMixin(models.AbstractModel):
    """A document of which is known whether the customer waits for an answer.

    What a customer writes puts “Customer replied” on the list of whoever looks after
    the document, until somebody of staff writes back or ticks it off.
    """

    _name = "customer.reply.mixin"
    _description = "Customer Document with Answers"
    _inherit = "customer.chat.mixin"

    customer_reply_pending = fields.Boolean(
        string="Customer Replied",
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="The customer has written, and nobody has answered yet.",
    )

    def _message_post_after_hook(self, message, msg_values):
        result = super()._message_post_after_hook(message, msg_values)
        # Customers may not write to the document, but to its chat; a note changes
        # nothing.
        message_sudo = message.sudo()
        if (
            message_sudo.message_type in WRITTEN
            and not message_sudo._is_internal_note()
        ):
            is_answer = self._is_staff(message_sudo.author_id)
            self.sudo()._note_reply(not is_answer)
        return result

    def _note_reply(self, is_pending):
        """Put an answer on somebody's list, or take it off; call it with sudo."""
        if self.customer_reply_pending == is_pending:
            return
        self.customer_reply_pending = is_pending
        if is_pending:
            self._schedule_for_responsible(REPLIED)
        else:
            self.activity_feedback([REPLIED])

    def _schedule_for_responsible(self, xmlid, **values):
        """Put something on the list of whoever looks after this document.

        :param xmlid: of the activity type; one that was deleted is wanted by nobody
        :param values: more values of the activity, like ``note`` (HTML)
        """
        activity_type = self.env.ref(xmlid, raise_if_not_found=False)
        if not activity_type:
            return
        # It is a customer who sets this off, or a job; neither has an own list.
        document_sudo, type_sudo = self.sudo(), activity_type.sudo()
        user_sudo = document_sudo._get_responsible()[0][:1]
        user_sudo = user_sudo or self.env.ref("base.user_admin").sudo()
        # quick_update: the message itself was mailed, and needs no second mail
        document_sudo.with_context(mail_activity_quick_update=True).activity_schedule(
            **{
                "activity_type_id": type_sudo.id,
                "summary": type_sudo.with_context(lang=user_sudo.lang).summary,
                "date_deadline": document_sudo.company_id._portal_today(),
                "user_id": user_sudo.id,
                **values,
            }
        )
