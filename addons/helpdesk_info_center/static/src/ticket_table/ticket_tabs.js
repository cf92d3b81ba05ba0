import { Component, useRef } from "@odoo/owl";

/** The tabs of a widget with their counts; arrow keys move between them. */
export class TicketTabs extends Component {
    static template = "helpdesk_info_center.TicketTabs";
    static props = {
        tabs: Array,
        current: String,
        label: String,
        panelId: String,
        onSelect: Function,
    };

    setup() {
        this.root = useRef("root");
    }

    onKeydown(ev) {
        const tabs = [...this.root.el.querySelectorAll("[role=tab]")];
        const index = tabs.indexOf(ev.target);
        const last = tabs.length - 1;
        const target = {
            ArrowRight: index < last ? index + 1 : 0,
            ArrowLeft: index > 0 ? index - 1 : last,
            Home: 0,
            End: last,
        }[ev.key];
        if (target !== undefined) {
            ev.preventDefault();
            tabs[target].focus();
        }
    }
}
