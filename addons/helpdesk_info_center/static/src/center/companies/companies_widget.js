import { Component } from "@odoo/owl";
import { rowLabel } from "../row_label";
import { widgetProps, widgetRegistry } from "../widget_registry";

/** The company of a contact, with the way to its center. */
export class CompaniesWidget extends Component {
    static template = "helpdesk_info_center.CompaniesWidget";
    static props = widgetProps;

    label(row, what) {
        return rowLabel(row, what);
    }

    openTickets(row, state) {
        return this.props.center.openList({ company: row.id, state });
    }
}

widgetRegistry.add("companies", { Component: CompaniesWidget });
