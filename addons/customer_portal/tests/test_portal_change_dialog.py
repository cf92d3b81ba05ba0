from .change_pages import ADDRESS_URL, EDIT_URL, ChangePageCase

HELPERS = """
const find = (selector) => document.querySelector(selector);
async function until(what, condition) {
    for (let time = 0; time < 100; time++) {
        if (condition()) {
            return;
        }
        await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`not so: ${what}`);
}
function type(name, value) {
    find(`[name=${name}]:is(input, select)`).value = value;
    find(`[name=${name}]:is(input, select)`).dispatchEvent(new Event("change"));
}
const isOpen = () => find(".modal.show .o_change_confirmation");
const isClosed = () => getComputedStyle(find(".modal")).display === "none";
"""
# What the dialog needs was made when the page's scripts had started.
READY = "!!window.Modal?.getInstance(document.querySelector('.o_change_page .modal'))"


class TestPortalChangeDialog(ChangePageCase):
    """With JavaScript the confirmation is a dialog above the form; see the other tests
    for pages without it."""

    def _run(self, url, code):
        code = f"(async () => {{ {HELPERS} {code} console.log('test successful'); }})()"
        self.browser_js(url, code, READY, login=self.anna.login)

    def test_saving_opens_the_confirmation_above_the_form(self):
        self._run(
            EDIT_URL,
            """
            type("street", "Neue Str. 5");
            find("button[value=preview]").click();
            await until("dialog", isOpen);
            const text = isOpen().textContent;
            await until("old and new", () => /Marktplatz 1[^]*Neue Str. 5/.test(text));
            await until("focus", () => find(".modal").contains(document.activeElement));

            const escape = new KeyboardEvent("keydown", { key: "Escape" });
            find(".modal").dispatchEvent(escape);
            await until("closed by Esc", isClosed);
            type("street", "Neue Str. 6");
            find("button[value=preview]").click();
            await until("again", () => /Neue Str. 6/.test(isOpen()?.textContent));
            await new Promise((resolve) => setTimeout(resolve, 500)); // it fades in
            find(".modal button[value=edit]").click();
            await until("closed by Back", isClosed);
            const street = find("input[name=street]");
            await until("kept", () => street.value === "Neue Str. 6");
            """,
        )
        self.assertFalse(self.requests.search([]))

    def test_a_country_brings_its_states(self):
        austria = self.env.ref("base.at")
        luxembourg = self.env.ref("base.lu")
        self.assertFalse(luxembourg.state_ids)
        self._run(
            ADDRESS_URL,
            f"""
            const states = () => find("select[name=state_id]");
            const isShown = () => !states().closest("div").classList.contains("d-none");
            type("country_id", "{austria.id}");
            await until("states", () => /Vienna|Wien/.test(states().textContent));
            await until("only these", () => !/Bavaria/.test(states().textContent));
            await until("shown", isShown);
            type("country_id", "{luxembourg.id}");
            await until("hidden", () => !isShown());
            await until("nothing chosen", () => states().value === "");
            """,
        )
