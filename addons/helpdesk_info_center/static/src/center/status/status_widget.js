import { Component } from "@odoo/owl";
import { widgetProps, widgetRegistry } from "../widget_registry";

/** How many tickets a customer has, by status; each number opens its tickets. */
export class StatusWidget extends Component {
    static template = "helpdesk_info_center.StatusWidget";
    static props = widgetProps;

    open(key) {
        return this.props.center.openList({ status: key });
    }
}

widgetRegistry.add("status", { Component: StatusWidget });
