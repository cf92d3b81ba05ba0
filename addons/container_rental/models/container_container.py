from datetime import UTC, datetime, time

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

CONTAINER_STATES = [
    ("available", "Available"),
    ("reserved", "Reserved"),
    ("issued", "Issued"),
    ("returned", "Returned to the laundry"),
    ("maintenance", "Maintenance"),
    ("lost", "Lost"),
    ("retired", "Retired"),
]

# What a movement makes of a container; a correction says it itself.
MOVEMENT_STATES = {
    "reserved": "reserved",
    "issued": "issued",
    "returned": "returned",
    "released": "available",
    "maintenance": "maintenance",
    "lost": "lost",
    "found": "returned",
    "retired": "retired",
}


class ContainerContainer(models.Model):
    """One container of the fleet, with its number, its place and its history.

    Its state follows its movements: whatever happens to it is written down first.
    """

    _name = "container.container"
    _description = "Container"
    _inherit = ["customer.state.mixin", "mail.thread"]
    _order = "name, id"
    _rec_names_search = ["name", "serial", "barcode"]
    _check_company_auto = True
    _mail_post_access = "read"  # staff who may not change a container may note things

    _transitions = {
        # Back to issued: a return that was released at once is undone.
        "available": {"reserved", "maintenance", "lost", "retired", "issued"},
        "reserved": {"issued", "available"},
        "issued": {"returned", "reserved"},
        "returned": {"available", "maintenance", "lost", "retired", "issued"},
        "maintenance": {"available", "lost", "retired"},
        "lost": {"returned"},
        "retired": {"available"},
    }

    name = fields.Char(string="Number", required=True, index="trigram", copy=False)
    serial = fields.Char(string="Serial Number", copy=False)
    barcode = fields.Char(
        string="QR Code",
        compute="_compute_barcode",
        store=True,
        readonly=False,
        precompute=True,
        copy=False,
        help="What the label's QR code says; the number unless you fill in another.",
    )
    type_id = fields.Many2one(
        "container.type",
        required=True,
        index=True,
        check_company=True,
        tracking=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    active = fields.Boolean(default=True)
    state = fields.Selection(CONTAINER_STATES, group_expand=True)
    state_since = fields.Datetime(
        string="In This Status Since", readonly=True, default=fields.Datetime.now
    )
    inspection_due = fields.Date(
        string="Next Inspection",
        tracking=True,
        help="A container is not proposed for a delivery after this day.",
    )
    is_inspection_overdue = fields.Boolean(compute="_compute_is_inspection_overdue")
    note = fields.Text()
    movement_ids = fields.One2many("container.movement", "container_id")
    rental_ids = fields.One2many("container.rental", "container_id")
    current_rental_id = fields.Many2one(
        "container.rental", compute="_compute_current_rental", store=True
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        compute="_compute_current_rental",
        store=True,
        index="btree_not_null",
    )

    _name_uniq = models.Constraint(
        "UNIQUE(company_id, name)", "This number is taken by another container."
    )
    _serial_uniq = models.Constraint(
        "UNIQUE(company_id, serial)",
        "This serial number is taken by another container.",
    )
    _type_state_idx = models.Index("(type_id, company_id, state, state_since, id)")

    # === COMPUTE METHODS === #

    @api.depends("name")
    def _compute_barcode(self):
        for container in self:
            container.barcode = container.barcode or container.name

    @api.depends("inspection_due")
    def _compute_is_inspection_overdue(self):
        for container in self:
            today = container.company_id._portal_today()
            due = container.inspection_due
            container.is_inspection_overdue = bool(due) and due < today

    @api.depends("rental_ids.state")
    def _compute_current_rental(self):
        rentals = self.env["container.rental"].search(
            [("container_id", "in", self.ids), ("is_open", "=", True)]
        )
        open_rentals = {rental.container_id: rental for rental in rentals}
        for container in self:
            rental = open_rentals.get(container, self.env["container.rental"])
            container.current_rental_id = rental
            container.partner_id = rental.commercial_partner_id

    # === CRUD METHODS === #

    def write(self, vals):
        if "active" in vals and not vals["active"]:
            for container in self.filtered(lambda c: c.state in ("reserved", "issued")):
                raise UserError(
                    self.env._(
                        "Container %(name)s is “%(state)s” and cannot be archived.",
                        name=container.name,
                        state=container._get_state_label(),
                    )
                )
        return super().write(vals)

    # === ACTION METHODS === #

    def action_release(self):
        """Make clean, checked containers available again."""
        self._act("released")

    def action_maintenance(self):
        self._act("maintenance")

    def action_lost(self):
        self._act("lost")

    def action_found(self):
        self._act("found")

    def action_retire(self):
        self._check_manager()
        self._act("retired")

    def action_reactivate(self):
        self._check_manager()
        self._act("released")

    def action_open_movements(self):
        """Open the history of this container."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "container_rental.container_movement_action"
        )
        return action | {"domain": [("container_id", "=", self.id)], "context": {}}

    # === BUSINESS METHODS === #

    def _act(self, movement_type):
        """Let something happen to containers that stand at the laundry."""
        self._check_staff()
        for container in self:
            if container.state in ("reserved", "issued"):
                raise UserError(
                    self.env._(
                        "Container %(name)s is “%(state)s” for %(customer)s."
                        " Use the buttons of its rental.",
                        name=container.name,
                        state=container._get_state_label(),
                        customer=container.partner_id.display_name,
                    )
                )
        self._apply_movement(movement_type)

    def _apply_movement(
        self, movement_type, rentals=None, state=None, note=False, on=None
    ):
        """Write down what happened to the containers and move them accordingly.

        :param movement_type: a type of ``container.movement``
        :param rentals: the rentals it belongs to, one per container
        :param state: the state afterwards, for corrections
        :param on: the day on which it happened if it is written down later
        :raise UserError: it cannot happen to a container in its state
        """
        state = state or MOVEMENT_STATES[movement_type]
        rental_by_container = {r.container_id: r for r in rentals or []}
        moment = self._get_moment(on)
        # The user may act on containers, but history is written by what happens.
        self.sudo()._move_to(state, state_since=moment)
        self.env["container.movement"].sudo().create(
            [
                container._prepare_movement_vals(
                    movement_type,
                    state=state,
                    date=moment,
                    note=note,
                    rental=rental_by_container.get(container),
                )
                for container in self
            ]
        )

    def _prepare_movement_vals(self, movement_type, rental=None, **values):
        rental = rental or self.env["container.rental"]
        return {
            "container_id": self.id,
            "type": movement_type,
            "rental_id": rental.id,
            "partner_id": rental.commercial_partner_id.id,
            "address_id": rental.address_id.id,
            "user_id": self.env.uid,
            "company_id": self.company_id.id,
            **values,
        }

    def _get_moment(self, day=None):
        """Return the present, or noon of an earlier day, as it is stored."""
        if not day:
            return fields.Datetime.now()
        company = self.company_id[:1] or self.env.company
        noon = datetime.combine(day, time(12), tzinfo=company._portal_zone())
        return noon.astimezone(UTC).replace(tzinfo=None)

    def _check_staff(self):
        """:raise AccessError: the user may not act on containers"""
        if not self.env.user.has_group("container_rental.container_rental_group_user"):
            raise AccessError(
                self.env._("Only container staff may do this. Please ask somebody.")
            )
        self.check_access("read")

    def _check_manager(self):
        """:raise AccessError: the user does not look after the fleet"""
        if not self.env.user.has_group(
            "container_rental.container_rental_group_manager"
        ):
            raise AccessError(
                self.env._("Only container managers may do this. Please ask one.")
            )
