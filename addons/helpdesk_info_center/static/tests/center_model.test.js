import { describe, expect, test } from "@odoo/hoot";
import { Deferred, advanceTime, animationFrame } from "@odoo/hoot-mock";
import { patchWithCleanup } from "@web/../tests/web_test_helpers";
import { CenterModel } from "@helpdesk_info_center/center/center_model";
import { LayoutSaver } from "@helpdesk_info_center/center/layout_saver";
import { ConnectionLostError, RPCError } from "@web/core/network/rpc";

describe.current.tags("headless");

const CONTACTS = { key: "contacts", name: "Contacts", kind: "contacts", zone: "main" };
const NEW = { key: "new", name: "New Tickets", kind: "tickets", zone: "main" };

/** What the server answers about a customer. */
function whole(id, changes = {}) {
    const data = (widget) => ({ ...widget, fold: false, rows: [`row of ${id}`] });
    return {
        kind: "company",
        mode: "assigned",
        partner: { id, name: `Customer ${id}` },
        layout: { v: 1, zones: { main: ["contacts", "new"], side: [] }, hidden: [], refresh: 0 },
        available: [CONTACTS, NEW],
        widgets: { contacts: data(CONTACTS), new: data(NEW) },
        ...changes,
    };
}

/** A center of customer 48; ``answers`` says what the server answers to a method. */
async function open(answers = {}) {
    const asked = [];
    const methods = {
        get_center: (kind, id) => whole(id),
        get_widget: () => ({}),
        save_layout: (kind, patch, v) => ({ ...whole(48).layout, ...patch, v: v + 1 }),
        note_visit: () => {},
    };
    const call = async (model, method, args) => {
        asked.push([method, ...args]);
        return methods[method](...args);
    };
    const center = new CenterModel("company", { orm: { call, silent: { call: () => {} } } });
    await center.load(48);
    Object.assign(methods, answers);
    asked.length = 0;
    return { center, asked };
}

test("a widget that is gone is not asked for again and again", async () => {
    const { center, asked } = await open({
        get_center: (kind, id) => whole(id, { available: [NEW] }),
    });
    await center.reloadWidget("contacts", { offset: 10 });
    expect(asked).toEqual([
        ["get_widget", "company", 48, "contacts", { offset: 10 }, "assigned"],
        ["get_center", "company", 48, ["contacts", "new"], "assigned"],
    ]);
});

test("a page that stays empty is not asked for again and again", async () => {
    const empty = { key: "contacts", rows: [], total: 30, offset: 20, size: 10 };
    const { center, asked } = await open({ get_widget: () => empty });
    await center.reloadWidget("contacts", { offset: 20 });
    expect(asked.length).toBe(1);
});

test("a refresh that waits for a save does not read the customer before", async () => {
    const saved = new Deferred();
    const { center, asked } = await open({ save_layout: () => saved });
    center.saveLayout({ refresh: 5 });
    const refreshed = center.refresh();
    const loaded = center.load(51);
    expect(center.status).toBe("loading");
    saved.resolve(whole(48).layout);
    await Promise.all([refreshed, loaded]);
    expect(asked.slice(1)).toEqual([["get_center", "company", 51, null, "assigned"]]);
    expect(center.partner.id).toBe(51);
});

test("an answer about the customer before is not shown while a save keeps the next waiting", async () => {
    const answer = new Deferred();
    const saved = new Deferred();
    const { center } = await open({ get_widget: () => answer, save_layout: () => saved });
    const reloaded = center.reloadWidget("contacts", { search: "ann" });
    center.saveLayout({ refresh: 5 });
    const loaded = center.load(51);
    answer.resolve({ ...CONTACTS, rows: ["late"] });
    await reloaded;
    expect(center.widgets.contacts.rows).toEqual(["row of 48"]);
    saved.resolve(whole(48).layout);
    await loaded;
    expect(center.widgets.contacts.rows).toEqual(["row of 51"]);
});

test("another customer opens although the layout cannot be saved", async () => {
    patchWithCleanup(console, { warn: (message) => expect.step(message) });
    const { center } = await open({
        save_layout: () => Promise.reject(new ConnectionLostError("/save")),
    });
    center.saveLayout({ refresh: 5 });
    await center.load(51);
    expect.verifySteps(["The layout could not be saved:"]);
    expect(center.partner.id).toBe(51);
    expect(center.layout.refresh).toBe(5);
});

