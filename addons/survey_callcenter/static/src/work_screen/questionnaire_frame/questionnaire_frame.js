import { Component, markup, onWillUnmount, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { onKey } from "../work_keys";
import { WorkModel } from "../work_model";

const POLL_DELAY = 5_000;

/** The script and the questionnaire, which is a page of its own in a frame. */
export class QuestionnaireFrame extends Component {
    static template = "survey_callcenter.QuestionnaireFrame";
    static props = { model: WorkModel };

    setup() {
        this.model = useState(this.props.model);
        this.state = useState({ isOpen: false, hasScript: true });
        const timer = browser.setInterval(() => this.look(), POLL_DELAY);
        onWillUnmount(() => browser.clearInterval(timer));
    }

    get questionnaire() {
        return this.model.page.questionnaire;
    }

    get script() {
        return markup(this.model.page.survey.script || "");
    }

    get isDone() {
        return this.questionnaire.state === "done";
    }

    async open() {
        if (!this.questionnaire.url) {
            await this.model.openQuestionnaire();
        }
        this.state.isOpen = Boolean(this.questionnaire.url);
    }

    onLoad({ target }) {
        // keys that are pressed in the frame do not reach the page around it
        target.contentWindow?.addEventListener("keydown", (ev) => this.onFrameKey(ev));
        return this.look();
    }

    onFrameKey(ev) {
        if (ev.key === "F8") {
            onKey(this.model, ev);
        }
    }

    /** The page in the frame does not tell when it is filled in. */
    async look() {
        if (this.state.isOpen && !this.isDone && this.model.status === "call") {
            await this.model.readQuestionnaire();
        }
    }
}
