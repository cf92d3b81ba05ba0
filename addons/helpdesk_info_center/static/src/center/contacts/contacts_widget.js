import { Component, onWillUpdateProps, useState } from "@odoo/owl";
import { TablePager } from "@helpdesk_info_center/ticket_table/table_pager";
import { ImStatus } from "@mail/core/common/im_status";
import { useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";
import { rowLabel } from "../row_label";
import { widgetProps, widgetRegistry } from "../widget_registry";
import { ContactDialog, contactDialogProps } from "./contact_dialog";

/** The contacts of a company: their tickets, new tickets for them, their data. */
export class ContactsWidget extends Component {
    static template = "helpdesk_info_center.ContactsWidget";
    static components = { ImStatus, TablePager };
    static props = widgetProps;

    setup() {
        this.dialog = useService("dialog");
        this.asked = this.props.data.search || "";
        this.pending = 0;
        this.state = useState({ search: this.asked });
        onWillUpdateProps(({ data }) => this.follow(data.search || ""));
        this.searchSoon = useDebounced(() => this.search(), 300);
    }

    get center() {
        return this.props.center;
    }

    get hasPages() {
        const { total, size } = this.props.data;
        return total > size;
    }

    /** A company that tickets name itself stands in its own list. */
    isCompany(row) {
        return row.id === this.center.partner.id;
    }

    details(row) {
        return [row.function, row.email, row.phone].filter(Boolean);
    }

    label(row, what) {
        return rowLabel(row, what);
    }

    async search() {
        const search = this.state.search.trim();
        if (search === this.asked) {
            return;
        }
        this.asked = search;
        this.pending++;
        try {
            await this.center.reloadWidget(this.props.data.key, { search });
        } catch (error) {
            this.asked = this.props.data.search || ""; // one more try asks again
            throw error;
        } finally {
            this.pending--;
        }
    }

    /** A list that was read anew by the page is searched for nothing. */
    follow(search) {
        if (!this.pending && search !== this.asked) {
            this.asked = search;
            this.state.search = search;
        }
    }

    turnPage(offset) {
        return this.center.reloadWidget(this.props.data.key, { offset });
    }

    openTickets(row, state) {
        return this.center.openList({ contact: row.id, state });
    }

    edit(id = false) {
        const button = document.activeElement;
        this.dialog.add(ContactDialog, contactDialogProps(this.center, id), {
            onClose: () => button.focus(),
        });
    }
}

widgetRegistry.add("contacts", { Component: ContactsWidget });
