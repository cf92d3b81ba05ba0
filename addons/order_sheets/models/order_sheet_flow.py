from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

GROUP_USER = "order_sheets.order_sheets_group_user"
GROUP_MANAGER = "order_sheets.order_sheets_group_manager"


class OrderSheet(models.Model):
    """The life of a sheet: it is built, published, closed and put away."""

    _inherit = "order.sheet"

    _transitions = {
        "draft": {"published"},
        "published": {"draft", "closed"},
        "closed": {"published", "archived"},
        "archived": {"closed"},
    }

    # === ACTION METHODS === #

    def action_publish(self):
        """Let customers fill the sheets in."""
        self._check_manager()
        self._publish()

    def action_check(self):
        """Say what keeps a sheet from being published."""
        self.ensure_one()
        self._check_manager()
        faults = self._get_publish_faults()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "title": self.env._("Check"),
                "message": "\n".join(faults)
                or self.env._("The sheet can be published."),
                "type": "warning" if faults else "success",
                "sticky": bool(faults),
            },
        }

    def action_revise(self):
        """Take a sheet back to build on it; customers' drafts wait meanwhile."""
        self._check_manager()
        self._check_no_orders()
        self._move_to("draft")

    def action_close(self):
        self._check_manager()
        self._move_to("closed")

    def action_reopen(self):
        self._check_manager()
        self._publish()

    def action_put_away(self):
        self._check_manager()
        self._move_to("archived")

    def action_take_out(self):
        self._check_manager()
        self._move_to("closed")

    # === PUBLISHING === #

    def _publish(self):
        """:raise UserError: a sheet is not ready, with all reasons"""
        self._lock_for("published")
        for sheet in self:
            if faults := sheet._get_publish_faults():
                raise UserError("\n".join([sheet.name, *faults]))
        self._move_to("published")
        for sheet in self.sorted("version", reverse=True):
            if sheet.state == "published":  # not closed by a newer one just now
                sheet._replace_former_version()

    def _get_publish_faults(self):
        """Return what is missing before customers can use the sheet: texts."""
        self.ensure_one()
        return [
            *self._get_sheet_faults(),
            *(fault for page in self.page_ids for fault in page._get_faults()),
        ]

    def _get_sheet_faults(self):
        _ = self.env._
        faults = []
        if not self.field_ids.filtered(lambda it: it.field_type != "info"):
            faults.append(_("Add a page with at least one question."))
        if self.date_end and self.date_end <= fields.Datetime.now():
            faults.append(_("“Until” is over already."))
        if self.audience == "tags" and not self.category_ids:
            faults.append(_("Choose the tags of the customers who may order."))
        if self.audience == "partners" and not self.partner_ids:
            faults.append(_("Choose the customers who may order."))
        if self.legal_required and not self.legal_text:
            faults.append(_("Write the terms that customers have to accept."))
        return faults

    # === WHAT MAY CHANGE === #

    def _check_editable(self):
        """:raise UserError: customers use these sheets as they are"""
        for sheet in self:
            if sheet.state != "draft":
                raise UserError(
                    self.env._(
                        "“%(sheet)s” is “%(state)s”: set it back to draft before you"
                        " change its questions. Texts may be corrected any time.",
                        sheet=sheet.name,
                        state=sheet._get_state_label(),
                    )
                )
        self._check_no_orders()

    def _check_no_orders(self):
        """:raise UserError: customers have ordered with these sheets"""
        orders = self.env["order.sheet.request"].search(
            [("sheet_id", "in", self.ids), ("submitted_at", "!=", False)], limit=1
        )
        if orders:
            raise UserError(
                self.env._(
                    "Customers have ordered with “%(sheet)s” already. Create a new"
                    " version to change its questions.",
                    sheet=orders.sheet_id.name,
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        for sheet in self:
            if sheet._has_requests():
                raise UserError(
                    self.env._(
                        "Customers have used “%(sheet)s”. Close it instead.",
                        sheet=sheet.name,
                    )
                )

    # === HELPERS === #

    def _check_manager(self):
        """:raise AccessError: the user does not build order sheets"""
        if not self.env.user.has_group(GROUP_MANAGER):
            raise AccessError(
                self.env._(
                    "Only members of the group “%(group)s” may do this.",
                    group=self.env.ref(GROUP_MANAGER).sudo().full_name,
                )
            )
        self.check_access("write")

    # === JOB === #

    @api.model
    def _cron_close(self):
        """Close sheets whose time is over, with all grace."""
        now = fields.Datetime.now()
        sheets = self.search([("state", "=", "published"), ("date_end", "<", now)])
        over = sheets.filtered(lambda sheet: sheet._is_over())
        self.env["ir.cron"]._commit_progress(remaining=len(over))
        for sheet in over:
            if sheet := sheet.try_lock_for_update().filtered(lambda it: it._is_over()):
                sheet._do_or_log(lambda it: it._move_to("closed"))
            if not self.env["ir.cron"]._commit_progress(1):
                return

    def _is_over(self):
        now = fields.Datetime.now()
        return (
            self.state == "published"
            and bool(self.date_end)
            and self.date_end < now
            and not self._is_within(now, grace=True)
        )
