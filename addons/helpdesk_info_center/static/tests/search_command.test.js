import { beforeEach, describe, expect, test } from "@odoo/hoot";
import { advanceTime, animationFrame, edit, press, queryAllTexts } from "@odoo/hoot-dom";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import {
    contains,
    makeMockEnv,
    mockService,
    mountWithCleanup,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { MainComponentsContainer } from "@web/core/main_components_container";
import { AGENT_GROUP, PREFIX } from "@helpdesk_info_center/search/command_provider";

describe.current.tags("desktop");
defineMailModels();

const MUSTER = {
    id: 48,
    kind: "company",
    name: "Muster GmbH",
    company: false,
    open: 9,
    escalated: 2,
};
const ANNA = {
    id: 12,
    kind: "contact",
    name: "Anna",
    company: [48, "Muster GmbH"],
    open: 4,
    escalated: 0,
};

let isAgent;

beforeEach(() => {
    isAgent = true;
    patchWithCleanup(user, {
        hasGroup: async (group) => (group === AGENT_GROUP ? isAgent : false),
    });
    mockService("action", {
        doAction: (action, options) => expect.step([action, options.props.resId]),
    });
    onRpc("helpdesk.center", "recent", () => [ANNA]);
    onRpc("helpdesk.center", "search_customers", ({ args }) => {
        expect.step(args);
        return { total: 1, rows: [MUSTER] };
    });
    for (const category of ["command_provider", "command_setup", "command_categories"]) {
        const before = new Set(registry.category(category).getEntries().map(([key]) => key));
        for (const key of [PREFIX, "helpdesk_customers", "helpdesk_recent_customers"]) {
            if (before.has(key)) {
                registry.category(category).remove(key);
            }
        }
    }
});

async function start() {
    await makeMockEnv();
    await mountWithCleanup(MainComponentsContainer);
    await animationFrame();
}

async function openPalette(text) {
    await press(["Control", "k"]);
    await animationFrame();
    await contains(".o_command_palette input").click();
    await edit(text);
    await advanceTime(200);
    await animationFrame();
}

test("no other addon here uses the prefix", () => {
    const used = registry
        .category("command_provider")
        .getAll()
        .map((provider) => provider.namespace);
    expect(used).not.toInclude(PREFIX);
});

test("the hotkey opens the search, once", async () => {
    await start();
    await press(["Alt", "Shift", "c"]);
    await animationFrame();
    expect(".o_customer_search").toHaveCount(1);
    await press(["Alt", "Shift", "c"]);
    await animationFrame();
    expect(".o_customer_search").toHaveCount(1);
    await press("Escape");
    await animationFrame();
    await press(["Alt", "Shift", "c"]);
    await animationFrame();
    expect(".o_customer_search").toHaveCount(1);
});

test("the command opens the search", async () => {
    await start();
    await openPalette("search customer");
    expect(queryAllTexts(".o_command_name")[0]).toBe("Search Customer");
    await press("Enter");
    await animationFrame();
    expect(".o_command_palette").toHaveCount(0);
    expect(".o_customer_search input").toBeFocused();
});

test("the palette has the customers visited last behind the prefix", async () => {
    await start();
    await openPalette(PREFIX);
    expect(queryAllTexts(".o_command_name")).toEqual(["Anna (Muster GmbH)"]);
    expect(".o_command_category").toHaveText(/^RECENT CUSTOMERS/i);
    await press("Enter");
    await animationFrame();
    expect.verifySteps([["helpdesk_info_center.action_company_center", 48]]);
});

test("the palette finds customers behind the prefix", async () => {
    await start();
    await openPalette(`${PREFIX}m`);
    expect(".o_command").toHaveCount(0);
    expect.verifySteps([]);
    await edit("mus");
    await advanceTime(200);
    await animationFrame();
    expect.verifySteps([["mus", null, 0, 20]]);
    expect(queryAllTexts(".o_command_name")).toEqual(["Muster GmbH"]);
    expect(".o_command").toHaveText(/9 open, 2 escalated/);
    expect(".o_command a").toHaveAttribute("href", "/odoo/customer-center/48");
    await press("Enter");
    await animationFrame();
    expect.verifySteps([["helpdesk_info_center.action_company_center", 48]]);
});

test("whoever is no agent has none of it", async () => {
    isAgent = false;
    await start();
    await press(["Alt", "Shift", "c"]);
    await animationFrame();
    expect(".o_customer_search").toHaveCount(0);
    await press(["Control", "k"]);
    await animationFrame();
    expect(".o_command_palette").toHaveCount(1);
    expect(queryAllTexts(".o_namespace")).not.toInclude(`${PREFIX}customers`);
    expect(queryAllTexts(".o_command_name")).not.toInclude("Search Customer");
});
