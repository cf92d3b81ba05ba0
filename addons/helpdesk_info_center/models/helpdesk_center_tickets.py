from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools.safe_eval import safe_eval

from ..tools.columns import (
    COLUMNS,
    FIXED_COLUMN,
    SIZES,
    clean_columns,
    clean_filters,
    clean_order,
    pattern,
)
from ..tools.states import RUNNING

# What the marks of a row are made of, whatever columns are shown.
MARKS = (
    "is_locked",
    "user_id",
    "state_type",
    "escalation_date",
    "escalation_warning_date",
    "pending_until",
    "is_customer_waiting",
    "priority",
)
MAX_FILTER_VALUES = 200


class HelpdeskCenter(models.AbstractModel):
    """Lists of tickets: their tabs with counts, rows, columns and filters."""

    _inherit = "helpdesk.center"

    @api.model
    @api.readonly
    def filter_values(self, kind, partner_id, key, column, tab="all", mode="assigned"):
        """Return ``[[value, label]]``: what a column can be narrowed down to.

        Only what stands on tickets of the widget is offered.
        """
        self._check_agent()
        scope = self._get_scope_to_read(kind, partner_id, mode)
        widget = scope and self._find_ticket_widget(scope.kind, key)
        column = COLUMNS.get(str(column))
        if not widget or not column or column.filter != "values":
            return []
        domain = self._get_tickets_domain(scope, widget)
        domain &= self._get_tab_domain(tab)
        name = column.field
        groups = self.env["helpdesk.ticket"]._read_group(
            domain, [name], limit=MAX_FILTER_VALUES
        )
        return [self._format_choice(name, value) for (value,) in groups]

    def _find_ticket_widget(self, kind, key):
        return self._get_widgets(kind).filtered(
            lambda widget: widget.key == key and widget.kind in ("tickets", "unlinked")
        )

    def _format_choice(self, name, value):
        field = self.env["helpdesk.ticket"]._fields[name]
        if field.type == "many2one":
            return [value.id, self._get_name(value) or self.env._("None")]
        if field.type == "boolean":
            return [value, self.env._("Yes") if value else self.env._("No")]
        labels = dict(field._description_selection(self.env))
        return [value, labels.get(value) or self.env._("None")]

    def _get_name(self, record):
        # As Odoo's read(): who may read a ticket may read the names that it refers to.
        return record.sudo().display_name

    # === WHICH TICKETS === #

    def _get_tickets_domain(self, scope, widget):
        """Return which tickets of the customer a widget is about."""
        if widget.kind == "unlinked":
            return self._get_unlinked_domain(scope)
        return scope.domain & self._get_chosen_domain(widget)

    def _get_chosen_domain(self, widget):
        """Return which of the tickets that a widget is about it shows."""
        if widget.kind == "unlinked":
            return Domain.TRUE
        return Domain(safe_eval(widget.domain or "[]", {"uid": self.env.uid}))

    def _get_tab_domain(self, tab):
        """Return the tickets of a tab; of the tab of all tickets for an unknown one."""
        mine = Domain("user_id", "=", self.env.uid)
        if tab == "locked":
            return mine & Domain("is_locked", "=", True)
        if tab == "owned":
            return mine
        if tab == "watched":
            return Domain("message_is_follower", "=", True)
        if tab == "responsible":
            return Domain("responsible_id", "=", self.env.uid)
        if tab == "queues":
            return Domain("team_id", "in", self.env.user._get_helpdesk_queues().ids)
        return Domain.TRUE

    def _get_filter_domain(self, filters):
        """Return the tickets that pass the filters of the columns."""
        domain = Domain.TRUE
        for name, value in clean_filters(filters).items():
            field = COLUMNS[name].field
            if COLUMNS[name].filter == "text":
                domain &= Domain(field, "=ilike", pattern(value))
            else:
                domain &= Domain(field, "in", value)
        return domain

    # === TABS === #

    def _get_tabs(self, widget):
        """Return ``{key: label}`` of the tabs of a widget, in their order."""
        labels = dict(widget._fields["default_tab"]._description_selection(self.env))
        if not widget.has_tabs:
            return {"all": labels["all"]}
        if not widget.has_watched_tab:
            labels.pop("watched")
        if not self.env.company.helpdesk_use_responsible:
            labels.pop("responsible")
        return labels

    # === NUMBERS === #

    def _ask_tickets_numbers(self, numbers, scope, widgets, options):
        """Ask for the numbers of tabs, of due reminders, and of what is filtered."""
        for widget in widgets:
            chosen = self._clean_options(widget, options.get(widget.key, {}))
            domain = self._get_chosen_domain(widget)
            for tab in chosen["tabs"]:
                of_tab = domain & self._get_tab_domain(tab)
                numbers.count((widget.key, tab), of_tab)
            listed = domain & self._get_listed_domain(chosen)
            numbers.count((widget.key, "total"), listed)
            if widget.is_marking_due:
                numbers.count(
                    (widget.key, "due"),
                    domain & self.env["helpdesk.ticket"]._due_domain(),
                )

    def _get_listed_domain(self, options):
        filters = self._get_filter_domain(options["filters"])
        return self._get_tab_domain(options["tab"]) & filters

    # === DATA === #

    def _get_tickets_data(self, scope, widgets, options, numbers):
        """Return the data of widgets with tickets; all their rows are read at once."""
        data, found = {}, {}
        for widget in widgets:
            chosen = self._clean_options(widget, options.get(widget.key, {}))
            own = {
                name: number
                for (key, name), number in numbers.items()
                if key == widget.key
            }
            data[widget.key] = self._format_tickets(chosen, own)
            domain = self._get_tickets_domain(scope, widget)
            found[widget.key] = self._find_page(
                domain & self._get_listed_domain(chosen), data[widget.key]
            )
        tickets = self.env["helpdesk.ticket"].union(*found.values())
        tickets.fetch(self._get_fields(data.values()))
        for key, rows in found.items():
            columns = [column["name"] for column in data[key]["columns"]]
            rows = rows.with_prefetch(tickets._prefetch_ids)
            data[key]["rows"] = [self._format_row(ticket, columns) for ticket in rows]
        return data

    def _clean_options(self, widget, options):
        """Return options that fit a widget, those of the widget for what is junk."""
        tabs = self._get_tabs(widget)
        size, offset = options.get("size"), options.get("offset")
        return {
            "tabs": tabs,
            "tab": self._clean_tab(widget, tabs, options.get("tab")),
            "size": size if size in SIZES else int(widget.default_size),
            "offset": offset if type(offset) is int and 0 <= offset < 10**7 else 0,
            "order": clean_order(options.get("order"))
            or widget.default_order.split(" "),
            "columns": clean_columns(options.get("columns"))
            or widget.default_columns.split(","),
            "filters": clean_filters(options.get("filters")),
        }

    def _clean_tab(self, widget, tabs, tab):
        wanted = (str(tab), widget.default_tab, "all")
        return next(tab for tab in wanted if tab in tabs)

    def _format_tickets(self, options, numbers):
        """Return the data of a widget without its rows."""
        size, total = options["size"], numbers["total"]
        return {
            "tabs": [
                {"key": key, "label": label, "count": numbers[key]}
                for key, label in options["tabs"].items()
            ],
            "tab": options["tab"],
            "due": numbers.get("due"),
            "total": total,
            "offset": self._get_offset(options["offset"], size, total),
            "size": size,
            "order": options["order"],
            "filters": options["filters"],
            "columns": [self._format_column(name) for name in options["columns"]],
            "available": self._get_available_columns(),
        }

    def _find_page(self, domain, data):
        name, direction = data["order"]
        return self.env["helpdesk.ticket"].search_fetch(
            domain,
            ["number"],
            order=COLUMNS[name].order(direction),
            limit=data["size"],
            offset=data["offset"],
        )

    def _get_offset(self, offset, size, total):
        """Return where a page begins: the last one, where there are fewer tickets."""
        last = max(0, (total - 1) // size * size)
        return min(offset, last)

    def _get_available_columns(self):
        names = [
            name
            for name in COLUMNS
            if name != "responsible_id" or self.env.company.helpdesk_use_responsible
        ]
        return [self._format_column(name) for name in names]

    def _format_column(self, name):
        column = COLUMNS[name]
        described = {
            "name": name,
            "label": str(column.label),
            "type": column.type,
            "sortable": column.sortable,
            "filter": column.filter,
            "is_fixed": name == FIXED_COLUMN,
        }
        if column.type == "selection":
            field = self.env["helpdesk.ticket"]._fields[column.field]
            described["selection"] = field._description_selection(self.env)
        return described

    def _get_fields(self, data):
        names = {column["name"] for one in data for column in one["columns"]}
        return [*{*MARKS, *(COLUMNS[name].field for name in names)}]

    def _format_row(self, ticket, columns):
        return {
            "id": ticket.id,
            "priority": ticket.priority or "0",
            "flags": self._get_flags(ticket),
            "values": {name: self._format_value(ticket, name) for name in columns},
        }

    def _format_value(self, ticket, name):
        column = COLUMNS[name]
        value = ticket[column.field]
        if column.type == "many2one":
            return [value.id, self._get_name(value)] if value else False
        if column.type == "tags":
            return [[tag.id, self._get_name(tag), tag.sudo().color] for tag in value]
        if column.type in ("datetime", "age"):
            return fields.Datetime.to_string(value)
        return value

    def _get_flags(self, ticket):
        """Return the marks of a row."""
        now = fields.Datetime.now()
        runs = ticket.state_type in RUNNING and ticket.escalation_date
        is_escalated = runs and ticket.escalation_date <= now
        until = ticket.state_type == "pending" and ticket.pending_until
        flags = {
            "locked": ticket.is_locked,
            "mine": ticket.user_id == self.env.user,
            "escalated": is_escalated,
            "warning": runs
            and not is_escalated
            and ticket.escalation_warning_date <= now,
            "due": until and until <= now,
            "waiting": ticket.is_customer_waiting,
        }
        return [name for name, is_set in flags.items() if is_set]
