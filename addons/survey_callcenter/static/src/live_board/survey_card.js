import { Component } from "@odoo/owl";
import { deserializeDateTime, formatDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { formatFloat } from "@web/core/utils/numbers";
import { useService } from "@web/core/utils/hooks";

const CONTACT = "survey.callcenter.contact";
const CALL = "survey.callcenter.call";

/** One survey on the live board; each number opens the list that it counts. */
export class SurveyCard extends Component {
    static template = "survey_callcenter.SurveyCard";
    static props = { survey: Object, now: String, today: String, tomorrow: String };

    setup() {
        this.action = useService("action");
        this.stateLabels = { open: _t("Open"), done: _t("Done"), excluded: _t("Excluded") };
        this.labels = {
            positive: _t("Positive"),
            onPhone: _t("On the Phone"),
            overdue: _t("Overdue"),
            due: _t("Later Today"),
        };
    }

    get survey() {
        return this.props.survey;
    }

    /** Without other calls there is nothing to divide by. */
    get ratio() {
        const { ratio } = this.survey.rated;
        return ratio === false ? "–" : formatFloat(ratio, { digits: [16, 2] });
    }

    get todayFigures() {
        const { calls, contacts, completed } = this.survey.today;
        return [
            { key: "calls", label: _t("Calls"), value: calls, domain: [] },
            {
                key: "contacts",
                label: _t("Reached"),
                value: contacts,
                domain: [["is_contact", "=", true]],
            },
            {
                key: "completed",
                label: _t("Completed"),
                value: completed,
                domain: [["is_completed", "=", true]],
            },
        ];
    }

    /** A number alone says nothing to whoever only hears it. */
    say(label, value) {
        return `${label}: ${value}`;
    }

    timeOf(moment) {
        return formatDateTime(deserializeDateTime(moment), { format: "HH:mm" });
    }

    openSurvey() {
        return this.action.doAction({
            type: "ir.actions.act_window",
            name: this.survey.title,
            res_model: "survey.survey",
            res_id: this.survey.id,
            views: [[false, "form"]],
        });
    }

    openContacts(name, domain) {
        return this.openList(CONTACT, name, domain);
    }

    openState(state) {
        return this.openContacts(this.stateLabels[state], [["state", "=", state]]);
    }

    openOnPhone() {
        return this.openContacts(_t("On the Phone"), [["lock_user_id", "!=", false]]);
    }

    openToday({ label, domain }) {
        const isToday = ["call_at", ">=", this.props.today];
        return this.openList(CALL, label, [["source", "=", "agent"], isToday, ...domain]);
    }

    openPositive() {
        return this.openList(CALL, _t("Rated Positive"), [
            ["source", "=", "agent"],
            ["rating_id.value", "=", "positive"],
        ]);
    }

    openFollowUps(name, agentId, isOverdue) {
        const { now, tomorrow } = this.props;
        const isLaterToday = [
            ["callback_at", ">=", now],
            ["callback_at", "<", tomorrow],
        ];
        return this.openContacts(name, [
            ["state", "=", "open"],
            ["lock_user_id", "=", false],
            ["queue_user_id", "=", agentId],
            ["callback_at", "!=", false],
            ...(isOverdue ? [["callback_at", "<", now]] : isLaterToday),
        ]);
    }

    openJob(job) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            name: _t("Filling of the Contact List"),
            res_model: "survey.callcenter.list.job",
            res_id: job.id,
            views: [[false, "form"]],
        });
    }

    openList(model, name, domain) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            name: `${this.survey.title}: ${name}`,
            res_model: model,
            views: [
                [false, "list"],
                [false, "form"],
            ],
            domain: [["survey_id", "=", this.survey.id], ...domain],
        });
    }
}
