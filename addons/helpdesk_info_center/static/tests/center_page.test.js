import { expect, test } from "@odoo/hoot";
import { press, queryAllTexts, queryOne, resize } from "@odoo/hoot-dom";
import { Deferred, advanceTime, animationFrame } from "@odoo/hoot-mock";
import { contains, onRpc, patchWithCleanup } from "@web/../tests/web_test_helpers";
import { browser } from "@web/core/browser/browser";
import { redirect } from "@web/core/utils/urls";
import { OPENED, calls, columns, defineCenter, openCenter, server, startWebClient } from "./center_helpers";

defineCenter();

const handle = (key) => `.o_center_widget[data-key=${key}] .o_center_widget_handle`;

async function pressArrow(arrow) {
    await press(["alt", arrow]);
    await animationFrame();
}

async function tick(name, isChecked) {
    await contains(`.o_center_settings input[name=${name}]`)[isChecked ? "check" : "uncheck"]();
}

test("the customer's name and number are in the breadcrumb and in the address", async () => {
    await openCenter();
    expect(".o_breadcrumb .active").toHaveText("Muster GmbH");
    await animationFrame();
    expect(browser.location.pathname).toBe("/odoo/customer-center/48");
    expect(columns()).toEqual([["new", "open"], ["orders"]]);
    expect(calls()).toEqual([OPENED]);
});

test("whoever has found a customer with the keyboard goes on at his widgets", async () => {
    await openCenter();
    expect(".o_center_board").toBeFocused();
    expect(".o_center_board").toHaveAttribute("aria-label", "Muster GmbH");
});

test("a customer who was looked at is a recent one", async () => {
    await openCenter();
    expect(server.visits).toEqual([48]);
});

test("a customer who does not exist is no recent one", async () => {
    await openCenter({ resId: 4711 });
    expect(server.visits).toEqual([]);
});

test("an address leads to the customer's page and to nothing else", async () => {
    redirect("/odoo/contact-center/51");
    await startWebClient();
    await animationFrame();
    expect(calls()).toEqual([["get_center", "contact", 51, null, "assigned"]]);
    expect(".o_breadcrumb .active").toHaveText("Anna");
    expect(".o_breadcrumb .breadcrumb-item, .o_breadcrumb em").toHaveCount(0);
    expect(browser.location.pathname).toBe("/odoo/contact-center/51");
});

test("a customer who does not exist is a plain message with a search", async () => {
    await openCenter({ resId: 4711 });
    expect(".o_center_missing").toHaveText("This customer does not exist.");
    expect(".o_center_board").toHaveCount(0);
    await contains(".o_center_message .btn").click();
    await animationFrame();
    expect(".modal").toHaveCount(1);
    expect(calls()).toEqual([["get_center", "company", 4711, null, "assigned"]]);
});

test("without a customer the search opens by itself", async () => {
    await openCenter({ resId: false });
    await animationFrame();
    expect(".modal").toHaveCount(1);
    expect(".o_center_message p").toHaveText("Search for the customer you want to see.");
    expect(calls()).toEqual([]);
});

test("a widget is dragged into the other column and saved after a moment", async () => {
    await openCenter();
    await contains(".o_center_widget[data-key=new] .o_center_widget_header").dragAndDrop(
        ".o_center_widget[data-key=orders]"
    );
    expect(columns()).toEqual([["open"], ["new", "orders"]]);
    expect(calls()).toEqual([OPENED]);
    await advanceTime(400);
    const zones = { main: ["open"], side: ["new", "orders"] };
    expect(calls()).toEqual([["save_layout", { zones }, 1]]);
});

test("a widget is dragged within its column", async () => {
    await openCenter();
    await contains(".o_center_widget[data-key=open] .o_center_widget_header").dragAndDrop(
        ".o_center_widget[data-key=new]"
    );
    expect(columns()).toEqual([["open", "new"], ["orders"]]);
});

test("Alt and the arrows move a widget, which keeps the focus and is announced", async () => {
    await openCenter();
    await contains(handle("open")).focus();
    await pressArrow("ArrowUp");
    expect(columns()).toEqual([["open", "new"], ["orders"]]);
    expect(handle("open")).toBeFocused();
    await pressArrow("ArrowRight");
    expect(columns()).toEqual([["new"], ["open", "orders"]]);
    expect(handle("open")).toBeFocused();
    expect(".o_center_board > [role=status]").toHaveText("Open Tickets: Sidebar, position 1");
    await pressArrow("ArrowUp");
    expect(columns()).toEqual([["new"], ["open", "orders"]]);
    await advanceTime(400);
    const zones = { main: ["new"], side: ["open", "orders"] };
    expect(calls()).toEqual([OPENED, ["save_layout", { zones }, 1]]);
});

