import { Component, useEffect, useState } from "@odoo/owl";
import { deserializeDateTime } from "@web/core/l10n/dates";
import { KeepLast } from "@web/core/utils/concurrency";
import { useInSight } from "../in_sight";
import { useWarning } from "../warning";
import { WorkModel } from "../work_model";

const { DateTime } = luxon;

/** When somebody of the field service comes: a free time of his day, or an own one. */
export class AppointmentForm extends Component {
    static template = "survey_callcenter.AppointmentForm";
    static props = { model: WorkModel };

    setup() {
        this.model = useState(this.props.model);
        this.state = useState({ slots: [], isUnread: false, isLoading: false });
        this.lastSlots = new KeepLast();
        useInSight("form", () => this.isNew);
        this.warning = useWarning(this.model, () => this.question);
        useEffect(
            () => {
                this.loadSlots();
            },
            () => {
                const { isOn, repId, date } = this.appointment;
                // what was refused may be free no more
                return [isOn, repId, date, this.model.error];
            }
        );
    }

    get appointment() {
        return this.model.form.appointment;
    }

    /** An appointment of before is open from the beginning: nothing to be shown at once. */
    get isNew() {
        const { form, page } = this.model;
        const isMeant = form.outcome?.type === "appointment" || !page.appointment;
        return this.appointment.isOn && isMeant;
    }

    get slots() {
        return this.state.slots.map(({ start, stop }) => {
            const from = deserializeDateTime(start);
            const to = deserializeDateTime(stop);
            const label = `${time(from)} – ${time(to)}`;
            const minutes = to.diff(from, "minutes").minutes;
            return { start, from, minutes, label, isChosen: this.isChosen(from, minutes) };
        });
    }

    isChosen(from, minutes) {
        const start = this.model.form.appointmentStart;
        return (
            Boolean(start) &&
            start.toMillis() === from.toMillis() &&
            Number(this.appointment.minutes) === minutes
        );
    }

    /** What is asked once the time is clear: whether the representative has another meeting. */
    get question() {
        const { isOn, repId, minutes } = this.appointment;
        const isComplete = isOn && repId && minutes > 0 && this.model.form.appointmentStart;
        if (!isComplete) {
            return false;
        }
        const { rep_id, start, stop } = this.model.form.appointmentValues;
        return ["cc_check_appointment", this.model.page.call_uuid, { rep_id, start, stop }];
    }

    toggle(isOn) {
        this.appointment.isOn = isOn;
    }

    setRep(value) {
        this.appointment.repId = Number(value) || false;
    }

    take({ from, minutes }) {
        Object.assign(this.appointment, {
            date: from.toISODate(),
            start: from.toFormat("HH:mm"),
            minutes,
        });
    }

    async loadSlots() {
        const { isOn, repId, date } = this.appointment;
        Object.assign(this.state, { slots: [], isUnread: false });
        if (!isOn || !repId || !date) {
            return;
        }
        this.state.isLoading = true;
        const { slots } = await this.lastSlots.add(
            this.model.ask("cc_free_slots", this.model.page.call_uuid, repId, date)
        );
        Object.assign(this.state, { slots: slots || [], isUnread: !slots, isLoading: false });
    }
}

function time(at) {
    return at.toLocaleString(DateTime.TIME_SIMPLE);
}
