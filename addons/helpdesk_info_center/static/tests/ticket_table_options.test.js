import { describe, expect, test } from "@odoo/hoot";
import {
    Deferred,
    animationFrame,
    edit,
    press,
    queryAllTexts,
    queryAttribute,
    queryOne,
    select,
} from "@odoo/hoot-dom";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { contains } from "@web/../tests/web_test_helpers";
import { columns, mountTickets, row, widgetData } from "./ticket_table_helpers";

describe.current.tags("desktop");
defineMailModels();

test("tabs show their counts, and the chosen one", async () => {
    await mountTickets();
    expect(queryAllTexts(".o_ticket_tab")).toEqual(["My locked 1", "My queues 3", "All 4"]);
    expect("[role=tab][aria-selected=true]").toHaveText("All 4");
    await contains("[data-tab=locked]").click();
    expect.verifySteps([["reload", { tab: "locked", offset: 0 }]]);
    await contains("[data-tab=all]").click();
    expect.verifySteps([]);
});

test("arrow keys move between tabs, Enter chooses", async () => {
    await mountTickets();
    await contains("[data-tab=all]").focus();
    await press("ArrowRight");
    expect("[data-tab=locked]").toBeFocused();
    await press("ArrowLeft");
    expect("[data-tab=all]").toBeFocused();
    await press("Home");
    expect("[data-tab=locked]").toBeFocused();
    await press("End");
    await press("ArrowLeft");
    expect("[data-tab=queues]").toBeFocused();
    expect.verifySteps([]);
    await press("Enter");
    expect.verifySteps([["reload", { tab: "queues", offset: 0 }]]);
});

test("a widget with one tab only has no tabs", async () => {
    await mountTickets(widgetData({ tabs: [{ key: "all", label: "All", count: 4 }] }));
    expect("[role=tablist]").toHaveCount(0);
    expect(".o_tickets_panel").toHaveAttribute("role", "region");
    expect(".o_tickets_foot .o_tickets_columns").toHaveCount(1);
});

test("a click on a column's head sorts, another click turns the order round", async () => {
    const center = await mountTickets();
    expect("th[data-column=age]").toHaveAttribute("aria-sort", "ascending");
    expect("th[data-column=name]").not.toHaveAttribute("aria-sort");
    await contains("th[data-column=name] .o_ticket_sort").click();
    expect.verifySteps([["reload", { order: ["name", "asc"], offset: 0 }]]);
    center.widgets.open = widgetData({ order: ["name", "asc"] });
    await animationFrame();
    await contains("th[data-column=name] .o_ticket_sort").click();
    expect.verifySteps([["reload", { order: ["name", "desc"], offset: 0 }]]);
});

test("a column that cannot be sorted is no button", async () => {
    await mountTickets(widgetData({ columns: columns("number", "tag_ids") }));
    expect("th[data-column=number] .o_ticket_sort").toHaveCount(1);
    expect("th[data-column=tag_ids] .o_ticket_sort").toHaveCount(0);
    expect("th[data-column=tag_ids] .o_ticket_funnel").toHaveCount(0);
});

async function mountOwners(filters = {}) {
    return mountTickets(
        widgetData({ columns: columns("number", "user_id"), filters, tab: "queues" }),
        {
            call: async (...args) => {
                expect.step(args);
                return [[7, "Carol"], [8, "Dora"], [false, "None"]];
            },
        }
    );
}

test("a column is narrowed down to several of the values on its tickets", async () => {
    await mountOwners();
    await contains("th[data-column=user_id] .o_ticket_funnel").click();
    expect.verifySteps([
        ["filter_values", "company", 48, "open", "user_id", "queues", "assigned"],
    ]);
    expect(queryAllTexts(".o_ticket_filter label")).toEqual(["Carol", "Dora", "None"]);
    await contains(".o_ticket_filter label:contains(Carol) input").click();
    await contains(".o_ticket_filter label:contains(None) input").click();
    expect.verifySteps([]);
    await contains(".o_ticket_filter_apply").click();
    expect.verifySteps([["reload", { filters: { user_id: [7, false] }, offset: 0 }]]);
    expect(".o_ticket_filter").toHaveCount(0);
});

