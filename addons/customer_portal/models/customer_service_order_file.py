from odoo import fields, models
from odoo.exceptions import UserError

MOST_FILES = 100  # of one order, so that nobody fills the disk


class CustomerServiceOrder(models.Model):
    """The files of an order: those that the customer sees, and no others.

    They are what the customer has sent, and what staff have put there or sent him in
    the chat. Files of internal notes stay internal.
    """

    _inherit = "customer.service.order"

    public_attachment_ids = fields.Many2many(
        "ir.attachment",
        string="Files for the Customer",
        copy=False,
        groups="base.group_user",
        help="The customer sees them under “Order attachments”.",
    )

    def _add_files(self, uploads):
        """Keep files of a customer, and show them to him; call it with sudo.

        :param uploads: list of ``(name, content, mimetype)``, checked
        :return: the attachments
        """
        self.ensure_one()
        # as they were sent: a scratch may be small, and what is sent again is known
        attachments = self.env["ir.attachment"].with_context(image_no_postprocess=True)
        attachments = attachments.create(
            [
                {
                    "name": name,
                    "raw": content,
                    "mimetype": mimetype,
                    "res_model": self._name,
                    "res_id": self.id,
                }
                for name, content, mimetype in uploads
            ]
        )
        self.public_attachment_ids |= attachments
        return attachments

    def _receive_files(self, uploads):
        """Keep files that a customer sends to the technicians; call it with sudo.

        What he has sent before is not kept twice, for a form may arrive twice.

        :param uploads: as for ``_add_files``
        :raise UserError: there are too many files
        """
        self._lock()
        known = {(file.name, file.checksum) for file in self.public_attachment_ids}
        new = {}
        for upload in uploads:
            name, content, _mimetype = upload
            key = (name, self.env["ir.attachment"]._compute_checksum(content))
            if key not in known:
                new[key] = upload
        if len(known) + len(new) > MOST_FILES:
            raise UserError(
                self.env._("An order may have %(count)s files.", count=MOST_FILES)
            )
        if new:
            self._add_files(list(new.values()))
            self._tell_about_files(", ".join(name for name, _checksum in new))

    def _tell_about_files(self, names):
        """Let whoever looks after the order know, as of any message of the customer."""
        self.message_post(
            body=self.env._("Files: %(names)s", names=names),
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )

    def _answer_with_files(self, uploads):
        """Keep the files with which a customer answers tasks; call it with sudo.

        :param uploads: ``{id of the task: upload}``, each as for ``_add_files``
        """
        for answer in self.answer_ids:
            if upload := uploads.get(answer.task_id.id):
                answer.attachment_id = answer.order_id._add_files([upload])

    def _find_file(self, attachment_id):
        """Return a file that the customer of this order may have, or an empty one.

        Call it with sudo on an order that the visitor may see.
        """
        return self.public_attachment_ids.filtered(lambda it: it.id == attachment_id)

    # === FILES IN THE CHAT === #

    def _message_post_after_hook(self, message, msg_values):
        result = super()._message_post_after_hook(message, msg_values)
        self._show_files_of(message)
        return result

    def _message_update_content(self, message, /, **kwargs):
        result = super()._message_update_content(message, **kwargs)
        self._show_files_of(message)
        return result

    def _show_files_of(self, message):
        # The customer may not write, but what is in the chat is his to see.
        message_sudo = message.sudo()
        if message_sudo.attachment_ids and not message_sudo._is_internal_note():
            self.sudo().public_attachment_ids |= message_sudo.attachment_ids
