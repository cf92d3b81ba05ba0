import { beforeEach, describe, expect, test } from "@odoo/hoot";
import {
    Deferred,
    advanceTime,
    animationFrame,
    edit,
    press,
    queryAllTexts,
    queryAttribute,
} from "@odoo/hoot-dom";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import {
    contains,
    getService,
    mockService,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";
import { MainComponentsContainer } from "@web/core/main_components_container";
import { CustomerSearchDialog } from "@helpdesk_info_center/search/search_dialog";

describe.current.tags("desktop");
defineMailModels();

const INPUT = ".o_customer_search input";
const hit = (changes) => ({
    company: false,
    email: "",
    phone: "",
    ref: "",
    open: 0,
    escalated: 0,
    ...changes,
});
const MUSTER = hit({
    id: 48,
    kind: "company",
    name: "Muster GmbH",
    email: "info@muster.example",
    ref: "MUS-001",
    open: 9,
    escalated: 2,
});
const ANNA = hit({
    id: 12,
    kind: "contact",
    name: "Anna Muster",
    company: [48, "Muster GmbH"],
    phone: "+49 89 1234",
    open: 4,
});
const BETA = hit({ id: 50, kind: "company", name: "Beta AG", open: 2 });

let answers; // what the server finds, by term
let recent;

beforeEach(() => {
    answers = { mus: { total: 2, rows: [MUSTER, ANNA] } };
    recent = [];
    onRpc("helpdesk.center", "recent", () => recent);
    onRpc("helpdesk.center", "search_customers", ({ args }) => {
        expect.step(args);
        return answers[args[0]] || { total: 0, rows: [] };
    });
});

async function openSearch(props = {}) {
    await mountWithCleanup(MainComponentsContainer);
    getService("dialog").add(CustomerSearchDialog, {
        onPick: (row, as) => expect.step(["pick", row.id, as]),
        ...props,
    });
    await animationFrame();
}

async function type(term) {
    await contains(INPUT).click();
    await edit(term);
    await advanceTime(150);
    await animationFrame();
}

const names = () => queryAllTexts(".o_customer_search_option .fw-bold");
const active = () => {
    const id = queryAttribute(INPUT, "aria-activedescendant");
    return id && document.getElementById(id);
};

test("the search opens with the cursor in it", async () => {
    await openSearch();
    expect(INPUT).toBeFocused();
    expect(INPUT).toHaveAttribute("role", "combobox");
    expect(".o_customer_search_hint").toHaveText(
        "Type at least 2 characters. * stands for anything, ** lists all customers."
    );
});

test("nothing is sent below two characters", async () => {
    await openSearch();
    for (const term of ["M", " M ", "*", "  "]) {
        await type(term);
    }
    await press("Enter");
    await advanceTime(500);
    expect.verifySteps([]);
    expect(".o_customer_search_empty").toHaveCount(0);
});

test("two characters are enough, and are sent once one stops typing", async () => {
    await openSearch();
    await contains(INPUT).click();
    await edit("MU");
    await advanceTime(100);
    await edit("mus");
    await advanceTime(100);
    expect.verifySteps([]);
    await advanceTime(50);
    await animationFrame();
    expect.verifySteps([["mus", null, 0, 20]]);
    expect(names()).toEqual(["Muster GmbH", "Anna Muster"]);
});

test("a hit shows who it is, what was found, and its tickets", async () => {
    await openSearch();
    await type("mus");
    expect.verifySteps([["mus", null, 0, 20]]);
    expect("#o_customer_search_0_0 i").toHaveAttribute("aria-label", "Company");
    expect("#o_customer_search_0_0").toHaveText(/info@muster\.example\s*·\s*MUS-001/);
    expect("#o_customer_search_0_0 .o_customer_search_counts").toHaveText(
        "9 open, 2 escalated"
    );
    expect("#o_customer_search_1_0 i").toHaveAttribute("aria-label", "Contact");
    expect("#o_customer_search_1_0").toHaveText(/Anna Muster\s*Muster GmbH\s*\+49 89 1234/);
    expect("#o_customer_search_1_0 .o_customer_search_counts").toHaveText("4 open");
    expect(queryAllTexts("#o_customer_search_0_0 .text-primary")).toEqual(["Mus", "mus", "MUS"]);
});

test("two asterisks list all customers, page by page", async () => {
    answers["**"] = { total: 45, rows: Array.from({ length: 20 }, (_, id) => ({ ...BETA, id })) };
    await openSearch();
    await type("**");
    expect.verifySteps([["**", null, 0, 20]]);
    expect(".o_customer_search_total").toHaveText("1–20 of 45");
    expect(".o_customer_search_previous").toHaveAttribute("aria-disabled", "true");
    await contains(".o_customer_search_previous").click();
    expect.verifySteps([]);
    await contains(".o_customer_search_next").click();
    expect(INPUT).toBeFocused();
    expect.verifySteps([["**", null, 20, 20]]);
    expect(".o_customer_search_total").toHaveText("21–40 of 45");
    answers["**"] = { total: 45, rows: answers["**"].rows.slice(0, 5) };
    await contains(INPUT).focus();
    await press("PageDown");
    await animationFrame();
    expect.verifySteps([["**", null, 40, 20]]);
    expect(".o_customer_search_total").toHaveText("41–45 of 45");
    expect(".o_customer_search_next").toHaveAttribute("aria-disabled", "true");
    await press("PageDown");
    expect.verifySteps([]);
    await press("PageUp");
    await animationFrame();
    expect.verifySteps([["**", null, 20, 20]]);
});

test("very many hits are not counted on, but paged through", async () => {
    const rows = Array.from({ length: 20 }, (_, id) => ({ ...BETA, id }));
    answers["**"] = { total: 1200, more: true, rows };
    await openSearch();
    await type("**");
    expect(".o_customer_search_total").toHaveText("1–20 of more than 1,200");
    expect(".o_customer_search [role=status]").toHaveText("1–20 of more than 1,200");
    await press("PageDown");
    await animationFrame();
    expect(".o_customer_search_total").toHaveText("21–40 of more than 1,200");
    expect(".o_customer_search_next").toHaveAttribute("aria-disabled", "false");
    answers["**"] = { total: 47, more: false, rows: rows.slice(0, 7) };
    await contains(".o_customer_search_next").click();
    expect(".o_customer_search_total").toHaveText("41–47 of 47");
    expect(".o_customer_search_next").toHaveAttribute("aria-disabled", "true");
    await type("");
    await type("mus");
    expect(".o_customer_search_total").toHaveText("1–2 of 2");
    expect.verifySteps([
        ...[0, 20, 40].map((offset) => ["**", null, offset, 20]),
        ["mus", null, 0, 20],
    ]);
});

test("other words start at the first page again", async () => {
    answers["**"] = { total: 45, rows: [BETA] };
    await openSearch();
    await type("**");
    await contains(".o_customer_search_next").click();
    await type("mus");
    expect.verifySteps([
        ["**", null, 0, 20],
        ["**", null, 20, 20],
        ["mus", null, 0, 20],
    ]);
    expect(".o_customer_search_total").toHaveText("1–2 of 2");
    expect(".o_customer_search_next").toHaveCount(0);
});

test("an answer that comes late does not win", async () => {
    const late = new Deferred();
    answers = { mu: late, beta: { total: 1, rows: [BETA] } };
    await openSearch();
    await type("mu");
    await type("beta");
    expect(names()).toEqual(["Beta AG"]);
    late.resolve({ total: 2, rows: [MUSTER, ANNA] });
    await animationFrame();
    expect(names()).toEqual(["Beta AG"]);
    expect.verifySteps([
        ["mu", null, 0, 20],
        ["beta", null, 0, 20],
    ]);
});

test("an answer does not appear any more once the words are gone", async () => {
    const late = new Deferred();
    answers = { mu: late };
    await openSearch();
    await type("mu");
    await type("m");
    late.resolve({ total: 1, rows: [MUSTER] });
    await animationFrame();
    expect(names()).toEqual([]);
    expect.verifySteps([["mu", null, 0, 20]]);
});

test("nobody found is said", async () => {
    await openSearch();
    await type("xyz");
    expect.verifySteps([["xyz", null, 0, 20]]);
    expect(".o_customer_search_empty").toHaveText("No customer found");
    expect(".o_customer_search [role=status]").toHaveText("No customer found");
});

test("the customers visited last are there before one types", async () => {
    recent = [BETA, ANNA];
    await openSearch();
    expect(names()).toEqual(["Beta AG", "Anna Muster"]);
    await press("Enter");
    await type(" ");
    await press("Enter");
    expect.verifySteps([]);
    await press("ArrowDown");
    await press("Enter");
    await animationFrame();
    expect.verifySteps([["pick", 50, "company"]]);
});

test("the customers visited last come back when the words are gone", async () => {
    recent = [BETA];
    await openSearch();
    await type("mus");
    expect(names()).toEqual(["Muster GmbH", "Anna Muster"]);
    await type("");
    expect(names()).toEqual(["Beta AG"]);
    expect.verifySteps([["mus", null, 0, 20]]);
});

test("arrow keys choose, Enter opens and closes the search", async () => {
    await openSearch();
    await type("mus");
    expect.verifySteps([["mus", null, 0, 20]]);
    expect(active()).toHaveText(/^Muster GmbH/);
    expect(active()).toHaveAttribute("aria-selected", "true");
    await press("ArrowDown");
    await animationFrame();
    expect(active()).toHaveText(/^Anna Muster/);
    await press("ArrowDown");
    await animationFrame();
    expect(active()).toHaveText(/^Muster GmbH/);
    await press("ArrowUp");
    await press("Enter");
    await animationFrame();
    expect.verifySteps([["pick", 12, "company"]]);
    expect(".o_customer_search").toHaveCount(0);
});

test("a contact opens his company's center, his second entry his own", async () => {
    await openSearch();
    await type("mus");
    expect.verifySteps([["mus", null, 0, 20]]);
    expect(".o_customer_search_second").toHaveCount(1);
    expect(".o_customer_search_second").toHaveText(/^Contact Center/);
    await contains(".o_customer_search_second").click();
    expect.verifySteps([["pick", 12, "contact"]]);
});

test("the second entry is reached with the arrow to the right", async () => {
    await openSearch();
    await type("mus");
    await press("ArrowRight");
    await animationFrame();
    expect(active()).toHaveText(/^Muster GmbH/);
    await press("ArrowDown");
    await press("ArrowRight");
    await animationFrame();
    expect(active()).toHaveText(/^Contact Center/);
    await press("ArrowLeft");
    await press("ArrowRight");
    await press("Enter");
    expect.verifySteps([
        ["mus", null, 0, 20],
        ["pick", 12, "contact"],
    ]);
});

test("who looks for contacts finds only those, and opens their own center", async () => {
    answers.mus = { total: 1, rows: [ANNA] };
    await openSearch({ kind: "contact" });
    expect(".modal-title").toHaveText("Search Contact");
    await type("mus");
    expect(".o_customer_search_second").toHaveText(/^Company Center/);
    await press("Enter");
    expect.verifySteps([
        ["mus", "contact", 0, 20],
        ["pick", 12, "contact"],
    ]);
});

test("who knows the number types it and presses Enter", async () => {
    answers.HT01 = { total: 1, rows: [MUSTER] };
    await openSearch();
    await contains(INPUT).click();
    await edit("HT01");
    await press("Enter");
    await animationFrame();
    expect.verifySteps([
        ["HT01", null, 0, 20],
        ["pick", 48, "company"],
    ]);
    await advanceTime(200);
    expect.verifySteps([]);
});

test("Enter opens nobody as long as several can be meant", async () => {
    await openSearch();
    await contains(INPUT).click();
    await edit("mus");
    await press("Enter");
    await animationFrame();
    expect.verifySteps([["mus", null, 0, 20]]);
    expect(names()).toEqual(["Muster GmbH", "Anna Muster"]);
});

test("Escape closes the search", async () => {
    await openSearch();
    await type("mus");
    await press("Escape");
    await animationFrame();
    expect(".o_customer_search").toHaveCount(0);
    expect.verifySteps([["mus", null, 0, 20]]);
});

test("opened from anywhere it goes to the center", async () => {
    mockService("action", {
        doAction: (action, options) => expect.step([action, options]),
    });
    await openSearch({ onPick: undefined });
    await type("mus");
    await contains("#o_customer_search_1_0").click();
    expect.verifySteps([
        ["mus", null, 0, 20],
        ["helpdesk_info_center.action_company_center", { props: { resId: 48 } }],
    ]);
});
