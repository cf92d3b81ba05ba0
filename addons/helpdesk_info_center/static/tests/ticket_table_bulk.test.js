import { describe, expect, test } from "@odoo/hoot";
import { animationFrame, queryAllAttributes, queryAllTexts } from "@odoo/hoot-dom";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { contains, mockService } from "@web/../tests/web_test_helpers";
import { UnlinkedWidget } from "@helpdesk_info_center/ticket_table/unlinked_widget";
import { SelectCreateDialog } from "@web/views/view_dialogs/select_create_dialog";
import { mountTickets, row, widgetData } from "./ticket_table_helpers";

describe.current.tags("desktop");
defineMailModels();

const tick = (id) => contains(`[data-id='${id}'] .o_ticket_tick input`).click();
const bulk = (key) => contains(`.o_tickets_bulk [data-action=${key}]`).click();
const actionKeys = () => queryAllAttributes(".o_tickets_bulk [data-action]", "data-action");

test("what one can do appears with the first tick", async () => {
    await mountTickets();
    expect(".o_tickets_bulk").toHaveCount(0);
    await tick(3);
    expect(".o_tickets_selected").toHaveText("1 selected");
    expect(queryAllTexts(".o_tickets_bulk [data-action]")).toEqual([
        "Assign",
        "Assign to Me",
        "Lock",
        "Unlock",
        "Remind Me",
        "Close",
        "Duplicate",
    ]);
    await contains(".o_tickets_unselect").click();
    expect(".o_tickets_bulk").toHaveCount(0);
});

test("a bulk action names the tickets that are ticked, and nothing else", async () => {
    await mountTickets();
    await tick(3);
    await tick(5);
    await bulk("lock");
    expect.verifySteps([["act", [3, 5], "lock", undefined]]);
    expect(".o_tickets_bulk").toHaveCount(0);
});

test("who leaves the dialog of an action has his ticks still", async () => {
    await mountTickets(widgetData(), { act: async () => ({ action: { type: "wizard" } }) });
    await tick(3);
    await bulk("remind");
    expect(".o_tickets_selected").toHaveText("1 selected");
});

test("the keyboard goes on in the list after an action", async () => {
    await mountTickets();
    await tick(3);
    await bulk("lock");
    await animationFrame();
    expect(".o_tickets_panel").toBeFocused();
    expect.verifySteps([["act", [3], "lock", undefined]]);
});

test("every action is sent under its own name", async () => {
    await mountTickets();
    for (const key of ["assign", "assign_to_me", "lock", "unlock", "remind"]) {
        await tick(4);
        await bulk(key);
        expect.verifySteps([["act", [4], key, undefined]]);
    }
});

test("the head's tick is for all tickets of the page", async () => {
    await mountTickets();
    await tick(4);
    expect("thead .o_ticket_tick input").toHaveProperty("indeterminate", true);
    await contains("thead .o_ticket_tick input").click();
    expect("tbody input:checked").toHaveCount(4);
    await bulk("unlock");
    expect.verifySteps([["act", [3, 4, 5, 6], "unlock", undefined]]);
    await contains("thead .o_ticket_tick input").click();
    await contains("thead .o_ticket_tick input").click();
    expect("tbody input:checked").toHaveCount(0);
});

test("closing is asked before", async () => {
    await mountTickets();
    await tick(3);
    await tick(4);
    await bulk("close");
    expect.verifySteps([]);
    expect(".modal-body").toHaveText("Do you want to close these 2 tickets?");
    await contains(".modal-footer .btn-secondary").click();
    expect.verifySteps([]);
    await bulk("close");
    await contains(".modal-footer .btn-primary").click();
    expect.verifySteps([["act", [3, 4], "close", undefined]]);
});

test("duplicating is asked before", async () => {
    await mountTickets();
    await tick(3);
    await bulk("duplicate");
    expect(".modal-body").toHaveText("Do you want to duplicate this ticket?");
    await contains(".modal-footer .btn-primary").click();
    expect.verifySteps([["act", [3], "duplicate", undefined]]);
});

test("whoever may only create tickets can only duplicate", async () => {
    await mountTickets(widgetData(), { can: { create_ticket: true } });
    await tick(3);
    expect(actionKeys()).toEqual(["duplicate"]);
});

test("whoever may change nothing has nothing to tick", async () => {
    await mountTickets(widgetData(), { can: {} });
    expect(".o_ticket_row").toHaveCount(4);
    expect(".o_ticket_tick").toHaveCount(0);
});

test("a manager takes locks of others away", async () => {
    await mountTickets(widgetData(), { can: { write_ticket: true, manage: true } });
    await tick(3);
    await bulk("force_unlock");
    expect.verifySteps([["act", [3], "force_unlock", undefined]]);
});

test("ticks stay when the list is refreshed, for tickets that are still there", async () => {
    const center = await mountTickets();
    await tick(3);
    await tick(5);
    center.widgets.open = widgetData({ rows: [row(5), row(6)] });
    await animationFrame();
    expect(".o_tickets_selected").toHaveText("1 selected");
    await bulk("lock");
    expect.verifySteps([["act", [5], "lock", undefined]]);
});

test("another tab starts without ticks", async () => {
    await mountTickets();
    await tick(3);
    await contains("[data-tab=locked]").click();
    expect(".o_tickets_bulk").toHaveCount(0);
    expect.verifySteps([["reload", { tab: "locked", offset: 0 }]]);
});

const unlinked = () => widgetData({ key: "unlinked", kind: "unlinked", rows: [row(8), row(9)] });

test("an unknown sender gets a contact of the company", async () => {
    mockService("dialog", {
        add(dialogClass, { domain, onSelected, resModel }) {
            expect(dialogClass).toBe(SelectCreateDialog);
            expect.step([resModel, domain]);
            onSelected([12]);
        },
    });
    await mountTickets(unlinked(), {}, UnlinkedWidget);
    await contains("[data-id='8'] [data-action=link]").click();
    expect.verifySteps([
        ["res.partner", [["id", "child_of", 48]]],
        ["act", [8], "link", { partner_id: 12 }],
    ]);
});

test("an unknown sender becomes a contact of the company", async () => {
    await mountTickets(unlinked(), {}, UnlinkedWidget);
    await tick(8);
    await tick(9);
    await bulk("link_new");
    expect.verifySteps([["act", [8, 9], "link_new", { partner_id: 48 }]]);
});

test("on the page of a contact it is his company", async () => {
    const partner = { id: 12, name: "Anna", company: [48, "Muster GmbH"] };
    await mountTickets(unlinked(), { partner }, UnlinkedWidget);
    await contains("[data-id='8'] [data-action=link_new]").click();
    expect.verifySteps([["act", [8], "link_new", { partner_id: 48 }]]);
});

test("whoever may not create contacts can only link", async () => {
    await mountTickets(unlinked(), { can: { write_ticket: true } }, UnlinkedWidget);
    expect(queryAllTexts("[data-id='8'] [data-action]")).toEqual(["Link to Contact"]);
});

test("whoever may not change tickets cannot link them", async () => {
    await mountTickets(unlinked(), { can: { create_contact: true } }, UnlinkedWidget);
    expect("[data-action]").toHaveCount(0);
});
