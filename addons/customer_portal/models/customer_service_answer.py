import base64

from odoo import api, fields, models
from odoo.tools.mimetypes import guess_mimetype

from .customer_service_task import ANSWER_TYPES


class CustomerServiceAnswer(models.Model):
    """What a customer answered when the order was created, in the words of that day.

    Question and answer are kept as they were: a task that is reworded later does not
    change what somebody has agreed to.
    """

    _name = "customer.service.answer"
    _description = "Answer to a Service Task"
    _order = "sequence, id"

    order_id = fields.Many2one(
        "customer.service.order", required=True, index=True, ondelete="cascade"
    )
    task_id = fields.Many2one("customer.service.task", ondelete="set null")
    sequence = fields.Integer(default=10)
    question = fields.Char(required=True)
    answer_type = fields.Selection(ANSWER_TYPES, required=True)
    value_text = fields.Text()
    value_boolean = fields.Boolean()
    value_integer = fields.Integer()
    value_date = fields.Date()
    option_ids = fields.Many2many("customer.service.task.option")
    attachment_id = fields.Many2one("ir.attachment", ondelete="set null")
    file = fields.Binary(
        compute="_compute_file",
        inverse="_inverse_file",
        help="Its name stands as text of the answer.",
    )
    display_value = fields.Text(
        string="Answer", compute="_compute_display_value", store=True, precompute=True
    )

    _task_uniq = models.UniqueIndex(
        "(order_id, task_id) WHERE task_id IS NOT NULL",
        "This question is answered already.",
    )

    @api.depends(
        *("answer_type", "value_text", "value_boolean", "value_integer"),
        *("value_date", "option_ids"),
    )
    def _compute_display_value(self):
        for answer in self:
            lang = answer.order_id.partner_id.lang
            answer.display_value = answer.with_context(lang=lang)._get_display_value()

    @api.depends("attachment_id")
    def _compute_file(self):
        for answer in self:
            answer.file = answer.attachment_id.datas

    def _inverse_file(self):
        """Keep what staff were given as a file of the order."""
        for answer in self.filtered("file"):
            content = base64.b64decode(answer.file)
            name = answer.value_text or self.env._("File")
            upload = (name, content, guess_mimetype(content))
            answer.attachment_id = answer.order_id._add_files([upload])

    def _get_display_value(self):
        """Return the answer in the language of the customer, who gave it."""
        if self.answer_type == "yes_no":
            return self.env._("Yes") if self.value_boolean else self.env._("No")
        if self.answer_type in ("choice", "multi"):
            return ", ".join(self.option_ids.mapped("name"))
        if self.answer_type == "integer":
            return str(self.value_integer)
        if self.answer_type == "date":
            return self.env.company._portal_format_date(self.value_date)
        return self.value_text or ""  # of a file: its name

    @api.onchange("task_id")
    def _onchange_task_id(self):
        """Take over the question, as it is put to the customer."""
        task = self.task_id.with_context(lang=self.order_id.partner_id.lang)
        if task:
            self.update(self._prepare_answer_vals(task, option_ids=False))

    @api.model
    def _prepare_answer_vals(self, task, **values):
        """Return what is kept of a task and its answer.

        :param task: in the language of the customer
        :param values: ``value_…``, ``option_ids`` or ``attachment_id``
        """
        return {
            "task_id": task.id,
            "sequence": task.sequence,
            "question": task.name,
            "answer_type": task.answer_type,
            **values,
        }
