import { expect, test } from "@odoo/hoot";
import { queryAllTexts } from "@odoo/hoot-dom";
import { advanceTime, animationFrame, mockDate } from "@odoo/hoot-mock";
import { contains, patchWithCleanup } from "@web/../tests/web_test_helpers";
import { calls, defineWorkScreen, enter, makePage, openCall, refuse, valueOf } from "./work_helpers";

defineWorkScreen();

const day = (iso) => `.o_cc_month_day[data-date='${iso}']`;

/** What was sent when the call was saved. */
async function savedValues() {
    calls();
    await contains(".o_cc_save_only").click();
    const [method, , values] = calls().pop();
    expect(method).toBe("cc_save");
    return values;
}

async function openAt(changes) {
    mockDate("2026-12-07 09:30:00", 1);
    await openCall(changes);
}

test("“Call Back” asks for a follow-up: a double-click on a day writes the day", async () => {
    await openAt({ cc_follow_up_days: { "2026-12-11": 2 } });
    await contains(".o_cc_outcome[data-code=callback]").click();
    await animationFrame();
    expect("#o_cc_follow_up").toBeChecked();
    expect(calls()).toEqual([["cc_follow_up_days", "2026-12-01", "2026-12-31"]]);
    expect(`${day("2026-12-11")} .o_cc_month_count`).toHaveAttribute("data-count", "2");
    await contains(day("2026-12-11")).click();
    expect(valueOf("#o_cc_follow_up_date")).toBe("");
    await enter("#o_cc_follow_up_time", "14:15");
    await contains(day("2026-12-11")).dblclick();
    expect(valueOf("#o_cc_follow_up_date")).toBe("2026-12-11");
    expect(valueOf("#o_cc_follow_up_time")).toBe("14:15");
    expect(".o_cc_time_there").toHaveText(/Fri.*8:15.AM/);
    await contains("#o_cc_anyone").click();
    await contains("#o_cc_follow_up_note").edit("ask for Eva");
    const values = await savedValues();
    expect([values.callback_at, values.callback_bound, values.callback_note]).toEqual([
        "2026-12-11 13:15:00",
        false,
        "ask for Eva",
    ]);
});

test("what saving asks for is marked until it is entered", async () => {
    await openAt();
    await contains(".o_cc_outcome[data-code=callback]").click();
    expect(".is-invalid").toHaveCount(0);
    await contains(".o_cc_save_only").click();
    expect(".o_cc_form .is-invalid").toHaveCount(1);
    expect("#o_cc_follow_up_date").toHaveAttribute("aria-invalid", "true");
    await contains(day("2026-12-11")).dblclick();
    expect(".is-invalid").toHaveCount(0);
});

test("a follow-up outside the calling hours is warned of", async () => {
    await openAt({ cc_check_callback: { warning: "This is outside the calling hours." } });
    await contains(".o_cc_outcome[data-code=callback]").click();
    await contains(day("2026-12-11")).dblclick();
    await advanceTime(500);
    await animationFrame();
    expect(calls().pop()).toEqual(["cc_check_callback", "uuid-1", "2026-12-11 08:00:00"]);
    expect(".o_cc_warning").toHaveText("This is outside the calling hours.");
});

test("what the key of a wrong outcome has opened is closed by the right one", async () => {
    await openAt();
    await contains(".o_cc_outcome[data-code=callback]").click();
    expect("#o_cc_follow_up").toBeChecked();
    await contains(".o_cc_outcome[data-code=appointment]").click();
    expect("#o_cc_appointment").toBeChecked();
    await contains(".o_cc_outcome[data-code=no_answer]").click();
    expect("#o_cc_appointment").not.toBeChecked();
    expect("#o_cc_follow_up").not.toBeChecked();
});

test("what the agent has ticked himself stays, whatever the outcome", async () => {
    await openAt();
    await contains("#o_cc_follow_up").check();
    await contains("#o_cc_appointment").check();
    await contains(".o_cc_outcome[data-code=no_answer]").click();
    await contains(".o_cc_outcome[data-code=soft_refusal]").click();
    expect("#o_cc_follow_up").toBeChecked();
    expect("#o_cc_appointment").toBeChecked();
});

