import { expect, test } from "@odoo/hoot";
import { queryOne } from "@odoo/hoot-dom";
import { advanceTime, animationFrame, mockDate } from "@odoo/hoot-mock";
import { contains, patchWithCleanup } from "@web/../tests/web_test_helpers";
import { browser } from "@web/core/browser/browser";
import { calls, defineWorkScreen, makePage, openCall, refuse, server } from "./work_helpers";

defineWorkScreen();

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

test("a number is dialled all the same where the list cannot be asked", async () => {
    await openCall();
    const dialled = watchDialling();
    server.cc_dial = () => refuse("no");
    await contains(".o_cc_dial").click();
    await animationFrame();
    expect(dialled).toEqual(["tel:+49301234560"]);
    expect(".o_dialog, .o_cc_dial_warning").toHaveCount(0);
});

test("a person without a number has nothing to dial", async () => {
    await openCall({ held: makePage({ person: { phone: "", phone_display: "", numbers: [] } }) });
    expect(".o_cc_dial").toHaveCount(0);
    expect(".o_cc_no_number").toHaveText(/look it up/);
});

test("whoever is no follow-up is not called one", async () => {
    await openCall();
    expect(".o_cc_agreed").toHaveCount(0);
});

test("the focus is on the name of the person", async () => {
    await openCall();
    expect(document.activeElement).toBe(queryOne(".o_cc_name"));
});
