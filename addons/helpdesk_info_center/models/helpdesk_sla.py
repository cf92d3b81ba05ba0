from odoo import api, models
from odoo.exceptions import ValidationError


class HelpdeskSla(models.Model):
    _inherit = "helpdesk.sla"

    # The name as well: it is there at each creation, the stage need not be.
    @api.constrains("name", "stage_id")
    def _check_stage_id(self):
        """Without a stage to reach, every ticket would have reached it at once."""
        for sla in self:
            if not sla.stage_id:
                raise ValidationError(
                    self.env._(
                        "The service level “%(name)s” needs a stage that tickets have"
                        " to reach in time.",
                        name=sla.name,
                    )
                )
