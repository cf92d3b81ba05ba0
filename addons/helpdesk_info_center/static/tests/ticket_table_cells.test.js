import { beforeEach, describe, expect, test } from "@odoo/hoot";
import { queryAllAttributes, queryAllTexts } from "@odoo/hoot-dom";
import { mockDate, mockTimeZone } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { allowTranslations, contains } from "@web/../tests/web_test_helpers";
import { cellTitle, formatAge, formatCell } from "@helpdesk_info_center/ticket_table/ticket_format";
import { columns, mountTickets, row, widgetData } from "./ticket_table_helpers";

describe.current.tags("desktop");
defineMailModels();

beforeEach(() => {
    allowTranslations();
    mockTimeZone(0);
    mockDate("2026-11-27 12:00:00");
});

const format = (name, value) => formatCell(columns(name)[0], value);

test("an age has its two largest units", () => {
    expect(formatAge("2026-11-24 08:00:00")).toBe("3 d 4 h");
    expect(formatAge("2026-11-27 06:50:00")).toBe("5 h 10 min");
    expect(formatAge("2026-11-27 11:35:00")).toBe("25 min");
    expect(formatAge("2026-11-27 12:00:30")).toBe("0 min");
    expect(formatAge(false)).toBe("");
});

test("each type of column is shown in its way", () => {
    expect(format("number", "HT01")).toBe("HT01");
    expect(format("name", false)).toBe("");
    expect(format("create_date", "2026-11-24 08:00:00")).toBe("Nov 24, 8:00 AM");
    expect(format("create_date", false)).toBe("");
    expect(format("user_id", [7, "Carol"])).toBe("Carol");
    expect(format("user_id", false)).toBe("");
    expect(format("is_locked", true)).toBe("Yes");
    expect(format("is_locked", false)).toBe("No");
    expect(format("state_type", "open")).toBe("Open");
    expect(format("tag_ids", [[1, "VIP", 2], [2, "Hardware", 0]])).toBe("VIP, Hardware");
});

test("one reads in what time something is, and on which day it was", () => {
    const title = (name, value) => cellTitle(columns(name)[0], value);
    expect(title("age", "2026-11-24 08:00:00")).toBe("Nov 24, 8:00 AM");
    expect(title("pending_until", "2026-11-29 13:00:00")).toBe("in 2 days");
    expect(title("pending_until", false)).toBe("");
    expect(title("name", "No network")).toBe("No network");
});

test("cells show what the server sent, in its order of columns", async () => {
    const values = { is_locked: true, tag_ids: [[1, "VIP", 2]], user_id: [7, "Carol"] };
    await mountTickets(
        widgetData({
            columns: columns("number", "user_id", "tag_ids", "is_locked"),
            rows: [row(3, values)],
        })
    );
    expect(queryAllTexts(".o_ticket_head")).toEqual(["Number", "Owner", "Tags", "Lock"]);
    expect(queryAllTexts(".o_ticket_cell")).toEqual(["HT03", "Carol", "VIP", ""]);
    expect(".o_cell_tags .o_tag_color_2").toHaveText("VIP");
    expect(".o_cell_boolean i").toHaveAttribute("aria-label", "Yes");
});

test("a number is a link, so that it opens in another tab too", async () => {
    await mountTickets(widgetData({ rows: [row(3)] }));
    expect(".o_ticket_number").toHaveAttribute("href", "/odoo/helpdesk-tickets/3");
    await contains(".o_ticket_number").click();
    expect.verifySteps([["ticket", 3]]);
    document.addEventListener("click", (ev) => ev.preventDefault(), { once: true });
    await contains(".o_ticket_number").click({ ctrlKey: true });
    expect.verifySteps([]);
});

test("a click on a row opens its ticket, a click on its tick does not", async () => {
    await mountTickets();
    await contains("[data-id='4'] [data-column=name]").click();
    expect.verifySteps([["ticket", 4]]);
    await contains("[data-id='4'] .o_ticket_tick input").click();
    expect.verifySteps([]);
});

async function marksOf(flags, values = {}) {
    await mountTickets(widgetData({ rows: [row(3, values, flags)] }));
    return queryAllAttributes(".o_ticket_mark", "title");
}

test("one's own lock looks different from another's", async () => {
    expect(await marksOf(["locked", "mine"])).toEqual(["Locked by you"]);
    expect(".o_ticket_mark").toHaveClass("fa-key");
});

test("a lock of another agent names him if one knows him", async () => {
    expect(await marksOf(["locked"], { user_id: [7, "Carol"] })).toEqual(["Locked by Carol"]);
    expect(".o_ticket_mark").toHaveClass("fa-lock");
});

test("a lock of another agent is shown without his name too", async () => {
    expect(await marksOf(["locked"])).toEqual(["Locked by another agent"]);
});

test("an own ticket without a lock has no mark", async () => {
    expect(await marksOf(["mine"])).toEqual([]);
});

test("an escalated ticket is red and does not warn as well", async () => {
    expect(await marksOf(["escalated", "warning"])).toEqual(["Escalated"]);
    expect(".o_ticket_mark").toHaveClass("text-danger");
    expect(".o_ticket_row").toHaveClass("o_ticket_escalated");
});

test("a ticket that escalates soon warns", async () => {
    expect(await marksOf(["warning"])).toEqual(["Escalates soon"]);
    expect(".o_ticket_mark").toHaveClass("text-warning");
    expect(".o_ticket_row").toHaveClass("o_ticket_warning");
});

test("a due reminder and a waiting customer are marked", async () => {
    expect(await marksOf(["due", "waiting"])).toEqual([
        "The reminder is due",
        "The customer waits for an answer",
    ]);
});

test("a stripe marks the tickets that are urgent", async () => {
    const rows = ["3", "2", "1", "0"].map((priority, index) => row(index + 1, {}, [], priority));
    await mountTickets(widgetData({ rows }));
    expect(".o_ticket_row:eq(0)").toHaveClass("o_priority_3");
    expect(queryAllAttributes(".o_ticket_priority", "aria-label")).toEqual([
        "Very high priority",
        "High priority",
    ]);
});

test("a date that has passed is coloured in its column", async () => {
    const date = { escalation_date: "2026-11-27 10:00:00", pending_until: false };
    await mountTickets(
        widgetData({
            columns: columns("number", "escalation_date", "pending_until"),
            rows: [row(3, date, ["escalated"]), row(4, date, ["warning"]), row(5, date, ["due"])],
        })
    );
    expect("[data-id='3'] [data-column=escalation_date]").toHaveClass("text-danger");
    expect("[data-id='4'] [data-column=escalation_date]").toHaveClass("text-warning");
    expect("[data-id='5'] [data-column=escalation_date]").not.toHaveClass("text-danger");
    expect("[data-id='5'] [data-column=pending_until]").toHaveClass("text-info");
});
