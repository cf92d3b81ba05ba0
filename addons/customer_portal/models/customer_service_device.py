from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..tools.device_ids import NUMBERS, clean_numbers, is_imei


def get_device_domain(serial_number=None, imei=None, imei2=None):
    """Return a domain of what is about the same device.

    Which IMEI of a phone is its first one, people do not know.
    """
    domain = Domain.FALSE
    if serial_number:
        domain |= Domain("serial_number", "=", serial_number)
    if numbers := [number for number in (imei, imei2) if number]:
        domain |= Domain("imei", "in", numbers) | Domain("imei2", "in", numbers)
    return domain


class CustomerServiceDevice(models.Model):
    """A device of a customer that was in service at least once, with its history.

    Serial number and IMEI are unique among the devices of one customer only: nobody
    shall find out by trying what others own.
    """

    _name = "customer.service.device"
    _description = "Device"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _rec_names_search = ["name", "serial_number", "imei", "imei2"]

    name = fields.Char(required=True, index="trigram")
    active = fields.Boolean(default=True)
    commercial_partner_id = fields.Many2one(
        "res.partner", string="Customer", required=True, index=True, ondelete="restrict"
    )
    end_customer = fields.Char(help="Whose device it is where a reseller sends it.")
    manufacturer = fields.Char()
    configuration = fields.Char()
    product_id = fields.Many2one("product.product", index="btree_not_null")
    serial_number = fields.Char(index="trigram", tracking=True, copy=False)
    imei = fields.Char(string="IMEI", index="trigram", tracking=True, copy=False)
    imei2 = fields.Char(
        string="Second IMEI", index="trigram", tracking=True, copy=False
    )
    purchase_date = fields.Date()
    purchase_country_id = fields.Many2one("res.country")
    warranty_end = fields.Date(tracking=True)
    warranty_state = fields.Selection(
        [("none", "Not known"), ("valid", "Under warranty"), ("over", "Over")],
        compute="_compute_warranty_state",
    )
    order_ids = fields.One2many("customer.service.order", "device_id", string="Orders")
    order_count = fields.Integer(compute="_compute_order_count")

    _serial_number_uniq = models.UniqueIndex(
        "(commercial_partner_id, serial_number)"
        " WHERE serial_number IS NOT NULL AND active",
        "This customer has a device with this serial number already.",
    )
    _imei_uniq = models.UniqueIndex(
        "(commercial_partner_id, imei) WHERE imei IS NOT NULL AND active",
        "This customer has a device with this IMEI already.",
    )
    # For the warning about devices that come from another customer.
    _serial_number_idx = models.Index("(serial_number) WHERE serial_number IS NOT NULL")
    _imei_idx = models.Index("(imei) WHERE imei IS NOT NULL")

    # === COMPUTE METHODS === #

    @api.depends("name", "serial_number", "imei")
    def _compute_display_name(self):
        for device in self:
            number = device.serial_number or device.imei
            device.display_name = f"{device.name} ({number})" if number else device.name

    @api.depends("warranty_end")
    def _compute_warranty_state(self):
        today = self.env.company._portal_today()
        for device in self:
            if not device.warranty_end:
                device.warranty_state = "none"
            else:
                is_valid = device.warranty_end >= today
                device.warranty_state = "valid" if is_valid else "over"

    @api.depends("order_ids")
    def _compute_order_count(self):
        groups = self.env["customer.service.order"]._read_group(
            [("device_id", "in", self.ids)], ["device_id"], ["__count"]
        )
        counts = {device.id: count for device, count in groups}
        for device in self:
            device.order_count = counts.get(device.id, 0)

    @api.constrains("imei", "imei2")
    def _check_imei(self):
        for device in self:
            for number in (device.imei, device.imei2):
                if number and not is_imei(number):
                    raise ValidationError(
                        self.env._("%(number)s is not a valid IMEI.", number=number)
                    )

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([clean_numbers(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(clean_numbers(vals))

    # === ACTION METHODS === #

    def action_open_orders(self):
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "customer_portal.customer_service_order_action"
        )
        return action | {"domain": [("device_id", "=", self.id)], "context": {}}

    # === BUSINESS METHODS === #

    @api.model
    def _find_device(self, customer, serial_number=None, imei=None, imei2=None):
        """Return the device of a customer with one of these numbers, or none.

        Where they belong to several devices, the serial number counts.
        """
        own = Domain("commercial_partner_id", "=", customer.id)
        devices = self.search(own & get_device_domain(serial_number, imei, imei2))
        same_serial = devices.filtered(
            lambda it: serial_number and it.serial_number == serial_number
        )
        return (same_serial or devices)[:1]

    def _learn(self, vals):
        """Note what an order tells about a device that was not known yet."""
        news = {
            name: value
            for name, value in vals.items()
            if self and value and not self[name]
        }
        for name in NUMBERS.keys() & news.keys():
            # A number that another device has is a mistake, here or there.
            if self._find_device(self.commercial_partner_id, **{name: news[name]}):
                del news[name]
        if news:
            self.write(news)
