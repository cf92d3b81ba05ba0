from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class OrderSheetRequest(models.Model):
    """What staff look at in the back office, whether they sell or not."""

    _inherit = "order.sheet.request"

    color = fields.Integer(copy=False, groups="base.group_user")
    content_html = fields.Html(
        string="Answers",
        compute="_compute_content_html",
        sanitize=False,
        groups="base.group_user",
    )
    sale_order_names = fields.Char(
        string="Number of the Sale Order",
        compute="_compute_sale_order_names",
        groups="base.group_user",
        help="Whoever does not sell reads its number here.",
    )
    has_sale_order = fields.Boolean(
        compute="_compute_sale_order_names",
        search="_search_has_sale_order",
        groups="base.group_user",
    )
    sale_order_count = fields.Integer(
        compute="_compute_sale_order_names", groups="base.group_user"
    )
    customer_request_count = fields.Integer(
        string="Requests of the Customer",
        compute="_compute_customer_request_count",
        groups="base.group_user",
    )

    def _compute_content_html(self):
        for request in self:
            # Questions, prices and files belong to the request, which was read.
            content = request.sudo()._get_content()
            request.content_html = self.env["ir.qweb"]._render(
                "order_sheets.sheet_content",
                request._prepare_content_values(content),
            )

    def _prepare_content_values(self, content):
        """Return what the template of the answers needs in the back office."""
        return {
            "content": content,
            "currency": self.currency_id,
            "file_url": "/web/content/",
        }

    @api.depends("sale_order_ids.state", "sale_order_ids.name")
    def _compute_sale_order_names(self):
        for request in self:
            # Whoever works on requests is to know what was sold, not for how much.
            orders_sudo = request.sudo().sale_order_ids
            live_sudo = orders_sudo.filtered(lambda it: it.state != "cancel")
            request.sale_order_names = ", ".join(live_sudo.mapped("name"))
            request.has_sale_order = bool(live_sudo)
            request.sale_order_count = len(orders_sudo)

    def _search_has_sale_order(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        # Odoo asks for no right here; the search would tell what was sold.
        self._check_field_access(self._fields["has_sale_order"], "read")
        sold_sudo = self.env["sale.order"].sudo()  # as in the compute method
        query = sold_sudo._search(
            [("order_sheet_request_id", "!=", False), ("state", "!=", "cancel")]
        )
        return Domain("id", "in", query.subselect("order_sheet_request_id"))

    @api.depends("commercial_partner_id")
    def _compute_customer_request_count(self):
        for request in self:
            customer = request.commercial_partner_id
            request.customer_request_count = customer.order_sheet_request_count

    # === ACTION METHODS === #

    def action_note_answered(self):
        """Take a customer's words off the list that need no answer in the chat."""
        self._check_staff()
        for request_sudo in self.sudo():  # nobody writes it by hand
            request_sudo._note_reply(False)

    def action_open_customer_requests(self):
        self._check_staff()
        return self.commercial_partner_id.action_open_order_sheet_requests()

    def action_export(self):
        """Download all orders with the sheet of the selected ones as a table."""
        self._check_staff()
        if len(self.sheet_id) != 1:
            raise UserError(
                self.env._("Please choose orders that have the same order sheet.")
            )
        return self.sheet_id.action_export()

    def action_open_portal(self):
        """Open the page that the customer sees."""
        self.ensure_one()
        self._check_staff()
        return {
            "type": "ir.actions.act_url",
            "url": self.access_url,
            "target": "new",
        }

    # === HELPERS === #

    def _check_salesman(self):
        """:raise UserError: the user may not create sale orders"""
        if not self.env["sale.order"].has_access("create"):
            raise UserError(
                self.env._(
                    "You may not create sale orders. Please ask a colleague of the"
                    " sales team to do it, or an administrator for the right."
                )
            )
