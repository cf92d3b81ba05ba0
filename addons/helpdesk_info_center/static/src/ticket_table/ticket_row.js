import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { cellTitle, formatCell } from "./ticket_format";
import { dateClass, priorityTitle, ticketMarks } from "./ticket_marks";

/** A ticket in a list: its marks, its cells, and what can be done with it. */
export class TicketRow extends Component {
    static template = "helpdesk_info_center.TicketRow";
    static props = {
        row: Object,
        columns: Array,
        actions: Array,
        isSelectable: Boolean,
        isSelected: Boolean,
        onToggle: Function,
        onOpen: Function,
        onRun: Function, // (action)
    };

    get marks() {
        return ticketMarks(this.props.row);
    }

    get href() {
        return `/odoo/helpdesk-tickets/${this.props.row.id}`;
    }

    get priorityTitle() {
        return priorityTitle(this.props.row.priority);
    }

    get selectTitle() {
        return _t("Select ticket %(number)s", { number: this.props.row.values.number });
    }

    get rowClass() {
        const { row, isSelected } = this.props;
        const state = ["escalated", "warning", "due"].find((flag) => row.flags.includes(flag));
        return [
            `o_priority_${row.priority}`,
            state ? `o_ticket_${state}` : "",
            isSelected ? "o_ticket_selected" : "",
        ].join(" ");
    }

    value(column) {
        return this.props.row.values[column.name];
    }

    text(column) {
        return formatCell(column, this.value(column));
    }

    title(column) {
        return cellTitle(column, this.value(column)) || false;
    }

    cellClass(column) {
        return [
            `o_cell_${column.type}`,
            dateClass(column, this.props.row.flags) || "",
            this.text(column) ? "" : "o_cell_empty",
        ].join(" ");
    }

    /** On phones cells name themselves, but for those that nobody mistakes. */
    hasLabel(column) {
        return !["number", "name"].includes(column.name);
    }

    actionTitle(action) {
        return `${action.label}: ${this.props.row.values.number}`;
    }

    onClick(ev) {
        if (!ev.target.closest("a, button, input, label")) {
            this.props.onOpen();
        }
    }

    /** With a key held it opens in another tab, as links do. */
    onNumberClick(ev) {
        if (!ev.ctrlKey && !ev.metaKey && !ev.shiftKey) {
            ev.preventDefault();
            this.props.onOpen();
        }
    }
}
