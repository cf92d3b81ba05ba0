from odoo import api, models
from odoo.fields import Domain

from ..tools import field_values, portal_fields

# Other ways, such as Peppol, want data that the form does not ask for.
OFFERED = {"invoice_sending_method": ("manual", "email")}


class ResPartner(models.Model):
    """What customers see of their data on the page of their company."""

    _inherit = "res.partner"

    @api.model
    def _get_change_label(self, name):
        if name == "street2":
            return self.env._("Address Line 2")
        return super()._get_change_label(name)

    def _get_portal_fields(self):
        """Return the fields that customers see and may ask to change, in this order.

        Addons with fields of their own add theirs; ``_get_change_fields`` must know
        them, too.

        :return: list of names; for an empty recordset those of a new address
        """
        names = portal_fields.ADDRESS_FIELDS
        if self and self == self.commercial_partner_id:
            names = portal_fields.COMPANY_FIELDS
        known = self._get_change_fields()
        return [name for name in names if name in known and self._is_offered(name)]

    def _is_offered(self, name):
        """Return whether there is anything to choose from, if it is a selection."""
        return self._fields[name].type != "selection" or self._get_portal_options(name)

    def _get_portal_options(self, name):
        """Return what customers choose from in a selection: ``[(value, label)]``."""
        options = self._fields[name]._description_selection(self.env)
        if name in OFFERED:
            offered = (*OFFERED[name], self[name])
            options = [option for option in options if option[0] in offered]
        return options

    # === ADDRESSES === #

    def _get_portal_address_domain(self):
        """Return which further addresses this customer has."""
        return (
            Domain("commercial_partner_id", "=", self.id)
            & Domain("id", "!=", self.id)
            & Domain("type", "in", portal_fields.ADDRESS_TYPES)
        )

    def _get_portal_address_text(self):
        """Return the address as it stands on an envelope, without the name."""
        lines = self._display_address(without_company=True).split("\n")
        return "\n".join(line.strip() for line in lines if line.strip(" ,"))

    # === CARDS === #

    def _get_portal_rows(self, names, change_request):
        """Return the data of a card, each with what is asked for instead.

        The fields of the address are one row.

        :param change_request: the open request about this partner, or none
        :return: list of dicts with ``label``, ``text``, ``lines`` (of the request)
        """
        lines = change_request._get_lines_to_show().grouped(
            lambda line: self._get_portal_key(line.field_name)
        )
        keys = dict.fromkeys([*map(self._get_portal_key, names), *lines])
        return [
            self._get_portal_row(key) | {"lines": lines.get(key, [])} for key in keys
        ]

    def _get_portal_key(self, name):
        return "address" if name in self._address_fields() else name

    def _get_portal_row(self, key):
        if key == "address":
            return {
                "label": self.env._("Address"),
                "text": self._get_portal_address_text(),
            }
        value = field_values.get_value(self, key)
        return {
            "label": self._get_change_label(key),
            "text": field_values.show(self, key, value),
        }
