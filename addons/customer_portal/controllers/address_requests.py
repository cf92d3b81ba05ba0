from odoo.http import request

from .address_options import get_partner_type
from .address_pages import AddressPages


class AddressRequests(AddressPages):
    """How an address that a customer has typed is checked and asked for."""

    # === WHAT IS CHECKED === #

    def _check_address(
        self,
        values,
        partner_sudo,
        extra,
        address_type="billing",
        use_delivery_as_billing=False,
        required_fields="",
        **_options,
    ):
        """Check an address as Odoo does; ``(names of invalid fields, messages)``."""
        fields = request.env["res.partner"]._fields
        # Odoo takes out of these what is the company's.
        checked = {
            name: value or ("" if fields[name].type == "char" else False)
            for name, value in values.items()
        }
        invalid, missing, messages = self._validate_address_values(
            checked,
            partner_sudo.with_context(change_request_mode=True),
            address_type,
            use_delivery_as_billing,
            required_fields,
            **extra,
        )
        if messages:
            return invalid | missing, messages
        refusals = self._get_address_refusals(partner_sudo, values)
        return refusals, refusals.values()

    def _get_address_refusals(self, partner_sudo, values):
        """Return why changes of an address cannot be asked for: ``{field: why}``."""
        contact_sudo = request.env.user.partner_id
        requests_sudo = request.env["customer.change.request"].sudo()
        refusals = {}
        for target_sudo, wishes in self._split_address(partner_sudo, values).items():
            found = requests_sudo._get_refusals(contact_sudo, target_sudo, wishes)
            if target_sudo != partner_sudo and "name" in found:
                found["company_name"] = found.pop("name")  # as the form calls it
            refusals |= found
        return refusals

    def _split_address(self, partner_sudo, values):
        """Return whose data the values of a form are: ``{partner: {field: value}}``.

        Of a new address, which is the empty partner, some are the company's as well.
        """
        if partner_sudo:
            return partner_sudo._split_changes(values)
        contact_sudo = request.env.user.partner_id
        shared = {"company_name", *contact_sudo._commercial_fields()} & values.keys()
        own_values = {name: values[name] for name in values if name not in shared}
        shared_values = {name: values[name] for name in values if name in shared}
        return {partner_sudo: own_values, **contact_sudo._split_changes(shared_values)}

    # === WHAT IS FILED === #

    def _file_address(
        self,
        partner_sudo,
        values,
        address_type="billing",
        use_delivery_as_billing=False,
        source="portal",
        **details,
    ):
        """File what changes; the requests that it led to.

        :raise UserError: it cannot be asked for
        """
        # Customers may not write, but ask; everything was checked.
        requests_sudo = request.env["customer.change.request"].sudo()
        contact_sudo = request.env.user.partner_id
        details["source"] = source
        kind = get_partner_type(address_type, use_delivery_as_billing)
        filed_sudo = requests_sudo
        for target_sudo, wishes in self._split_address(partner_sudo, values).items():
            if not requests_sudo._get_changes(target_sudo, wishes):
                continue
            if not target_sudo:
                filed_sudo |= requests_sudo._file_creation(
                    contact_sudo, wishes, kind, **details
                )
                details["form_token"] = None  # a form belongs to one request
                continue
            if source == "checkout":
                wishes = requests_sudo._fill_empty(contact_sudo, target_sudo, wishes)
            filed_sudo |= requests_sudo._file_update(
                contact_sudo, target_sudo, wishes, **details
            )
        return filed_sudo

    def _file_archiving(self, address_sudo):
        """Ask for the removal of an address.

        :raise UserError: it cannot be asked for
        """
        # Customers may not write, but ask.
        request.env["customer.change.request"].sudo()._file_archiving(
            request.env.user.partner_id, address_sudo
        )
