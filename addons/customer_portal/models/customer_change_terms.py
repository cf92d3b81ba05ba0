from odoo import api, models
from odoo.exceptions import UserError

from ..tools import field_values, portal_fields


class CustomerChangeRequest(models.Model):
    """What a form changes, and what may become of it."""

    _inherit = "customer.change.request"

    @api.model
    def _get_changes(self, target, values):
        """Return what really changes: ``{field: (value now, wished value)}``.

        :param target: the partner to change; empty for a new address
        :param values: ``{field: value}``, as forms and ``write`` have them
        """
        names = self.env["res.partner"]._get_change_fields() & values.keys()
        changes = {}
        for name in sorted(names, key=_get_place):
            old = field_values.get_value(target, name)
            new = field_values.to_plain(target, name, values[name])
            if old != new:
                changes[name] = (old, new)
        return changes

    @api.model
    def _get_preview(self, target, values):
        """Return the changes of a form as a customer reads them before he sends them.

        :return: list of dicts with ``name``, ``label``, ``old``, ``new``
        """
        partners = self.env["res.partner"]
        return [
            {
                "name": name,
                "label": partners._get_change_label(name),
                "old": field_values.show(partners, name, old),
                "new": field_values.show(partners, name, new),
            }
            for name, (old, new) in self._get_changes(target, values).items()
        ]

    @api.model
    def _get_refusals(self, contact, target, values):
        """Return why some of the changes cannot be asked for: ``{field: message}``."""
        changes = self._get_changes(target, values)
        if not contact._may_request_changes(target):
            return dict.fromkeys(changes, self._get_no_right_text(contact))
        actions = self._get_actions(contact, target, changes)
        return {
            name: self.env._(
                "“%(field)s” cannot be changed here. Please contact us.",
                field=self.env["res.partner"]._get_change_label(name),
            )
            for name, action in actions.items()
            if action == "locked"
        }

    @api.model
    def _get_no_right_text(self, contact):
        if contact.commercial_partner_id.portal_change_mode == "locked":
            return self.env._("Your data cannot be changed here. Please contact us.")
        return self.env._(
            "You may not change the data of your company here. Please ask a colleague,"
            " or contact us."
        )

    @api.model
    def _get_actions(self, contact, target, changes):
        """Return what becomes of each change: ``{field: auto, approve or locked}``."""
        actions = self.env["customer.change.rule"]._get_actions(
            target._get_change_scope(), self._get_company(contact)
        )
        mode = contact.commercial_partner_id.portal_change_mode
        return {
            name: self._get_action(actions.get(name, "approve"), mode, target, name)
            for name in changes
        }

    @api.model
    def _get_action(self, action, mode, target, name):
        if "locked" in (action, mode):
            return "locked"
        if mode == "approve":
            return "approve"
        if mode == "direct":
            action = "auto"
        if action == "auto" and target and target._is_locked_by_documents(name):
            return "approve"
        return action

    @api.model
    def _get_company(self, contact):
        return contact.company_id or self.env.company

    @api.model
    def _check_refusals(self, contact, target, values):
        """:raise UserError: it is not theirs, or they may not change it"""
        customer = contact.commercial_partner_id
        if target and target.commercial_partner_id != customer:
            raise UserError(self.env._("This address belongs to somebody else."))
        if not contact._may_request_changes(target):
            raise UserError(self._get_no_right_text(contact))
        refusals = self._get_refusals(contact, target, values)
        if refusals:
            raise UserError("\n".join(refusals.values()))


def _get_place(name):
    """Return the place of a field among others: as the pages have it, then by name."""
    return portal_fields.get_position(name), name
