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
        return bool(self._filter_for(customer))

    def _filter_for(self, customer):
        """Return the sheets whose audience a customer belongs to, in one query."""
        # Customers do not read who else is asked.
        found_sudo = self.sudo().search_fetch(
            Domain("id", "in", self.ids) & self._get_audience_domain(customer)
        )
        return self.filtered(lambda sheet: sheet.id in found_sudo._ids)

    @api.model
    def _get_audience_domain(self, customer):
        """Return which sheets are for a customer.

        The record rule for customers says the same, except for those left out.
        """
        by_name = Domain("audience", "in", ("partners", "tags_and_partners"))
        by_name &= Domain("partner_ids", "in", customer.ids)
        by_tag = Domain("audience", "in", ("tags", "tags_and_partners"))
        by_tag &= Domain("category_ids.partner_ids", "in", customer.ids)
        is_left_out = Domain("excluded_partner_ids", "in", customer.ids)
        return (Domain("audience", "=", "all") | by_name | by_tag) & ~is_left_out

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

    def _is_open_for(self, customer, grace=False):
        """Return whether a customer may fill in this sheet now.

        :param customer: the commercial partner
        :param grace: for customers who have begun already
        """
        self.ensure_one()
        return bool(self._filter_open_for(customer, grace))

    def _filter_open_for(self, customer, grace=False):
        """Return the sheets that a customer may fill in now, as ``_is_open_for``."""
        now = fields.Datetime.now()
        taken = self.filtered(
            lambda it: it.state == "published" and it._is_within(now, grace)
        )
        return taken._filter_for(customer) if taken else taken

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

    def _has_room(self, count):
        """Return whether the limit allows more than so many orders of a customer."""
        limit = self.sudo().max_per_customer
        return not limit or count < limit

    # === WHAT A CUSTOMER IS OFFERED === #

    @api.model
    def _find_open_for(self, customer):
        """Return the sheets that the visitor can begin to fill in, for his company.

        The record rule decides about the audience; what it cannot know is checked here.

        :param customer: his commercial partner
        """
        now = fields.Datetime.now()
        domain = Domain("state", "=", "published")
        domain &= Domain("date_start", "=", False) | Domain("date_start", "<=", now)
        domain &= Domain("date_end", "=", False) | Domain("date_end", ">=", now)
        return self.search_fetch(domain)._filter_open_for(customer)

    def _get_end_text(self):
        """Return until when orders are taken, on the company's clock."""
        return self.company_id.sudo()._portal_format_datetime(self.date_end)
