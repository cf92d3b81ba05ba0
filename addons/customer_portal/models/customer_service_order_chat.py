from odoo import fields, models
from odoo.tools import email_normalize

REPLIED = "customer_portal.mail_activity_type_customer_replied"
WRITTEN = ("comment", "email")  # by people, not by the server


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

    # === WHO MAY WRITE === #

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        operations = super()._mail_get_operation_for_mail_message_operation(
            message_operation
        )
        if message_operation == "create":
            # Nobody reads yet what a customer would write to his draft.
            drafts_sudo = self.sudo().exists().filtered(lambda it: it.state == "draft")
            operations |= dict.fromkeys(drafts_sudo.sudo(False), "write")
        return operations

    def message_post(self, **kwargs):
        if kwargs.get("message_type") == "email" and not self._is_known(
            self.env["res.partner"].browse(kwargs.get("author_id") or [])
        ):
            # Odoo lets everybody in who answers a mail, also one that was passed on.
            note = self.env.ref("mail.mt_note")
            kwargs |= {"subtype_id": note.id, "subtype_xmlid": None}
        return super().message_post(**kwargs)

    def _is_known(self, author):
        """Return whether somebody takes part in the chat; strangers leave notes."""
        return (
            author.commercial_partner_id == self.commercial_partner_id
            or author in self.message_partner_ids
            or self._is_staff(author)
        )

    def _is_staff(self, author):
        # Who an author is, is for this check to know.
        users_sudo = author.sudo().with_context(active_test=False).user_ids
        return any(user._is_internal() for user in users_sudo)

    # === WHO IS TOLD === #

    def _message_compute_subject(self):
        """Name the device as well: a customer may have many in service."""
        return ": ".join(filter(None, (self.name, self.device_name)))

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        """Tell each side what the other one writes, whoever follows the order."""
        if message.message_type in WRITTEN:
            users, contact, email = self._get_readers(message)
            told = message.sudo().partner_ids | users.partner_id | contact
            msg_vals = {**(msg_vals or {}), "partner_ids": told.ids}
            if email_normalize(email):
                msg_vals["outgoing_email_to"] = email
        return super()._notify_get_recipients(message, msg_vals=msg_vals, **kwargs)

    def _get_readers(self, message):
        """Return who reads a message: ``(users, contact, one more address or False)``.

        What customers write, and what strangers answer by mail, is for whoever looks
        after the order; what staff write to the customer is for the contact.
        """
        message_sudo = message.sudo()
        contact = self.env["res.partner"]
        if not self._is_staff(message_sudo.author_id):
            users, email = self._get_responsible()
            return users, contact, email
        is_mailed = self.env.context.get("service_note_is_mailed")
        if not (is_mailed or message_sudo._is_internal_note()):
            contact = self.sudo()._get_mail_contact()
        return self.env["res.users"], contact, False

    def _get_responsible(self):
        """Return who looks after this order: ``(users, one more address or False)``.

        It is the technician, and as long as there is none the team of the location.
        """
        # Customers may not read who it is, but their words reach somebody.
        technician_sudo = self.sudo().user_id.filtered("active")
        if technician_sudo:
            return technician_sudo, False
        return self.sudo()._get_administrators()

    # === WHO HAS TO ANSWER === #

    def _message_post_after_hook(self, message, msg_values):
        result = super()._message_post_after_hook(message, msg_values)
        # Customers may not write to the order, but to its chat; a note changes nothing.
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

    def _schedule_for_responsible(self, xmlid):
        """Put something on the list of whoever looks after this order.

        :param xmlid: of the activity type; one that was deleted is wanted by nobody
        """
        activity_type = self.env.ref(xmlid, raise_if_not_found=False)
        if not activity_type:
            return
        # It is a customer who sets this off, or a job; neither has an own list.
        order_sudo, type_sudo = self.sudo(), activity_type.sudo()
        user_sudo = order_sudo._get_responsible()[0][:1]
        user_sudo = user_sudo or self.env.ref("base.user_admin").sudo()
        # quick_update: the message itself was mailed, and needs no second mail
        order_sudo.with_context(mail_activity_quick_update=True).activity_schedule(
            activity_type_id=type_sudo.id,
            summary=type_sudo.with_context(lang=user_sudo.lang).summary,
            date_deadline=order_sudo.company_id._portal_today(),
            user_id=user_sudo.id,
        )
