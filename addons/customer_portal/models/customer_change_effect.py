from odoo import models
from odoo.exceptions import UserError

from ..tools import field_values
from .customer_change_filing import CHANGE_WRITER


class CustomerChangeRequest(models.Model):
    """What an approval brings about, written in the name of whoever approved."""

    _inherit = "customer.change.request"

    def _apply_approval(self):
        for request in self:
            getattr(request, f"_apply_{request.operation}")()

    def _apply_update(self):
        target = self._get_target()
        lines = self._get_approved_lines().filtered(lambda line: not line.is_applied)
        self._write_partner(target, self._prepare_partner_vals(lines))

    def _apply_create(self):
        partners = self._as_writer(self.env["res.partner"])
        customer = self.commercial_partner_id
        address = partners.create(
            {
                **self._prepare_partner_vals(self._get_approved_lines()),
                "parent_id": customer.id,
                "type": self.address_type,
                "lang": self.partner_id.lang,
                "company_id": customer.company_id.id,
            }
        )
        self._format_phone(address)
        # Nobody may say by hand which address came of it.
        self.sudo().result_partner_id = address

    def _apply_archive(self):
        self._as_writer(self.target_partner_id).action_archive()

    def _as_writer(self, partner):
        """Return the partner as this company sees him, to be written without a note."""
        partner = partner.with_company(self.company_id)
        return partner.with_context(customer_change_writer=CHANGE_WRITER)

    def _write_partner(self, partner, vals):
        """Write what was approved, or needs no approval.

        :param partner: with the company whose settings count
        """
        if not vals:
            return
        email = partner.email
        partner.with_context(customer_change_writer=CHANGE_WRITER).write(vals)
        if "phone" in vals:
            self._format_phone(partner)
        if "email" in vals and partner.env.company.sudo().change_login_with_email:
            self._change_login(partner, email)

    def _prepare_partner_vals(self, lines):
        return {
            line.field_name: field_values.to_write(
                self.env["res.partner"], line.field_name, line.new_value
            )
            for line in lines
        }

    def _format_phone(self, partner):
        writer = partner.with_context(customer_change_writer=CHANGE_WRITER)
        if hasattr(writer, "_onchange_phone_validation"):  # phone_validation is there
            writer._onchange_phone_validation()

    def _change_login(self, partner, old_email):
        """Let a customer sign in with the new address who did so with the old one."""
        # Approvers look after contacts, not after accounts.
        users_sudo = partner.sudo().user_ids.filtered(
            lambda user: user.share and user.login == old_email
        )
        for user_sudo in users_sudo:
            taken = self.env["res.users"].sudo().with_context(active_test=False)
            if taken.search_count([("login", "=", partner.email)], limit=1):
                raise UserError(
                    self.env._(
                        "Somebody else signs in as “%(login)s” already.",
                        login=partner.email,
                    )
                )
            user_sudo.login = partner.email
