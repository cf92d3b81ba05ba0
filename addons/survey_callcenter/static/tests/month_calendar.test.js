import { expect, test } from "@odoo/hoot";
import { press, queryAllTexts, queryOne } from "@odoo/hoot-dom";
import { animationFrame, mockDate } from "@odoo/hoot-mock";
import {
    contains,
    defineModels,
    defineParams,
    fields,
    models,
    mountView,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { MonthCalendar } from "@survey_callcenter/month_calendar/month_calendar";

const { DateTime } = luxon;
const NOW = "2026-12-07 09:30:00";

class Reminder extends models.Model {
    _name = "reminder";

    at = fields.Datetime();
    user_id = fields.Many2one({ relation: "res.users" });

    _records = [
        { id: 1, at: "2026-12-09 13:30:00", user_id: 7 },
        { id: 2, at: false, user_id: false },
    ];
}

defineMailModels();
defineModels([Reminder]);

const day = (iso) => `.o_cc_month_day[data-date='${iso}']`;

async function mountMonth(props = {}) {
    mockDate(NOW, 1);
    await mountWithCleanup(MonthCalendar, {
        props: { onPick: (date) => expect.step(date.toISODate()), ...props },
    });
}

async function mountForm(resId = 1) {
    mockDate(NOW, 1);
    onRpc("reminder", "follow_up_days", ({ args }) => {
        expect.step(args);
        return { "2026-12-11": 3, "2026-12-14": 1 };
    });
    await mountView({
        type: "form",
        resModel: "reminder",
        resId,
        arch: `<form>
            <field name="user_id" invisible="1"/>
            <field name="at" widget="cc_month_datetime" options="{'agent_field': 'user_id'}"/>
        </form>`,
    });
    await animationFrame();
}

async function key(name) {
    await press(name);
    await animationFrame();
}

test("the month is a grid that begins with the first day of the week", async () => {
    defineParams({ lang_parameters: { week_start: 1 } });
    await mountMonth();
    expect(".o_cc_month_title").toHaveText("December 2026");
    expect(".o_cc_month_grid").toHaveAttribute("role", "grid");
    expect(queryAllTexts(".o_cc_month th")[0]).toBe("Mon");
    expect(".o_cc_month_grid tbody tr").toHaveCount(5);
    expect(".o_cc_month_grid tbody tr:first td:first").toHaveText("");
    expect(day("2026-12-07")).toHaveAttribute("aria-current", "date");
});

test("in other countries the week begins with Sunday", async () => {
    defineParams({ lang_parameters: { week_start: 7 } });
    await mountMonth();
    expect(queryAllTexts(".o_cc_month th")[0]).toBe("Sun");
    expect(".o_cc_month_grid tbody tr:first td:nth-child(3)").toHaveText("1");
});

test("a click marks a day and picks nothing", async () => {
    await mountMonth();
    await contains(day("2026-12-11")).click();
    expect(day("2026-12-11")).toBeFocused();
    expect(day("2026-12-11")).toHaveAttribute("tabindex", "0");
    expect(".o_cc_month_day[tabindex='0']").toHaveCount(1);
    expect.verifySteps([]);
});

test("a double-click picks the day", async () => {
    await mountMonth();
    await contains(day("2026-12-11")).dblclick();
    expect.verifySteps(["2026-12-11"]);
});

test("the button below picks the day that is marked", async () => {
    await mountMonth();
    await contains(day("2026-12-11")).click();
    await contains(".o_cc_month_take").click();
    expect.verifySteps(["2026-12-11"]);
});

test("days that are over are not picked", async () => {
    await mountMonth();
    expect(day("2026-12-06")).toHaveAttribute("aria-disabled", "true");
    expect(day("2026-12-07")).not.toHaveAttribute("aria-disabled");
    await contains(day("2026-12-06")).dblclick();
    expect(".o_cc_month_take").not.toBeEnabled();
    await key("Enter");
    expect.verifySteps([]);
    await contains(day("2026-12-07")).dblclick();
    expect.verifySteps(["2026-12-07"]);
});

test("arrows, Home, End and the page keys move, Enter picks", async () => {
    defineParams({ lang_parameters: { week_start: 1 } });
    await mountMonth({ value: DateTime.fromISO("2026-12-09T13:30:00") });
    queryOne(day("2026-12-09")).focus();
    const path = [
        ["ArrowRight", "2026-12-10"],
        ["ArrowDown", "2026-12-17"],
        ["ArrowLeft", "2026-12-16"],
        ["ArrowUp", "2026-12-09"],
        ["Home", "2026-12-07"],
        ["End", "2026-12-13"],
        ["PageDown", "2027-01-13"],
        ["PageUp", "2026-12-13"],
    ];
    for (const [name, iso] of path) {
        await key(name);
        expect(day(iso)).toBeFocused();
    }
    expect.verifySteps([]);
    await key("Enter");
    expect.verifySteps(["2026-12-13"]);
});

test("buttons lead to other months and back to today, and the month is told", async () => {
    await mountMonth({
        onMonthChange: (from, to) => expect.step(`${from.toISODate()} ${to.toISODate()}`),
    });
    expect.verifySteps(["2026-12-01 2026-12-31"]);
    await contains(".o_cc_month_next").click();
    await contains(".o_cc_month_next").click();
    expect(".o_cc_month_title").toHaveText("February 2027");
    expect.verifySteps(["2027-01-01 2027-01-31", "2027-02-01 2027-02-28"]);
    await contains(".o_cc_month_today").click();
    expect(day("2026-12-07")).toHaveAttribute("tabindex", "0");
    expect.verifySteps(["2026-12-01 2026-12-31"]);
    await contains(".o_cc_month_previous").click();
    expect(".o_cc_month_title").toHaveText("November 2026");
    expect.verifySteps(["2026-11-01 2026-11-30"]);
});

test("the number of follow-ups is on the day, also for a screen reader", async () => {
    await mountMonth({ counts: { "2026-12-11": 3, "2026-12-14": 1 } });
    expect(`${day("2026-12-11")} .o_cc_month_count`).toHaveAttribute("data-count", "3");
    expect(".o_cc_month_count").toHaveCount(2);
    expect(day("2026-12-11")).toHaveAttribute(
        "aria-label",
        "Friday, December 11, 2026, 3 follow-ups"
    );
    expect(day("2026-12-14")).toHaveAttribute(
        "aria-label",
        "Monday, December 14, 2026, 1 follow-up"
    );
    expect(day("2026-12-15")).toHaveAttribute("aria-label", "Tuesday, December 15, 2026");
});

test("a double-click writes the day into the field and keeps the time", async () => {
    onRpc("reminder", "web_save", ({ args }) => expect.step(args[1]));
    await mountForm();
    expect.verifySteps([[7, "2026-12-01", "2026-12-31"]]);
    const field = ".o_field_widget[name=at] .o_input, .o_field_widget[name=at] .o_field_datetime button";
    expect(queryAllTexts(field).length).toBeGreaterThan(0);
    expect(`${day("2026-12-11")} .o_cc_month_count`).toHaveAttribute("data-count", "3");
    await contains(day("2026-12-11")).click();
    await animationFrame();
    expect(day("2026-12-09")).toHaveAttribute("aria-selected", "true");
    expect(".o_form_status_indicator_buttons").toHaveClass("invisible");
    await contains(day("2026-12-11")).dblclick();
    await animationFrame();
    expect(day("2026-12-11")).toHaveAttribute("aria-selected", "true");
    await contains(".o_form_button_save").click();
    expect.verifySteps([{ at: "2026-12-11 13:30:00" }]);
});

test("without a time it becomes nine o'clock; without an agent those for anyone count", async () => {
    onRpc("reminder", "web_save", ({ args }) => expect.step(args[1]));
    await mountForm(2);
    expect.verifySteps([[false, "2026-12-01", "2026-12-31"]]);
    await contains(day("2026-12-11")).dblclick();
    await contains(".o_form_button_save").click();
    expect.verifySteps([{ at: "2026-12-11 08:00:00" }]);
});
