import {
    Component,
    onMounted,
    onWillStart,
    onWillUnmount,
    useEffect,
    useExternalListener,
    useRef,
    useState,
} from "@odoo/owl";
import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { useSetupAction } from "@web/search/action_hook";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { EmptyQueue } from "./empty_queue/empty_queue";
import { GiveBackDialog } from "./give_back/give_back_dialog";
import { OutcomeForm } from "./outcome_form/outcome_form";
import { PersonCard } from "./person_card/person_card";
import { QuestionnaireFrame } from "./questionnaire_frame/questionnaire_frame";
import { QueueBar } from "./queue_bar/queue_bar";
import { useWorkKeys } from "./work_keys";
import { WorkModel } from "./work_model";

/** Where agents call: the person, the questionnaire and what came of the call. */
export class WorkScreen extends Component {
    static template = "survey_callcenter.WorkScreen";
    static components = {
        EmptyQueue,
        Layout,
        OutcomeForm,
        PersonCard,
        QuestionnaireFrame,
        QueueBar,
    };
    static props = { ...standardActionServiceProps };
    static path = "call-center";
    static displayName = _t("Make Calls");

    setup() {
        // The service itself: what is saved on leaving outlives the page.
        const { orm } = this.env.services;
        this.dialog = useService("dialog");
        this.root = useRef("root");
        this.model = useState(new WorkModel({ orm }));
        useWorkKeys(this.model);
        useSetupAction({
            rootRef: this.root,
            beforeLeave: (options) => this.beforeLeave(options),
            beforeUnload: (ev) => this.model.hasEntries && ev.preventDefault(),
        });
        useExternalListener(window, "pagehide", () => this.model.leaveAtOnce());
        onWillStart(() => this.model.start());
        onMounted(() => this.focusHeading());
        onWillUnmount(() => this.model.leave());
        useEffect(
            (error) => error && this.showError(),
            () => [this.model.error]
        );
        useEffect(
            () => this.focusHeading(),
            () => [this.model.status, this.model.page?.call_uuid]
        );
    }

    /** Whoever uses the keyboard goes on where something new has appeared. */
    focusHeading() {
        this.root.el?.querySelector(".o_cc_heading")?.focus();
    }

    /** Whoever saves by a key may be far from where it stands. */
    showError() {
        this.root.el?.querySelector(".o_cc_error")?.scrollIntoView({ block: "nearest" });
    }

    /** Notes are kept in any case; for the rest the agent is asked. */
    async beforeLeave({ forceLeave } = {}) {
        await this.model.keepNotes();
        return forceLeave || !this.model.hasEntries || this.askWhetherToLeave();
    }

    askWhetherToLeave() {
        return new Promise((resolve) => {
            this.dialog.add(ConfirmationDialog, {
                title: _t("The call is not saved"),
                body: _t(
                    "The outcome, the follow-up and the appointment that you entered will be lost. Your notes are kept."
                ),
                confirmLabel: _t("Leave"),
                confirm: () => resolve(true),
                cancelLabel: _t("Stay"),
                cancel: () => resolve(false),
            });
        });
    }

    giveBack() {
        this.dialog.add(GiveBackDialog, {
            name: this.model.page.person.name,
            onConfirm: (reason) => this.model.release(reason),
        });
    }
}

registry.category("actions").add("survey_callcenter.work_screen", WorkScreen);
