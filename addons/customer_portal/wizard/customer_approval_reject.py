from odoo import fields, models
from odoo.exceptions import UserError

from ..controllers.portal_form import parse_id


class CustomerApprovalReject(models.TransientModel):
    """The question why documents are rejected; the customer reads the answer."""

    _name = "customer.approval.reject"
    _description = "Reject with Reason"

    res_model = fields.Char(required=True)
    res_ids = fields.Json(required=True)
    reason = fields.Text(required=True, help="The customer reads this reason.")

    def action_reject(self):
        self.ensure_one()
        documents = self._get_documents()
        documents._check_can_decide()
        if not self.reason.strip():
            raise UserError(self.env._("Please give a reason: the customer reads it."))
        documents._reject(self.reason.strip())
        return {"type": "ir.actions.act_window_close"}

    def _get_documents(self):
        """Return what is to be rejected; anything else than documents is refused."""
        documents = self.env.get(self.res_model)
        approval = self.env.registry["customer.approval.mixin"]
        is_document = isinstance(documents, approval) and not documents._abstract
        if not is_document:
            raise UserError(self.env._("There is nothing to reject here."))
        sent = self.res_ids if isinstance(self.res_ids, list) else []
        ids = [document_id for document_id in sent if parse_id(document_id)]
        return documents.browse(ids).exists()
