import { markRaw } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { CallForm } from "./call_form";
import { CallKeeper } from "./call_keeper";
import { describeFailure } from "./failure";
import { callOnLeaving } from "./parting_call";

const CONTACT = "survey.callcenter.contact";

/**
 * What an agent works on: one contact at a time, the form about the call, and the
 * questions to the server. The components of the work screen get it as ``model``.
 */
export class WorkModel {
    constructor({ orm }) {
        this.orm = markRaw(orm);
        this.status = "loading"; // idle, empty, call, gone
        this.surveys = [];
        this.unticked = [];
        this.followUps = [];
        this.counters = { calls: 0, contacts: 0, completed: 0, positive: 0 };
        this.page = null;
        this.form = null;
        this.keeper = null;
        this.empty = null; // why there is nobody to call
        this.gone = null; // whose call was taken over, and what he had typed
        this.practice = null;
        this.message = "";
        this.error = "";
        this.failed = null;
        this.isBusy = false;
        this.isRetrying = false; // whoever has left his desk must not be given anybody
    }

    call(method, ...args) {
        return this.orm.call(CONTACT, method, args);
    }

    callSilently(method, ...args) {
        return this.orm.silent.call(CONTACT, method, args);
    }

    /** Ask by the way: what cannot be answered now must not get between the call. */
    async ask(method, ...args) {
        try {
            return await this.callSilently(method, ...args);
        } catch {
            return {}; // the dialog of an expired session would reload the page
        }
    }

    // === One thing at a time === //

    /** Do something with the server once; a refusal is shown, and nothing is lost. */
    async attempt(act) {
        if (this.isBusy) {
            return;
        }
        Object.assign(this, { isBusy: true, error: "", failed: null });
        try {
            await act();
        } catch (error) {
            const { message, canRetry } = describeFailure(error);
            this.error = message;
            this.failed = canRetry ? act : null;
        } finally {
            this.isBusy = false;
        }
    }

    tryAgain() {
        return this.failed && this.attempt(this.failed);
    }

    // === Getting a contact === //

    async start() {
        await this.attempt(() => this.readStart());
    }

    async readStart() {
        const data = await this.call("cc_start");
        this.surveys = data.surveys;
        this.applyFigures(data);
        if (data.held) {
            this.showCall(data.held);
        } else {
            this.status = "idle";
        }
    }

    get callable() {
        return this.surveys.filter(({ state }) => state !== "training");
    }

    get training() {
        return this.surveys.filter(({ state }) => state === "training");
    }

    get tickedIds() {
        return this.callable.map(({ id }) => id).filter((id) => !this.unticked.includes(id));
    }

    tick(surveyId, isTicked) {
        const others = this.unticked.filter((id) => id !== surveyId);
        this.unticked = isTicked ? others : [...others, surveyId];
    }

    next() {
        return this.attempt(() => this.pick());
    }

    async pick() {
        const surveyIds = this.unticked.length ? this.tickedIds : null;
        this.showAnswer(await this.call("cc_next", surveyIds));
    }

    open(contactId) {
        return this.attempt(async () => {
            this.showAnswer(await this.call("cc_open", contactId));
        });
    }

    showAnswer(answer) {
        this.applyFigures(answer);
        this.message = "";
        if (answer.contact) {
            const isOther = ({ id }) => id !== answer.contact.contact_id;
            this.followUps = this.followUps.filter(isOther);
            this.showCall(answer.contact);
        } else {
            this.endCall("empty");
            this.empty = answer.empty;
        }
    }

    showCall(page) {
        this.endCall("call");
        this.page = page;
        this.form = new CallForm(page);
        const send = (...args) => this.callSilently(...args);
        this.keeper = new CallKeeper(page.call_uuid, this.form.note, markRaw(send));
        this.keeper.start();
    }

    endCall(status) {
        this.keeper?.stop();
        Object.assign(this, { page: null, form: null, keeper: null, status });
        Object.assign(this, { empty: null, gone: null, practice: null });
    }

