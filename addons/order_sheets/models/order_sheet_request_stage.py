from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.customer_portal.models.customer_mail_mixin import LAYOUT

# What dragging a card may do; all else needs a word to the customer.
BY_DRAGGING = {
    ("submitted", "in_progress"): "_take",
    ("in_progress", "done"): "_complete",
    ("done", "in_progress"): "_reopen",
    ("done", "archived"): "_put_away",
    ("archived", "done"): "_restore",
}
WITH_REASON = {"returned", "rejected"}


class OrderSheetRequest(models.Model):
    """The stage of an order request, which follows its state and refines it."""

    _inherit = "order.sheet.request"

    stage_id = fields.Many2one(
        "order.sheet.stage",
        index=True,
        copy=False,
        tracking=True,
        ondelete="restrict",
        group_expand="_expand_stages",
        domain="[('state', '=', state)]",
    )

    @api.model
    def _expand_stages(self, stages, domain):
        # Stages are few, and empty ones are columns as well.
        return stages.search([])  # pylint: disable=no-search-all

    def write(self, vals):
        if "stage_id" in vals and not self._is_state_writer():
            vals = dict(vals)
            self._set_stage(self.env["order.sheet.stage"].browse(vals.pop("stage_id")))
        return super().write(vals) if vals else True

    def _move_to(self, state, **values):
        if "stage_id" not in values:
            # Customers move their orders, too; stages are not theirs to read.
            stage_sudo = self.env["order.sheet.stage"].sudo()._get_first(state)
            values["stage_id"] = stage_sudo.id
        result = super()._move_to(state, **values)
        self._mail_stage()
        return result

    def _set_stage(self, stage):
        """Move order requests to a stage, as somebody who drags a card wants it.

        :raise UserError: their state forbids it
        """
        for state, requests in self.grouped("state").items():
            if not stage or state == "draft":
                raise UserError(requests[:1]._get_refusal(stage.state or "draft"))
            if state != stage.state:
                requests._check_staff()
                requests._move_by_dragging(state, stage)
        self._lock()
        changed = self.filtered(lambda it: it.stage_id != stage)
        changed._as_state_writer().write({"stage_id": stage.id})
        changed._mail_stage()

    def _move_by_dragging(self, state, stage):
        act = BY_DRAGGING.get((state, stage.state))
        if not act:
            request = self[:1]
            if stage.state in WITH_REASON & self._transitions[state]:
                raise UserError(
                    self.env._(
                        "Please open %(name)s and use its button: the customer is to"
                        " read a reason.",
                        name=request.display_name,
                    )
                )
            raise UserError(request._get_refusal(stage.state))
        getattr(self, act)(stage_id=stage.id)

    def _get_status_label(self):
        """Return the status as customers read it, in the reader's language."""
        stage_sudo = self.stage_id.sudo()  # its names are for everybody
        if stage_sudo and stage_sudo.state == self.state:
            return stage_sudo.portal_name or stage_sudo.name
        return self._get_state_label()

    # === MAILS === #

    def _mail_stage(self):
        """Tell customers whose order has reached a stage that they want to know of."""
        for stage_sudo, requests in self.grouped(lambda it: it.stage_id.sudo()).items():
            if stage_sudo.mail_template_id:
                requests._mail_customers("stage", stage_id=stage_sudo.id)

    def _write_customer_mails(self, event, **context):
        if event != "stage":
            return super()._write_customer_mails(event, **context)
        stage = self.env["order.sheet.stage"].browse(context["stage_id"]).exists()
        if template := stage.mail_template_id:
            template.send_mail_batch(self.ids, email_layout_xmlid=LAYOUT)
        return None
