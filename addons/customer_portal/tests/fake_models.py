"""A parcel that customers want to be fetched, and a letter that they send us: the
smallest users of the mixins.

Import it in ``setUpClass`` only, see ``FakeModelLoader``.
"""

from odoo import fields, models
from odoo.exceptions import UserError


class TestParcel(models.Model):
    _name = "test.parcel"
    _description = "Parcel"
    _inherit = "customer.approval.mixin"

    _transitions = {
        "asked": {"approved", "rejected"},
        "approved": {"fetched"},
        "rejected": set(),
        "fetched": set(),
    }
    _approval_group = "base.group_user"
    _portal_path = "/my/parcels"

    state = fields.Selection(
        [
            ("asked", "Asked for"),
            ("approved", "Approved"),
            ("rejected", "Rejected"),
            ("fetched", "Fetched"),
        ]
    )
    weight = fields.Integer()
    applied = fields.Integer(help="How often an approval took effect.")

    def _check_approval(self):
        if any(parcel.weight > 30 for parcel in self):
            raise UserError("Too heavy")  # pylint: disable=translation-required

    def _apply_approval(self):
        for parcel in self:
            parcel.applied += 1

    def _get_administrators(self):
        return self.env.ref("base.user_admin"), "dispatch@test.example"


class TestLetter(models.Model):
    _name = "test.letter"
    _description = "Letter"
    _inherit = "customer.reply.mixin"

    _numbered_from = "sent"
    _transitions = {"draft": {"sent"}, "sent": {"returned"}, "returned": {"sent"}}

    state = fields.Selection(
        [("draft", "Draft"), ("sent", "Sent"), ("returned", "Sent back")]
    )

    def _get_administrators(self):
        return self.env.ref("base.user_admin"), "desk@test.example"
