from odoo.fields import Command

from .service_common import OTHER_IMEI
from .service_wizard_pages import NEW_URL, ServiceWizardCase

HELPERS = """
const find = (selector) => document.querySelector(selector);
async function until(what, condition) {
    for (let time = 0; time < 200; time++) {
        if (condition()) {
            return;
        }
        await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`not so: ${what}`);
}
function choose(name, value) {
    const field = find(`select[name=${name}]`);
    field.focus();
    field.value = value;
    field.dispatchEvent(new Event("change", { bubbles: true }));
}
const assert = (what, condition) => {
    if (!condition) {
        throw new Error(`not so: ${what}`);
    }
};
"""
READY = "!!document.querySelector('.o_service_form.o_service_live')"


class TestServiceWizardScript(ServiceWizardCase):
    """With JavaScript the form follows each choice by itself; see the other tests for
    pages without it."""

    def _run(self, code):
        code = f"(async () => {{ {HELPERS} {code} console.log('test successful'); }})()"
        self.browser_js(NEW_URL, code, READY, login=self.anna.login)

    def test_the_form_follows_what_is_chosen(self):
        self.env["customer.service.task"].create(
            [
                {"name": "Photo", "answer_type": "file"},
                {
                    "name": "Only in Wien",
                    "answer_type": "text",
                    "location_ids": [Command.set(self.wien.ids)],
                },
            ]
        )
        find_my = self._task(self.find_my)
        self._run(
            f"""
            const apply = find(".o_service_refresh");
            assert("no button", getComputedStyle(apply).display === "none");
            find("#device_name").value = "iPhone 15";
            choose("location_id", "{self.berlin.id}");
            await until("services", () => find("select[name=service_type_id]"));
            assert("focus", document.activeElement === find("#location_id"));
            assert("typed", find("#device_name").value === "iPhone 15");

            choose("service_type_id", "{self.repair.id}");
            await until("tasks", () => find("#{find_my}"));
            assert("focus", document.activeElement === find("#service_type_id"));
            assert("told", find("[role=status][data-done]").textContent);
            const files = new DataTransfer();
            files.items.add(new File(["x"], "photo.png"));
            find("input[type=file]").files = files.files;
            find("#{find_my}_yes").checked = true;

            choose("location_id", "{self.wien.id}");
            find("#issue").value = "Typed meanwhile";
            const isShown = () => /Only in Wien/.test(document.body.textContent);
            await until("its task", isShown);
            assert("file", find("input[type=file]").files[0].name === "photo.png");
            assert("answer", find("#{find_my}_yes").checked);
            assert("service", find("#service_type_id").value === "{self.repair.id}");
            assert("not lost", find("#issue").value === "Typed meanwhile");
            """
        )
        self.assertFalse(self.orders.search([]))

    def test_a_device_is_taken_over_at_once(self):
        device = self._order_as(self.bert, imei=OTHER_IMEI).sudo().device_id
        self._run(
            f"""
            find("#issue").value = "Keep me";
            find("#device").value = "{device.id}";
            find("button[value=device]").click();
            await until("taken over", () => find("#imei").value === "{OTHER_IMEI}");
            assert("focus", document.activeElement === find("#device_name"));
            assert("kept", find("#issue").value === "Keep me");
            """
        )

    def test_what_the_page_cannot_do_by_itself_the_server_does(self):
        self._run(
            f"""
            const answer = window.fetch;
            window.fetch = () => Promise.reject(new Error("no network"));
            find("#issue").value = "Keep me";
            let isSent = false;
            find(".o_service_form").addEventListener("submit", (ev) => {{
                ev.preventDefault();
                isSent = ev.submitter.value === "refresh";
            }});
            choose("location_id", "{self.berlin.id}");
            await until("sent as a page", () => isSent);
            window.fetch = answer;
            """
        )
