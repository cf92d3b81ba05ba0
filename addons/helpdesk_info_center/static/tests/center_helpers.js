import { Component, xml } from "@odoo/owl";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import {
    defineActions,
    defineModels,
    getService,
    models,
    mountWithCleanup,
} from "@web/../tests/web_test_helpers";
import { applyPatch } from "@helpdesk_info_center/center/center_layout";
import { registry } from "@web/core/registry";
import { WebClient } from "@web/webclient/webclient";

/** Two notes in the content and one in the sidebar; “orders” cannot be closed. */
const WIDGETS = [
    { key: "new", name: "New Tickets", kind: "note", zone: "main", is_mandatory: false },
    { key: "open", name: "Open Tickets", kind: "note", zone: "main", is_mandatory: false },
    { key: "orders", name: "Orders", kind: "note", zone: "side", is_mandatory: true },
];
const LAYOUT = {
    v: 1,
    zones: { main: ["new", "open"], side: ["orders"] },
    hidden: [],
    refresh: 0,
};
const RIGHTS = {
    create_ticket: true,
    write_ticket: true,
    create_contact: true,
    write_contact: true,
    manage: true,
};

class Note extends Component {
    static template = xml`<p class="note" t-esc="props.data.text"/>`;
    static props = ["*"];
}

/** What the server of a test answers. */
export const server = {};

/** What the server was asked since the last look. */
export function calls() {
    return server.calls.splice(0);
}

class HelpdeskCenter extends models.ServerModel {
    _name = "helpdesk.center";

    get_center(kind, partnerId, only, mode = "assigned") {
        server.calls.push(["get_center", kind, partnerId, only, mode]);
        if (!server.partners[partnerId]) {
            return { missing: "This customer does not exist." };
        }
        const keys = only || server.available.map((widget) => widget.key);
        const shown = keys.filter((key) => !server.layout.hidden.includes(key));
        return {
            kind,
            mode,
            has_login: server.has_login,
            partner: server.partners[partnerId],
            layout: server.layout,
            available: server.available,
            widgets: Object.fromEntries(shown.map((key) => [key, server.widget(key)])),
            next_change: server.next_change,
            can: server.can,
            teams: server.teams,
            use_responsible: false,
        };
    }

    get_widget(kind, partnerId, key, options) {
        server.calls.push(["get_widget", key, options]);
        return { ...server.widget(key), ...options };
    }

    save_layout(kind, patch, version) {
        server.calls.push(["save_layout", patch, version]);
        server.layout = { ...applyPatch(server.layout, patch), v: version + 1 };
        return server.layout;
    }

    reset_layout() {
        server.calls.push(["reset_layout"]);
        server.layout = { ...LAYOUT, v: server.layout.v + 1 };
        return server.layout;
    }

    save_team_layout(kind, teamId) {
        server.calls.push(["save_team_layout", kind, teamId]);
        return true;
    }

    get_list_action(kind, partnerId, what) {
        server.calls.push(["get_list_action", what]);
        return { type: "ir.actions.client", tag: "test.elsewhere" };
    }

    create_ticket_action(partnerId, channel) {
        server.calls.push(["create_ticket_action", partnerId, channel]);
        return { type: "ir.actions.client", tag: "test.elsewhere" };
    }

    recent() {
        return [];
    }

    note_visit(partnerId) {
        server.visits.push(partnerId);
    }
}

class Elsewhere extends Component {
    static template = xml`<div class="elsewhere"/>`;
    static props = ["*"];
}

export function defineCenter() {
    defineMailModels();
    defineModels([HelpdeskCenter]);
    defineActions([centerAction("company", 501), centerAction("contact", 502)]);
}

function centerAction(kind, id) {
    return {
        id,
        xml_id: `helpdesk_info_center.action_${kind}_center`,
        name: kind,
        type: "ir.actions.client",
        tag: "helpdesk_info_center.center",
        path: kind === "company" ? "customer-center" : "contact-center",
        params: { kind },
    };
}

/** Start a web client with the page of a customer. */
export async function openCenter({ kind = "company", resId = 48, ...changes } = {}) {
    await startWebClient(changes);
    await getService("action").doAction(
        `helpdesk_info_center.action_${kind}_center`,
        resId ? { props: { resId } } : {}
    );
}

export async function startWebClient(changes) {
    Object.assign(
        server,
        {
            calls: [],
            visits: [],
            partners: {
                48: { id: 48, name: "Muster GmbH", is_company: true, company: false, im_status: false },
                51: {
                    id: 51,
                    name: "Anna",
                    is_company: false,
                    company: [48, "Muster GmbH"],
                    im_status: "online",
                },
            },
            available: WIDGETS,
            layout: LAYOUT,
            can: RIGHTS,
            teams: [
                [3, "Support"],
                [4, "Field"],
            ],
            has_login: true,
            next_change: false,
            widgets: {},
            text: "first",
            widget(key) {
                const { name, kind, is_mandatory } = this.available.find((one) => one.key === key);
                return { key, name, kind, is_mandatory, fold: false, text: this.text, ...this.widgets[key] };
            },
        },
        changes
    );
    registry.category("helpdesk_info_center.widgets").add("note", { Component: Note });
    registry.category("actions").add("test.elsewhere", Elsewhere);
    await mountWithCleanup(WebClient);
}

/** Keys of the widgets in both columns, from top to bottom. */
export function columns() {
    return ["main", "side"].map((zone) =>
        [...document.querySelectorAll(`.o_center_list[data-zone=${zone}] > .o_center_widget`)].map(
            (element) => element.dataset.key
        )
    );
}

/** What was asked of the server when the page opened. */
export const OPENED = ["get_center", "company", 48, null, "assigned"];
