from functools import cached_property

from odoo.http import request

from ..models.customer_service_order import MAX_LINE, MAX_TEXT
from ..models.customer_service_order_check import NEEDED
from ..tools.device_ids import clean_numbers
from .service_device_form import DEVICE, ServiceDeviceForm

WHERE = ("location_id", "service_type_id", "shipping_type_id", "delivery_address_id")
# Which button was pressed; whoever pressed none has filled in everything.
STEPS = ("refresh", "device", "save", "summary")
FINAL_STEPS = ("save", "summary")


class ServiceOrderForm(ServiceDeviceForm):
    """What a customer types about a service order: a new one, or a draft of his.

    What the form asks for follows from what he chooses first: the location and the
    service. ``parse`` reads it all, ``check`` says what is wrong, ``keep`` keeps it.
    """

    def __init__(self, draft_sudo, post=None):
        """
        :param draft_sudo: a draft of the visitor, or an empty recordset
        :param post: what was sent; None: nothing yet
        """
        super().__init__(post or {})
        self.is_sent = post is not None
        self.step = self._get_step()
        # What is agreed with a customer is not his to read, but it decides.
        self.contact_sudo = request.env.user.partner_id.sudo()
        self.draft_sudo = draft_sudo
        self.order_sudo = self._imagine({})
        self._choose_where()

    def _get_step(self):
        step = self.typed.get("step")
        return (step if step in STEPS else STEPS[-1]) if self.is_sent else None

    def _imagine(self, vals):
        """Return the order as it would be."""
        return self.draft_sudo.new(
            {"partner_id": self.contact_sudo.id, **vals},
            origin=self.draft_sudo or None,
        )

    # === WHERE, AND WHAT === #

    def _choose_where(self):
        order_sudo = self.order_sudo
        self.locations_sudo = order_sudo._get_offered_locations()
        order_sudo.location_id = self._choose("location_id", self.locations_sudo)
        self.types_sudo = order_sudo._get_offered_types()
        order_sudo.service_type_id = self._choose("service_type_id", self.types_sudo)
        self.shipping_types_sudo = order_sudo._get_offered_shipping_types()
        order_sudo.shipping_type_id = self._choose(
            "shipping_type_id", self.shipping_types_sudo
        )
        order_sudo.delivery_address_id = self._choose(
            "delivery_address_id", order_sudo._get_return_addresses()
        )

    def _choose(self, name, offered):
        """Return what was chosen; where there is no choice, the only offer."""
        wanted = self._value(name) if self.is_sent else str(self.draft_sudo[name].id)
        chosen = offered.filtered(lambda it: str(it.id) == wanted)
        if chosen:
            return chosen
        if wanted and self.step in FINAL_STEPS:
            self._not_offered(name, self.label(name))
        elif name in NEEDED and len(offered) == 1:
            return offered
        return offered.browse()

    @cached_property
    def return_addresses_sudo(self):
        """Where a device may be sent back to, beside the customer's own address."""
        own = self.contact_sudo.commercial_partner_id
        if self.contact_sudo.type == "contact":  # which shares the address
            own |= self.contact_sudo
        return self.order_sudo._get_return_addresses() - own

    def address_line(self, address):
        lines = (address.name, *address._get_portal_address_text().split("\n"))
        return ", ".join(filter(None, lines))

    # === INPUTS === #

    @property
    def field_order(self):
        tasks = map(self.task_name, self.tasks_sudo)
        return (*WHERE, "device", *DEVICE, *self.references, "issue", *tasks)

    @property
    def other_errors(self):
        """Messages that belong to none of the fields."""
        shown = self.field_order
        return [text for name, text in self.errors.items() if name not in shown]

    @cached_property
    def references(self):
        names = ("client_order_ref", "end_customer_name")
        return names if self.order_sudo._is_of_reseller() else names[:1]

    def label(self, name):
        return self.order_sudo._get_label(name)

    def hint(self, name):
        """Return what helps to fill a field in, or None."""
        _ = request.env._
        either = _("The serial number or the IMEI is enough.")
        return {
            "serial_number": self.is_alternative(name) and either,
            "configuration": _("For example colour, memory, equipment."),
            "imei": _("15 digits. Dial *#06# on the device to see them."),
            "accessories": _("What you send along: cable, case, charger."),
            "device_condition": _("Visible damage."),
            "device_passcode": _(
                "Only technicians read it. It is deleted at the end of the order."
            ),
            "client_order_ref": _("Your own number for this order."),
            "end_customer_name": _("Whose device it is, if it is not yours."),
            "issue": _("What is wrong with the device, or what is to be done?"),
        }.get(name)

    def kind(self, name):
        """Return which kind of input a field has."""
        kinds = {"boolean": "checkbox", "date": "date", "text": "textarea"}
        return kinds.get(self.draft_sudo._fields[name].type, "text")

    def is_required(self, name):
        return name in NEEDED or name in self.identifiers

    def shown(self, name):
        """Return what the input of a field holds; what is secret, stays so."""
        if self.is_sent:
            return self.typed.get(name, "")
        if name == "device_passcode":
            return ""
        return str(self.draft_sudo[name] or "")

    def is_ticked(self, name):
        return self.flag(name) if self.is_sent else bool(self.draft_sudo[name])

    @cached_property
    def focus(self):
        """The field to go on with, once the form follows what was chosen."""
        if self.step == "device":
            return "device_name"
        if self.step == "refresh":
            has_choice = len(self.types_sudo) > 1
            return "service_type_id" if has_choice else "device_name"
        return None

    def attributes(self, name, css_class, help_id=None):
        attributes = super().attributes(name, css_class, help_id)
        if name == self.focus:
            attributes["autofocus"] = "autofocus"
        return attributes

    # === WHAT WAS SENT === #

    def parse(self):
        """Read all fields into ``vals``; what is wrong with one stands at it."""
        names = (*DEVICE, *self.references, "issue")
        self.vals = {name: self.order_sudo[name]._origin.id for name in WHERE}
        self.vals |= {name: self._read(name) or False for name in names}
        # As they are compared and searched for, whoever typed them.
        self.vals = clean_numbers(self.vals)
        self.vals["answer_ids"] = self.parse_answers()
        self._keep_passcode()
        if not self.draft_sudo:
            contact_id, token = self.contact_sudo.id, self.token()
            self.vals |= {"partner_id": contact_id, "form_token": token}

    def _read(self, name):
        kind, label = self.kind(name), self.label(name)
        if kind == "checkbox":
            return self.flag(name)
        if kind == "date":
            return self.date(name, label)
        if kind == "textarea":
            return self.text(name, label, max_length=MAX_TEXT, multiline=True)
        return self.text(name, label, max_length=MAX_LINE)

    def check(self):
        """Leave a message at each field that keeps the order from going on.

        A draft may have gaps, but nothing that is wrong.
        """
        self._look_device_up()
        self.order_sudo = order_sudo = self._imagine(self.vals)
        is_whole = self.step == "summary"
        faults = order_sudo._get_faults() if is_whole else order_sudo._get_mistakes()
        for name, message in faults.items():
            self.fail(name, message)

    def keep(self):
        """Keep what was typed.

        :return: the draft, or an empty recordset if this form was sent before
        :raise UserError: it cannot be kept, in words for the customer
        """
        with request.env.cr.savepoint():
            if not self.draft_sudo:
                return self.draft_sudo._start_draft(self.vals, self.uploads)
            self.draft_sudo._save_draft(self.vals, self.uploads)
            return self.draft_sudo
