import { expect, test } from "@odoo/hoot";
import { press, queryAllTexts } from "@odoo/hoot-dom";
import { advanceTime, animationFrame, mockDate } from "@odoo/hoot-mock";
import { contains } from "@web/../tests/web_test_helpers";
import { answerWith, calls, defineWorkScreen, makePage, openWorkScreen, server } from "./work_helpers";

defineWorkScreen();

const LATER = {
    reason: "later",
    message: "Nobody is due now. The next call is due later.",
    next_at: "2026-12-07 13:00:00",
};
const FOLLOW_UPS = [
    { id: 8, name: "Schulze, Eva", survey: "Satisfaction", at: "2026-12-07 08:00:00", note: "her son", is_due: true, bound: true },
    { id: 9, name: "Yılmaz, Can", survey: "Satisfaction", at: "2026-12-09 08:00:00", note: "", is_due: false, bound: true },
];

async function openEmpty(empty = LATER, changes = {}) {
    mockDate("2026-12-07 09:30:00", 1);
    await openWorkScreen(changes);
    server.cc_next = answerWith(false, empty);
    await contains(".o_cc_next").click();
    calls();
}

test("the page waits until the agent wants the next contact", async () => {
    await openWorkScreen();
    expect(calls()).toEqual([["cc_start"]]);
    expect(".o_cc_empty .o_cc_heading").toHaveText("Ready for the next call");
    await contains(".o_cc_next").click();
    expect(calls()).toEqual([["cc_next", null]]);
    expect(".o_cc_name").toHaveText("Müller, Hans");
    expect(".o_cc_name").toBeFocused();
});

test("F8 gets the next contact", async () => {
    await openWorkScreen();
    await press("F8");
    await animationFrame();
    expect(calls()).toEqual([["cc_start"], ["cc_next", null]]);
    expect(".o_cc_name").toHaveCount(1);
});

test("a contact that is held comes back after a reload, with its notes", async () => {
    await openWorkScreen({ held: makePage({ note: "half a sentence" }) });
    expect(".o_cc_name").toHaveText("Müller, Hans");
    expect(".o_cc_note").toHaveValue("half a sentence");
});

test("an agent calls for the surveys he has ticked", async () => {
    await openWorkScreen({
        surveys: [
            { id: 3, title: "Satisfaction", state: "running" },
            { id: 4, title: "Fair", state: "stopped" },
        ],
    });
    expect(queryAllTexts(".o_cc_surveys .form-check-label")).toEqual([
        "Satisfaction",
        "Fair (stopped)",
    ]);
    await contains("#o_cc_survey_3").uncheck();
    await contains(".o_cc_next").click();
    expect(calls()).toEqual([["cc_start"], ["cc_next", [4]]]);
});

test("today's figures are shown", async () => {
    await openWorkScreen();
    expect(queryAllTexts(".o_cc_counters dd")).toEqual(["4", "3", "2", "1"]);
});

test("an empty queue says why, and when somebody is due", async () => {
    await openEmpty();
    expect(".o_cc_reason").toHaveText(LATER.message);
    expect(".o_cc_next_at").toHaveText(/^Next call: 2:00.PM$/);
    expect(".o_cc_empty").toHaveAttribute("data-reason", "later");
    expect(".o_cc_error").toHaveCount(0);
});

test("an empty queue says how many there are for each reason", async () => {
    const counts = { later: 12, outside_hours: 1000, others: 0, called: 1 };
    await openEmpty({ ...LATER, counts, most: 1000 });
    expect(queryAllTexts(".o_cc_counts dt")).toEqual([
        "Due later",
        "Outside the calling hours",
        "Being called by colleagues",
    ]);
    expect(queryAllTexts(".o_cc_counts dd")).toEqual(["12", "1,000 or more", "1"]);
});

test("an empty queue without anybody has no figures", async () => {
    const counts = { later: 0, outside_hours: 0, others: 0, called: 0 };
    await openEmpty({ ...LATER, counts, most: 1000 });
    expect(".o_cc_counts").toHaveCount(0);
});

