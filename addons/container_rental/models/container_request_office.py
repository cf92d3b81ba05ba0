from odoo import api, fields, models


class ContainerRequest(models.Model):
    """What the back office sees at a glance when it decides about a request."""

    _inherit = "container.request"

    rental_count = fields.Integer(
        compute="_compute_rental_count", groups="base.group_user"
    )
    is_over_limit = fields.Boolean(
        string="More Than Agreed",
        compute="_compute_is_over_limit",
        groups="base.group_user",
        help="With this request the customer would have more containers than agreed.",
    )

    @api.depends("commercial_partner_id", "quantity", "type_id")
    @api.depends_context("show_customer")
    def _compute_display_name(self):
        result = super()._compute_display_name()
        if self.env.context.get("show_customer"):
            for request in self.filtered("commercial_partner_id"):
                request.display_name = (
                    f"{request.commercial_partner_id.name}, {request.quantity} ×"
                    f" {request.type_id.name} ({request.name})"
                )
        return result

    @api.depends("rental_ids")
    def _compute_rental_count(self):
        groups = self.env["container.rental"]._read_group(
            [("request_id", "in", self.ids)], ["request_id"], ["__count"]
        )
        counts = dict(groups)
        for request in self:
            request.rental_count = counts.get(request, 0)

    @api.depends("state", "quantity", "commercial_partner_id", "company_id")
    def _compute_is_over_limit(self):
        self.is_over_limit = False
        for request in self.filtered(lambda r: r.state == "created"):
            customer, company = request.commercial_partner_id, request.company_id
            limit = customer.sudo().with_company(company).container_limit
            if limit:
                present = request._count_present(customer, company)
                request.is_over_limit = present + request.quantity > limit
