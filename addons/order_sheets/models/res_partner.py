from odoo import api, fields, models


class ResPartner(models.Model):
    """Customers and what they have ordered with order sheets."""

    _inherit = "res.partner"

    order_sheet_request_ids = fields.One2many(
        "order.sheet.request",
        "commercial_partner_id",
        string="Order Requests",
        groups="order_sheets.order_sheets_group_user",
    )
    order_sheet_request_count = fields.Integer(
        string="Order Requests (count)",
        compute="_compute_order_sheet_request_count",
        groups="order_sheets.order_sheets_group_user",
    )

    @api.depends("order_sheet_request_ids.state")
    def _compute_order_sheet_request_count(self):
        counts = dict(
            self.env["order.sheet.request"]._read_group(
                [
                    ("commercial_partner_id", "in", self.commercial_partner_id.ids),
                    ("state", "!=", "draft"),
                ],
                ["commercial_partner_id"],
                ["__count"],
            )
        )
        for partner in self:
            partner.order_sheet_request_count = counts.get(
                partner.commercial_partner_id, 0
            )

    def action_open_order_sheet_requests(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "order_sheets.order_sheet_request_action"
        )
        return action | {
            "domain": [("commercial_partner_id", "in", self.commercial_partner_id.ids)],
            "context": {},
        }
