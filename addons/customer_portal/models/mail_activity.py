from odoo import models

from .customer_reply_mixin import REPLIED


class MailActivity(models.Model):
    """Who ticks “Customer replied” off has answered, by telephone for example."""

    _inherit = "mail.activity"

    def _action_done(self, feedback=False, attachment_ids=None):
        answered_sudo = self._get_answered_sudo()
        result = super()._action_done(feedback=feedback, attachment_ids=attachment_ids)
        self._note_answered(answered_sudo)
        return result

    def unlink(self):
        answered_sudo = self._get_answered_sudo()
        result = super().unlink()
        self._note_answered(answered_sudo)
        return result

    def _get_answered_sudo(self):
        """Return the documents whose customers these activities wait to answer.

        :return: list of recordsets, one per model
        """
        activity_type = self.env.ref(REPLIED, raise_if_not_found=False)
        if not activity_type:
            return []
        # Whoever has the activity on his list may have lost sight of the document.
        replied_sudo = self.sudo().filtered(
            lambda it: it.activity_type_id == activity_type
        )
        return [
            self.env[model].sudo().browse(activities.mapped("res_id"))
            for model, activities in replied_sudo.grouped("res_model").items()
            if self._is_answered_in(model)
        ]

    def _is_answered_in(self, model):
        """Return whether documents of a model know who has to answer."""
        document = self.env.registry.get(model)
        block = self.env.registry["customer.reply.mixin"]
        return bool(document) and issubclass(document, block)

    def _note_answered(self, answered_sudo):
        for documents_sudo in answered_sudo:
            documents_sudo.exists().customer_reply_pending = False
