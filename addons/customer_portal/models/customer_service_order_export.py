from odoo import models
from odoo.tools import SQL


class CustomerServiceOrder(models.Model):
    """The orders of a reseller as a table: devices, repair notes, prices."""

    _inherit = "customer.service.order"

    def _get_export_columns(self, with_prices):
        """Return the columns of the export: pairs of a title and a field or ``SQL``.

        Override it to add columns; they are read where ``records_query`` reads them.

        :param with_prices: whether the reader may see amounts
        """
        _ = self.env._
        columns = [
            (_("Order"), "name"),
            (_("Reference"), "client_order_ref"),
            (_("Internal Reference"), "internal_ref"),
            (_("Date"), self._get_local_sql("date_order")),
            (_("Status"), self._get_status_sql()),
            (_("Location"), "location_id.name"),
            (_("Service"), "service_type_id.name"),
            (_("Delivery of the Device"), "shipping_type_id.name"),
            (_("End Customer"), "end_customer_name"),
            (_("Device"), "device_name"),
            (_("Manufacturer"), "manufacturer"),
            (_("Configuration"), "configuration"),
            (_("Serial Number"), "serial_number"),
            (_("IMEI"), "imei"),
            (_("Second IMEI"), "imei2"),
            (_("Issue"), "issue"),
            (_("Answers"), self._get_answers_sql()),
            (_("Diagnosis"), "diagnosis"),
            (_("Repair Notes"), "resolution"),
            (_("Completed on"), self._get_local_sql("completed_on")),
            (_("Tracking Number to Us"), "inbound_tracking"),
            (_("Tracking Number of the Return"), "outbound_tracking"),
        ]
        if with_prices:
            # Amounts are kept from contacts without prices, not from this reader.
            columns += [
                (_("Amount without Taxes"), self._get_column_sql("amount_untaxed")),
                (_("Total"), self._get_column_sql("amount_total")),
                (_("Currency"), "company_id.currency_id.name"),
            ]
        return columns

    def _get_column_sql(self, name):
        return SQL.identifier(self._table, name)

    def _get_local_sql(self, name):
        """Return a moment on the company's clock."""
        return SQL(
            "%s AT TIME ZONE 'UTC' AT TIME ZONE %s",
            self._get_column_sql(name),
            self.env.company.portal_tz,
        )

    def _get_status_sql(self):
        name = self.env["customer.service.status"]._field_to_sql("status", "name")
        return SQL(
            "(SELECT %s FROM customer_service_status status WHERE status.id = %s)",
            name,
            self._get_column_sql("status_id"),
        )

    def _get_answers_sql(self):
        return SQL(
            "(SELECT string_agg(question || ' ' || coalesce(display_value, ''),"
            " E'\\n' ORDER BY sequence, id)"
            " FROM customer_service_answer WHERE order_id = %s)",
            self._get_column_sql("id"),
        )
