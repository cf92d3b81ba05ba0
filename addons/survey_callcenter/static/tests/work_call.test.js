import { expect, test } from "@odoo/hoot";
import { press, queryAllTexts, queryOne } from "@odoo/hoot-dom";
import { Deferred, advanceTime, animationFrame, mockDate } from "@odoo/hoot-mock";
import { Component, xml } from "@odoo/owl";
import { contains, getService, patchWithCleanup } from "@web/../tests/web_test_helpers";
import { browser } from "@web/core/browser/browser";
import { ConnectionLostError } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { calls, defineWorkScreen, enter, makePage, openCall, refuse, server, valueOf } from "./work_helpers";

defineWorkScreen();

const NOTHING = {
    outcome_id: 1,
    rating_id: false,
    note: "",
    callback_at: false,
    callback_bound: true,
    callback_note: "",
    create_history: true,
    include_notes: true,
    appointment: false,
};
const pressed = () => queryAllTexts(".o_cc_outcome[aria-pressed=true] span");

/** Only what the agent has done, without what the page asks by itself. */
function acts() {
    return calls().filter(([method]) => !/follow_up_days|cc_check_|free_slots/.test(method));
}

async function pressKey(key) {
    await press(key);
    await animationFrame();
}

/** The addresses that the browser is sent to from now on. */
function watchDialling() {
    const dialled = [];
    patchWithCleanup(browser.location, {
        set href(url) {
            dialled.push(url);
        },
    });
    return dialled;
}

test("the person is shown with the time there, and the number can be called", async () => {
    mockDate("2026-12-07 09:30:00", 1);
    await openCall({
        held: makePage({
            callback: { at: "2026-12-07 08:30:00", note: "after the holidays", by: "Agent B" },
        }),
    });
    expect(".o_cc_dial").toHaveAttribute("href", "tel:+49301234560");
    expect(".o_cc_numbers a").toHaveAttribute("href", "tel:+49301111");
    expect(".o_cc_local_time").toHaveText(/Mon.*4:30.AM/);
    await advanceTime(60_000);
    expect(".o_cc_local_time").toHaveText(/4:31.AM/);
    expect(".o_cc_agreed").toHaveText(/^Follow-up for 9:30.AM.*agreed by Agent B.*after the holidays/s);
    expect(".o_cc_attempts").toHaveText("2");
});

test("a number is dialled after a look at the do-not-call list", async () => {
    await openCall();
    const dialled = watchDialling();
    calls();
    await contains(".o_cc_dial").click();
    expect(calls()).toEqual([["cc_dial", "uuid-1", "+49301234560"]]);
    await contains(".o_cc_numbers a").click();
    expect(calls()).toEqual([["cc_dial", "uuid-1", "+49301111"]]);
    expect(dialled).toEqual(["tel:+49301234560", "tel:+49301111"]);
    expect(".o_cc_dial_warning").toHaveCount(0);
});

test("a number on the do-not-call list is not dialled", async () => {
    await openCall();
    const dialled = watchDialling();
    server.cc_dial = { warning: "This number may not be called any more." };
    await contains(".o_cc_dial").click();
    expect(".o_cc_dial_warning").toHaveText("This number may not be called any more.");
    expect(dialled).toEqual([]);
});

test("a person without a number has nothing to dial", async () => {
    await openCall({ held: makePage({ person: { phone: "", phone_display: "", numbers: [] } }) });
    expect(".o_cc_dial").toHaveCount(0);
    expect(".o_cc_no_number").toHaveText(/look it up/);
});

test("whoever is no follow-up is not called one, however urgent", async () => {
    await openCall({ held: makePage({ priority: "3" }) });
    expect(".o_cc_agreed").toHaveCount(0);
});

test("a key chooses the outcome and its usual rating", async () => {
    await openCall();
    await pressKey("6");
    expect(pressed()).toEqual(["Complete"]);
    expect(".o_cc_rating[aria-pressed=true]").toHaveText("Neutral");
    await pressKey("1");
    expect(pressed()).toEqual(["No Answer"]);
});

test("a rating that was chosen stays", async () => {
    await openCall();
    await contains(".o_cc_rating:contains(Positive)").click();
    await pressKey("6");
    expect(".o_cc_rating[aria-pressed=true]").toHaveText("Positive");
});

