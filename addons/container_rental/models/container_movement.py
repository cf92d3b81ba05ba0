from odoo import api, fields, models
from odoo.exceptions import UserError

from .container_container import CONTAINER_STATES


class ContainerMovement(models.Model):
    """One thing that really happened to a container: it left, came back, was repaired.

    Movements are the history of the fleet. They are written by what happens and never
    changed: a mistake is put right by a correction that stands in the history too.
    """

    _name = "container.movement"
    _description = "Container Movement"
    _order = "date desc, id desc"
    _rec_name = "container_id"
    _check_company_auto = True

    container_id = fields.Many2one(
        "container.container",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    type = fields.Selection(
        [
            ("reserved", "Reserved"),
            ("issued", "Issued"),
            ("returned", "Returned to the laundry"),
            ("released", "Released"),
            ("maintenance", "Sent to maintenance"),
            ("lost", "Lost"),
            ("found", "Found again"),
            ("retired", "Retired"),
            ("correction", "Correction"),
        ],
        required=True,
        readonly=True,
    )
    state = fields.Selection(
        CONTAINER_STATES, string="Status Afterwards", required=True, readonly=True
    )
    date = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    rental_id = fields.Many2one("container.rental", readonly=True, check_company=True)
    partner_id = fields.Many2one(
        "res.partner", string="Customer", readonly=True, index="btree_not_null"
    )
    address_id = fields.Many2one("res.partner", readonly=True)
    user_id = fields.Many2one(
        "res.users", readonly=True, default=lambda self: self.env.user
    )
    note = fields.Char(readonly=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True)

    _rental_type_idx = models.Index("(rental_id, type) WHERE rental_id IS NOT NULL")

    def write(self, vals):
        # Nobody may, not even sudo, so there is nothing to call.
        # pylint: disable=method-required-super
        raise UserError(self._get_history_refusal())

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self._get_history_refusal())

    def _get_history_refusal(self):
        return self.env._(
            "What happened to a container stays in its history. Put a mistake right"
            " with “Undo” on the rental, or with the buttons of the container."
        )
