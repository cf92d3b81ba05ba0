import { expect, test } from "@odoo/hoot";
import { advanceTime, animationFrame } from "@odoo/hoot-mock";
import { Component, xml } from "@odoo/owl";
import { contains, getService, patchWithCleanup } from "@web/../tests/web_test_helpers";
import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { acts, defineWorkScreen, makePage, openCall, pressed, pressKey, refuse, server } from "./work_helpers";

defineWorkScreen();

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
