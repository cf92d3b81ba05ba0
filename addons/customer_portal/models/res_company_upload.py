from odoo import fields, models


class ResCompany(models.Model):
    """How large a file may be that a customer sends to this company."""

    _inherit = "res.company"

    portal_upload_max_mb = fields.Integer(
        string="Largest File (MB)",
        required=True,
        default=10,
        groups="base.group_user",
        help="Customers cannot send larger files with a form or in a chat.",
    )

    _portal_upload_max_mb_in_range = models.Constraint(
        "CHECK (portal_upload_max_mb BETWEEN 1 AND 100)",
        "The largest file that customers may send has 1 to 100 MB.",
    )

    def _portal_upload_max_bytes(self):
        # Settings are not for customers to read, but this one applies to them.
        return self.sudo().portal_upload_max_mb * 1024 * 1024
