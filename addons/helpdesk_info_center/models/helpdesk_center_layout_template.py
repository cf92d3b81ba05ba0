from odoo import fields, models


class HelpdeskCenterLayoutTemplate(models.Model):
    """The arrangement that members of a team find, until they make their own."""

    _name = "helpdesk.center.layout.template"
    _description = "Team Default of the Information Center"
    _order = "team_id"
    _rec_name = "team_id"

    team_id = fields.Many2one(
        "helpdesk.ticket.team", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="team_id.company_id", store=True)
    layout = fields.Json(
        help="Zones, order, columns and filters, as in the settings of a user."
    )

    _team_uniq = models.UniqueIndex("(team_id)", "This team has a default already.")

    def _keep(self, team, kind, layout):
        """Keep an arrangement of centers of a kind as the default of a team."""
        template = self.search([("team_id", "=", team.id)])
        if not template:
            template = self.create({"team_id": team.id})
        template.layout = {**(template.layout or {}), kind: layout}