    applyFigures({ follow_ups, counters }) {
        this.followUps = follow_ups || this.followUps;
        this.counters = counters || this.counters;
    }

    // === The call === //

    type(note) {
        this.form.note = note;
        this.keeper.type(note);
    }

    /** Why a number must not be dialled any more; nothing where it may. */
    async mayDial(phone) {
        const { warning } = await this.ask("cc_dial", this.page.call_uuid, phone);
        return warning || "";
    }

    choose(outcomeId) {
        this.form.choose(outcomeId);
        this.error = "";
    }

    /** Whether saving has asked for what is missing, see ``CallForm.missing``. */
    isAskedFor(what) {
        return this.form.missing === what && this.error === this.form.problem;
    }

    /** Save the call once, whatever is pressed meanwhile; then call the next one. */
    save({ isNext = false } = {}) {
        if (this.status !== "call" || this.isBusy) {
            return;
        }
        if (this.form.problem) {
            this.error = this.form.problem;
            this.failed = null;
            return;
        }
        return this.attempt(() => this.sendCall(isNext));
    }

    async sendCall(isNext) {
        const answer = await this.call("cc_save", this.page.call_uuid, this.form.values);
        this.applyFigures(answer);
        if (answer.status === "gone") {
            return this.showGone(answer.message);
        }
        this.endCall("idle");
        this.message = answer.message;
        if (isNext) {
            this.failed = null;
            await this.pickAfterSave(answer.message);
        }
    }

    /** What is saved is saved: if nobody comes after it, only that is tried again. */
    async pickAfterSave(message) {
        try {
            await this.pick();
            this.message = message;
        } catch (error) {
            const failure = describeFailure(error);
            this.error = failure.message;
            this.failed = failure.canRetry ? () => this.pick() : null;
        }
    }

    showGone(message) {
        const gone = { message, note: this.form.note, name: this.page.person.name };
        this.endCall("gone");
        this.gone = gone;
    }

    release(reason) {
        return this.attempt(async () => {
            const { call_uuid } = this.page;
            const answer = await this.call("cc_release", call_uuid, reason, this.form.note);
            this.applyFigures(answer);
            if (answer.status === "gone") {
                return this.showGone(answer.message);
            }
            this.endCall("idle");
            this.message = _t("The contact was given back.");
        });
    }

    // === Questionnaire === //

    openQuestionnaire() {
        return this.attempt(async () => {
            const { url } = await this.call("cc_questionnaire", this.page.call_uuid);
            this.page.questionnaire = { ...this.page.questionnaire, url };
            if (!url) {
                this.error = _t("This contact is not yours any more. Your notes are still here.");
            }
        });
    }

    /** Look whether the questionnaire is filled in: then the outcome is clear. */
    async readQuestionnaire() {
        const { page, form } = this;
        const { state } = await this.ask("cc_questionnaire_state", page.call_uuid);
        const wasDone = page.questionnaire.state === "done";
        page.questionnaire.state = state || page.questionnaire.state;
        if (state === "done" && !wasDone && !form.outcomeId) {
            const complete = page.outcomes.find(({ code }) => code === "complete");
            complete && form.choose(complete.id);
        }
    }

    practise(survey) {
        return this.attempt(async () => {
            const { url } = await this.call("cc_practice", survey.id);
            this.practice = url ? { url, title: survey.title } : null;
        });
    }

    // === Leaving === //

    get hasUnsavedText() {
        return Boolean(this.keeper?.isDirty);
    }

    get hasEntries() {
        return Boolean(this.form?.hasEntries);
    }

    /** The notes go to the server; the call goes on, for the agent may stay. */
    async keepNotes() {
        await this.keeper?.flush();
    }

    async leave() {
        await this.keepNotes();
        this.keeper?.stop();
    }

    leaveAtOnce() {
        if (this.hasUnsavedText) {
            callOnLeaving(CONTACT, "cc_draft", [this.keeper.uuid, this.keeper.text]);
        }
    }
}