test("a closed widget comes back by a tick in the settings", async () => {
    await openCenter();
    await contains(".o_center_widget[data-key=new] .o_center_widget_close").click();
    expect(columns()).toEqual([["open"], ["orders"]]);
    await contains(".o_center_settings_toggle").click();
    expect(".o_center_settings input[name=new]").not.toBeChecked();
    await tick("new", true);
    expect(columns()).toEqual([["open"], ["orders"]]);
    await contains(".o_center_save").click();
    expect(columns()).toEqual([["new", "open"], ["orders"]]);
    expect(calls()).toEqual([
        OPENED,
        ["save_layout", { hide: ["new"] }, 1],
        ["save_layout", { show: ["new"], hide: [] }, 2],
    ]);
});

test("a page that is out of date leaves alone what was closed in another window", async () => {
    await openCenter();
    server.layout = { ...server.layout, v: 2, hidden: ["open"] };
    await contains(".o_center_settings_toggle").click();
    await tick("new", false);
    await contains(".o_center_save").click();
    await animationFrame();
    expect(calls().at(-1)).toEqual(["save_layout", { show: [], hide: ["new"] }, 1]);
    expect(columns()).toEqual([[], ["orders"]]);
    expect(".o_center_settings input[name=open]").not.toBeChecked();
});

test("what is ticked and not saved is forgotten by Reset", async () => {
    await openCenter();
    await contains(".o_center_settings_toggle").click();
    await tick("new", false);
    await contains(".o_center_reset").click();
    await contains(".modal-footer .btn-primary").click();
    expect(".o_center_settings input[name=new]").toBeChecked();
    await contains(".o_center_save").click();
    expect(server.layout.hidden).toEqual([]);
});

test("a widget that was hidden from the start is read when it is switched on", async () => {
    const zones = { main: ["new", "open"], side: ["orders"] };
    await openCenter({ layout: { v: 1, zones, hidden: ["new"], refresh: 0 } });
    await contains(".o_center_settings_toggle").click();
    await tick("new", true);
    await contains(".o_center_settings select").select("10");
    await contains(".o_center_save").click();
    expect(".o_center_widget[data-key=new] .note").toHaveText("first");
    expect(calls()).toEqual([
        OPENED,
        ["save_layout", { show: ["new"], hide: [], refresh: 10 }, 1],
        ["get_center", "company", 48, ["new"], "assigned"],
    ]);
});

test("a refresh leaves alone what is ticked and not yet saved", async () => {
    await openCenter();
    await contains(".o_center_settings_toggle").click();
    await tick("new", false);
    Object.assign(server, { layout: { ...server.layout, v: 2 }, text: "second" });
    await contains(".o_center_refresh").click();
    await animationFrame();
    expect(".note:first").toHaveText("second");
    expect(".o_center_settings input[name=new]").not.toBeChecked();
    expect(columns()).toEqual([["new", "open"], ["orders"]]);
});

test("whoever closes a widget goes on at the next one, or at the settings", async () => {
    const zones = { main: ["new", "open"], side: ["orders"] };
    await openCenter({ layout: { v: 1, zones, hidden: [], refresh: 0 } });
    await contains(".o_center_widget[data-key=new] .o_center_widget_close").click();
    expect(handle("open")).toBeFocused();
    await contains(".o_center_widget[data-key=open] .o_center_widget_close").click();
    expect(".o_center_settings_toggle").toBeFocused();
});

test("a click on the handle offers where a widget can go", async () => {
    await openCenter();
    await contains(handle("open")).click();
    expect(queryAllTexts(".o-dropdown--menu .dropdown-item")).toEqual([
        "Move Up",
        "Move to the Sidebar",
    ]);
    await contains(".o-dropdown--menu [data-arrow=ArrowUp]").click();
    expect(columns()).toEqual([["open", "new"], ["orders"]]);
    expect(".o-dropdown--menu").toHaveCount(0);
    expect(handle("open")).toBeFocused();
    await contains(handle("orders")).click();
    expect(queryAllTexts(".o-dropdown--menu .dropdown-item")).toEqual(["Move to the Content"]);
    await contains(".o-dropdown--menu [data-arrow=ArrowLeft]").click();
    expect(columns()).toEqual([["orders", "open", "new"], []]);
    expect(handle("orders")).toBeFocused();
});

test("a closed widget comes back by Undo", async () => {
    await openCenter();
    await contains(".o_center_widget[data-key=open] .o_center_widget_close").click();
    await contains(".o_notification_buttons button").click();
    expect(columns()).toEqual([["new", "open"], ["orders"]]);
    expect(server.layout.hidden).toEqual([]);
    expect(calls()).toEqual([
        OPENED,
        ["save_layout", { hide: ["open"] }, 1],
        ["save_layout", { show: ["open"] }, 2],
    ]);
});

