from odoo import fields, models

from ..tools import field_values
from .customer_change_filing import CHANGE_WRITER


class ResPartner(models.Model):
    """What customers change without a request, by way of another addon, is noted.

    It is not stopped, so that other addons keep working. Staff read on the partner who
    changed what.
    """

    _inherit = "res.partner"

    # Whoever may name them in a search can guess the words of internal notes.
    message_ids = fields.One2many(groups="base.group_user")

    def write(self, vals):
        names = self._get_noted_fields(vals)
        if not names:
            return super().write(vals)
        # Whether a customer may see what he changes, does not matter for the note.
        before = [
            {name: field_values.get_value(partner_sudo, name) for name in names}
            for partner_sudo in self.sudo()
        ]
        result = super().write(vals)
        for partner, values in zip(self, before, strict=True):
            partner._note_changes_by_customer(values)
        return result

    def _is_written_by_request(self):
        return self.env.context.get("customer_change_writer") is CHANGE_WRITER

    def _get_noted_fields(self, vals):
        """Return which of these values are noted if they change."""
        if self._is_written_by_request() or not self.env.user._asks_for_changes():
            return set()
        return (self._get_change_fields() | {"active"}) & vals.keys()

    def _note_changes_by_customer(self, before):
        """Note on the partner what a customer has just changed by himself.

        :param before: ``{field: value}`` as it was
        """
        # Customers may not write notes. This one is for staff, in their language.
        partner_sudo = self.sudo().with_context(lang=self.env.company.partner_id.lang)
        changes = partner_sudo._get_changes_since(before)
        if changes:
            partner_sudo.message_post_with_source(
                "customer_portal.change_outside_note",
                # Neither the author of a note nor anybody who knows its number must
                # read it: Odoo keeps only comments from customers.
                author_id=self.env.ref("base.partner_root").id,
                message_type="comment",
                render_values={"changes": changes, "user": self.env.user},
                subtype_xmlid="mail.mt_note",
            )

    def _get_changes_since(self, before):
        """Return what differs now: list of dicts with ``label``, ``old``, ``new``.

        Contacts take over some fields from their company: these are noted there.
        """
        taken_over = set()
        if self != self.commercial_partner_id:
            taken_over.update(self._commercial_fields())
        now = {
            name: field_values.get_value(self, name)
            for name in sorted(before.keys() - taken_over)
        }
        return [
            {
                "label": self._get_change_label(name),
                "old": field_values.show(self, name, before[name]),
                "new": field_values.show(self, name, value),
            }
            for name, value in now.items()
            if value != before[name]
        ]
