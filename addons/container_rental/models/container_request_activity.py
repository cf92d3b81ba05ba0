from odoo import api, models

from ..tools.delivery_plan import ONE_DAY


class ContainerRequest(models.Model):
    """Requests that nobody has decided about although the lorry leaves tomorrow."""

    _inherit = "container.request"

    @api.model
    def _cron_schedule_decisions(self):
        """Put undecided requests for tomorrow on an administrator's list, once."""
        activity_type = self.env.ref(
            "container_rental.mail_activity_type_decide", raise_if_not_found=False
        )
        if not activity_type:
            return
        # Companies are few.
        for company in self.env["res.company"].search([]):  # pylint: disable=no-search-all
            user = company._get_container_administrators()[0][:1]
            user = user or self.env.ref("base.user_admin")
            requests = self.search(
                [
                    ("company_id", "=", company.id),
                    ("state", "=", "created"),
                    ("delivery_date", "<=", company._portal_today() + ONE_DAY),
                    (
                        "activity_ids",
                        "not any",
                        [("activity_type_id", "=", activity_type.id)],
                    ),
                ]
            )
            requests.activity_schedule(
                activity_type_id=activity_type.id,
                summary=activity_type.with_context(lang=user.lang).summary,
                date_deadline=company._portal_today(),
                user_id=user.id,
            )
