import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { AppointmentForm } from "../appointment_form/appointment_form";
import { FollowUpForm } from "../follow_up_form/follow_up_form";
import { WorkModel } from "../work_model";

/** What came of the call: outcome, rating, notes, follow-up and appointment. */
export class OutcomeForm extends Component {
    static template = "survey_callcenter.OutcomeForm";
    static components = { AppointmentForm, FollowUpForm };
    static props = { model: WorkModel };

    setup() {
        this.model = useState(this.props.model);
    }

    get form() {
        return this.model.form;
    }

    get page() {
        return this.model.page;
    }

    outcomeTitle({ name, hotkey }) {
        return hotkey ? _t("%(name)s (key %(key)s)", { name, key: hotkey }) : name;
    }

    get draftState() {
        const states = {
            saved: this.form.note ? _t("Saved") : "",
            unsaved: _t("Not saved yet"),
            saving: _t("Saving…"),
            failed: _t("Could not be saved, is tried again"),
        };
        return states[this.model.keeper.state];
    }
}
