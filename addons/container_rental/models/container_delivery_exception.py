from odoo import api, fields, models


class ContainerDeliveryException(models.Model):
    """A single day that is different: no delivery, or one more, for some or for all."""

    _name = "container.delivery.exception"
    _description = "Delivery Exception"
    _order = "date desc, id desc"
    _check_company_auto = True

    name = fields.Char(
        string="Reason",
        required=True,
        translate=True,
        help="Customers read it, e.g. “Stocktaking”.",
    )
    date = fields.Date(required=True, index=True)
    kind = fields.Selection(
        [("closed", "No delivery"), ("extra", "Extra delivery")],
        required=True,
        default="closed",
    )
    partner_ids = fields.Many2many(
        "res.partner",
        string="Only for",
        help="Customers or single delivery addresses; empty means everybody.",
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )

    @api.depends("name", "date")
    def _compute_display_name(self):
        for exception in self:
            day = exception.company_id._portal_format_date(exception.date)
            exception.display_name = f"{day} {exception.name or ''}".strip()