test("keys are only letters while one is typing", async () => {
    await openCall();
    await contains(".o_cc_note").click();
    await pressKey("6");
    expect(pressed()).toEqual([]);
});

test("keys choose an outcome after a tick, too", async () => {
    await openCall();
    await contains("#o_cc_follow_up").check();
    expect("#o_cc_follow_up").toBeFocused();
    await pressKey("1");
    expect(pressed()).toEqual(["No Answer"]);
    await contains("#o_cc_anyone").click();
    await pressKey("7");
    expect(pressed()).toEqual(["Refused for Now"]);
});

test("the call is saved once, however often one clicks", async () => {
    await openCall();
    const answer = new Deferred();
    server.cc_save = () => answer;
    await pressKey("1");
    await contains(".o_cc_save_only").dblclick();
    await pressKey("F8");
    expect(acts()).toEqual([["cc_save", "uuid-1", NOTHING]]);
    answer.resolve({ status: "saved", message: "Saved.", follow_ups: [], counters: null });
    await animationFrame();
    await animationFrame();
    expect(".o_cc_message").toHaveText("Saved.");
    expect(".o_cc_name").toHaveCount(0);
    expect(acts()).toEqual([]);
});

test("F8 saves and gets the next contact", async () => {
    await openCall();
    await pressKey("1");
    await pressKey("F8");
    await animationFrame();
    expect(acts()).toEqual([
        ["cc_save", "uuid-1", NOTHING],
        ["cc_next", null],
    ]);
    expect(".o_cc_name").toHaveCount(1);
    expect(pressed()).toEqual([]);
});

test("without an outcome nothing is sent", async () => {
    await openCall();
    await pressKey("F8");
    expect(".o_cc_error").toHaveText("Choose what came of the call.");
    expect(acts()).toEqual([]);
});

test("what the server refuses is shown, and everything typed stays", async () => {
    await openCall();
    server.cc_save = () => refuse("This outcome needs a note.");
    await contains("#o_cc_follow_up").check();
    await enter("#o_cc_follow_up_date", "2027-12-11");
    await contains("#o_cc_follow_up_note").edit("ask for Eva");
    await pressKey("Escape");
    await contains(".o_cc_outcome[data-code=soft_refusal]").click();
    await contains(".o_cc_save_next").click();
    expect(".o_cc_error").toHaveText("This outcome needs a note.");
    expect(".o_cc_errors").toHaveAttribute("aria-live", "assertive");
    expect(".o_cc_try_again").toHaveCount(0);
    expect(pressed()).toEqual(["Refused for Now"]);
    expect(valueOf("#o_cc_follow_up_date")).toBe("2027-12-11");
    expect("#o_cc_follow_up_note").toHaveValue("ask for Eva");
    expect(acts().map(([method]) => method)).toEqual(["cc_save"]);
});

test("without a connection the same call is sent again", async () => {
    await openCall();
    patchWithCleanup(getService("orm"), {
        async call(model, method, args) {
            if (method === "cc_save" && server.isDown) {
                server.calls.push([method, args[0]]);
                throw new ConnectionLostError("/web");
            }
            return super.call(...arguments);
        },
    });
    server.isDown = true;
    await pressKey("1");
    await contains(".o_cc_save_only").click();
    expect(".o_cc_error").toHaveText(/Nothing you typed is lost/);
    expect(acts()).toEqual([["cc_save", "uuid-1"]]);
    server.isDown = false;
    await contains(".o_cc_try_again").click();
    expect(acts()).toEqual([["cc_save", "uuid-1", NOTHING]]);
    expect(".o_cc_message").toHaveText("Saved.");
});

test("notes are kept on the server every five seconds while one types", async () => {
    await openCall();
    await contains(".o_cc_note").edit("wants", { confirm: false });
    expect(".o_cc_draft").toHaveText("Not saved yet");
    expect(".o_cc_draft").toHaveAttribute("aria-live", "off");
    expect(".o_cc_draft").not.toHaveAttribute("role");
    await advanceTime(3_000);
    await contains(".o_cc_note").edit("wants a call", { confirm: false });
    expect(acts()).toEqual([]);
    await advanceTime(2_000);
    expect(acts()).toEqual([["cc_draft", "uuid-1", "wants a call"]]);
    await animationFrame();
    expect(".o_cc_draft").toHaveText("Saved");
    await advanceTime(20_000);
    expect(acts()).toEqual([]);
});

