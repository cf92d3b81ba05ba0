import { expect, test } from "@odoo/hoot";
import { advanceTime, animationFrame } from "@odoo/hoot-mock";
import { contains, getService } from "@web/../tests/web_test_helpers";
import { columns as ticketColumns, widgetData, row as ticket } from "./ticket_table_helpers";
import { OPENED, calls, defineCenter, openCenter, server } from "./center_helpers";

defineCenter();

const CONTACTS = { key: "contacts", name: "Contacts", kind: "contacts", zone: "main" };
const OPEN = { key: "open", name: "Open Tickets", kind: "tickets", zone: "main" };
const BERND = { id: 52, name: "Bernd", email: "", phone: "", function: "", open: 1, closed: 0 };

function openLists() {
    return openCenter({
        available: [CONTACTS, OPEN],
        layout: { v: 1, zones: { main: ["contacts", "open"], side: [] }, hidden: [], refresh: 0 },
        widgets: {
            contacts: { rows: [BERND], total: 30, offset: 0, size: 10, search: "" },
            open: widgetData({ rows: [ticket(1)], columns: ticketColumns("number"), total: 30 }),
        },
    });
}

async function leaveAndComeBack() {
    await getService("action").doAction("test.elsewhere");
    expect(".elsewhere").toHaveCount(1);
    calls();
    await getService("action").restore(); // as its breadcrumb does
    await animationFrame();
}

test("whoever comes back finds the page of a list and the search where he left", async () => {
    await openLists();
    await contains(".o_center_contact_search").edit("ber", { confirm: false });
    await advanceTime(300);
    await contains(".o_center_contacts .o_ticket_next").click();
    await contains(".o_tickets .o_ticket_next").click();
    await leaveAndComeBack();
    expect(calls()).toEqual([
        OPENED,
        ["get_widget", "contacts", { offset: 10, search: "ber" }],
        ["get_widget", "open", { offset: 10 }],
    ]);
    expect(".o_center_contact_search").toHaveValue("ber");
    expect(".o_center_contacts .o_ticket_range").toHaveText("11–11 / 30");
    expect(".o_tickets .o_ticket_range").toHaveText("11–11 / 30");
});

test("whoever comes back to first pages asks for nothing more", async () => {
    await openLists();
    await contains(".o_tickets .o_ticket_next").click();
    await contains(".o_tickets .o_ticket_previous").click();
    await leaveAndComeBack();
    expect(calls()).toEqual([OPENED]);
});

test("the page of a list that was closed elsewhere meanwhile is not asked for", async () => {
    await openLists();
    await contains(".o_tickets .o_ticket_next").click();
    server.layout = { ...server.layout, hidden: ["open"] };
    await leaveAndComeBack();
    expect(calls()).toEqual([OPENED]);
});