test("what an outcome opens comes into sight, and so does what is missing", async () => {
    patchWithCleanup(Element.prototype, {
        scrollIntoView(options) {
            expect.step([this.classList[0], options]);
        },
    });
    const nearest = { block: "nearest" };
    await openAt();
    expect.verifySteps([]);
    await contains(".o_cc_outcome[data-code=callback]").click();
    await animationFrame();
    expect.verifySteps([["o_cc_follow_up_form", nearest]]);
    await contains(".o_cc_outcome[data-code=appointment]").click();
    await animationFrame();
    expect.verifySteps([["o_cc_appointment_form", nearest]]);
    await contains(".o_cc_save_only").click();
    await animationFrame();
    expect.verifySteps([["o_cc_error", nearest]]);
});

test("an appointment of before moves nothing until it is what came of the call", async () => {
    patchWithCleanup(Element.prototype, {
        scrollIntoView() {
            expect.step(this.classList[0]);
        },
    });
    const start = "2026-12-10 13:00:00";
    const appointment = { rep_id: 32, start, stop: "2026-12-10 14:00:00" };
    await openAt({ held: makePage({ appointment }) });
    expect.verifySteps([]);
    await contains(".o_cc_outcome[data-code=appointment]").click();
    await animationFrame();
    expect.verifySteps(["o_cc_appointment_form"]);
});

test("a follow-up needs a day", async () => {
    await openAt();
    await contains(".o_cc_outcome[data-code=callback]").click();
    calls();
    await contains(".o_cc_save_only").click();
    expect(".o_cc_error").toHaveText("Enter the day and the time of the follow-up.");
    expect(calls()).toEqual([]);
});

test("whoever is done gets no follow-up", async () => {
    await openAt();
    await contains("#o_cc_follow_up").check();
    await contains(day("2026-12-11")).dblclick();
    await contains(".o_cc_outcome[data-code=complete]").click();
    expect("#o_cc_follow_up").toHaveCount(0);
    expect((await savedValues()).callback_at).toBe(false);
});

test("an appointment takes a free time of the day", async () => {
    await openAt({
        cc_free_slots: {
            slots: [
                { start: "2026-12-08 09:00:00", stop: "2026-12-08 10:00:00" },
                { start: "2026-12-08 10:00:00", stop: "2026-12-08 11:00:00" },
            ],
        },
    });
    await contains(".o_cc_outcome[data-code=appointment]").click();
    expect("label[for=o_cc_rep]").toHaveText("Representative");
    expect("#o_cc_appointment_address").toHaveValue("Hauptstr. 1\n10115 Berlin\nGermany");
    await contains("#o_cc_rep").select("31");
    await enter("#o_cc_appointment_date", "2026-12-08");
    await animationFrame();
    expect(calls()).toInclude(["cc_free_slots", "uuid-1", 31, "2026-12-08"]);
    expect(queryAllTexts(".o_cc_slot")).toHaveLength(2);
    await contains(".o_cc_slot:last").click();
    expect(".o_cc_slot:last").toHaveAttribute("aria-pressed", "true");
    expect(valueOf("#o_cc_appointment_start")).toBe("11:00");
    await contains("#o_cc_appointment_notes").edit("ring twice");
    expect((await savedValues()).appointment).toEqual({
        rep_id: 31,
        start: "2026-12-08 10:00:00",
        stop: "2026-12-08 11:00:00",
        address: "Hauptstr. 1\n10115 Berlin\nGermany",
        notes: "ring twice",
    });
});

test("an appointment at a time of one's own", async () => {
    await openAt();
    await contains(".o_cc_outcome[data-code=appointment]").click();
    await contains("#o_cc_rep").select("32");
    await enter("#o_cc_appointment_date", "2026-12-08");
    await enter("#o_cc_appointment_start", "15:20");
    await contains("#o_cc_appointment_minutes").edit("40");
    const { start, stop } = (await savedValues()).appointment;
    expect([start, stop]).toEqual(["2026-12-08 14:20:00", "2026-12-08 15:00:00"]);
});

test("free times are read again after the server has refused one", async () => {
    const slot = { start: "2026-12-08 09:00:00", stop: "2026-12-08 10:00:00" };
    await openAt({ cc_free_slots: { slots: [slot] }, cc_save: () => refuse("It is taken.") });
    await contains(".o_cc_outcome[data-code=appointment]").click();
    await contains("#o_cc_rep").select("31");
    await enter("#o_cc_appointment_date", "2026-12-08");
    await animationFrame();
    await contains(".o_cc_slot").click();
    calls();
    await contains(".o_cc_save_only").click();
    await animationFrame();
    expect(".o_cc_error").toHaveText("It is taken.");
    const asked = calls().map(([method]) => method);
    expect(asked).toEqual(["cc_save", "cc_free_slots"]);
});

