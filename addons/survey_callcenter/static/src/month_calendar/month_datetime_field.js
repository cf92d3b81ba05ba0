import { Component, useEffect, useState } from "@odoo/owl";
import { serializeDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { omit } from "@web/core/utils/objects";
import { DateTimeField, dateTimeField } from "@web/views/fields/datetime/datetime_field";
import { keepTime } from "./day_time";
import { MonthCalendar } from "./month_calendar";

/**
 * A date and time with the month next to it: a double-click on a day writes the day
 * and keeps the time. With ``agent_field`` the month counts that agent's follow-ups,
 * without an agent those for anyone.
 */
export class MonthDateTimeField extends Component {
    static template = "survey_callcenter.MonthDateTimeField";
    static components = { DateTimeField, MonthCalendar };
    static props = {
        ...DateTimeField.props,
        agentField: { type: String, optional: true },
    };
    static defaultProps = DateTimeField.defaultProps;

    setup() {
        this.orm = useService("orm");
        this.lastCounts = new KeepLast();
        this.state = useState({ counts: {}, from: null, to: null });
        useEffect(
            () => {
                this.loadCounts();
            },
            () => [this.agentId, this.state.from?.toISODate()]
        );
    }

    get fieldProps() {
        return omit(this.props, "agentField");
    }

    get value() {
        return this.props.record.data[this.props.name] || false;
    }

    get agentId() {
        return this.props.record.data[this.props.agentField]?.id || false;
    }

    onMonthChange(from, to) {
        Object.assign(this.state, { from, to });
    }

    async loadCounts() {
        const { from, to } = this.state;
        if (!this.props.agentField || !from) {
            return;
        }
        this.state.counts = await this.lastCounts.add(
            this.orm.call(this.props.record.resModel, "follow_up_days", [
                this.agentId,
                serializeDate(from),
                serializeDate(to),
            ])
        );
    }

    pick(day) {
        return this.props.record.update({ [this.props.name]: keepTime(day, this.value) });
    }
}

registry.category("fields").add("cc_month_datetime", {
    ...dateTimeField,
    component: MonthDateTimeField,
    displayName: _t("Date & Time with Month"),
    supportedOptions: [
        ...dateTimeField.supportedOptions,
        {
            label: _t("Agent"),
            name: "agent_field",
            type: "field",
            availableTypes: ["many2one"],
            help: _t("The user whose follow-ups are counted in the month."),
        },
    ],
    supportedTypes: ["datetime"],
    extractProps: (info, dynamicInfo) => ({
        ...dateTimeField.extractProps(info, dynamicInfo),
        agentField: info.options.agent_field,
    }),
});
