from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ResCompany(models.Model):
    """How this company rents out containers: its days, hours and people."""

    _inherit = "res.company"

    container_cutoff = fields.Float(
        string="Cut-off Time",
        default=13.0,
        required=True,
        help="Orders after this time of the day go with the delivery after next.",
    )
    container_cutoff_rule = fields.Selection(
        [
            ("daily", "Every day"),
            ("before_delivery", "Only on the day before a delivery"),
        ],
        string="Cut-off Rule",
        default="daily",
        required=True,
    )
    container_lead_days = fields.Integer(
        string="Lead Time (days)",
        default=1,
        help="0 delivers on the day of the order, 1 on the next day at the earliest.",
    )
    container_off_day_policy = fields.Selection(
        [("warn", "Warn, then accept"), ("block", "Refuse")],
        string="Wish for Another Day",
        default="warn",
        required=True,
    )
    container_type_choice = fields.Selection(
        [
            ("default", "Always the customer's standard container"),
            ("any", "Customers may choose"),
        ],
        string="Container Type in the Portal",
        default="default",
        required=True,
    )
    container_default_weekday_ids = fields.Many2many(
        "container.weekday",
        string="Usual Delivery Days",
        help="For customers without delivery days of their own.",
    )
    container_admin_user_ids = fields.Many2many(
        "res.users",
        "res_company_container_admin_rel",
        string="Container Administrators",
        domain=[("share", "=", False)],
        groups="base.group_user",
        help="They get a mail about each request. Neither they nor another address"
        " chosen: all members of the group Container / User.",
    )
    container_admin_email = fields.Char(
        string="One More Address", groups="base.group_user"
    )
    container_rental_days = fields.Integer(string="Rental Period (days)", default=14)
    container_reminder_days = fields.Integer(
        string="Remind Customers (days before)",
        default=2,
        groups="base.group_user",
        help="0 sends no reminder before the day of return.",
    )
    container_auto_release = fields.Boolean(
        string="Returned Containers Are Available at Once", groups="base.group_user"
    )
    container_max_qty = fields.Integer(string="Containers per Request", default=20)
    container_calendar_id = fields.Many2one(
        "resource.calendar",
        string="Calendar of Holidays",
        help="Holidays of this calendar count, besides those of the whole company.",
    )

    @api.constrains("container_cutoff")
    def _check_container_cutoff(self):
        for company in self:
            if not 0 <= company.container_cutoff < 24:
                raise ValidationError(
                    self.env._("The cut-off time lies between 00:00 and 23:59.")
                )

    @api.constrains(
        "container_lead_days",
        "container_rental_days",
        "container_reminder_days",
        "container_max_qty",
    )
    def _check_container_days(self):
        limits = {
            "container_lead_days": (0, 365),
            "container_reminder_days": (0, 365),
            "container_rental_days": (1, 3650),
            "container_max_qty": (1, 1000),
        }
        for company in self:
            for name, (least, most) in limits.items():
                if not least <= company[name] <= most:
                    raise ValidationError(
                        self.env._(
                            "“%(field)s” lies between %(least)s and %(most)s.",
                            field=self._fields[name]._description_string(self.env),
                            least=least,
                            most=most,
                        )
                    )

    def _get_container_administrators(self):
        """Return who is told about requests: ``(users, one more address or False)``."""
        self.ensure_one()
        return self._portal_administrators(
            self.container_admin_user_ids,
            self.container_admin_email,
            "container_rental.container_rental_group_user",
        )