test("a day without free times says so", async () => {
    await openAt();
    await contains(".o_cc_outcome[data-code=appointment]").click();
    await contains("#o_cc_rep").select("31");
    await enter("#o_cc_appointment_date", "2026-12-08");
    await animationFrame();
    expect(".o_cc_slots_message").toHaveText("No free times on this day.");
});

test("what cannot be asked by the way opens no dialog over the call", async () => {
    const fail = () => refuse("no");
    await openAt({ cc_follow_up_days: fail, cc_check_callback: fail, cc_free_slots: fail });
    await contains(".o_cc_outcome[data-code=callback]").click();
    await contains(day("2026-12-11")).dblclick();
    await advanceTime(500);
    await animationFrame();
    await contains(".o_cc_outcome[data-code=appointment]").click();
    await contains("#o_cc_rep").select("31");
    await enter("#o_cc_appointment_date", "2026-12-08");
    await animationFrame();
    expect(calls().map(([method]) => method)).toEqual([
        "cc_follow_up_days",
        "cc_check_callback",
        "cc_free_slots",
    ]);
    expect(".o_cc_slots_message").toHaveText("The free times could not be read.");
    expect(".o_dialog, .o_cc_error, .o_notification").toHaveCount(0);
});

test("another meeting of the representative is warned of, once the time is clear", async () => {
    const warning = "Rita Rep has another meeting then.";
    await openAt({ cc_check_appointment: { warning } });
    await contains(".o_cc_outcome[data-code=appointment]").click();
    await contains("#o_cc_rep").select("31");
    await enter("#o_cc_appointment_date", "2026-12-08");
    await advanceTime(500);
    expect(calls().map(([method]) => method)).toEqual(["cc_free_slots"]);
    await enter("#o_cc_appointment_start", "15:20");
    await contains("#o_cc_appointment_minutes").edit("40");
    await advanceTime(500);
    await animationFrame();
    const times = { rep_id: 31, start: "2026-12-08 14:20:00", stop: "2026-12-08 15:00:00" };
    expect(calls()).toEqual([["cc_check_appointment", "uuid-1", times]]);
    expect("[role=status] .o_cc_warning").toHaveText(warning);
    await contains("#o_cc_appointment_notes").edit("ring twice");
    await advanceTime(500);
    expect(calls()).toEqual([]);
    expect(".o_cc_warning").toHaveCount(1);
    await enter("#o_cc_appointment_start", "");
    await animationFrame();
    expect(".o_cc_warning").toHaveCount(0);
});

test("an appointment that was agreed before is shown", async () => {
    const appointment = {
        rep_id: 32,
        start: "2026-12-10 13:00:00",
        stop: "2026-12-10 14:30:00",
        address: "Nebenstr. 2",
        notes: "second floor",
    };
    await openAt({ held: makePage({ appointment }) });
    expect("#o_cc_appointment").toBeChecked();
    expect(".o_cc_appointment_stays").toHaveText("");
    expect(valueOf("#o_cc_appointment_date")).toBe("2026-12-10");
    expect(valueOf("#o_cc_appointment_start")).toBe("14:00");
    await contains(".o_cc_outcome[data-code=appointment]").click();
    await contains(".o_cc_outcome[data-code=complete]").click();
    expect((await savedValues()).appointment).toEqual(appointment);
});

test("an agreed appointment stays although its tick is taken away", async () => {
    const start = "2026-12-10 13:00:00";
    const appointment = { rep_id: 32, start, stop: "2026-12-10 14:00:00" };
    await openAt({ held: makePage({ appointment }) });
    await contains("#o_cc_appointment").uncheck();
    expect(".o_cc_appointment_stays").toHaveText(
        "The appointment stays. Only managers and the field service cancel it."
    );
});

test("without an agreed appointment none is said to stay", async () => {
    await openAt();
    expect(".o_cc_appointment_stays").toHaveText("");
});

test("without field service there is no appointment", async () => {
    await openAt({ held: makePage({ survey: { field_service: false }, reps: [] }) });
    expect(".o_cc_appointment_form").toHaveCount(0);
    await contains(".o_cc_outcome[data-code=no_answer]").click();
    expect((await savedValues()).appointment).toBe(false);
});
