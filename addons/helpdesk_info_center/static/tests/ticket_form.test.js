import { expect, test } from "@odoo/hoot";
import {
    clickSave,
    contains,
    defineModels,
    fields,
    mockService,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";

class Ticket extends models.Model {
    _name = "helpdesk.ticket";
    name = fields.Char();
    _records = [{ id: 1, name: "Printer" }];
}

defineMailModels();
defineModels([Ticket]);

async function openForm({ resId, context }) {
    mockService("action", {
        doAction(action) {
            expect.step(action);
        },
    });
    onRpc("helpdesk.ticket", "action_send_email", ({ args }) => `composer of ${args[0]}`);
    await mountView({
        type: "form",
        resModel: "helpdesk.ticket",
        resId,
        context,
        arch: `<form js_class="helpdesk_ticket_form"><field name="name"/></form>`,
    });
    await contains(".o_field_widget[name=name] input").edit("Your order");
}

test("a new e-mail ticket opens the composer when it is saved, once", async () => {
    await openForm({ context: { helpdesk_compose_after_save: true } });
    await clickSave();
    expect.verifySteps(["composer of 2"]);
    await contains(".o_field_widget[name=name] input").edit("Your second order");
    await clickSave();
    expect.verifySteps([]);
});

test("another new ticket opens no composer", async () => {
    await openForm({ context: {} });
    await clickSave();
    expect.verifySteps([]);
});

test("a ticket that exists opens no composer", async () => {
    await openForm({ resId: 1, context: { helpdesk_compose_after_save: true } });
    await clickSave();
    expect.verifySteps([]);
});