test("notes that could not be kept are tried again", async () => {
    await openCall();
    server.cc_draft = () => refuse("no");
    await contains(".o_cc_note").edit("wants", { confirm: false });
    await advanceTime(5_000);
    await animationFrame();
    expect(".o_cc_draft").toHaveText("Could not be saved, is tried again");
    expect(".o_cc_draft").toHaveAttribute("aria-live", "assertive");
    delete server.cc_draft;
    await advanceTime(5_000);
    await animationFrame();
    expect(".o_cc_draft").toHaveText("Saved");
    expect(acts().length).toBe(2);
});

test("a call that was taken over says so, and the notes stay to be read", async () => {
    await openCall({ held: makePage({ note: "my notes" }) });
    server.cc_heartbeat = { held: false, message: "Agent B has the contact now." };
    await advanceTime(60_000);
    await animationFrame();
    expect(".o_cc_lost").toHaveText("Agent B has the contact now. Your notes are still here.");
    expect(".o_cc_note").toHaveValue("my notes");
    server.cc_save = { status: "gone", message: "Agent B has the contact now." };
    await pressKey("1");
    await contains(".o_cc_save_only").click();
    expect(".o_cc_gone p").toHaveText("Agent B has the contact now.");
    expect(".o_cc_gone_note").toHaveValue("my notes");
});

test("notes of a call that was taken over are not said to be saved", async () => {
    await openCall();
    server.cc_draft = { held: false, message: "Agent B has the contact now." };
    await contains(".o_cc_note").edit("wants", { confirm: false });
    await advanceTime(5_000);
    await animationFrame();
    expect(".o_cc_lost").toHaveCount(1);
    expect(".o_cc_draft").toHaveText("Not saved yet");
    await advanceTime(20_000);
    expect(acts()).toEqual([["cc_draft", "uuid-1", "wants"]]);
});

test("a sign of life goes out each minute", async () => {
    await openCall();
    await advanceTime(125_000);
    expect(acts()).toEqual([
        ["cc_heartbeat", "uuid-1"],
        ["cc_heartbeat", "uuid-1"],
    ]);
});

async function giveBack(note, reason) {
    await contains(".o_cc_note").edit(note, { confirm: false });
    await contains(".o_cc_give_back").click();
    await contains("#o_cc_give_back_reason").edit(reason, { confirm: false });
    await contains(".o_cc_give_back_confirm").click();
    await animationFrame();
}

test("a contact is given back with a reason, and the notes with it", async () => {
    await openCall();
    await giveBack("a cousin", "I know him");
    expect(acts()).toEqual([["cc_release", "uuid-1", "I know him", "a cousin"]]);
    expect(".o_cc_message").toHaveText("The contact was given back.");
});

test("whoever gives back what he has lost is told so, and can read his notes", async () => {
    await openCall();
    server.cc_release = { status: "gone", message: "Agent B has the contact now." };
    await giveBack("a cousin", "I know him");
    expect(".o_cc_gone p").toHaveText("Agent B has the contact now.");
    expect(".o_cc_gone_note").toHaveValue("a cousin");
    expect(".o_cc_message").toHaveCount(0);
});

test("on leaving the page unsaved notes are sent at once", async () => {
    await openCall();
    patchWithCleanup(browser, {
        fetch: (url, options) => {
            const { args } = JSON.parse(options.body).params;
            expect.step([url, options.keepalive, args]);
        },
    });
    window.dispatchEvent(new Event("pagehide"));
    expect.verifySteps([]);
    await contains(".o_cc_note").edit("half a", { confirm: false });
    window.dispatchEvent(new Event("pagehide"));
    expect.verifySteps([
        [
            "/web/dataset/call_kw/survey.callcenter.contact/cc_draft",
            true,
            ["uuid-1", "half a"],
        ],
    ]);
});

class Elsewhere extends Component {
    static template = xml`<div class="o_elsewhere" />`;
    static props = ["*"];
}

/** Go to another page of Odoo. */
async function goAway() {
    registry.category("actions").add("elsewhere", Elsewhere, { force: true });
    getService("action").doAction({ type: "ir.actions.client", tag: "elsewhere" });
    await animationFrame();
    await animationFrame();
}

/** Whether the browser asks before it reloads or closes the page. */
function browserAsks() {
    const event = new Event("beforeunload", { cancelable: true });
    window.dispatchEvent(event);
    return event.defaultPrevented;
}

