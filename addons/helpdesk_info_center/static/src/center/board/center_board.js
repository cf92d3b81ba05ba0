import { Component, onMounted, onPatched, useRef, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { useSortable } from "@web/core/utils/sortable_owl";
import { SettingsBox } from "../settings/settings_box";
import { widgetRegistry } from "../widget_registry";
import { WidgetFrame } from "./widget_frame";

const SETTINGS = Symbol("settings");

/** Both columns with their widgets, which move by pointer or by keyboard. */
export class CenterBoard extends Component {
    static template = "helpdesk_info_center.CenterBoard";
    static components = { SettingsBox, WidgetFrame };
    static props = { center: Object };

    setup() {
        this.center = useState(this.props.center);
        this.state = useState({ announcement: "" });
        this.board = useRef("board");
        useSortable({
            ref: this.board,
            enable: () => !this.env.isSmall,
            elements: ".o_center_widget",
            handle: ".o_center_widget_header",
            ignore: ".o_center_widget_fold, .o_center_widget_close",
            groups: ".o_center_list",
            connectGroups: true,
            cursor: "move",
            onDrop: (drop) => this.drop(drop),
        });
        onMounted(() => this.takeFocus());
        onPatched(() => this.restoreFocus());
    }

    get zones() {
        return [
            { name: "main", label: _t("Content") },
            { name: "side", label: _t("Sidebar") },
        ];
    }

    keys(zone) {
        return this.center
            .shownIn(zone)
            .filter((key) => widgetRegistry.contains(this.center.describe(key).kind));
    }

    drop({ element, next, parent }) {
        const { key } = element.dataset;
        const { zone } = parent.dataset;
        if (!this.keys(zone).includes(key)) {
            // The element flies back otherwise before it appears in the other column.
            element.classList.add("d-none");
        }
        this.center.move(key, zone, next?.dataset.key);
    }

    /** Alt and an arrow: one place up or down, or into the other column. */
    moveByKey(key, arrow) {
        const zone = this.keys("main").includes(key) ? "main" : "side";
        const target = { ArrowLeft: "main", ArrowRight: "side" }[arrow] || zone;
        const keys = this.keys(target).filter((other) => other !== key);
        const position = this.keys(zone).indexOf(key);
        const step = { ArrowUp: -1, ArrowDown: 1 }[arrow] || 0;
        const place = Math.min(Math.max(position + step, 0), keys.length);
        if (target === zone && place === position) {
            return;
        }
        this.focused = key;
        this.center.move(key, target, keys[place]);
        this.announce(key, target, place);
    }

    announce(key, zone, place) {
        this.state.announcement = _t("%(widget)s: %(column)s, position %(position)s", {
            widget: this.center.describe(key).name,
            column: this.zones.find(({ name }) => name === zone).label,
            position: place + 1,
        });
    }

    /** Whoever closes a widget goes on at the one below, or above if it was the last. */
    leave(key) {
        const zone = this.keys("main").includes(key) ? "main" : "side";
        const keys = this.keys(zone);
        const position = keys.indexOf(key);
        this.focused = keys[position + 1] || keys[position - 1] || SETTINGS;
    }

    /** Whoever has chosen a customer with the keyboard goes on at his widgets. */
    takeFocus() {
        if (document.activeElement === document.body) {
            this.board.el.focus({ preventScroll: true });
        }
    }

    /** A widget that changed its column is a new element. */
    restoreFocus() {
        if (this.focused) {
            const selector = this.selectorOf(this.focused);
            this.focused = undefined;
            this.board.el.querySelector(selector)?.focus();
        }
    }

    selectorOf(key) {
        if (key === SETTINGS) {
            return ".o_center_settings_toggle";
        }
        const button = this.env.isSmall ? "fold" : "handle";
        return `.o_center_widget[data-key="${CSS.escape(key)}"] .o_center_widget_${button}`;
    }
}
