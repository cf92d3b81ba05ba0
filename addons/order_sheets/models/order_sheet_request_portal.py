from odoo import models


class OrderSheetRequest(models.Model):
    """What customers read about an order beside its content."""

    _inherit = "order.sheet.request"

    def _get_begun_text(self):
        """Return who has filled in this draft last, and when."""
        # Who it was is told to his colleagues, wherever he works by now.
        request_sudo = self.sudo()
        show = request_sudo.company_id._portal_format_datetime
        if request_sudo.saved_at:
            return self.env._(
                "Draft, last saved by %(name)s on %(moment)s",
                name=request_sudo.saved_by_id.name,
                moment=show(request_sudo.saved_at),
            )
        return self.env._(
            "Draft, begun by %(name)s on %(moment)s",
            name=request_sudo.partner_id.name,
            moment=show(request_sudo.create_date),
        )

    def _get_submitted_text(self):
        """Return when this was submitted, on the company's clock."""
        return self.company_id.sudo()._portal_format_datetime(self.submitted_at)