test("a filter in use is marked and can be taken back alone", async () => {
    await mountOwners({ user_id: [8], number: "HT" });
    expect("th[data-column=user_id] .o_ticket_funnel").toHaveClass("o_active");
    await contains("th[data-column=user_id] .o_ticket_funnel").click();
    expect.verifySteps([
        ["filter_values", "company", 48, "open", "user_id", "queues", "assigned"],
    ]);
    expect(".o_ticket_filter label:contains(Dora) input").toBeChecked();
    expect(".o_ticket_filter label:contains(Carol) input").not.toBeChecked();
    await contains(".o_ticket_filter_clear").click();
    expect.verifySteps([["reload", { filters: { number: "HT" }, offset: 0 }]]);
});

test("a column of words is narrowed down to a text, with Enter", async () => {
    await mountTickets();
    await contains("th[data-column=name] .o_ticket_funnel").click();
    await contains(".o_ticket_filter_text").click();
    await edit(" network ");
    await press("Enter");
    await animationFrame();
    expect.verifySteps([["reload", { filters: { name: "network" }, offset: 0 }]]);
});

test("Escape leaves the filter as it was and goes back to the funnel", async () => {
    await mountTickets();
    await contains("th[data-column=name] .o_ticket_funnel").click();
    await press("Escape");
    await animationFrame();
    expect(".o_ticket_filter").toHaveCount(0);
    expect("th[data-column=name] .o_ticket_funnel").toBeFocused();
    expect.verifySteps([]);
});

test("all filters are removed with one button", async () => {
    const center = await mountTickets();
    expect(".o_tickets_unfilter").toHaveCount(0);
    center.widgets.open = widgetData({ filters: { name: "network" }, rows: [], total: 0 });
    await animationFrame();
    expect(".o_tickets_empty").toHaveText("No ticket passes the filters");
    await contains(".o_tickets_unfilter").click();
    expect.verifySteps([["reload", { filters: {}, offset: 0 }]]);
});

test("the pager says which of how many tickets are shown", async () => {
    const center = await mountTickets(widgetData({ total: 23, offset: 10, size: 4 }));
    expect(".o_ticket_range").toHaveText("11–14 / 23");
    await contains(".o_ticket_next").click();
    await contains(".o_ticket_previous").click();
    expect.verifySteps([
        ["reload", { offset: 14 }],
        ["reload", { offset: 6 }],
    ]);
    center.widgets.open = widgetData({ total: 4 });
    await animationFrame();
    expect(".o_ticket_previous").toHaveAttribute("aria-disabled", "true");
    expect(".o_ticket_next").toHaveAttribute("aria-disabled", "true");
    await contains(".o_ticket_next").click();
    expect(".o_ticket_next").toBeFocused();
    expect.verifySteps([]);
});

test("pages have one of six sizes", async () => {
    await mountTickets();
    expect(queryAllTexts(".o_ticket_size option")).toEqual(["5", "10", "15", "20", "25", "50"]);
    expect(".o_ticket_size").toHaveValue("10");
    await contains(".o_ticket_size").click();
    await select("25");
    expect.verifySteps([["reload", { size: 25, offset: 0 }]]);
});

test("every number opens a list of what it counts", async () => {
    await mountTickets(widgetData({ due: 2, tab: "queues", filters: { name: "network" } }));
    expect(".o_tickets_due").toHaveText("2 due");
    await contains(".o_tickets_due").click();
    expect(".o_tickets_total").toHaveText(/^4 tickets/);
    await contains(".o_tickets_total").click();
    expect.verifySteps([
        ["list", { widget: "open", due: true }],
        ["list", { widget: "open", tab: "queues", filters: { name: "network" } }],
    ]);
});

test("without due reminders nothing is said about them", async () => {
    await mountTickets(widgetData({ due: 0 }));
    expect(".o_tickets_due").toHaveCount(0);
});

test("an empty list says what there is none of", async () => {
    const tabs = (all) => [
        { key: "locked", label: "My locked", count: 0 },
        { key: "all", label: "All", count: all },
    ];
    const empty = { rows: [], total: 0 };
    const center = await mountTickets(widgetData({ ...empty, tabs: tabs(0) }));
    expect(".o_tickets_empty").toHaveText("No open tickets");
    expect(".o_ticket_range").toHaveText("0–0 / 0");
    center.widgets.open = widgetData({ ...empty, tabs: tabs(0), tab: "locked" });
    await animationFrame();
    expect(".o_tickets_empty").toHaveText("No open tickets");
    center.widgets.open = widgetData({ ...empty, tabs: tabs(4), tab: "locked" });
    await animationFrame();
    expect(".o_tickets_empty").toHaveText("None of these tickets is locked by you");
});

