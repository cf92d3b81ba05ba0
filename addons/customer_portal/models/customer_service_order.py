from odoo import api, fields, models

STATES = [
    ("draft", "Draft"),
    ("submitted", "Waiting for confirmation"),
    ("confirmed", "Confirmed"),
    ("at_location", "At the service location"),
    ("completed", "Completed"),
    ("cancelled", "Cancelled"),
]
NEW_STATES = ("submitted", "confirmed")
OPEN_STATES = (*NEW_STATES, "at_location")
MAX_LINE = 128
MAX_TEXT = 10_000


class CustomerServiceOrder(models.Model):
    """A customer's order to repair or service a device, from the wizard to its return.

    Customers create it in the portal: as a draft that only its contact sees, until he
    approves the summary. Staff confirm it, receive the device, write what they found
    and did, and complete it. Orders of resellers are confirmed at once.
    """

    _name = "customer.service.order"
    _description = "Service Order"
    _inherit = ["customer.service.chat.mixin", "customer.reply.mixin"]
    _order = "date_order desc, id desc"
    _rec_names_search = [
        *("name", "client_order_ref", "internal_ref"),
        *("serial_number", "imei", "imei2"),
    ]

    _portal_path = "/my/service-orders"
    _numbered_from = "submitted"
    _settled_fields = ("partner_id", "company_id", "location_id")

    state = fields.Selection(
        STATES,
        group_expand="_expand_states",
        index=False,  # _state_idx is for it
    )

    # === REFERENCES AND PEOPLE === #

    client_order_ref = fields.Char(
        string="Reference", index="trigram", help="The customer's own number."
    )
    internal_ref = fields.Char(
        string="Internal Reference",
        index="trigram",
        help="Our own further number; the customer can read it.",
    )
    date_order = fields.Datetime(
        string="Date", required=True, default=fields.Datetime.now, copy=False
    )
    commercial_partner_id = fields.Many2one(index=False)  # _customer_idx is for it
    company_id = fields.Many2one(
        compute="_compute_company_id",
        store=True,
        precompute=True,
        index=False,  # _office_idx is for it
    )
    end_customer_name = fields.Char(
        string="End Customer", help="Whose device it is where a reseller sends it."
    )
    user_id = fields.Many2one(
        "res.users",
        string="Technician",
        index="btree_not_null",
        domain=[("share", "=", False)],
        tracking=True,
        copy=False,
        groups="base.group_user",
    )
    delivery_address_id = fields.Many2one(
        "res.partner",
        string="Return to",
        check_company=True,
        help="Where the device is sent back to; empty: the customer's own address.",
    )

    # === WHAT IS TO BE DONE, WHERE === #

    location_id = fields.Many2one(
        "customer.service.location", string="Service Location", tracking=True
    )
    service_type_id = fields.Many2one(
        "customer.service.type", string="Service", check_company=True, tracking=True
    )
    shipping_type_id = fields.Many2one(
        "customer.service.shipping.type",
        string="Delivery of the Device",
        check_company=True,
    )

    # === THE DEVICE, AS THE CUSTOMER DESCRIBED IT === #

    device_id = fields.Many2one(
        "customer.service.device",
        string="Registered Device",
        index="btree_not_null",
        copy=False,
        groups="base.group_user",
    )
    device_name = fields.Char(string="Device")
    manufacturer = fields.Char()
    configuration = fields.Char(help="Colour, memory, equipment.")
    serial_number = fields.Char(index="trigram")
    imei = fields.Char(string="IMEI", index="trigram")
    imei2 = fields.Char(string="Second IMEI", index="trigram")
    accessories = fields.Char(help="What is sent along: cable, case, charger.")
    device_condition = fields.Char(string="Condition", help="Visible damage.")
    purchase_date = fields.Date()
    under_warranty = fields.Boolean()
    device_passcode = fields.Char(
        string="Passcode",
        copy=False,
        groups="customer_portal.customer_portal_group_service_user",
        help="Only technicians read it. It is deleted when the order is completed.",
    )

    # === NOTES === #

    issue = fields.Text()
    diagnosis = fields.Text(copy=False, help="The customer reads this.")
    resolution = fields.Text(
        string="Repair Notes", copy=False, help="The customer reads this."
    )
    internal_note = fields.Html(copy=False, groups="base.group_user")
    answer_ids = fields.One2many(
        "customer.service.answer",
        "order_id",
        string="Answers",
        groups="base.group_user",
    )

    # With what the record rules ask for, they count without the table.
    _customer_idx = models.Index(
        "(commercial_partner_id, date_order DESC, id DESC)"
        " INCLUDE (state, partner_id, company_id)"
    )
    _customer_state_idx = models.Index(
        "(commercial_partner_id, state, date_order DESC, id DESC)"
        " INCLUDE (partner_id, company_id, waiting_for)"
    )
    # For the office's list of all orders, and for numbers by state.
    _office_idx = models.Index("(company_id, date_order DESC, id DESC)")
    _state_idx = models.Index("(company_id, state)")
    # What is in work is little of it: its lists and numbers read this alone.
    _open_idx = models.Index(
        "(company_id, date_order DESC, id DESC)"
        " INCLUDE (state, status_id, user_id, promised_date)"
        " WHERE state IN ('submitted', 'confirmed', 'at_location')"
    )

    @api.depends("location_id")
    def _compute_company_id(self):
        for order in self:
            # An order belongs to the company of its location, which is no secret.
            company = order.location_id.sudo().company_id
            order.company_id = company or order.company_id or self.env.company

    @api.depends("name", "device_name", "state")
    @api.depends_context("lang", "show_device")
    def _compute_display_name(self):
        for order in self:
            device = order.device_name or "–"
            if order.state == "draft":
                order.display_name = self.env._("Draft: %(device)s", device=device)
            elif self.env.context.get("show_device"):
                order.display_name = f"{order.name} {device}"
            else:
                order.display_name = order.name

    def _get_mail_failure_user(self):
        return self.sudo().user_id or super()._get_mail_failure_user()
