from odoo import fields, models


class HelpdeskTicketChannel(models.Model):
    _inherit = "helpdesk.ticket.channel"

    kind = fields.Selection(
        [
            ("phone", "Phone"),
            ("email", "E-mail"),
            ("web", "Web"),
            ("other", "Other"),
        ],
        help="Tickets that an agent creates for a caller get the first channel of the"
        " kind phone, those that he writes to somebody the first of the kind e-mail.",
    )

    def _get_by_kind(self, kind):
        """Return the first channel of a kind that the user's company may use."""
        domain = [
            ("kind", "=", kind),
            ("company_id", "in", [False, self.env.company.id]),
        ]
        return self.search(domain, limit=1)
