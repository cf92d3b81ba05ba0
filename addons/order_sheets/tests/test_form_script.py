from .sheet_form_case import SheetFormCase

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
const assert = (what, condition) => {
    if (!condition) {
        throw new Error(`not so: ${what}`);
    }
};
function type(id, text) {
    const field = find(`#${id}`);
    field.focus();
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
}
async function saveElsewhere(values, rev) {
    const form = find(".o_sheet_form");
    const params = { page_id: Number(form.dataset.page), values, rev };
    await fetch(`${form.dataset.url}/save`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ jsonrpc: "2.0", method: "call", params }),
    });
}
const isSaved = () => /^Saved/.test(find(".o_sheet_status").textContent);
const fault = (name) => find(`.o_sheet_fault[data-name="${name}"]`);
"""
READY = "!!document.querySelector('.o_sheet_form.o_sheet_live')"


class TestFormScript(SheetFormCase):
    """With JavaScript all is kept while it is typed; see the other tests for pages
    without it."""

    def _run(self, request, page, code):
        code = f"(async () => {{ {HELPERS} {code} console.log('test successful'); }})()"
        url = self._page_url(request, page)
        self.browser_js(url, code, READY, login=self.anna.login)

    def test_what_is_typed_is_kept_and_shows_what_it_leads_to(self):
        request = self._start_as(self.anna)
        entry = f'.o_sheet_entry[data-page="{self.sheet.page_ids[2].id}"]'
        first = f'.o_sheet_entry[data-page="{self.sheet.page_ids[0].id}"]'
        self._run(
            request,
            "Center",
            f"""
            assert("no page", find('{entry}').hidden);
            assert("incomplete", !find('{first}').matches(".o_sheet_complete"));
            type("answer-center", "Mitte");
            await until("saved", isSaved);
            assert("complete", find('{first}').matches(".o_sheet_complete"));
            assert("focus", document.activeElement === find("#answer-center"));
            find("input[type=radio][value=yes]").click();
            await until("page", () => !find('{entry}').hidden);
            assert("count", find(".o_sheet_count").textContent === "3");
            """,
        )
        self.assertEqual(self._typed(request, "center"), "Mitte")
        self.assertEqual(self._typed(request, "logo"), "yes")

    def test_questions_appear_and_mistakes_are_said_afterwards(self):
        sheet = self._create_page(
            {"key": "count", "label": "Count", "field_type": "integer"},
            {"key": "why", "label": "Why", "sequence": 20},
        )
        self._show_if(sheet, "why", "count", operator=">", value="5")
        request = self._start_as(self.anna, sheet)
        self._run(
            request,
            "Only Page",
            """
            const why = find(".o_sheet_question[data-key=why]");
            assert("hidden", why.hidden);
            type("answer-count", "six");
            await until("saved", isSaved);
            assert("no reproach yet", fault("count").hidden);
            find("#answer-count").blur();
            await until("told", () => !fault("count").hidden);
            assert("read", find("#answer-count").getAttribute("aria-invalid"));
            type("answer-count", "6");
            await until("why", () => !why.hidden);
            assert("right", fault("count").hidden);
            assert("read", !find("#answer-count").getAttribute("aria-invalid"));
            """,
        )
        self.assertEqual(self._typed(request, "count"), "6")

    def test_who_was_slower_decides_with_both_before_his_eyes(self):
        request = self._start_as(self.anna)
        self._run(
            request,
            "Center",
            """
            const box = () => find(".o_sheet_form .o_sheet_conflict");
            await saveElsewhere({ center: "Nord" }, 1);
            type("answer-center", "Süd");
            await until("asked", box);
            const texts = [...box().querySelectorAll("b, q")];
            const both = texts.map((el) => el.textContent).join();
            assert("both", both === "Anna,Nord,Süd");
            assert("kept", find("#answer-center").value === "Süd");
            find(".o_sheet_form .o_sheet_take").click();
            assert("theirs", find("#answer-center").value === "Nord" && !box());
            assert("focus", document.activeElement === find("#answer-center"));

            await saveElsewhere({ center: "West", logo: "no" }, 2);
            type("answer-center", "Ost");
            await until("asked again", box);
            assert("other answers", find("input[value=no]").checked);
            find(".o_sheet_form .o_sheet_keep").click();
            await until("decided", () => !box() && isSaved());
            """,
        )
        self.assertEqual(self._typed(request, "center"), "Ost")
        self.assertEqual(self._typed(request, "logo"), "no")

    def test_nothing_is_lost_without_a_connection(self):
        request = self._start_as(self.anna)
        self._run(
            request,
            "Center",
            """
            const open = XMLHttpRequest.prototype.open;
            XMLHttpRequest.prototype.open = function (method, url) {
                open.call(this, method, "http://localhost:1/");
            };
            type("answer-center", "Mitte");
            const status = find(".o_sheet_status");
            await until("told", () => /trying again/.test(status.textContent));
            XMLHttpRequest.prototype.open = open;
            window.dispatchEvent(new Event("online"));
            await until("saved", isSaved);
            """,
        )
        self.assertEqual(self._typed(request, "center"), "Mitte")

    def test_who_is_signed_out_is_told_and_stays(self):
        request = self._start_as(self.anna)
        self._run(
            request,
            "Center",
            """
            await fetch("/web/session/logout");
            type("answer-center", "Mitte");
            const said = () => find(".o_sheet_status").textContent;
            await until("told", () => said().startsWith("You are signed out"));
            find("button.btn[value=next]").click();
            await new Promise((resolve) => setTimeout(resolve, 500));
            assert("kept", find("#answer-center").value === "Mitte");
            """,
        )

    def test_who_leaves_in_the_middle_of_a_word_loses_nothing(self):
        request = self._start_as(self.anna)
        self._run(
            request,
            "Center",
            """
            let sent;
            navigator.sendBeacon = (url, body) => {
                sent = fetch(url, { method: "POST", body });
            };
            type("answer-center", "Mit");
            window.dispatchEvent(new Event("pagehide"));
            assert("sent", sent);
            await sent;
            """,
        )
        self.assertEqual(self._typed(request, "center"), "Mit")

    def test_files_are_sent_at_once(self):
        request = self._start_as(self.anna)
        self._fill(request, logo="yes")
        self._run(
            request,
            "Logo",
            """
            const input = find("input[type=file]");
            const send = (name, content) => {
                const files = new DataTransfer();
                files.items.add(new File([content], name));
                input.files = files.files;
                input.dispatchEvent(new Event("change", { bubbles: true }));
            };
            const names = () =>
                [...document.querySelectorAll(".o_sheet_form .o_sheet_file a")]
                    .map((el) => el.textContent).join();
            send("logo.svg", "<svg/>");
            await until("refused", () => !fault("logo_file").hidden);
            send("logo.eps", "%!PS-Adobe-3.0 EPSF-3.0");
            await until("kept", () => names() === "logo.eps");
            assert("no fault", fault("logo_file").hidden);
            assert("empty", !input.files.length);
            find(".o_sheet_form .o_sheet_remove").click();
            await until("gone", () => names() === "");
            send("other.eps", "%!PS-Adobe-3.0 EPSF-3.0");
            await until("kept", () => names() === "other.eps");
            """,
        )
        self.assertEqual(self._files(request).mapped("name"), ["other.eps"])
