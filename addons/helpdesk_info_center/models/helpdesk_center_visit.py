from odoo import fields, models
from odoo.tools import SQL


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

    def _note(self, partner):
        """Note that the user looks at a customer now, in whichever window."""
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO helpdesk_center_visit
                    (user_id, partner_id, last_seen, create_uid, create_date)
                VALUES (%(user)s, %(partner)s, %(now)s, %(user)s, %(now)s)
                ON CONFLICT (user_id, partner_id)
                DO UPDATE SET last_seen = excluded.last_seen
                """,
                user=self.env.uid,
                partner=partner.id,
                now=fields.Datetime.now(),
            )
        )
        self.invalidate_model(["last_seen"])
