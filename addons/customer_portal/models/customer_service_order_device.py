from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ..tools.device_ids import NUMBERS, clean_numbers, is_imei
from .customer_service_device import get_device_domain
from .customer_service_order import OPEN_STATES


class CustomerServiceOrder(models.Model):
    """Which device an order is about, and that it is in service once at a time."""

    _inherit = "customer.service.order"

    is_exclusive = fields.Boolean(
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="While it is open the customer has no other order for the same device.",
    )
    device_warning = fields.Char(
        compute="_compute_device_warning", groups="base.group_user"
    )

    # Two colleagues may send the same device at the same moment.
    _exclusive_serial_number_uniq = models.UniqueIndex(
        "(commercial_partner_id, serial_number)"
        " WHERE is_exclusive AND serial_number IS NOT NULL",
        "There is an open order for this serial number already.",
    )
    _exclusive_imei_uniq = models.UniqueIndex(
        "(commercial_partner_id, imei) WHERE is_exclusive AND imei IS NOT NULL",
        "There is an open order for this IMEI already.",
    )

    @api.depends("serial_number", "imei", "imei2", "commercial_partner_id", "state")
    def _compute_device_warning(self):
        for order in self:
            warnings = []
            is_over = order.state in ("completed", "cancelled")
            if twin_sudo := not is_over and order._find_twin_sudo():
                warnings.append(order._get_twin_text(twin_sudo))
            # Staff of one company may know that another customer had the same device.
            if owner_sudo := order.sudo()._find_foreign_device().commercial_partner_id:
                warnings.append(
                    self.env._(
                        "A device with this number is registered for %(customer)s as"
                        " well.",
                        customer=owner_sudo.name,
                    )
                )
            order.device_warning = " ".join(warnings)

    @api.constrains("imei", "imei2")
    def _check_imei(self):
        for order in self:
            for name in ("imei", "imei2"):
                if order[name] and not is_imei(order[name]):
                    raise ValidationError(order._get_imei_fault(name))

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([clean_numbers(vals) for vals in vals_list])

    def write(self, vals):
        vals = clean_numbers(vals)
        self._check_correction({name: vals[name] for name in NUMBERS if name in vals})
        result = super().write(vals)
        if not {"serial_number", "imei"}.isdisjoint(vals):
            self.filtered("device_id")._follow_correction()
        return result

    # === WHAT SPEAKS AGAINST A DEVICE === #

    def _get_device_faults(self):
        """Return what is wrong with the numbers of the device: ``{field: message}``."""
        faults = {}
        for name in ("imei", "imei2"):
            if self[name] and not is_imei(self[name]):
                faults[name] = self._get_imei_fault(name)
        today = self.company_id._portal_today()
        if self.purchase_date and self.purchase_date > today:
            faults["purchase_date"] = self.env._(
                "The day of the purchase lies in the future."
            )
        return faults or self._get_duplicate_faults()

    def _get_identifier_faults(self):
        """Return which number of the device is missing: ``{field: message}``."""
        # What a service asks for is decided by its settings, not to be read by all.
        identifier = self.service_type_id.sudo().identifier
        if identifier == "serial" and not self.serial_number:
            return {"serial_number": self._get_missing_text("serial_number")}
        if identifier == "imei" and not self.imei:
            return {"imei": self._get_missing_text("imei")}
        if identifier == "serial_or_imei" and not (self.serial_number or self.imei):
            return {
                "serial_number": self.env._(
                    "Please fill in the serial number or the IMEI."
                )
            }
        return {}

    def _get_duplicate_faults(self):
        """Return the message about another open order for the same device."""
        if self.company_id.sudo().service_duplicate_policy != "block":
            return {}
        twin_sudo = self._find_twin_sudo()
        if not twin_sudo:
            return {}
        return {self._get_shared_field(twin_sudo): self._get_twin_text(twin_sudo)}

    def _find_twin_sudo(self):
        """Return an open order of the same customer for the same device."""
        # A colleague's order counts, also for whom sees only his own.
        return self.sudo().search(
            get_device_domain(self.serial_number, self.imei, self.imei2)
            & Domain("commercial_partner_id", "=", self.commercial_partner_id.id)
            & Domain("state", "in", OPEN_STATES)
            & Domain("id", "!=", self._origin.id),
            limit=1,
        )

    def _get_shared_field(self, twin):
        """Return in which field the number stands that another order has as well."""
        if self.serial_number and self.serial_number == twin.serial_number:
            return "serial_number"
        by_first = self.imei and self.imei in (twin.imei, twin.imei2)
        return "imei" if by_first else "imei2"

    def _get_twin_text(self, twin):
        return self.env._(
            "There is an open order for this device already: %(order)s.",
            order=twin.name,
        )

    def _get_imei_fault(self, name):
        return self.env._(
            "“%(label)s”: %(number)s is not a valid IMEI. It has 15 digits; dial *#06#"
            " on the device to see it.",
            label=self._get_label(name),
            number=self[name],
        )

    # === THE REGISTRY === #

    def _register_device(self):
        """Find or add the device in the registry of the customer.

        :raise UserError: a colleague is registering the same device at this moment
        """
        # When it came stands in the order; who sends that follows no device by it.
        devices = self.env["customer.service.device"].with_context(
            mail_create_nosubscribe=True, mail_create_nolog=True
        )
        for order in self.filtered(lambda it: it.serial_number or it.imei):
            vals = order._prepare_device()
            device = devices._find_device(
                order.commercial_partner_id,
                *(order.serial_number, order.imei, order.imei2),
            )
            try:
                with self.env.cr.savepoint():
                    device._learn(vals)
                    order.device_id = device or devices.create(vals)
            except UniqueViolation as error:
                raise UserError(order._get_busy_text()) from error

    def _check_correction(self, numbers):
        """:raise UserError: an open order gets a number that another one has"""
        for order in self.filtered("is_exclusive") if numbers else ():
            corrected = order.new(numbers, origin=order)
            if faults := corrected._get_duplicate_faults():
                raise UserError("\n".join(faults.values()))

    def _follow_correction(self):
        """Name the right device where staff corrected what the customer has typed.

        What was registered by mistake alone leaves the registry.
        """
        former = self.device_id
        self._register_device()
        # A colleague of another company may have an order for it.
        former.filtered(lambda it: not it.sudo().order_ids).active = False

    def _prepare_device(self):
        return {
            "name": self.device_name,
            "commercial_partner_id": self.commercial_partner_id.id,
            "end_customer": self.end_customer_name,
            "manufacturer": self.manufacturer,
            "configuration": self.configuration,
            "serial_number": self.serial_number,
            "imei": self.imei,
            "imei2": self.imei2,
            "purchase_date": self.purchase_date,
        }

    def _find_foreign_device(self):
        """Return a device of another customer with the same number."""
        same = get_device_domain(self.serial_number, self.imei, self.imei2)
        other = Domain("commercial_partner_id", "!=", self.commercial_partner_id.id)
        return self.env["customer.service.device"].search(same & other, limit=1)

    @api.model
    def _lookup_device(self, serial_number, imei):
        """Ask an outside registry about a device: a hook for integrations.

        :return: values of an order, such as ``device_name`` and ``configuration``, that
            then stand instead of what the customer typed
        """
        return {}

    def _get_busy_text(self):
        return self.env._(
            "Somebody is sending an order for this device at this moment. Please look"
            " at your orders, and try again if it is not among them."
        )