test("an empty queue is looked at again only if the agent wants it", async () => {
    await openEmpty();
    expect("#o_cc_retry").not.toBeChecked();
    expect(".o_cc_countdown").toHaveCount(0);
    await advanceTime(120_000);
    expect(calls()).toEqual([]);
});

test("an empty queue is looked at again after half a minute", async () => {
    await openEmpty();
    await contains("#o_cc_retry").check();
    expect(".o_cc_countdown").toHaveText("in 30 seconds");
    await advanceTime(10_000);
    expect(".o_cc_countdown").toHaveText("in 20 seconds");
    expect(calls()).toEqual([]);
    await advanceTime(20_000);
    expect(calls()).toEqual([["cc_next", null]]);
    expect(".o_cc_countdown").toHaveText("in 30 seconds");
    server.cc_next = answerWith(makePage());
    await advanceTime(30_000);
    await animationFrame();
    expect(".o_cc_name").toHaveText("Müller, Hans");
    calls();
    await advanceTime(40_000);
    expect(calls()).toEqual([]);
});

test("looking again by itself can be switched off", async () => {
    await openEmpty();
    await contains("#o_cc_retry").check();
    await contains("#o_cc_retry").uncheck();
    expect(".o_cc_countdown").toHaveCount(0);
    await advanceTime(120_000);
    expect(calls()).toEqual([]);
});

test("without a sign of life for half an hour it is looked at no more", async () => {
    await openEmpty();
    await contains("#o_cc_retry").check();
    await advanceTime(20 * 60_000);
    await press("Shift");
    await advanceTime(20 * 60_000);
    expect("#o_cc_retry").toBeChecked();
    await advanceTime(11 * 60_000);
    expect("#o_cc_retry").not.toBeChecked();
    calls();
    await advanceTime(120_000);
    expect(calls()).toEqual([]);
});

test("a follow-up of one's own is one click away", async () => {
    mockDate("2026-12-07 09:30:00", 1);
    await openWorkScreen({ followUps: FOLLOW_UPS });
    calls();
    expect(".o_cc_due").toHaveText("1 due");
    await contains(".o_cc_follow_ups").click();
    expect(".o_cc_follow_up").toHaveCount(2);
    expect(".o_cc_follow_up:first").toHaveText(/Schulze, Eva.*due.*her son/s);
    await contains(".o_cc_follow_up:first").click();
    expect(calls()).toEqual([["cc_open", 8]]);
    expect(".o_cc_name").toHaveCount(1);
});

test("the follow-up that is called waits no more", async () => {
    await openWorkScreen({ followUps: FOLLOW_UPS });
    server.cc_next = answerWith(makePage({ contact_id: 8 }));
    await contains(".o_cc_next").click();
    await contains(".o_cc_follow_ups").click();
    expect(".o_cc_follow_up").toHaveCount(1);
    expect(".o_cc_follow_up").toHaveText(/Yılmaz, Can/);
});

test("a follow-up that is gone says so, and is not asked for again", async () => {
    const empty = { reason: "gone", message: "This contact is not waiting for you any more.", next_at: false };
    await openWorkScreen({ followUps: FOLLOW_UPS });
    server.cc_open = answerWith(false, empty);
    await contains(".o_cc_follow_ups").click();
    await contains(".o_cc_follow_up:first").click();
    expect(".o_cc_reason").toHaveText(empty.message);
    expect(".o_cc_retry").toHaveCount(0);
    calls();
    await advanceTime(60_000);
    expect(calls()).toEqual([]);
});

test("the questionnaire of a survey in training can be practised", async () => {
    await openWorkScreen({ surveys: [{ id: 5, title: "Beginners", state: "training" }] });
    expect(".o_cc_surveys").toHaveCount(0);
    await contains(".o_cc_practise").click();
    await animationFrame();
    expect(calls()).toEqual([["cc_start"], ["cc_practice", 5]]);
    expect(".o_cc_practice iframe").toHaveCount(1);
});

test("without any survey the page says whom to ask", async () => {
    await openWorkScreen({ surveys: [] });
    expect(".o_cc_empty").toHaveText(/No survey is open for you at the moment/);
});
