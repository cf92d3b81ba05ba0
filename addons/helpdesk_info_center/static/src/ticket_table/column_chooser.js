import { Component, onPatched, useRef, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";
import { useSortable } from "@web/core/utils/sortable_owl";

/** Which columns a list shows, and in which order: by dragging, or with buttons. */
export class ColumnChooser extends Component {
    static template = "helpdesk_info_center.ColumnChooser";
    static components = { Dialog };
    static props = {
        available: Array, // all columns
        shown: Array, // names
        onSave: Function, // (names, or false: as the widget comes)
        close: Function,
    };

    setup() {
        this.state = useState({ shown: [...this.props.shown], message: "" });
        this.listsRef = useRef("lists");
        onPatched(() => this.restoreFocus());
        useSortable({
            ref: this.listsRef,
            elements: ".o_column_choice:not(.o_fixed)",
            handle: ".o_column_handle",
            groups: ".o_column_list",
            connectGroups: true,
            cursor: "grabbing",
            touchDelay: 300,
            onDrop: ({ element, next, parent }) =>
                this.drop(element.dataset.column, parent.dataset.list, next?.dataset.column),
        });
    }

    get lists() {
        return [
            { key: "available", label: _t("Available Columns"), columns: this.availableColumns },
            { key: "shown", label: _t("Shown Columns"), columns: this.shownColumns },
        ];
    }

    get shownColumns() {
        return this.state.shown.map((name) => this.find(name)).filter(Boolean);
    }

    get availableColumns() {
        return this.props.available.filter(({ name }) => !this.state.shown.includes(name));
    }

    find(name) {
        return this.props.available.find((column) => column.name === name);
    }

    isFixed(name) {
        return Boolean(this.find(name)?.is_fixed);
    }

    drop(name, list, before) {
        if (list === "available") {
            this.remove(name);
        } else {
            this.place(name, before);
        }
    }

    /** Puts a column before another one, or at the end. */
    place(name, before) {
        const shown = this.state.shown.filter((other) => other !== name);
        const position = before ? shown.indexOf(before) : -1;
        shown.splice(position < 0 ? shown.length : position, 0, name);
        this.state.shown = shown;
    }

    add(name) {
        this.focusBeside(this.availableColumns, name, "add");
        this.place(name);
        this.say(_t("%(column)s is shown", { column: this.find(name).label }));
    }

    remove(name) {
        if (!this.isFixed(name)) {
            this.focusBeside(this.shownColumns, name, "remove");
            this.state.shown = this.state.shown.filter((other) => other !== name);
            this.say(_t("%(column)s is not shown", { column: this.find(name).label }));
        }
    }

    move(name, step) {
        const shown = [...this.state.shown];
        const from = shown.indexOf(name);
        const to = from + step;
        if (to >= 0 && to < shown.length) {
            this.focused = document.activeElement; // its row moves
            shown.splice(to, 0, ...shown.splice(from, 1));
            this.state.shown = shown;
            this.say(
                _t("%(column)s is column %(position)s of %(count)s", {
                    column: this.find(name).label,
                    position: to + 1,
                    count: shown.length,
                })
            );
        }
    }

    onKeydown(ev, name) {
        const step = { ArrowUp: -1, ArrowDown: 1 }[ev.key];
        if (step && ev.altKey && !ev.ctrlKey && !ev.shiftKey && !ev.metaKey) {
            ev.preventDefault();
            ev.stopPropagation();
            this.move(name, step);
        }
    }

    // === Focus === //

    /** Whoever takes a column out of a list goes on at the one below, or above. */
    focusBeside(columns, name, button) {
        const position = columns.findIndex((column) => column.name === name);
        const neighbour = columns[position + 1] || columns[position - 1];
        this.focused = [neighbour?.name || name, button];
    }

    restoreFocus() {
        const { focused } = this;
        this.focused = undefined;
        if (Array.isArray(focused)) {
            this.buttonOf(...focused)?.focus();
        } else {
            focused?.focus();
        }
    }

    /** A fixed column cannot be removed, so that it has another button first. */
    buttonOf(name, button) {
        const row = this.listsRef.el.querySelector(
            `.o_column_choice[data-column="${CSS.escape(name)}"]`
        );
        return row?.querySelector(`.o_column_${button}`) || row?.querySelector("button");
    }

    // === Words === //

    /** Screen readers tell what a button or key has done. */
    say(message) {
        this.state.message = message;
    }

    moveUpTitle(column) {
        return _t("Move %(column)s up", { column: column.label });
    }

    moveDownTitle(column) {
        return _t("Move %(column)s down", { column: column.label });
    }

    addTitle(column) {
        return _t("Show %(column)s", { column: column.label });
    }

    removeTitle(column) {
        return _t("Do not show %(column)s", { column: column.label });
    }

    save() {
        this.props.onSave([...this.state.shown]);
        this.props.close();
    }

    reset() {
        this.props.onSave(false);
        this.props.close();
    }
}
