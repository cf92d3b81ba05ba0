import { Component, xml } from "@odoo/owl";
import { expect, test } from "@odoo/hoot";
import { press, queryAllTexts } from "@odoo/hoot-dom";
import { Deferred, advanceTime, animationFrame } from "@odoo/hoot-mock";
import { contains, onRpc, patchWithCleanup } from "@web/../tests/web_test_helpers";
import { registry } from "@web/core/registry";
import { calls, columns, defineCenter, openCenter, server } from "./center_helpers";

defineCenter();

const ANNA = {
    id: 51,
    name: "Anna",
    email: "anna@muster.example",
    phone: "030 1234",
    function: "Buyer",
    im_status: "online",
    has_login: true,
    open: 4,
    closed: 1,
};
const BERND = {
    ...ANNA,
    id: 52,
    name: "Bernd",
    email: "",
    phone: "",
    function: "",
    im_status: false,
    has_login: false,
};

function widget(kind, data, changes = {}) {
    const key = kind;
    return openCenter({
        available: [{ key, name: kind, kind, zone: "main", is_mandatory: false }],
        layout: { v: 1, zones: { main: [key], side: [] }, hidden: [], refresh: 0 },
        widgets: { [key]: data },
        ...changes,
    });
}

const contacts = (changes) =>
    widget(
        "contacts",
        { rows: [ANNA, BERND], total: 12, offset: 0, size: 10, search: "" },
        changes
    );

async function lastCallAfter(selector) {
    await contains(selector).click();
    return calls().at(-1);
}

// === Kinds === //

test("an addon's kind of widget is shown, an unknown one quietly is not", async () => {
    await openCenter({
        available: [
            { key: "a", name: "A", kind: "note", zone: "main", is_mandatory: false },
            { key: "b", name: "B", kind: "nobody.knows", zone: "main", is_mandatory: false },
        ],
        layout: { v: 1, zones: { main: ["b", "a"], side: [] }, hidden: [], refresh: 0 },
    });
    expect(columns()).toEqual([["a"], []]);
});

test("a kind without a component is refused", () => {
    patchWithCleanup(odoo, { debug: "1" }); // only then Odoo looks at entries
    const kinds = registry.category("helpdesk_info_center.widgets");
    expect(() => kinds.add("wrong", { Component: "Note" })).toThrow();
});

test("a widget that breaks leaves the others alone", async () => {
    class Broken extends Component {
        static template = xml`<p t-esc="props.data.nothing.there"/>`;
        static props = ["*"];
    }
    registry.category("helpdesk_info_center.widgets").add("broken", { Component: Broken });
    await openCenter({
        available: [
            { key: "a", name: "A", kind: "broken", zone: "main", is_mandatory: false },
            { key: "b", name: "B", kind: "note", zone: "main", is_mandatory: false },
        ],
        layout: { v: 1, zones: { main: ["a", "b"], side: [] }, hidden: [], refresh: 0 },
    });
    expect(".o_center_widget[data-key=a] [role=alert]").toHaveText(
        "This widget cannot be shown. The others go on working."
    );
    expect(".o_center_widget[data-key=b] .note").toHaveText("first");
});

// === Status, information, companies === //

test("each number of the status opens its tickets", async () => {
    await widget("status", {
        rows: [
            { key: "escalated", label: "Escalated Tickets", count: 2 },
            { key: "archived", label: "Archived Tickets", count: 0 },
        ],
    });
    expect(queryAllTexts(".o_center_status_row .o_center_number")).toEqual(["2", "0"]);
    expect(await lastCallAfter("[data-status=archived]")).toEqual([
        "get_list_action",
        { status: "archived" },
    ]);
    expect(".elsewhere").toHaveCount(1);
});

test("customer information has links, but none that runs a script", async () => {
    await widget("info", {
        rows: [
            { name: "email", label: "E-Mail", value: "a@b.example", href: "mailto:a@b.example" },
            { name: "website", label: "Website", value: "click", href: "javascript:alert(1)" },
            { name: "ref", label: "Customer Number", value: "MUS-001", href: false },
        ],
        image: false,
        note: "",
    });
    expect("[data-name=email] a").toHaveAttribute("href", "mailto:a@b.example");
    expect("[data-name=website] a").toHaveCount(0);
    expect("[data-name=website]").toHaveText("click");
    expect("[data-name=ref]").toHaveText("MUS-001");
    expect(".o_center_info_edit").toHaveCount(1);
});

