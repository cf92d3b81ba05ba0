import { Component, onWillUpdateProps, useEffect, useRef, useState } from "@odoo/owl";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { useDropdownState } from "@web/core/dropdown/dropdown_hooks";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { ColumnChooser } from "./column_chooser";
import { ColumnHead } from "./column_head";
import { emptyText } from "./empty_text";
import { exportUrl } from "./export_url";
import { TablePager } from "./table_pager";
import { bulkActions, runAction } from "./ticket_actions";
import { TicketRow } from "./ticket_row";
import { TicketSelection } from "./ticket_selection";
import { TicketTabs } from "./ticket_tabs";

/**
 * A list of a customer's tickets: tabs, columns of one's own choice, filters and pages,
 * all kept per agent; and what can be done with the tickets that are ticked.
 */
export class TicketsWidget extends Component {
    static template = "helpdesk_info_center.TicketsWidget";
    static components = { ColumnHead, Dropdown, TablePager, TicketRow, TicketTabs };
    static props = { center: Object, data: Object };

    setup() {
        this.dialog = useService("dialog");
        this.panel = useRef("panel");
        this.state = useState({ pending: 0 });
        this.requested = {};
        this.exportMenu = useDropdownState();
        this.selection = useState(new TicketSelection());
        onWillUpdateProps(({ data }) => this.selection.keep(data.rows || []));
        useEffect(
            (isSelected) => (isSelected ? () => this.takeFocus() : undefined),
            () => [this.selection.ids.length > 0]
        );
        useEffect(
            (hasFilters) => (hasFilters ? () => this.takeFocus() : undefined),
            () => [this.hasFilters]
        );
    }

    get data() {
        return this.props.data;
    }

    get center() {
        return this.props.center;
    }

    get panelId() {
        return `o_tickets_${this.data.key}`;
    }

    // === What is listed === //

    /** What was asked for last, which the rows may not show yet. */
    get asked() {
        return { ...this.data, ...this.requested };
    }

    /** Asks for the list anew; until it is there the old rows stay. */
    async load(options) {
        Object.assign(this.requested, options);
        this.state.pending++;
        try {
            await this.center.reloadWidget(this.data.key, options);
        } finally {
            this.state.pending--;
            if (!this.state.pending) {
                this.requested = {};
            }
        }
    }

    selectTab(tab) {
        if (tab !== this.asked.tab) {
            this.selection.clear();
            return this.load({ tab, offset: 0 });
        }
    }

    sort(order) {
        return this.load({ order, offset: 0 });
    }

    filter(column, value) {
        const { [column]: _before, ...filters } = this.asked.filters;
        if (value.length) {
            filters[column] = value;
        }
        return this.load({ filters, offset: 0 });
    }

    removeFilters() {
        return this.load({ filters: {}, offset: 0 });
    }

    loadValues(column) {
        const { kind, partner, mode } = this.center;
        const { key, tab } = this.asked;
        return this.center.call("filter_values", kind, partner.id, key, column, tab, mode);
    }

    chooseColumns() {
        this.dialog.add(ColumnChooser, {
            available: this.data.available,
            shown: this.data.columns.map((column) => column.name),
            onSave: (columns) => this.setColumns(columns),
        });
    }

    /** Without columns the default ones are shown again, and those of tomorrow then. */
    setColumns(columns) {
        return this.load({ columns });
    }

    // === Words and ways out === //

    get hasTabs() {
        return this.data.tabs.length > 1;
    }

    get hasFilters() {
        return Object.keys(this.data.filters).length > 0;
    }

    get emptyText() {
        return emptyText(this.data);
    }

    get totalText() {
        const { total } = this.data;
        return total === 1 ? _t("1 ticket") : _t("%(total)s tickets", { total });
    }

    get dueText() {
        return _t("%(count)s due", { count: this.data.due });
    }

    exportUrl(format) {
        return exportUrl(this.center, this.data, format);
    }

    openAll() {
        const { key, tab, filters } = this.data;
        return this.center.openList({ widget: key, tab, filters });
    }

    openDue() {
        return this.center.openList({ widget: this.data.key, due: true });
    }

    // === What one does with tickets === //

    get actions() {
        return bulkActions(this.center);
    }

    /** What each row offers; other kinds of widgets have something. */
    get rowActions() {
        return [];
    }

    get isAllSelected() {
        return this.selection.hasAll(this.data.rows);
    }

    get isSomeSelected() {
        return this.selection.ids.length > 0 && !this.isAllSelected;
    }

    get selectedText() {
        return _t("%(count)s selected", { count: this.selection.ids.length });
    }

    run(action, ids = [...this.selection.ids]) {
        return runAction(this.dialog, action, ids, () => this.act(action, ids));
    }

    async act(action, ids) {
        const result = await this.center.act(ids, action.key, action.params);
        if (!result?.action) {
            this.selection.remove(ids); // whoever leaves a dialog goes on with his choice
        }
    }

    /** Who has pressed a button that disappears goes on in the list. */
    takeFocus() {
        if (document.activeElement === document.body) {
            this.panel.el?.focus({ preventScroll: true });
        }
    }
}

registry.category("helpdesk_info_center.widgets").add("tickets", { Component: TicketsWidget });
