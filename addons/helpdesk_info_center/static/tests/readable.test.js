import { expect, test } from "@odoo/hoot";
import { queryAll } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { contains, onRpc } from "@web/../tests/web_test_helpers";
import { row as ticket, columns as ticketColumns, widgetData } from "./ticket_table_helpers";
import { defineCenter, openCenter } from "./center_helpers";

defineCenter();

const ANNA = { id: 51, name: "Anna", email: "anna@muster.example", phone: "", function: "" };
const SELECTED_ROW = [241, 239, 245]; // the darkest background of small grey text

/** How much lighter one color is than another: 4.5 is what small text needs. */
function contrast(color, background) {
    const [red, green, blue, alpha = 1] = color.match(/[\d.]+/g).map(Number);
    const seen = [red, green, blue].map(
        (part, index) => part * alpha + background[index] * (1 - alpha)
    );
    return (luminance(background) + 0.05) / (luminance(seen) + 0.05);
}

function luminance(color) {
    const [red, green, blue] = color
        .map((part) => part / 255)
        .map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function expectReadable(selector) {
    const elements = queryAll(selector);
    expect(elements.length).toBeGreaterThan(0);
    for (const element of elements) {
        const { color } = getComputedStyle(element);
        expect(contrast(color, SELECTED_ROW)).toBeGreaterThan(4.5);
    }
}

test("grey text is dark enough to be read", async () => {
    await openCenter({
        available: [
            { key: "contacts", name: "Contacts", kind: "contacts", zone: "main" },
            { key: "open", name: "Open Tickets", kind: "tickets", zone: "main" },
        ],
        layout: { v: 1, zones: { main: ["contacts", "open"], side: [] }, hidden: [], refresh: 0 },
        widgets: {
            contacts: { rows: [ANNA], total: 1, offset: 0, size: 10, search: "" },
            open: widgetData({ rows: [], columns: ticketColumns("number"), total: 0 }),
        },
    });
    expectReadable(".o_center_people th, .o_center_details, .o_tickets_empty td");
});

test("the escalated tickets of a hit can be read in the row that is chosen", async () => {
    const muster = { id: 48, kind: "company", name: "Muster GmbH", open: 9, escalated: 2 };
    onRpc("helpdesk.center", "recent", () => [muster]);
    await openCenter({ resId: false });
    await animationFrame();
    expectReadable(".o_customer_search_counts.text-danger");
});

test("dates that have been reached can be read in a row that is selected", async () => {
    const values = { escalation_date: "2026-11-24 08:00:00", pending_until: "2026-11-24 08:00:00" };
    await openCenter({
        available: [{ key: "open", name: "Open Tickets", kind: "tickets", zone: "main" }],
        layout: { v: 1, zones: { main: ["open"], side: [] }, hidden: [], refresh: 0 },
        widgets: {
            open: widgetData({
                rows: [
                    ticket(1, values, ["escalated"]),
                    ticket(2, values, ["warning"]),
                    ticket(3, values, ["due"]),
                ],
                columns: ticketColumns("number", "escalation_date", "pending_until"),
            }),
        },
    });
    for (const color of ["danger", "warning", "info"]) {
        expectReadable(`.o_ticket_cell.text-${color}`);
    }
});

test("boxes to tick are far enough apart for fingers", async () => {
    await openCenter();
    await contains(".o_center_settings_toggle").click();
    const [first, second] = queryAll(".o_center_settings .form-check-input");
    const distance = second.getBoundingClientRect().top - first.getBoundingClientRect().top;
    expect(distance).toBeGreaterThan(24);
});
