from datetime import timedelta

from odoo import models
from odoo.tools import plaintext2html


class CustomerChangeRequest(models.Model):
    """The decision stands on an administrator's list until it is made."""

    _inherit = "customer.change.request"

    def _write_administrator_mails(self, event, **context):
        result = super()._write_administrator_mails(event, **context)
        if event == "submitted":
            # quick_update: he has the mail about the request, and needs no second one
            quiet = self.with_context(mail_activity_quick_update=True)
            for request in quiet.filtered(lambda request: request.state == "pending"):
                request._schedule_decision(request._get_administrators()[0][:1])
        return result

    def _schedule_decision(self, user, note=None):
        """Put the decision on somebody's list."""
        company = self.company_id
        user = user or self.env.ref("base.user_admin")
        activity_type = self.env.ref(
            "customer_portal.mail_activity_type_decide_change", raise_if_not_found=False
        )
        if activity_type:
            self.activity_schedule(
                activity_type_id=activity_type.id,
                summary=activity_type.with_context(lang=user.lang).summary,
                date_deadline=company._portal_today()
                + timedelta(days=company.change_sla_days),
                user_id=user.id,
                note=note and plaintext2html(note),
            )

    def write(self, vals):
        result = super().write(vals)
        if vals.get("state", "pending") != "pending":
            # Whoever decides is done with it, and so are those who were to decide.
            self.sudo().activity_unlink(
                ["customer_portal.mail_activity_type_decide_change"]
            )
        return result
