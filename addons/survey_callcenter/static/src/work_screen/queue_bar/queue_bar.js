import { Component, useState } from "@odoo/owl";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { formatMoment } from "../moments";
import { WorkModel } from "../work_model";

/** For which surveys one calls, one's follow-ups, and today's figures. */
export class QueueBar extends Component {
    static template = "survey_callcenter.QueueBar";
    static components = { Dropdown, DropdownItem };
    static props = { model: WorkModel };

    setup() {
        this.model = useState(this.props.model);
        this.formatMoment = formatMoment;
    }

    get dueCount() {
        return this.model.followUps.filter(({ is_due }) => is_due).length;
    }

    get isOnCall() {
        return this.model.status === "call";
    }

    isTicked(survey) {
        return !this.model.unticked.includes(survey.id);
    }
}