test("the old rows stay until the new ones are there", async () => {
    const answer = new Deferred();
    const center = await mountTickets(widgetData(), { reloadWidget: () => answer });
    await contains("[data-tab=locked]").click();
    expect(".o_tickets").toHaveAttribute("aria-busy", "true");
    expect(".o_ticket_row").toHaveCount(4);
    center.widgets.open = widgetData({ rows: [row(3)], tab: "locked" });
    answer.resolve();
    await animationFrame();
    expect(".o_tickets").toHaveAttribute("aria-busy", "false");
    expect(".o_ticket_row").toHaveCount(1);
});

test("second thoughts count although the first are not answered", async () => {
    const answer = new Deferred();
    await mountTickets(widgetData({ filters: { number: "HT" } }), {
        reloadWidget: (key, options) => {
            expect.step(options);
            return answer;
        },
    });
    await contains("[data-tab=locked]").click();
    await contains("[data-tab=locked]").click();
    await contains("[data-tab=all]").click();
    await contains(".o_tickets_unfilter").click();
    await contains("th[data-column=name] .o_ticket_funnel").click();
    await contains(".o_ticket_filter_text").click();
    await edit("network");
    await press("Enter");
    await animationFrame();
    expect.verifySteps([
        { tab: "locked", offset: 0 },
        { tab: "all", offset: 0 },
        { filters: {}, offset: 0 },
        { filters: { name: "network" }, offset: 0 },
    ]);
    answer.resolve();
});

test("a tab whose tickets could not be read can be chosen again", async () => {
    let answer = new Deferred();
    await mountTickets(widgetData(), {
        reloadWidget: (key, options) => {
            expect.step(options.tab);
            return answer;
        },
    });
    await contains("[data-tab=locked]").click();
    answer.reject(new Error("no answer"));
    expect.errors(1);
    await animationFrame();
    answer = Promise.resolve();
    await contains("[data-tab=locked]").click();
    expect.verifySteps(["locked", "locked"]);
    expect.verifyErrors(["no answer"]);
});

test("who removes the filters goes on in the list", async () => {
    const center = await mountTickets(widgetData({ filters: { name: "network" } }));
    await contains(".o_tickets_unfilter").click();
    expect.verifySteps([["reload", { filters: {}, offset: 0 }]]);
    center.widgets.open = widgetData();
    await animationFrame();
    expect(".o_tickets_panel").toBeFocused();
});

test("Alt and an arrow are left to the browser", async () => {
    await mountTickets();
    await contains("[data-tab=all]").focus();
    await press(["Alt", "ArrowLeft"]);
    expect("[data-tab=all]").toBeFocused();
});

test("the filter of a column is a dialog with a name", async () => {
    await mountTickets();
    await contains("th[data-column=name] .o_ticket_funnel").click();
    expect("[role=dialog]:has(.o_ticket_filter)").toHaveAttribute("aria-label", "Filter: Title");
});

test("the menu closes when one downloads", async () => {
    await mountTickets();
    await contains(".o_tickets_export").click();
    queryOne(".o-dropdown--menu a[data-format=csv]").addEventListener("click", (ev) =>
        ev.preventDefault()
    );
    await contains(".o-dropdown--menu a[data-format=csv]").click();
    expect(".o-dropdown--menu").toHaveCount(0);
});

test("whoever may not export has no menu for it", async () => {
    await mountTickets(widgetData(), { can: { write_ticket: true } });
    expect(".o_tickets_columns").toHaveCount(1);
    expect(".o_tickets_export").toHaveCount(0);
});

test("a list is exported exactly as it is shown", async () => {
    const data = { tab: "queues", filters: { user_id: [7, false] }, order: ["name", "desc"] };
    await mountTickets(widgetData({ ...data, columns: columns("number", "user_id") }));
    await contains(".o_tickets_export").click();
    expect(queryAllTexts(".o-dropdown--menu a")).toEqual(["Excel", "CSV"]);
    const href = queryAttribute(".o-dropdown--menu a[data-format=csv]", "href");
    const url = new URL(href, "https://example.com");
    expect(url.pathname).toBe("/helpdesk_info_center/export");
    const { options, ...query } = Object.fromEntries(url.searchParams);
    expect(query).toEqual({
        format: "csv",
        kind: "company",
        partner_id: "48",
        key: "open",
        mode: "assigned",
    });
    expect(JSON.parse(options)).toEqual({ ...data, columns: ["number", "user_id"] });
});