test("whoever leaves with an outcome is asked first, and the call goes on meanwhile", async () => {
    await openCall();
    await pressKey("1");
    await contains(".o_cc_note").edit("half a", { confirm: false });
    await goAway();
    expect(acts()).toEqual([["cc_draft", "uuid-1", "half a"]]);
    expect(".modal-body").toHaveText(/will be lost. Your notes are kept\./);
    await contains(".modal-footer button:contains(Stay)").click();
    expect(".o_cc_name").toHaveCount(1);
    expect(pressed()).toEqual(["No Answer"]);
    await advanceTime(60_000);
    expect(acts()).toEqual([["cc_heartbeat", "uuid-1"]]);
    await goAway();
    await contains(".modal-footer button:contains(Leave)").click();
    await animationFrame();
    expect(".o_elsewhere").toHaveCount(1);
});

test("whoever has entered nothing but notes leaves without a question", async () => {
    await openCall();
    await contains(".o_cc_note").edit("half a", { confirm: false });
    await goAway();
    expect(".o_elsewhere").toHaveCount(1);
    expect(acts()).toEqual([["cc_draft", "uuid-1", "half a"]]);
});

test("the browser asks before entries get lost, not before notes do", async () => {
    await openCall();
    await contains(".o_cc_note").edit("half a", { confirm: false });
    expect(browserAsks()).toBe(false);
    await contains("#o_cc_follow_up").check();
    expect(browserAsks()).toBe(true);
    await contains("#o_cc_follow_up").uncheck();
    expect(browserAsks()).toBe(false);
    await contains("#o_cc_appointment").check();
    expect(browserAsks()).toBe(true);
    await contains("#o_cc_appointment").uncheck();
    await contains(".o_cc_outcome[data-code=no_answer]").click();
    expect(browserAsks()).toBe(true);
    await contains(".o_cc_save_only").click();
    expect(browserAsks()).toBe(false);
});

test("the questionnaire opens in the page, and once filled in the outcome is clear", async () => {
    await openCall();
    expect(".o_cc_frame").toHaveCount(0);
    await contains(".o_cc_open_questionnaire").click();
    expect(acts()[0]).toEqual(["cc_questionnaire", "uuid-1"]);
    expect(".o_cc_frame").toHaveCount(1);
    await advanceTime(5_000);
    expect(".o_cc_done").toHaveCount(0);
    server.cc_questionnaire_state = { state: "done" };
    await advanceTime(5_000);
    await animationFrame();
    expect(".o_cc_done").toHaveText("The questionnaire is filled in.");
    expect(pressed()).toEqual(["Complete"]);
});

test("a questionnaire whose state cannot be read is looked at again", async () => {
    await openCall();
    await contains(".o_cc_open_questionnaire").click();
    server.cc_questionnaire_state = () => refuse("no");
    await advanceTime(5_000);
    await animationFrame();
    expect(".o_dialog, .o_cc_error").toHaveCount(0);
    server.cc_questionnaire_state = { state: "done" };
    await advanceTime(5_000);
    await animationFrame();
    expect(".o_cc_done").toHaveCount(1);
});

test("an outcome that was chosen is not replaced by the questionnaire", async () => {
    await openCall();
    await pressKey("1");
    await contains(".o_cc_open_questionnaire").click();
    server.cc_questionnaire_state = { state: "done" };
    await advanceTime(5_000);
    await animationFrame();
    expect(".o_cc_done").toHaveCount(1);
    expect(pressed()).toEqual(["No Answer"]);
});

test("the script is folded away", async () => {
    await openCall();
    expect(".o_cc_script_text").toHaveText("Good morning");
    await contains(".o_cc_script_toggle").click();
    expect(".o_cc_script_text").not.toBeVisible();
    expect(".o_cc_script_toggle").toHaveAttribute("aria-expanded", "false");
});

test("the tick of the history is asked for only where the survey wants it", async () => {
    await openCall();
    expect("#o_cc_create_history").toHaveCount(0);
    await pressKey("6");
    expect("#o_cc_create_history").toBeChecked();
    await contains("#o_cc_create_history").uncheck();
    await contains(".o_cc_save_only").click();
    expect(acts()[0][2].create_history).toBe(false);
});

test("the focus is on the name of the person", async () => {
    await openCall();
    expect(document.activeElement).toBe(queryOne(".o_cc_name"));
});