test("who may not write partners has no edit button", async () => {
    await widget("info", { rows: [], image: false, note: "" }, { can: {} });
    expect(".o_center_info_edit").toHaveCount(0);
});

test("the company of a contact leads to its center and to its tickets", async () => {
    await widget("companies", { rows: [{ id: 48, name: "Muster GmbH", open: 9, closed: 2 }] });
    expect(await lastCallAfter(".o_center_closed")).toEqual([
        "get_list_action",
        { company: 48, state: "closed" },
    ]);
});

test("a table whose rows are blocks is still a table, with its words", async () => {
    await widget("companies", { rows: [{ id: 48, name: "Muster GmbH", open: 9, closed: 2 }] });
    const rows = ".o_center_companies[role=table] > tbody[role=rowgroup] > tr[role=row]";
    expect(`${rows} > th[role=rowheader]`).toHaveCount(1);
    expect(`${rows} > td[role=cell]`).toHaveCount(2);
    expect(`${rows} .o_center_label:not([aria-hidden])`).toHaveCount(2);
});

// === Contacts === //

test("the numbers of a contact open his tickets", async () => {
    await contacts();
    expect(queryAllTexts(".o_center_contact .o_center_open")).toEqual(["4", "4"]);
    expect(await lastCallAfter(".o_center_contact[data-id='52'] .o_center_open")).toEqual([
        "get_list_action",
        { contact: 52, state: "open" },
    ]);
});

test("the name of a contact opens his center", async () => {
    await contacts();
    expect(await lastCallAfter(".o_center_contact[data-id='51'] .o_center_name")).toEqual([
        "get_center",
        "contact",
        51,
        null,
        "assigned",
    ]);
    expect(".o_breadcrumb .active").toHaveText("Anna");
});

test("a phone or e-mail ticket is created from the row of a contact", async () => {
    await contacts();
    expect(await lastCallAfter(".o_center_contact[data-id='52'] .o_center_email")).toEqual([
        "create_ticket_action",
        52,
        "email",
    ]);
});

test("without the rights there is nothing to create and nothing to edit", async () => {
    await contacts({ can: {} });
    expect(".o_center_contact").toHaveCount(2);
    const buttons = ".o_center_phone, .o_center_email, .o_center_edit, .o_center_add_contact";
    expect(buttons).toHaveCount(0);
    expect(queryAllTexts(".o_center_people thead th")).toEqual(["Name", "Open", "Closed"]);
});

test("presence and portal login are shown for whom has a login", async () => {
    await contacts();
    expect(".o_center_contact[data-id='51'] .o-mail-ImStatus .text-success").toHaveCount(1);
    expect(".o_center_contact[data-id='51'] .o_center_login").toHaveCount(1);
    const signs = ".o_center_contact[data-id='52'] :is(.o-mail-ImStatus, .o_center_login)";
    expect(signs).toHaveCount(0);
});

test("a company among its own contacts is neither opened nor edited there", async () => {
    const company = { ...BERND, id: 48, name: "Muster GmbH" };
    await widget("contacts", { rows: [company], total: 1, offset: 0, size: 10, search: "" });
    expect(".o_center_contact :is(.o_center_name, .o_center_edit)").toHaveCount(0);
    expect(".o_center_contact .o_center_phone").toHaveCount(1);
});

test("contacts are searched while one types, and paged", async () => {
    await contacts();
    await contains(".o_center_contacts .o_ticket_next").click();
    expect(calls().at(-1)).toEqual(["get_widget", "contacts", { offset: 10 }]);
    await contains(".o_center_contact_search").edit("ann", { confirm: false });
    await advanceTime(300);
    expect(calls().at(-1)).toEqual(["get_widget", "contacts", { search: "ann" }]);
});

test("second thoughts about a search count although the first are not answered", async () => {
    await contacts();
    const answer = new Deferred();
    onRpc("helpdesk.center", "get_widget", ({ args }) => {
        expect.step(args[3]);
        return answer;
    });
    await contains(".o_center_contact_search").edit("ann", { confirm: false });
    await advanceTime(300);
    await contains(".o_center_contact_search").edit("", { confirm: false });
    await advanceTime(300);
    expect.verifySteps([{ search: "ann" }, { search: "" }]);
    answer.resolve({});
});

