from odoo import api, fields, models
from odoo.fields import Domain

ANSWER_TYPES = [
    ("text", "Short text"),
    ("longtext", "Long text"),
    ("yes_no", "Yes or no"),
    ("choice", "One of several options"),
    ("multi", "Some of several options"),
    ("integer", "Whole number"),
    ("date", "Date"),
    ("file", "File"),
]


class CustomerServiceTask(models.Model):
    """Something that customers are to answer when they create a service order."""

    _name = "customer.service.task"
    _description = "Service Task"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(string="Question", required=True, translate=True)
    help = fields.Char(string="Help Text", translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one(
        "res.company", index="btree_not_null", help="Empty: of all companies."
    )
    answer_type = fields.Selection(ANSWER_TYPES, required=True, default="text")
    option_ids = fields.One2many(
        "customer.service.task.option", "task_id", string="Options", copy=True
    )
    required = fields.Boolean(string="Must Be Answered")
    service_type_ids = fields.Many2many(
        "customer.service.type",
        string="Service Types",
        check_company=True,
        help="Empty: asked for all of them.",
    )
    location_ids = fields.Many2many(
        "customer.service.location",
        string="Locations",
        # a task of all companies may be one of certain locations
        domain="[('company_id', '=', company_id)] if company_id else []",
        help="Empty: asked for all of them.",
    )
    reseller_only = fields.Boolean(string="Resellers Only")

    @api.model
    def _find_for(self, service_type, location, is_reseller):
        """Return what is asked for a service at a location; nothing without a service.

        :param is_reseller: whether the customer is one
        """
        if not (service_type and location):
            return self.browse()
        domain = Domain.AND(
            Domain(name, "=", False) | Domain(name, "in", record.ids)
            for name, record in (
                ("service_type_ids", service_type),
                ("location_ids", location),
                ("company_id", location.company_id),
            )
        )
        if not is_reseller:
            domain &= Domain("reseller_only", "=", False)
        return self.search(domain)


class CustomerServiceTaskOption(models.Model):
    """One of the answers among which customers choose."""

    _name = "customer.service.task.option"
    _description = "Option of a Service Task"
    _order = "sequence, id"

    task_id = fields.Many2one(
        "customer.service.task", required=True, index=True, ondelete="cascade"
    )
    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
