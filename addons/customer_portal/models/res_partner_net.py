from odoo import models

from ..tools import field_values
from .customer_change_filing import CHANGE_WRITER


class ResPartner(models.Model):
    """What customers change without a request, by way of another addon, is noted.

    It is not stopped, so that other addons keep working. Staff read on the partner who
    changed what.
    """

    _inherit = "res.partner"

    def write(self, vals):
        if not self._is_written_by_customer():
            return super().write(vals)
        names = self._get_change_fields() & vals.keys()
        if "active" in vals:
            names.add("active")
        before = [
            {name: field_values.get_value(partner, name) for name in names}
            for partner in self
        ]
        result = super().write(vals)
        for partner, old_values in zip(self, before, strict=True):
            partner._note_changes_by_customer(old_values)
        return result

    def _is_written_by_customer(self):
        if self.env.context.get("customer_change_writer") is CHANGE_WRITER:
            return False
        requests = self.env["customer.change.request"]
        return requests._is_asked_of(self.env.user, self.env.company)

    def _note_changes_by_customer(self, old_values):
        """Note on the partner what a customer has just changed by himself."""
        # Customers may not write notes; this one is for staff, in their language.
        partner_sudo = self.sudo().with_context(lang=self.env.company.partner_id.lang)
        changes = []
        for name, old in old_values.items():
            new = field_values.get_value(partner_sudo, name)
            if new != old:
                changes.append(
                    {
                        "label": partner_sudo._get_change_label(name),
                        "old": field_values.show(partner_sudo, name, old),
                        "new": field_values.show(partner_sudo, name, new),
                    }
                )
        if changes:
            partner_sudo.message_post_with_source(
                "customer_portal.change_outside_note",
                render_values={"changes": changes, "user": self.env.user},
                subtype_xmlid="mail.mt_note",
            )
