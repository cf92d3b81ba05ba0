import { Component, useState } from "@odoo/owl";
import { keepTime } from "@survey_callcenter/month_calendar/day_time";
import { MonthCalendar } from "@survey_callcenter/month_calendar/month_calendar";
import { serializeDate, serializeDateTime } from "@web/core/l10n/dates";
import { KeepLast } from "@web/core/utils/concurrency";
import { useInSight } from "../in_sight";
import { timeThere } from "../moments";
import { useWarning } from "../warning";
import { WorkModel } from "../work_model";

/** When the person is called again, and by whom. */
export class FollowUpForm extends Component {
    static template = "survey_callcenter.FollowUpForm";
    static components = { MonthCalendar };
    static props = { model: WorkModel };

    setup() {
        this.model = useState(this.props.model);
        this.state = useState({ counts: {} });
        this.lastCounts = new KeepLast();
        useInSight("form", () => this.followUp.isOn);
        this.warning = useWarning(this.model, () => this.question);
    }

    get form() {
        return this.model.form;
    }

    get followUp() {
        return this.form.followUp;
    }

    /** What the clock of the person shows then, where it shows something else than ours. */
    get timeThere() {
        const at = this.form.followUpAt;
        const zone = this.model.page.person.tz;
        if (!at || !zone || at.setZone(zone).offset === at.offset) {
            return "";
        }
        return timeThere(at, zone);
    }

    pick(day) {
        const at = keepTime(day, this.form.followUpAt || this.timeOnly(day));
        Object.assign(this.followUp, { date: at.toISODate(), time: at.toFormat("HH:mm") });
    }

    /** The time that stands in the form already, although no day was chosen yet. */
    timeOnly(day) {
        const [hour, minute] = this.followUp.time.split(":").map(Number);
        return this.followUp.isTimeChosen ? day.set({ hour, minute, second: 0 }) : false;
    }

    setTime(time) {
        Object.assign(this.followUp, { time, isTimeChosen: Boolean(time) });
    }

    async loadCounts(from, to) {
        const args = [serializeDate(from), serializeDate(to)];
        this.state.counts = await this.lastCounts.add(
            this.model.ask("cc_follow_up_days", ...args)
        );
    }

    get question() {
        const at = this.followUp.isOn && this.form.followUpAt;
        return at && ["cc_check_callback", this.model.page.call_uuid, serializeDateTime(at)];
    }
}
