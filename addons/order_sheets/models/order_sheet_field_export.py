from odoo import models
from odoo.tools import SQL

from .order_sheet_export import REQUEST
from .order_sheet_field import CHOICES


class OrderSheetField(models.Model):
    """The answers to a question as cells of a table.

    What is empty, or was typed wrong in a draft, is an empty cell.
    """

    _inherit = "order.sheet.field"

    def _get_export_columns(self):
        """Return pairs of a title and ``SQL``: one, or one for each product."""
        if self.field_type == "info":
            return []
        if self.field_type == "product_matrix":
            # what was ordered stays in the table when nobody can order it any more
            return [
                (f"{self.key}: {product.display_name}", self._get_answer_sql(product))
                for product in self.with_context(active_test=False).product_ids
            ]
        return [(self.key, self._get_answer_sql())]

    def _get_answer_sql(self, product=None):
        row = (
            SQL("row_product_id = %s", product.id)
            if product
            else SQL("row_product_id IS NULL")
        )
        return SQL(
            "(SELECT %s FROM order_sheet_answer AS answer WHERE request_id = %s.id"
            " AND field_id = %s AND %s AND NOT is_empty)",
            self._get_cell_sql(),
            REQUEST,
            self.id,
            row,
        )

    def _get_cell_sql(self):
        kind = self.field_type
        if kind == "multi":
            return self._get_labels_sql()
        if kind in CHOICES:
            return _get_case(SQL("value_text"), self._get_option_labels())
        if kind == "product_choice":
            products = self.with_context(active_test=False).product_ids
            return _get_case(
                SQL("product_id"), {it.id: it.display_name for it in products}
            )
        if kind == "boolean":
            return SQL("CASE WHEN value_bool THEN %s END", self.env._("Yes"))
        if kind == "address":
            return SQL(
                "(SELECT concat_ws(', ', name, street, concat_ws(' ', zip, city))"
                " FROM res_partner WHERE id = answer.partner_id)"
            )
        if kind == "file":
            return self._get_file_names_sql()
        if kind == "integer":
            return SQL("value_number::bigint")
        return SQL.identifier(self._get_column())

    def _get_option_labels(self):
        return {option.key: option.label for option in self.option_ids}

    def _get_labels_sql(self):
        return SQL(
            "(SELECT string_agg(%s, ', ' ORDER BY position)"
            " FROM jsonb_array_elements_text(value_json)"
            " WITH ORDINALITY AS chosen (key, position))",
            _get_case(SQL("chosen.key"), self._get_option_labels()),
        )

    def _get_file_names_sql(self):
        relation = self.env["order.sheet.answer"]._fields["attachment_ids"]
        return SQL(
            "(SELECT string_agg(file.name, ', ' ORDER BY file.id)"
            " FROM ir_attachment AS file JOIN %s AS link ON link.%s = file.id"
            " WHERE link.%s = answer.id)",
            SQL.identifier(relation.relation),
            SQL.identifier(relation.column2),
            SQL.identifier(relation.column1),
        )


def _get_case(value, labels):
    """Return ``SQL`` of the label for a value; None for what there is no more."""
    if not labels:
        return SQL("NULL")
    cases = [SQL("WHEN %s THEN %s", key, label) for key, label in labels.items()]
    return SQL("CASE %s %s END", value, SQL(" ").join(cases))