test("whoever cannot be opened leaves the page as it was, with its search", async () => {
    const { center, asked } = await open({
        get_widget: () => ({ ...CONTACTS, rows: ["found"], search: "ann" }),
        get_center: () => Promise.reject(new ConnectionLostError("/get")),
    });
    await center.reloadWidget("contacts", { search: "ann" });
    await expect(center.load(51)).rejects.toThrow();
    expect(center.status).toBe("ready");
    asked.length = 0;
    await center.reloadWidget("contacts");
    expect(asked[0][4]).toEqual({ search: "ann" });
});

test("while another customer is read no list of the one before is asked for", async () => {
    const answer = new Deferred();
    const { center, asked } = await open({ get_center: () => answer });
    const loaded = center.load(51);
    await center.reloadWidget("new", { tab: "all" });
    answer.resolve(whole(51));
    await loaded;
    expect(asked).toEqual([["get_center", "company", 51, null, "assigned"]]);
    expect(center.saver.isBusy).toBe(false);
});

test("a refresh asks for a list that one has turned once only, with its page", async () => {
    const page = { ...CONTACTS, rows: ["row"], total: 30, offset: 10, size: 10 };
    const { center, asked } = await open({ get_widget: () => page });
    await center.reloadWidget("contacts", { offset: 10 });
    asked.length = 0;
    await center.refresh();
    expect(asked).toEqual([
        ["get_center", "company", 48, ["new"], "assigned"],
        ["get_widget", "company", 48, "contacts", { offset: 10 }, "assigned"],
    ]);
});

test("what is folded during a refresh stays folded, saved already or not", async () => {
    for (const delay of [0, 1000]) {
        const answer = new Deferred();
        const { center } = await open({ get_center: () => answer });
        const refreshed = center.refresh();
        await animationFrame();
        center.fold("new", true);
        await advanceTime(delay);
        answer.resolve(whole(48));
        await refreshed;
        expect(center.widgets.new.fold).toBe(true);
        expect(center.widgets.contacts.fold).toBe(false);
    }
});

// === Saving === //

test("what could not be sent is sent with the next change, below it", async () => {
    let error = new ConnectionLostError("/save");
    const saver = new LayoutSaver(async (patch) => {
        expect.step(patch);
        if (error) {
            throw error;
        }
    });
    saver.add({ hide: ["a"], refresh: 5 });
    await expect(saver.flush()).rejects.toThrow();
    expect(saver.isBusy).toBe(true);
    error = null;
    saver.add({ refresh: 10 });
    await advanceTime(400);
    expect.verifySteps([
        { hide: ["a"], refresh: 5 },
        { hide: ["a"], refresh: 10 },
    ]);
    expect(saver.isBusy).toBe(false);
});

test("what the server has refused is not sent again", async () => {
    const saver = new LayoutSaver(() => Promise.reject(new RPCError("no")));
    saver.add({ refresh: 5 });
    await expect(saver.flush()).rejects.toThrow();
    expect(saver.isBusy).toBe(false);
});

test("a change that fails while one resets does not come back", async () => {
    const answer = new Deferred();
    const saver = new LayoutSaver(() => answer);
    saver.add({ refresh: 5 });
    const sent = saver.flush().catch(() => expect.step("failed"));
    await Promise.resolve();
    const forgotten = saver.forget();
    answer.reject(new ConnectionLostError("/save"));
    await Promise.all([sent, forgotten]);
    expect.verifySteps(["failed"]);
    expect(saver.isBusy).toBe(false);
});

test("on leaving also what is under way is sent once more", async () => {
    const saver = new LayoutSaver(() => new Deferred());
    expect(saver.takeUnsaved()).toBe(null);
    saver.add({ refresh: 5 });
    saver.flush();
    await Promise.resolve();
    await Promise.resolve();
    saver.add({ hide: ["a"] });
    expect(saver.takeUnsaved()).toEqual({ refresh: 5, hide: ["a"] });
    expect(saver.pending).toBe(null);
});
