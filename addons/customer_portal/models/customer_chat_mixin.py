from odoo import models
from odoo.tools import email_normalize

WRITTEN = ("comment", "email")  # by people, not by the server


class CustomerChatMixin(models.AbstractModel):
    """A document about which staff and the customer write to each other.

    Whoever follows it, each side is told what the other one writes. A document whose
    state is ``draft`` is not for staff yet. Who of them reads what customers write is
    the business of ``_get_administrators`` and ``_get_responsible``.
    """

    _name = "customer.chat.mixin"
    _description = "Customer Document with a Chat"
    _inherit = "customer.document.mixin"

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

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        """Tell each side what the other one writes, whoever follows the document."""
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
        after the document; what staff write to the customer is for the contact, unless
        a mail tells him the same (``note_is_mailed`` in the context).
        """
        message_sudo = message.sudo()
        contact = self.env["res.partner"]
        if not self._is_staff(message_sudo.author_id):
            users, email = self._get_responsible()
            return users, contact, email
        is_mailed = self.env.context.get("note_is_mailed")
        if not (is_mailed or message_sudo._is_internal_note()):
            contact = self.sudo()._get_mail_contact()
        return self.env["res.users"], contact, False

    def _get_responsible(self):
        """Return who looks after this document: ``(users, one more address or False)``.

        Whoever is told about new documents, unless a model knows somebody of its own.
        """
        # Customers may not read who it is, but their words reach somebody.
        return self.sudo()._get_administrators()
