import { describe, expect, test } from "@odoo/hoot";
import { animationFrame, press, queryAllTexts } from "@odoo/hoot-dom";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { contains } from "@web/../tests/web_test_helpers";
import { columns, mountTickets, widgetData } from "./ticket_table_helpers";

describe.current.tags("desktop");
defineMailModels();

const shown = () => queryAllTexts("[data-list=shown] .o_column_handle");
const available = () => queryAllTexts("[data-list=available] .o_column_handle");

async function openChooser(changes = {}) {
    const data = widgetData({ available: columns("number", "age", "name", "user_id"), ...changes });
    const center = await mountTickets(data);
    await contains(".o_tickets_columns").click();
    return center;
}

async function save() {
    await contains(".o_column_save").click();
    expect(".o_column_chooser").toHaveCount(0);
}

test("columns are added and removed with buttons", async () => {
    await openChooser();
    expect(shown()).toEqual(["Number", "Age", "Title"]);
    expect(available()).toEqual(["Owner"]);
    await contains("[data-column=user_id] .o_column_add").click();
    expect(".o_column_choice[data-column=user_id] .o_column_up").toBeFocused();
    await contains("[data-column=age] .o_column_remove").click();
    expect(".o_column_choice[data-column=name] .o_column_remove").toBeFocused();
    expect(shown()).toEqual(["Number", "Title", "Owner"]);
    expect(available()).toEqual(["Age"]);
    expect.verifySteps([]);
    await save();
    expect.verifySteps([["reload", { columns: ["number", "name", "user_id"] }]]);
});

test("columns are put in order with buttons", async () => {
    await openChooser();
    expect("[data-column=number] .o_column_up").toHaveAttribute("aria-disabled", "true");
    expect("[data-column=name] .o_column_down").toHaveAttribute("aria-disabled", "true");
    await contains(".o_column_choice[data-column=name] .o_column_up").click();
    expect(".o_column_choice[data-column=name] .o_column_up").toBeFocused();
    await contains(".o_column_choice[data-column=number] .o_column_down").click();
    await save();
    expect.verifySteps([["reload", { columns: ["name", "number", "age"] }]]);
});

test("Alt and an arrow put a column in order too", async () => {
    await openChooser();
    await contains(".o_column_choice[data-column=name] .o_column_remove").focus();
    await press(["Alt", "ArrowUp"]);
    await animationFrame();
    expect(shown()).toEqual(["Number", "Title", "Age"]);
    expect(".o_column_chooser [role=status]").toHaveText("Title is column 2 of 3");
});

test("columns are put in order by dragging", async () => {
    await openChooser();
    await contains(".o_column_choice[data-column=name] .o_column_handle").dragAndDrop(
        ".o_column_choice[data-column=age]"
    );
    expect(shown()).toEqual(["Number", "Title", "Age"]);
});

test("columns are shown and taken away by dragging", async () => {
    await openChooser();
    await contains(".o_column_choice[data-column=user_id] .o_column_handle").dragAndDrop(
        ".o_column_choice[data-column=age]"
    );
    expect(shown().toSorted()).toEqual(["Age", "Number", "Owner", "Title"]);
    await contains(".o_column_choice[data-column=age] .o_column_handle").dragAndDrop(
        "[data-list=available]"
    );
    expect(available()).toEqual(["Age"]);
});

test("the number cannot be taken away", async () => {
    await openChooser();
    expect(".o_column_choice[data-column=number] .o_column_remove").toHaveCount(0);
    expect(".o_column_choice[data-column=number] .o_column_fixed").toHaveCount(1);
    expect("[data-list=shown] .o_column_remove").toHaveCount(2);
});

test("Defaults gives the columns back that the widget came with", async () => {
    const center = await openChooser({ columns: columns("number", "user_id") });
    center.reloadWidget = async (key, options) => {
        expect.step(["reload", options]);
        center.widgets.open = widgetData();
    };
    await contains(".o_column_reset").click();
    await animationFrame();
    expect(".o_column_chooser").toHaveCount(0);
    expect.verifySteps([["reload", { columns: false }]]);
});

test("whoever discards changes nothing", async () => {
    await openChooser();
    await contains("[data-column=age] .o_column_remove").click();
    await contains(".o_column_chooser footer .btn:contains(Discard)").click();
    expect(".o_column_chooser").toHaveCount(0);
    expect.verifySteps([]);
});
