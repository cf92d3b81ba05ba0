from odoo import fields, models


class HelpdeskCenterVisit(models.Model):
    """When an agent has last looked at a customer: the search offers these first."""

    _name = "helpdesk.center.visit"
    _description = "Visit of an Information Center"
    _order = "last_seen desc, id desc"
    _rec_name = "partner_id"

    user_id = fields.Many2one("res.users", required=True, ondelete="cascade")
    partner_id = fields.Many2one(
        "res.partner", required=True, ondelete="cascade", index=True
    )
    last_seen = fields.Datetime(required=True, default=fields.Datetime.now)

    _partner_uniq = models.UniqueIndex("(user_id, partner_id)")
    _recent_idx = models.Index("(user_id, last_seen DESC)")
