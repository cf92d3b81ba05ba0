from odoo import models
from odoo.tools import SQL

REQUEST = SQL.identifier("order_sheet_request")


class OrderSheet(models.Model):
    """All orders of a sheet as a table: one row each, one column for each question."""

    _inherit = "order.sheet"

    def _get_export_columns(self):
        """Return the columns of the export: pairs of a title and a field or ``SQL``.

        Override it to add columns; they are read where ``records_query`` reads them.
        """
        self.ensure_one()
        _ = self.env._
        return [
            (_("Number"), "name"),
            (_("Customer"), "commercial_partner_id.name"),
            (_("Contact"), "partner_id.name"),
            (_("Status"), "stage_id.name"),
            (_("Submitted on"), self._get_submitted_sql()),
            (_("Responsible"), "user_id.partner_id.name"),
            (_("Remark"), "remark"),
            (_("Amount"), "amount_untaxed"),
            (_("Sale Order"), self._get_sale_orders_sql()),
            *(
                column
                for page in self.page_ids.sorted()
                for field in page.field_ids.sorted()
                for column in field._get_export_columns()
            ),
        ]

    def _get_submitted_sql(self):
        """Return when an order was submitted, on the company's clock."""
        return SQL(
            "%s.submitted_at AT TIME ZONE 'UTC' AT TIME ZONE %s",
            REQUEST,
            self.company_id.sudo().portal_tz,  # its clock is no secret
        )

    def _get_sale_orders_sql(self):
        """Return the numbers of sale orders, which stand in the form for all staff."""
        return SQL(
            "(SELECT string_agg(name, ', ' ORDER BY id) FROM sale_order"
            " WHERE order_sheet_request_id = %s.id AND state != 'cancel')",
            REQUEST,
        )
