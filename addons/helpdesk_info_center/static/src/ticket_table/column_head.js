import { Component, useRef } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { usePopover } from "@web/core/popover/popover_hook";
import { ColumnFilter } from "./column_filter";

/** The head of a column: a click sorts by it, its funnel narrows the list down. */
export class ColumnHead extends Component {
    static template = "helpdesk_info_center.ColumnHead";
    static props = {
        column: Object,
        order: Array, // [column, "asc"|"desc"]
        filter: { type: [Array, String], optional: true },
        onSort: Function,
        onFilter: Function,
        loadValues: Function,
    };

    setup() {
        this.funnel = useRef("funnel");
        this.popover = usePopover(ColumnFilter, {
            position: "bottom-start",
            onClose: () => this.funnel.el?.focus(),
        });
    }

    get direction() {
        const [name, direction] = this.props.order;
        return name === this.props.column.name ? direction : null;
    }

    get ariaSort() {
        return { asc: "ascending", desc: "descending" }[this.direction] || false;
    }

    get sortIcon() {
        return { asc: "fa-sort-asc", desc: "fa-sort-desc" }[this.direction] || "fa-sort";
    }

    get isFiltered() {
        return Boolean(this.props.filter?.length);
    }

    get funnelTitle() {
        const { label } = this.props.column;
        return this.isFiltered
            ? _t("Change the filter of %(column)s", { column: label })
            : _t("Filter by %(column)s", { column: label });
    }

    sort() {
        this.props.onSort([
            this.props.column.name,
            this.direction === "asc" ? "desc" : "asc",
        ]);
    }

    openFilter() {
        this.popover.open(this.funnel.el, {
            column: this.props.column,
            value: this.props.filter,
            loadValues: () => this.props.loadValues(this.props.column.name),
            onApply: (value) => this.props.onFilter(this.props.column.name, value),
        });
    }
}
