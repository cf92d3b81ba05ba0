import { registry } from "@web/core/registry";

const FRAME = ":iframe";

/** An agent calls, fills in the questionnaire, saves by keys, and has called everybody. */
registry.category("web_tour.tours").add("survey_callcenter_call", {
    steps: () => [
        { trigger: ".o_cc_empty .o_cc_heading" },
        { trigger: ".o_cc_next", run: "click" },
        { trigger: ".o_cc_name:contains('Müller, Hans')" },
        { trigger: ".o_cc_dial[href='tel:+49301234560']" },
        { trigger: ".o_cc_open_questionnaire", run: "click" },
        { content: "Before, its buttons do nothing of use", trigger: `${FRAME} body[is-ready=true]` },
        {
            content: "The questionnaire is a page of its own in a frame",
            trigger: `${FRAME} .o_survey_form button[type=submit]:contains('Start')`,
            run: "click",
        },
        { trigger: `${FRAME} .o_survey_question_text_box, ${FRAME} input[type=text]`, run: "edit Very" },
        { trigger: `${FRAME} textarea`, run: "edit Because it works" },
        { trigger: `${FRAME} button[type=submit][value=finish]`, run: "click" },
        { trigger: `${FRAME} .modal-footer button.btn-primary`, run: "click" },
        { trigger: `${FRAME} h1:contains('Thank you')` },
        { trigger: ".o_cc_done", timeout: 15000 },
        { trigger: ".o_cc_outcome[data-code=complete][aria-pressed=true]" },
        { trigger: ".o_cc_note", run: "edit Was happy" },
        {
            content: "A key chooses another outcome, unless one is typing",
            trigger: ".o_cc_heading",
            run() {
                document.activeElement.blur();
                press("6");
            },
        },
        {
            trigger: ".o_cc_outcome[data-code=complete][aria-pressed=true]",
            run: () => press("F8"),
        },
        { trigger: ".o_cc_name:contains('Schulze, Eva')" },
        { trigger: ".o_cc_count_completed:contains('1')", run: () => press("1") },
        {
            trigger: ".o_cc_outcome[data-code=no_answer][aria-pressed=true]",
            run: () => press("F8"),
        },
        { trigger: ".o_cc_empty[data-reason=later] .o_cc_next_at" },
        { trigger: ".o_cc_count_calls:contains('2')" },
    ],
});

function press(key) {
    window.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
}
