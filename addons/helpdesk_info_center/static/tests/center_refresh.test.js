import { expect, test } from "@odoo/hoot";
import { advanceTime, animationFrame, mockDate } from "@odoo/hoot-mock";
import { waitForChannels, waitNotifications } from "@bus/../tests/bus_test_helpers";
import { MockServer, getService, onRpc, patchWithCleanup } from "@web/../tests/web_test_helpers";
import { OPENED, calls, defineCenter, openCenter, server } from "./center_helpers";

defineCenter();

const CHANGED = "helpdesk_center/changed";
const ALL = ["get_center", "company", 48, ["new", "open", "orders"], "assigned"];

/** Tell the page that tickets of customers changed. */
async function tell(...payloads) {
    getService("bus_service").addChannel("agents");
    await waitForChannels(["agents"]);
    MockServer.env["bus.bus"]._sendmany(payloads.map((payload) => ["agents", CHANGED, payload]));
    await waitNotifications(...payloads.map((payload) => [CHANGED, payload]));
}

test("several changes within a second are read once", async () => {
    await openCenter();
    server.text = "second";
    await tell({ ids: [7, 48] }, { all: true });
    await advanceTime(1000);
    expect(calls()).toEqual([OPENED, ALL]);
    await animationFrame();
    expect(".note:first").toHaveText("second");
});

test("tickets of other customers do not matter", async () => {
    await openCenter();
    await tell({ ids: [7, 51] });
    await advanceTime(5000);
    expect(calls()).toEqual([OPENED]);
});

test("tickets of his company matter to a contact, those of others do not", async () => {
    await openCenter({ kind: "contact", resId: 51 });
    await tell({ ids: [7, 52] });
    await advanceTime(1000);
    expect(calls()).toEqual([["get_center", "contact", 51, null, "assigned"]]);
    await tell({ ids: [48] });
    await advanceTime(1000);
    expect(calls()).toEqual([["get_center", "contact", 51, ["new", "open", "orders"], "assigned"]]);
});

test("a hidden page waits, and catches up as soon as it is seen", async () => {
    await openCenter();
    patchWithCleanup(document, { hidden: true });
    await tell({ all: true });
    await advanceTime(5000);
    expect(calls()).toEqual([OPENED]);
    patchWithCleanup(document, { hidden: false });
    document.dispatchEvent(new Event("visibilitychange"));
    await animationFrame();
    expect(calls()).toEqual([ALL]);
    window.dispatchEvent(new Event("focus"));
    await animationFrame();
    expect(calls()).toEqual([]);
});

test("the page asks again when a reminder gets due", async () => {
    mockDate("2026-03-02 09:00:00", 0);
    await openCenter({ next_change: "2026-03-02 09:30:00" });
    await advanceTime(29 * 60_000);
    expect(calls()).toEqual([OPENED]);
    server.next_change = false;
    await advanceTime(60_000 + 1500);
    expect(calls()).toEqual([ALL]);
    await advanceTime(3600_000);
    expect(calls()).toEqual([]);
});

test("the page asks every few minutes for whom wants that", async () => {
    const zones = { main: ["new", "open"], side: ["orders"] };
    await openCenter({ layout: { v: 1, zones, hidden: [], refresh: 2 } });
    await advanceTime(119_000);
    expect(calls()).toEqual([OPENED]);
    await advanceTime(1_000);
    expect(calls()).toEqual([ALL]);
});

test("a refresh that failed is repeated once the connection is back", async () => {
    await openCenter();
    patchWithCleanup(console, { warn: (message) => expect.step(message) });
    let isDown = true;
    onRpc("helpdesk.center", "get_center", () => {
        if (isDown) {
            throw new Error("down");
        }
    });
    await tell({ all: true });
    await advanceTime(1000);
    await animationFrame();
    expect(".alert-warning").toHaveCount(1);
    expect(calls()).toEqual([OPENED]);
    expect.verifySteps(["The information center could not be refreshed:"]);
    isDown = false;
    window.dispatchEvent(new Event("online"));
    await animationFrame();
    expect(".alert-warning").toHaveCount(0);
    expect(calls()).toEqual([ALL]);
    window.dispatchEvent(new Event("online"));
    await animationFrame();
    expect(calls()).toEqual([]);
});

test("without an interval the page does not ask by itself", async () => {
    await openCenter();
    await advanceTime(3600_000);
    expect(calls()).toEqual([OPENED]);
});