test("the search is empty again when the customer is read anew", async () => {
    await contacts({ kind: "company" });
    await contains(".o_center_contact_search").edit("ann", { confirm: false });
    await advanceTime(300);
    await animationFrame();
    await contains(".o_center_settings_toggle").click();
    await contains(".o_center_reset").click();
    await contains(".modal-footer .btn-primary").click();
    await animationFrame();
    expect(".o_center_contact_search").toHaveValue("");
});

test("whoever leaves the dialog of a contact is at its button again", async () => {
    await addContact();
    await press("Escape");
    await animationFrame();
    expect(".modal").toHaveCount(0);
    expect(".o_center_add_contact").toBeFocused();
});

test("a page that one has turned to stays when the center refreshes", async () => {
    await contacts();
    await contains(".o_center_contacts .o_ticket_next").click();
    await animationFrame();
    expect(".o_center_contacts .o_ticket_next").toBeFocused();
    calls();
    await contains(".o_center_refresh").click();
    expect(calls()).toEqual([
        ["get_center", "company", 48, [], "assigned"],
        ["get_widget", "contacts", { offset: 10 }],
    ]);
    expect(".o_center_contacts .o_ticket_range").toHaveText("11–12 / 12");
    expect(".o_center_contacts .o_ticket_size").toHaveCount(0);
});

test("after the last contact of a page is gone, the page before it is shown", async () => {
    const data = { rows: [ANNA], total: 11, offset: 0, size: 10, search: "" };
    await widget("contacts", data);
    server.widgets.contacts = { ...data, rows: [], total: 10 };
    await contains(".o_center_contacts .o_ticket_next").click();
    await animationFrame();
    expect(calls().at(-1)).toEqual(["get_widget", "contacts", { offset: 0 }]);
});

// === Adding and editing contacts === //

const FORM = `<form><field name="name"/></form>`;

async function addContact() {
    onRpc("res.partner", "get_views", ({ kwargs }) => {
        server.calls.push(["form", kwargs.context.form_view_ref]);
        const models = { "res.partner": { fields: { name: { type: "char", string: "Name" } } } };
        return { views: { form: { arch: FORM, id: 1, model: "res.partner" } }, models };
    });
    onRpc("res.partner", "web_save", ({ args, kwargs }) => {
        server.calls.push(["save", args, kwargs.context.default_parent_id]);
        return [{ id: 53, name: args[1].name }];
    });
    onRpc("res.partner", "onchange", () => ({ value: { name: "" } }));
    onRpc("res.partner", "web_read", () => [{ id: 53, name: "Cora" }]);
    await contacts();
    calls();
    await contains(".o_center_add_contact").click();
    await contains(".modal [name=name] input").edit("Cora", { confirm: false });
}

const REFRESHED = ["get_center", "company", 48, ["contacts"], "assigned"];

test("Save keeps the dialog of a contact open, and the list has him already", async () => {
    await addContact();
    expect(queryAllTexts(".modal footer [class*=o_center_contact], .modal footer .o_form_button_cancel")).toEqual([
        "Save and Finish",
        "Save",
        "Discard",
    ]);
    await contains(".o_center_contact_save").click();
    expect(calls()).toEqual([
        ["form", "helpdesk_info_center.res_partner_view_form_contact"],
        ["save", [[], { name: "Cora" }], 48],
        REFRESHED,
    ]);
    expect(".modal [name=name] input").toHaveValue("Cora");
    await contains(".modal [name=name] input").edit("Cora Berg", { confirm: false });
    await contains(".o_center_contact_save").click();
    expect(calls()).toEqual([["save", [[53], { name: "Cora Berg" }], 48], REFRESHED]);
});

test("Save and Finish closes the dialog of a contact", async () => {
    await addContact();
    await contains(".o_center_contact_finish").click();
    await animationFrame();
    expect(".modal").toHaveCount(0);
    expect(calls().slice(1)).toEqual([["save", [[], { name: "Cora" }], 48], REFRESHED]);
});

test("Discard saves nothing", async () => {
    await addContact();
    await contains(".modal .o_form_button_cancel").click();
    await animationFrame();
    expect(".modal").toHaveCount(0);
    expect(calls().slice(1)).toEqual([]);
});

test("the pencil edits a contact", async () => {
    await addContact();
    await contains(".modal .o_form_button_cancel").click();
    await contains(".o_center_contact[data-id='52'] .o_center_edit").click();
    expect(".modal-title").toHaveText("Edit Contact");
});
