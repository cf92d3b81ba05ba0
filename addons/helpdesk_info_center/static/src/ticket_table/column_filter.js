import { Component, onWillStart, useEffect, useRef, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { useAutofocus } from "@web/core/utils/hooks";

const MANY = 8; // from here on one wants to type instead of reading

/** What a column is narrowed down to: some of the values that there are, or a text. */
export class ColumnFilter extends Component {
    static template = "helpdesk_info_center.ColumnFilter";
    static props = {
        column: Object,
        value: { type: [Array, String], optional: true },
        loadValues: Function,
        onApply: Function, // (array or string; empty: no filter)
        close: Function,
    };

    setup() {
        this.state = useState({
            values: null, // [[value, label]], null while they are loaded
            chosen: Array.isArray(this.props.value) ? [...this.props.value] : [],
            text: typeof this.props.value === "string" ? this.props.value : "",
            search: "",
        });
        useAutofocus({ refName: "text", selectAll: true });
        this.values = useRef("values");
        useEffect(
            (list) => !this.hasSearch && list?.querySelector("input")?.focus(),
            () => [this.values.el]
        );
        onWillStart(() => {
            this.load(); // the popover opens before they are there
        });
    }

    get title() {
        return _t("Filter: %(column)s", { column: this.props.column.label });
    }

    get isText() {
        return this.props.column.filter === "text";
    }

    get hasSearch() {
        return this.state.values?.length > MANY;
    }

    get visibleValues() {
        const search = this.state.search.toLowerCase();
        return this.state.values.filter(([, label]) => label.toLowerCase().includes(search));
    }

    get isActive() {
        return Boolean(this.props.value?.length);
    }

    async load() {
        if (!this.isText) {
            this.state.values = await this.props.loadValues();
        }
    }

    toggle(value) {
        const { chosen } = this.state;
        this.state.chosen = chosen.includes(value)
            ? chosen.filter((other) => other !== value)
            : [...chosen, value];
    }

    apply() {
        this.props.close();
        this.props.onApply(this.isText ? this.state.text.trim() : [...this.state.chosen]);
    }

    clear() {
        this.props.close();
        this.props.onApply(this.isText ? "" : []);
    }
}
