from datetime import timedelta

from odoo import fields, models

from ..tools.columns import COLUMNS

CHUNK = 1000
EXPORTING = "base.group_allow_export"


class HelpdeskCenter(models.AbstractModel):
    """The tickets of a widget as a table, for a file."""

    _inherit = "helpdesk.center"

    def _get_rights(self):
        rights = super()._get_rights()
        return {**rights, "export": self.env.user.has_group(EXPORTING)}

    def _get_export(self, kind, partner_id, key, options, mode):
        """Return the title, the headings and the rows of a list of tickets as shown.

        All pages are in it, with the tab, the filters, the order and the columns.

        :return: ``(title, headings, generator of lists of values)``, or nothing for an
            unknown customer or widget
        """
        scope = self._get_scope_to_read(kind, partner_id, mode)
        widget = scope and self._find_ticket_widget(scope.kind, key)
        if not widget:
            return None
        chosen = self._clean_options(widget, options)
        domain = self._get_tickets_domain(scope, widget)
        domain &= self._get_listed_domain(chosen)
        names = chosen["columns"]
        title = f"{scope.partner.display_name} {widget.name}"
        headings = [self._get_heading(name) for name in names]
        return title, headings, self._read_export(domain, chosen["order"], names)

    def _get_heading(self, name):
        if COLUMNS[name].type == "age":
            return self.env._("Age (Days)")
        return str(COLUMNS[name].label)

    def _read_export(self, domain, order, names):
        """Yield the rows, so many tickets at a time that memory does not grow."""
        tickets = self.env["helpdesk.ticket"]
        name, direction = order
        ids = tickets.search(domain, order=COLUMNS[name].order(direction)).ids
        for start in range(0, len(ids), CHUNK):
            chunk = tickets.browse(ids[start : start + CHUNK])
            for ticket in chunk:
                yield [self._export_value(ticket, name) for name in names]
            chunk.invalidate_recordset()

    def _export_value(self, ticket, name):
        """Return a value as a spreadsheet wants it: text, number or local time."""
        column = COLUMNS[name]
        value = ticket[column.field]
        if column.type == "age":
            return round((fields.Datetime.now() - value) / timedelta(days=1), 1)
        if column.type == "datetime":
            local = value and fields.Datetime.context_timestamp(self, value)
            return local.replace(tzinfo=None, microsecond=0) if local else ""
        if column.type in ("many2one", "tags"):
            return ", ".join(self._get_name(record) or "" for record in value)
        if column.type in ("boolean", "selection"):
            return self._format_choice(column.field, value)[1] or ""
        return value or ""
