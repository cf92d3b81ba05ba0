from odoo.http import request

from ..tools.portal_fields import ADDRESS_TYPES
from .company_form import CompanyForm


class AddressForm(CompanyForm):
    """What a customer wants to have changed about an address, or a new address."""

    url = "/my/company/address/submit"
    page_name = "company_address_form"
    is_further_address = True

    def __init__(self, target_sudo, post=None):
        super().__init__(target_sudo, post)
        self.field_order = ("address_type", *self.field_order)

    @property
    def address_types(self):
        field = request.env["customer.change.request"]._fields["address_type"]
        return field._description_selection(request.env)

    @property
    def address_type(self):
        """What the address is for; an existing one stays what it is."""
        if self.target_sudo:
            return self.target_sudo.type
        chosen = self.typed.get("address_type")
        return chosen if chosen in ADDRESS_TYPES else ADDRESS_TYPES[0]

    @property
    def address_type_label(self):
        return dict(self.address_types)[self.address_type]

    @property
    def odoo_type(self):
        return "delivery" if self.address_type == "delivery" else "billing"

    @property
    def is_for_both(self):
        return self.address_type == "other"

    def shown(self, name):
        if name == "country_id" and not self.target_sudo and name not in self.typed:
            return str(self.contact_sudo.commercial_partner_id.country_id.id or "")
        return super().shown(name)

    def parse_all(self):
        if not self.target_sudo:
            label = request.env._("Type of address")
            self.choice("address_type", label, ADDRESS_TYPES)
        return super().parse_all()

    def file(self):
        if self.target_sudo:
            return super().file()
        return self.requests_sudo._file_creation(
            self.contact_sudo,
            self.values,
            self.address_type,
            form_token=self.token_sent,
            **self.details,
        )
