from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools.device_ids import clean_imei, clean_serial, is_imei


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
    serial_number = fields.Char(index="trigram", tracking=True)
    imei = fields.Char(string="IMEI", index="trigram", tracking=True)
    imei2 = fields.Char(string="Second IMEI", index="trigram", tracking=True)
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
        return super().create([self._clean_numbers(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._clean_numbers(vals))

    @api.model
    def _clean_numbers(self, vals):
        """Return the values with serial number and IMEIs as they are searched for."""
        cleaners = {
            "serial_number": clean_serial,
            "imei": clean_imei,
            "imei2": clean_imei,
        }
        cleaned = {
            name: clean(vals[name]) or False
            for name, clean in cleaners.items()
            if name in vals
        }
        return {**vals, **cleaned}

    # === ACTION METHODS === #

    def action_open_orders(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "customer_portal.customer_service_order_action"
        )
        return action | {"domain": [("device_id", "=", self.id)], "context": {}}

    # === BUSINESS METHODS === #

    @api.model
    def _find_device(self, customer, serial_number=None, imei=None):
        """Return the device of a customer with one of these numbers, or none."""
        for name, number in (("serial_number", serial_number), ("imei", imei)):
            if number:
                domain = [
                    ("commercial_partner_id", "=", customer.id),
                    (name, "=", number),
                ]
                if device := self.search(domain, limit=1):
                    return device
        return self.browse()
