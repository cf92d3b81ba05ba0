from odoo import fields, models
from odoo.modules.db import FunctionStatus


def trigram(column):
    """Return the definition of an index that finds parts of a word in a column.

    All columns of one search have such an index, or none of them helps.
    """

    def definition(registry):
        if not registry.has_trigram:
            return ""
        searched = f'"{column}"'
        if registry.has_unaccent == FunctionStatus.INDEXABLE:
            searched = registry.unaccent(searched)
        return f"USING gin ({searched} gin_trgm_ops)"

    return definition


class ResPartner(models.Model):
    """A customer as the information center finds and shows him."""

    _inherit = "res.partner"

    helpdesk_company_ticket_ids = fields.One2many(
        "helpdesk.ticket",
        "customer_company_id",
        string="Tickets of the Company",
        groups="helpdesk_mgmt.group_helpdesk_user_own",
    )

    _center_name_idx = models.Index(trigram("complete_name"))
    _center_email_idx = models.Index(trigram("email"))
    _center_ref_idx = models.Index(trigram("ref"))
    _center_vat_idx = models.Index(trigram("vat"))
    _center_phone_idx = models.Index(trigram("phone"))

    def action_open_customer_center(self):
        """Show everything about a customer; a contact has a center of his own."""
        self.ensure_one()
        is_contact = self.commercial_partner_id != self
        name = "contact" if is_contact else "company"
        action = self.env["ir.actions.actions"]._for_xml_id(
            f"helpdesk_info_center.action_{name}_center"
        )
        return {**action, "context": {"active_id": self.id}}
