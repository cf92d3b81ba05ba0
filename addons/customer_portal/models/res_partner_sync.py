from odoo import models


class ResPartner(models.Model):
    """An approval changes the company that the request is about, and no other one.

    Odoo takes a company below another one for a contact who shares its address: what
    the daughter wants would be written to the mother as well, and the other way round.
    """

    _inherit = "res.partner"

    def _fields_sync(self, values):
        if self._is_daughter_in_request():
            return self._children_sync(values)
        return super()._fields_sync(values)

    def _update_address(self, vals):
        contacts = self.filtered(lambda partner: not partner._is_daughter_in_request())
        return super(ResPartner, contacts)._update_address(vals)

    def _is_daughter_in_request(self):
        return (
            self._is_written_by_request()
            and bool(self.parent_id)
            and self == self.commercial_partner_id
        )
