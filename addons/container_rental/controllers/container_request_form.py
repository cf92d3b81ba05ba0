from functools import cached_property

from odoo.http import request

from odoo.addons.customer_portal.controllers.portal_form import PortalForm

from ..models.container_request import MAX_REMARK


class ContainerRequestForm(PortalForm):
    """What a customer asks for, and what the server says about it at this moment.

    The page shows an empty one. It always answers for the day; ``parse`` reads the
    rest, and afterwards ``vals`` is what a request is made of.
    """

    field_order = (
        *("type_id", "address_id", "requested_date", "quantity", "remark"),
        "form_token",
    )

    def __init__(self, post=None):
        super().__init__(post or {})
        self.company = request.env.company
        self.requests = request.env["container.request"]
        self.requests.check_access("read")  # who asks must be able to see the answer
        self.contact = request.env.user.partner_id
        # What is agreed with a customer, and where, is not his to read, but it decides.
        self.addresses_sudo = self.contact.sudo()._get_container_addresses()
        label = request.env._("Delivery Address")
        chosen_sudo = self.record("address_id", label, self.addresses_sudo)
        self.address_sudo = chosen_sudo or self.addresses_sudo[:1]
        self.decision = self.decide()

    # === WHAT CAN BE ASKED FOR === #

    @cached_property
    def types_sudo(self):
        """The types that the customer may ask for; often one, which he always uses."""
        return self.address_sudo._get_container_types(self.company)

    @cached_property
    def standard_types_sudo(self):
        """The standard container of each address, where there is one."""
        return {
            address_sudo: address_sudo._get_standard_type()
            for address_sudo in self.addresses_sudo.with_company(self.company)
        }

    @property
    def standard_type_sudo(self):
        return self.standard_types_sudo[self.address_sudo]

    @property
    def has_one_standard(self):
        """Whether all addresses use the same standard container."""
        return len(set(self.standard_types_sudo.values())) == 1

    @property
    def is_type_fixed(self):
        return bool(self.standard_type_sudo) and len(self.types_sudo) == 1

    # === WHAT IS ASKED FOR === #

    def decide(self):
        """Return what is decided about the wished day; mistakes stand at the field."""
        wish = self.date("requested_date", request.env._("Requested Day"))
        decision = self.requests._decide_for(self.address_sudo, self.company, wish)
        for message in self.requests._get_day_errors(decision):
            self.fail("requested_date", message)
        return decision

    def parse_quantity(self, required=False):
        return self.natural(
            "quantity",
            request.env._("Quantity"),
            maximum=self.company.container_max_qty,
            required=required,
        )

    def parse(self):
        """Read all fields into ``vals``."""
        _ = request.env._
        self.vals = {
            "form_token": self.token(),
            "partner_id": self.contact.id,
            "company_id": self.company.id,
            "address_id": self.address_sudo.id,
            "type_id": self._parse_type().id,
            "quantity": self.parse_quantity(required=True),
            "remark": self.text(
                "remark", _("Remark"), max_length=MAX_REMARK, multiline=True
            ),
        }
        if self.warnings and self.company.container_off_day_policy == "block":
            self.fail("requested_date", "\n".join(self.warnings))

    def _parse_type(self):
        """Return the type; what a browser says counts only where there is a choice."""
        if self.is_type_fixed:
            return self.standard_type_sudo
        label = request.env._("Container Type")
        return self.record("type_id", label, self.types_sudo, required=True)

    # === WHAT IS SAID ABOUT IT === #

    @cached_property
    def warnings(self):
        """What speaks against the wished day; the customer may insist."""
        if "requested_date" in self.errors:
            return []
        return self.requests._get_day_warnings(self.decision)

    @property
    def is_agreed(self):
        """Whether nothing is wrong, and the customer knows what speaks against it."""
        return self.ok and (not self.warnings or self.flag("confirm_warnings"))
