from odoo import fields, models

from ..tools.trigram import trigram


class ResPartner(models.Model):
    """A customer as the information center finds and shows him."""

    _inherit = "res.partner"

    helpdesk_company_ticket_ids = fields.One2many(
        "helpdesk.ticket",
        "customer_company_id",
        string="Tickets of the Company",
        groups="helpdesk_mgmt.group_helpdesk_user_own",
    )

    _contacts_of_company_idx = models.Index(
        "(commercial_partner_id, complete_name, id)"
    )
    _center_name_idx = models.Index(trigram("complete_name"))
    _center_email_idx = models.Index(trigram("email"))
    _center_ref_idx = models.Index(trigram("ref"))
    _center_vat_idx = models.Index(trigram("vat"))
    _center_phone_idx = models.Index(trigram("phone"))

    def write(self, vals):
        """Who was a customer by himself and now has a company brings his tickets.

        Who moves from one company to another leaves them there.
        """
        independent = self.browse()
        if not {"parent_id", "is_company"}.isdisjoint(vals):
            independent = self.filtered(lambda one: one.commercial_partner_id == one)
        result = super().write(vals)
        for partner in independent:
            if partner.commercial_partner_id != partner:
                # Also those that whoever changes the partner may not see.
                tickets_sudo = partner.sudo().with_context(active_test=False)
                tickets_sudo.helpdesk_company_ticket_ids.customer_company_id = (
                    partner.commercial_partner_id
                )
        return result

    def action_open_customer_center(self):
        """Show everything about a customer; a contact has a center of his own."""
        self.ensure_one()
        is_contact = self.commercial_partner_id != self
        name = "contact" if is_contact else "company"
        action = self.env["ir.actions.actions"]._for_xml_id(
            f"helpdesk_info_center.action_{name}_center"
        )
        return {**action, "context": {"active_id": self.id}}
