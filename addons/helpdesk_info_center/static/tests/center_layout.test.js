import { describe, expect, test } from "@odoo/hoot";
import { advanceTime } from "@odoo/hoot-mock";
import {
    applyPatch,
    completeZones,
    mergePatches,
    moveWidget,
    shownKeys,
} from "@helpdesk_info_center/center/center_layout";
import { CenterRequests } from "@helpdesk_info_center/center/center_requests";
import { LayoutSaver } from "@helpdesk_info_center/center/layout_saver";

describe.current.tags("headless");

const AVAILABLE = [
    { key: "new", zone: "main" },
    { key: "open", zone: "main" },
    { key: "status", zone: "side", is_mandatory: true },
];

test("a widget that no layout knows comes last in its column", () => {
    expect(completeZones({ main: ["open"], side: [] }, AVAILABLE)).toEqual({
        main: ["open", "new"],
        side: ["status"],
    });
});

test("hidden and unknown widgets are not shown, mandatory ones are", () => {
    const layout = { zones: { main: ["gone", "status", "new", "open"] }, hidden: ["new", "status"] };
    expect(shownKeys(layout, AVAILABLE, "main")).toEqual(["status", "open"]);
});

test("a widget moves before another one, or to the end", () => {
    const zones = { main: ["a", "b", "c"], side: ["d"] };
    expect(moveWidget(zones, "c", "main", "a")).toEqual({ main: ["c", "a", "b"], side: ["d"] });
    expect(moveWidget(zones, "a", "side")).toEqual({ main: ["b", "c"], side: ["d", "a"] });
    expect(zones.main).toEqual(["a", "b", "c"]);
});

test("two patches become one: the newer value counts, other options stay", () => {
    const older = { refresh: 5, widgets: { open: { tab: "all", size: 5 } } };
    const newer = { refresh: 2, widgets: { open: { tab: "locked" }, new: { fold: true } } };
    expect(mergePatches(older, newer)).toEqual({
        refresh: 2,
        widgets: { open: { tab: "locked", size: 5 }, new: { fold: true } },
    });
});

test("what was said last about a widget counts: shown or hidden", () => {
    expect(mergePatches({ hide: ["a", "b"] }, { show: ["a"] })).toEqual({
        show: ["a"],
        hide: ["b"],
    });
    expect(mergePatches({ show: ["a"] }, { show: ["b"], hide: ["a", "c"] })).toEqual({
        show: ["b"],
        hide: ["a", "c"],
    });
    expect(mergePatches({ hide: ["a"] }, { hide: ["a", "b"] })).toEqual({ hide: ["a", "b"] });
});

test("a patch changes what it names and nothing else", () => {
    const layout = { v: 3, zones: { main: [], side: [] }, hidden: ["b", "c"], refresh: 5 };
    const patch = { hide: ["a"], show: ["c"], widgets: { a: { fold: true } } };
    expect(applyPatch(layout, patch)).toEqual({ ...layout, hidden: ["b", "a"] });
});

test("changes within a moment are saved as one, after 400 ms", async () => {
    const saver = new LayoutSaver((patch) => expect.step(patch));
    saver.add({ hide: ["a"] });
    await advanceTime(300);
    saver.add({ refresh: 5 });
    await advanceTime(300);
    expect.verifySteps([]);
    expect(saver.isBusy).toBe(true);
    await advanceTime(100);
    expect.verifySteps([{ hide: ["a"], refresh: 5 }]);
    expect(saver.isBusy).toBe(false);
});

test("what is waiting is saved at once on leaving, and only once", async () => {
    const saver = new LayoutSaver((patch) => expect.step(patch));
    saver.add({ refresh: 2 });
    await saver.flush();
    expect.verifySteps([{ refresh: 2 }]);
    await advanceTime(1000);
    expect.verifySteps([]);
});

test("a list that changes starts at its first page; a pure reload stays", () => {
    const requests = new CenterRequests();
    requests.remember("open", { offset: 10 });
    expect(requests.remember("open", {})).toEqual({ offset: 10 });
    expect(requests.isPaged("open")).toBe(true);
    expect(requests.remember("open", { tab: "all" })).toEqual({ tab: "all" });
    expect(requests.isPaged("open")).toBe(false);
});
