from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

# What a rental is about, and when it happened.
FACTS = {
    *("container_id", "request_id", "company_id", "delivery_date"),
    *("partner_id", "commercial_partner_id", "address_id"),
    *("issued_on", "returned_on", "reminder_level", "reminded_on", "is_due_reminded"),
}


class ContainerRental(models.Model):
    """One stay of one container at one customer: planned, issued, returned.

    The customer sees it in the portal from the moment his request is approved. The
    day by which the container has to be back lives here once, as ``back_by``.
    """

    _name = "container.rental"
    _description = "Container Rental"
    _inherit = [
        "customer.state.mixin",
        "customer.mail.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "delivery_date desc, id desc"
    _rec_name = "container_name"
    _rec_names_search = ["container_name", "commercial_partner_id"]
    _check_company_auto = True

    _transitions = {
        "planned": {"issued", "cancelled"},
        "issued": {"returned", "planned"},
        "returned": {"issued"},
        "cancelled": set(),
    }

    state = fields.Selection(
        [
            ("planned", "Planned"),
            ("issued", "Issued"),
            ("returned", "Returned to the laundry"),
            ("cancelled", "Cancelled"),
        ],
    )
    container_id = fields.Many2one(
        "container.container",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        groups="base.group_user",
    )
    container_name = fields.Char(
        string="Number", related="container_id.name", store=True, index="trigram"
    )
    type_id = fields.Many2one(
        "container.type", related="container_id.type_id", store=True, index=True
    )
    partner_id = fields.Many2one(
        "res.partner", string="Contact", required=True, readonly=True, index=True
    )
    commercial_partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    address_id = fields.Many2one("res.partner", readonly=True)
    request_id = fields.Many2one(
        "container.request",
        readonly=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    delivery_date = fields.Date(readonly=True)
    issued_on = fields.Date(
        readonly=True, help="The day on which the container left for the customer."
    )
    return_due = fields.Date(
        tracking=True,
        groups="base.group_user",
        help="The day by which the container has to be back; you may move it.",
    )
    returned_on = fields.Date(readonly=True)
    back_by = fields.Date(
        string="Back at the Latest By", compute="_compute_back_by", store=True
    )
    is_open = fields.Boolean(compute="_compute_is_open", search="_search_is_open")
    is_overdue = fields.Boolean(
        compute="_compute_is_overdue", search="_search_is_overdue"
    )
    reminder_level = fields.Integer(readonly=True, copy=False, groups="base.group_user")
    reminded_on = fields.Date(readonly=True, copy=False, groups="base.group_user")
    is_due_reminded = fields.Boolean(
        readonly=True, copy=False, groups="base.group_user"
    )
    # Whoever may name them in a search can guess the words of internal notes.
    message_ids = fields.One2many(groups="base.group_user")
    website_message_ids = fields.One2many(groups="base.group_user")

    _open_container_uniq = models.UniqueIndex(
        "(container_id) WHERE state IN ('planned', 'issued')",
        "This container is rented out already.",
    )
    _returned_after_issued = models.Constraint(
        "CHECK(returned_on >= issued_on AND return_due >= issued_on)",
        "A container cannot come back before it was issued.",
    )
    # With the company, which the record rule asks for, it counts without the table.
    _customer_idx = models.Index(
        "(commercial_partner_id, state, delivery_date DESC, id DESC)"
        " INCLUDE (company_id)"
    )
    # The list of the back office, in the order of the model. Without the second one
    # PostgreSQL would look for overdue rentals in all of the first one.
    _date_idx = models.Index("(delivery_date DESC, id DESC)")
    _open_idx = models.Index(
        "(delivery_date DESC, id DESC) WHERE state IN ('planned', 'issued')"
    )
    _overdue_idx = models.Index("(company_id, back_by) WHERE state = 'issued'")

    # === COMPUTE METHODS === #

    @api.depends("return_due", "returned_on")
    def _compute_back_by(self):
        for rental in self:
            rental.back_by = rental.returned_on or rental.return_due

    @api.depends("state")
    def _compute_is_open(self):
        for rental in self:
            rental.is_open = rental.state in ("planned", "issued")

    def _search_is_open(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain(
            "state", "in" if True in value else "not in", ["planned", "issued"]
        )

    @api.depends("state", "back_by")
    def _compute_is_overdue(self):
        today = {company: company._portal_today() for company in self.company_id}
        for rental in self:
            rental.is_overdue = (
                rental.state == "issued"
                and bool(rental.back_by)
                and rental.back_by < today[rental.company_id]
            )

    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        overdue = Domain.OR(
            Domain("company_id", "=", company.id)
            & Domain("state", "=", "issued")
            & Domain("back_by", "<", company._portal_today())
            for company in self.env["res.company"].sudo().search([])
        )
        return overdue if True in value else ~overdue

    @api.depends("container_name", "commercial_partner_id")
    def _compute_display_name(self):
        for rental in self:
            customer = rental.commercial_partner_id.display_name
            rental.display_name = f"{rental.container_name} – {customer}"

    # === CRUD METHODS === #

    def write(self, vals):
        facts = FACTS & vals.keys()
        if facts and not (self.env.su or self._is_state_writer()):
            raise UserError(
                self.env._("What happened to a container is written by its buttons.")
            )
        if "return_due" in vals:  # a new day is reminded of anew
            vals = {"reminder_level": 0, "is_due_reminded": False, **vals}
        return super().write(vals)

    # === ACTION METHODS === #

    def action_issue(self):
        """The containers leave for the customer."""
        self.check_access("write")
        self._issue()

    def action_return(self):
        """The containers are back at the laundry."""
        self.check_access("write")
        self._return()

    def action_cancel(self):
        """Give single planned containers free again, such as a broken one."""
        self.check_access("write")
        for rental in self:
            if not (rental.request_id.rental_ids.filtered("is_open") - self):
                raise UserError(
                    self.env._(
                        "Nothing would be left of request %(request)s: withdraw its"
                        " approval instead.",
                        request=rental.request_id.name,
                    )
                )
        self._cancel()

    def action_undo(self):
        """Take back the last step of a rental: the wrong button was pressed."""
        self.check_access("write")
        self.env["container.container"]._check_manager()
        self._undo()

    # === BUSINESS METHODS === #

    def _issue(self, on=None):
        """:param on: the day on which they left, if that was not today"""
        self._lock_for("issued")
        self.container_id._apply_movement("issued", rentals=self, on=on)
        for rentals in self.grouped(
            lambda r: (r.company_id, r.address_id or r.partner_id, r.type_id)
        ).values():
            day = on or rentals.company_id._portal_today()
            due = rentals[0]._get_return_day(day)  # what is agreed is the same for all
            rentals._move_to("issued", issued_on=day, return_due=due)
        self.request_id._follow_rentals()

    def _return(self, on=None):
        """:param on: the day on which they came back, if that was not today"""
        self._lock_for("returned")
        containers = self.container_id
        containers._apply_movement("returned", rentals=self, on=on)
        for company, rentals in self.grouped("company_id").items():
            rentals._move_to("returned", returned_on=on or company._portal_today())
        containers.filtered("company_id.container_auto_release")._apply_movement(
            "released", on=on
        )

    def _cancel(self):
        self._lock_for("cancelled")
        self.container_id._apply_movement("released", rentals=self)
        self._move_to("cancelled")
        self.request_id._follow_rentals()

    def _undo(self):
        """Go back one step: returned -> issued, issued -> planned."""
        for rental in self:
            container = rental.container_id
            note = self.env._("Undone: %(state)s", state=rental._get_state_label())
            if rental.state == "returned":
                if container.state not in ("returned", "available"):
                    raise UserError(
                        self.env._(
                            "Container %(name)s is “%(state)s” meanwhile, so its return"
                            " cannot be undone.",
                            name=container.name,
                            state=container._get_state_label(),
                        )
                    )
                values = {"returned_on": False}
                previous, container_state = "issued", "issued"
            else:
                values = {"issued_on": False, "return_due": False}
                previous, container_state = "planned", "reserved"
            rental._move_to(previous, **values)
            container._apply_movement(
                "correction", rentals=rental, state=container_state, note=note
            )
        self.request_id._follow_rentals()

    def _get_return_day(self, issued_on):
        """Return the day by which a container that is issued now has to be back."""
        self.ensure_one()
        place = (self.address_id or self.partner_id).sudo()
        settings = place.with_company(self.company_id)._get_container_settings()
        days = settings["rental_days"] or self.type_id.rental_days
        rules = place._get_delivery_rules(self.company_id, since=issued_on)
        return rules.return_day(
            issued_on, days or self.company_id.container_rental_days
        )

    def _get_administrators(self):
        return self.company_id._get_container_administrators()
