from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from .order_sheet import STAFF


class OrderSheet(models.Model):
    """Who may fill in a sheet, when, and how often."""

    _inherit = "order.sheet"

    date_start = fields.Datetime(
        string="From",
        tracking=True,
        help="In the time zone of the company. Empty: as soon as it is published.",
    )
    date_end = fields.Datetime(
        string="Until",
        tracking=True,
        index=True,
        help="In the time zone of the company. Afterwards nobody can submit any more.",
    )
    grace_minutes = fields.Integer(
        string="Grace Period (minutes)",
        groups=STAFF,
        help="Whoever has begun in time can submit so much later.",
    )
    audience = fields.Selection(
        [
            ("all", "All customers"),
            ("tags", "Customers with tags"),
            ("partners", "Chosen customers"),
            ("tags_and_partners", "Customers with tags, and chosen ones"),
        ],
        required=True,
        default="all",
        tracking=True,
        groups=STAFF,
    )
    category_ids = fields.Many2many(
        "res.partner.category", string="Tags of Customers", groups=STAFF
    )
    partner_ids = fields.Many2many(
        "res.partner",
        "order_sheet_partner_rel",
        string="Customers",
        domain=[("parent_id", "=", False)],
        groups=STAFF,
    )
    excluded_partner_ids = fields.Many2many(
        "res.partner",
        "order_sheet_excluded_partner_rel",
        string="Except for",
        domain=[("parent_id", "=", False)],
        groups=STAFF,
    )
    max_per_customer = fields.Integer(
        string="Orders per Customer",
        default=1,
        groups=STAFF,
        help="How often a customer may order with this sheet, whatever its version;"
        " 0: as often as he likes.",
    )

    _max_per_customer_natural = models.Constraint(
        "CHECK (max_per_customer >= 0)", "Orders per customer cannot be negative."
    )
    _grace_minutes_in_range = models.Constraint(
        "CHECK (grace_minutes BETWEEN 0 AND 1440)",
        "The grace period has 0 to 1,440 minutes.",
    )

    @api.constrains("date_start", "date_end")
    def _check_dates(self):
        for sheet in self:
            if sheet.date_start and sheet.date_end:
                if sheet.date_end <= sheet.date_start:
                    raise ValidationError(
                        self.env._("“Until” lies before “From”: nobody could order.")
                    )

    # === WHO === #

    def _is_for(self, customer):
        """Return whether a customer belongs to the audience.

        :param customer: the commercial partner
        """
        self.ensure_one()
        # Customers do not read who else is asked.
        sheet_sudo, customer_sudo = self.sudo(), customer.sudo()
        if customer_sudo in sheet_sudo.excluded_partner_ids:
            return False
        audience = sheet_sudo.audience
        if audience == "all":
            return True
        if audience != "tags" and customer_sudo in sheet_sudo.partner_ids:
            return True
        tags = sheet_sudo.category_ids
        return audience != "partners" and bool(customer_sudo.category_id & tags)

    # === WHEN === #

    def _is_within(self, now, grace=False):
        """Return whether orders are taken at a moment.

        :param grace: for customers who have begun already
        """
        end = self.date_end
        if end and grace:
            # How patient we are is not announced.
            end += timedelta(minutes=self.sudo().grace_minutes)
        return (not self.date_start or self.date_start <= now) and (
            not end or now <= end
        )

    def _is_open_for(self, customer, now=None, grace=False):
        """Return whether a customer may fill in this sheet.

        :param customer: the commercial partner
        :param now: stored date and time; default: the present
        :param grace: for customers who have begun already
        """
        self.ensure_one()
        return (
            self.state == "published"
            and self._is_within(now or fields.Datetime.now(), grace)
            and self._is_for(customer)
        )

    # === HOW OFTEN === #

    def _get_requests_that_count(self, customer):
        """Return what a customer has ordered or begun, with any version; sudo."""
        return (
            self.env["order.sheet.request"]
            .sudo()
            .search(
                [
                    ("root_id", "=", self.sudo()._get_root().id),
                    ("commercial_partner_id", "=", customer.id),
                    ("state", "not in", ("rejected", "cancelled")),
                ]
            )
        )

    def _may_start(self, customer, requests_sudo):
        """Return whether the limit allows one more order.

        :param requests_sudo: as ``_get_requests_that_count`` returns them
        """
        return self._has_room(len(requests_sudo))

    def _has_room(self, count):
        """Return whether the limit allows more than so many orders of a customer."""
        limit = self.sudo().max_per_customer
        return not limit or count < limit

    # === WHAT A CUSTOMER IS OFFERED === #

    @api.model
    def _find_open_for(self, customer):
        """Return the sheets that the visitor can fill in now, for his company.

        The record rule decides about the audience; what it cannot know is checked here.

        :param customer: his commercial partner
        """
        now = fields.Datetime.now()
        domain = Domain("state", "=", "published")
        domain &= Domain("date_start", "=", False) | Domain("date_start", "<=", now)
        # a day of grace is the most there is
        domain &= Domain("date_end", "=", False) | Domain(
            "date_end", ">=", now - timedelta(days=1)
        )
        return self.search(domain).filtered(
            lambda sheet: sheet._is_open_for(customer, now, grace=True)
        )

    def _get_end_text(self):
        """Return until when orders are taken, on the company's clock."""
        return self.company_id.sudo()._portal_format_datetime(self.date_end)
