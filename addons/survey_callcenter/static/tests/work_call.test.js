import { expect, test } from "@odoo/hoot";
import { Deferred, advanceTime, animationFrame } from "@odoo/hoot-mock";
import { contains, getService, patchWithCleanup } from "@web/../tests/web_test_helpers";
import { ConnectionLostError } from "@web/core/network/rpc";
import { acts, defineWorkScreen, enter, openCall, pressed, pressKey, refuse, server, valueOf } from "./work_helpers";

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
