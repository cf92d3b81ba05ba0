import { Component, useEffect, useRef } from "@odoo/owl";

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
        useEffect(
            () => this.showCurrent(),
            () => [this.props.current]
        );
    }

    /** Where tabs have no room they scroll; the chosen one is never out of sight. */
    showCurrent() {
        const { el } = this.root;
        const tab = el.querySelector("[aria-selected=true]");
        const overhang = tab ? tab.offsetLeft + tab.offsetWidth - el.clientWidth : 0;
        el.scrollLeft = Math.min(Math.max(overhang, el.scrollLeft), tab?.offsetLeft || 0);
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
        const isPlain = !ev.altKey && !ev.ctrlKey && !ev.metaKey && !ev.shiftKey;
        if (isPlain && target !== undefined) { // Alt and an arrow go back in the browser
            ev.preventDefault();
            tabs[target].focus();
        }
    }
}