test("a mandatory widget cannot be closed", async () => {
    await openCenter();
    expect(".o_center_widget[data-key=orders] .o_center_widget_close").toHaveCount(0);
    expect(".o_center_widget[data-key=new] .o_center_widget_close").toHaveCount(1);
    await contains(".o_center_settings_toggle").click();
    expect(".o_center_settings input[name=orders]").toBeChecked();
    expect(".o_center_settings input[name=orders]").not.toBeEnabled();
});

test("a folded widget shows only its header, and so it stays", async () => {
    await openCenter();
    await contains(".o_center_widget[data-key=new] .o_center_widget_fold").click();
    expect(".o_center_widget[data-key=new] .o_center_widget_body").toHaveCount(0);
    expect(".o_center_widget[data-key=new] .o_center_widget_fold").toHaveAttribute(
        "aria-expanded",
        "false"
    );
    await advanceTime(400);
    expect(calls()).toEqual([OPENED, ["save_layout", { widgets: { new: { fold: true } } }, 1]]);
});

test("a change is saved at once when the page is left", async () => {
    await openCenter();
    await contains(handle("open")).focus();
    await pressArrow("ArrowUp");
    patchWithCleanup(browser, {
        fetch: (url, { keepalive, body }) => expect.step([url, keepalive, JSON.parse(body).params]),
    });
    browser.dispatchEvent(new Event("pagehide"));
    browser.dispatchEvent(new Event("pagehide"));
    const zones = { main: ["open", "new"], side: ["orders"] };
    expect.verifySteps([
        [
            "/web/dataset/call_kw/helpdesk.center/save_layout",
            true,
            {
                model: "helpdesk.center",
                method: "save_layout",
                args: ["company", { zones }, 1],
                kwargs: {},
            },
        ],
    ]);
    await advanceTime(1000);
    expect(calls()).toEqual([OPENED]);
});

test("nothing of a page can be used while the next customer is read", async () => {
    await openCenter({ kind: "contact", resId: 51 });
    const answer = new Deferred();
    onRpc("helpdesk.center", "get_center", async () => void (await answer));
    await contains(handle("new")).focus();
    queryOne(".o_center_mode button:contains(Accessible)").click();
    await animationFrame();
    expect("[inert] .o_center_board").toHaveCount(1);
    answer.resolve();
    await animationFrame();
    expect("[inert]").toHaveCount(0);
    expect(handle("new")).toBeFocused();
});

test("the default comes back by Reset, after a question", async () => {
    await openCenter();
    await contains(".o_center_settings_toggle").click();
    await contains(".o_center_reset").click();
    expect(calls()).toEqual([OPENED]);
    await contains(".modal-footer .btn-primary").click();
    expect(calls()).toEqual([["reset_layout"], OPENED]);
});

test("only a manager makes his page the default of a team", async () => {
    await openCenter();
    await contains(".o_center_settings_toggle").click();
    await contains("#o_center_team").select("4");
    await contains(".o_center_save_team").click();
    await contains(".modal-footer .btn-primary").click();
    expect(calls()).toEqual([OPENED, ["save_team_layout", "company", 4]]);
});

test("who is no manager sees no default of a team", async () => {
    await openCenter({ can: { manage: false }, teams: [] });
    await contains(".o_center_settings_toggle").click();
    expect(".o_center_reset").toHaveCount(1);
    expect(".o_center_team").toHaveCount(0);
});

test("on a phone there is one column and nothing to drag", async () => {
    await resize({ width: 390, height: 844 });
    await openCenter();
    expect(".o_center_widget_handle").toHaveCount(0);
    expect(queryAllTexts(".o_center_widget_title")).toEqual([
        "New Tickets",
        "Open Tickets",
        "Orders",
    ]);
});

test("a contact's page switches between his tickets and those he can see", async () => {
    await openCenter({ kind: "contact", resId: 51 });
    await contains(".o_center_mode button:contains(Accessible)").click();
    expect(".o_center_mode .active").toHaveText("Accessible");
    expect(calls()).toEqual([
        ["get_center", "contact", 51, null, "assigned"],
        ["get_center", "contact", 51, null, "accessible"],
    ]);
});

test("a contact without a portal login has nothing accessible", async () => {
    await openCenter({ kind: "contact", resId: 51, has_login: false });
    expect(".o_center_mode button:contains(Accessible)").not.toBeEnabled();
    expect("#o_center_no_login").toHaveText("No portal login");
});

test("a contact leads to his company, and the breadcrumb back", async () => {
    await openCenter({ kind: "contact", resId: 51 });
    await contains(".o_center_company").click();
    expect(".o_breadcrumb .active").toHaveText("Muster GmbH");
    await animationFrame();
    expect(browser.location.pathname).toBe("/odoo/contact-center/51/customer-center/48");
    await contains(".o_breadcrumb .o_back_button, .breadcrumb-item a").click();
    expect(".o_breadcrumb .active").toHaveText("Anna");
});
