from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command


class OrderSheetRequest(models.Model):
    """The files of an order request: those that the customer sees, and no others.

    They are what he has sent, what he has submitted, and what is in the chat. Files of
    internal notes stay internal.
    """

    _inherit = "order.sheet.request"

    # === SENDING === #

    def _add_files(self, field, uploads, contact=None):
        """Keep files with which a customer answers a question; call it with sudo.

        What he has sent before is not kept twice, for a form may arrive twice.

        :param field: the question
        :param uploads: list of ``(name, content, mimetype)``, checked
        :return: the new attachments
        :raise UserError: there are too many files, or nothing can be changed now
        """
        self.ensure_one()
        self._lock()
        self._check_can_edit()
        answer = self._get_file_answer(field)
        new = self._get_unknown(answer.attachment_ids, uploads)
        if len(answer.attachment_ids) + len(new) > field.file_max_count:
            raise UserError(
                self.env._(
                    "“%(label)s” takes at most %(most)s files.",
                    label=field.label,
                    most=field.file_max_count,
                )
            )
        attachments = self._create_files(new)
        if attachments:
            self._write_files(field, answer.attachment_ids | attachments, contact)
        return attachments

    def _remove_file(self, attachment_id, contact=None):
        """Take a file away that a customer has sent; call it with sudo.

        :return: the question that it answered, or none if there is no such file
        :raise UserError: nothing can be changed now
        """
        self.ensure_one()
        self._lock()
        self._check_can_edit()
        answer = self.answer_ids.filtered(
            lambda it: attachment_id in it.attachment_ids.ids
        )
        if answer:
            removed = answer.attachment_ids.filtered(lambda it: it.id == attachment_id)
            self._write_files(answer.field_id, answer.attachment_ids - removed, contact)
            self._delete_files(removed)
        return answer.field_id

    # === READING === #

    def _find_file(self, attachment_id):
        """Return a file that the customer of this order may have, or an empty one.

        Call it with sudo on a request that the visitor may see.
        """
        self.ensure_one()
        attachment = self.env["ir.attachment"].browse(attachment_id)
        is_sent = (
            attachment_id in self.answer_ids.attachment_ids.ids
            or attachment_id in self._get_submitted_file_ids()
            or self._is_in_chat(attachment_id)
        )
        return attachment.exists() if is_sent else attachment.browse()

    def _get_submitted_files(self):
        """Return the files that belong to what was submitted; attachments, sudo."""
        return self.env["ir.attachment"].browse(self._get_submitted_file_ids()).exists()

    def _get_submitted_file_ids(self):
        """Return the files that belong to what was submitted."""
        pages = (self.snapshot or {}).get("pages", ())
        return {
            file["id"]
            for page in pages
            for field in page["fields"]
            for file in field["files"]
        }

    def _is_in_chat(self, attachment_id):
        messages = self.env["mail.message"].search(
            [
                ("model", "=", self._name),
                ("res_id", "=", self.id),
                ("attachment_ids", "=", attachment_id),
            ]
        )
        return any(not message._is_internal_note() for message in messages)

    # === HELPERS === #

    def _get_file_answer(self, field):
        return self.answer_ids.filtered(lambda it: it.field_id == field)

    def _get_unknown(self, known, uploads):
        """Return the uploads that are not there yet, each one once."""
        keys = {(file.name, file.checksum) for file in known}
        new = {}
        for upload in uploads:
            name, content, _mimetype = upload
            key = (name, self.env["ir.attachment"]._compute_checksum(content))
            if key not in keys:
                new[key] = upload
        return list(new.values())

    def _create_files(self, uploads):
        # as they were sent: a printer wants every pixel, and what is sent again is
        # known
        attachments = self.env["ir.attachment"].with_context(image_no_postprocess=True)
        return attachments.create(
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

    def _write_files(self, field, attachments, contact):
        """Let a question be answered by these files, and count the revision."""
        self._touch(contact)
        answer = self._get_file_answer(field)
        if not answer:
            answer = answer.create({"request_id": self.id, "field_id": field.id})
        answer.write(
            answer._prepare_vals(field, attachments.ids or None, False)
            | {"attachment_ids": [Command.set(attachments.ids)], "rev": self.rev}
        )

    def _delete_files(self, attachments):
        """Delete what nothing names any more: an order keeps what was submitted."""
        kept = self._get_submitted_file_ids()
        attachments.filtered(lambda it: it.id not in kept).unlink()
