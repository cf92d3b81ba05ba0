import { expect } from "@odoo/hoot";
import { Component, useState, xml } from "@odoo/owl";
import { mountWithCleanup } from "@web/../tests/web_test_helpers";
import { TicketsWidget } from "@helpdesk_info_center/ticket_table/tickets_widget";

export const COLUMNS = [
    ["number", "Number", "char", "text"],
    ["age", "Age", "age", false],
    ["name", "Title", "text", "text"],
    ["create_date", "Created", "datetime", false],
    ["user_id", "Owner", "many2one", "values"],
    ["is_locked", "Lock", "boolean", "values"],
    ["state_type", "Kind of Status", "selection", false],
    ["tag_ids", "Tags", "tags", false],
    ["pending_until", "Remind on", "datetime", false],
    ["escalation_date", "Escalates on", "datetime", false],
].map(([name, label, type, filter]) => ({
    name,
    label,
    type,
    filter,
    sortable: type !== "tags",
    is_fixed: name === "number",
    ...(type === "selection" && { selection: [["open", "Open"]] }),
}));

export function columns(...names) {
    return names.map((name) => COLUMNS.find((column) => column.name === name));
}

export function row(id, values = {}, flags = [], priority = "1") {
    return {
        id,
        flags,
        priority,
        values: {
            number: `HT0${id}`,
            age: "2026-11-24 08:00:00",
            name: `Ticket ${id}`,
            ...values,
        },
    };
}

/** What the server tells about the widget of open tickets. */
export function widgetData(changes = {}) {
    return {
        key: "open",
        name: "Open Tickets",
        kind: "tickets",
        is_mandatory: false,
        fold: false,
        tabs: [
            { key: "locked", label: "My locked", count: 1 },
            { key: "queues", label: "My queues", count: 3 },
            { key: "all", label: "All", count: 4 },
        ],
        tab: "all",
        due: null,
        total: 4,
        offset: 0,
        size: 10,
        order: ["age", "asc"],
        filters: {},
        columns: columns("number", "age", "name"),
        available: COLUMNS,
        rows: [row(3), row(4), row(5), row(6)],
        ...changes,
    };
}

/**
 * A page of Muster GmbH (48) that writes down what its widgets ask for. Options in
 * ``reload`` change the data as a server would.
 */
export function makeCenter(data, changes = {}) {
    const step = (...words) => expect.step(words);
    return {
        kind: "company",
        mode: "assigned",
        partner: { id: 48, name: "Muster GmbH", company: false },
        can: { write_ticket: true, create_ticket: true, create_contact: true, export: true },
        widgets: { [data.key]: data },
        async call(method, ...args) {
            step(method, ...args);
            return [];
        },
        async reloadWidget(key, options) {
            step("reload", options);
        },
        async act(...args) {
            step("act", ...args);
        },
        saveLayout: (patch) => step("save", patch),
        openTicket: (id) => step("ticket", id),
        openList: (what) => step("list", what),
        ...changes,
    };
}

/** @returns {Promise<Object>} the page, whose data tests can change */
export async function mountTickets(data = widgetData(), changes = {}, Widget = TicketsWidget) {
    let center;
    class Page extends Component {
        static template = xml`<Widget center="center" data="center.widgets.${data.key}"/>`;
        static components = { Widget };
        static props = ["*"];
        setup() {
            this.center = useState(makeCenter(data, changes));
            center = this.center;
        }
    }
    await mountWithCleanup(Page);
    return center;
}
