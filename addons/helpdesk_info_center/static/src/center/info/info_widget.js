import { Component } from "@odoo/owl";
import { widgetProps, widgetRegistry } from "../widget_registry";

const SAFE = /^(https?:|mailto:|tel:)/i;

/** What is known about a customer, with a way to change it. */
export class InfoWidget extends Component {
    static template = "helpdesk_info_center.InfoWidget";
    static props = widgetProps;

    /** A partner's website is typed by people: only addresses become links. */
    link(row) {
        return row.href && SAFE.test(row.href) ? row.href : false;
    }

    isElsewhere(row) {
        return row.href.toLowerCase().startsWith("http");
    }

    edit() {
        const { center } = this.props;
        return center.openForm("res.partner", center.partner.id);
    }
}

widgetRegistry.add("info", { Component: InfoWidget });
