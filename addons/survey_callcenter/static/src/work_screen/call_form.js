import { deserializeDateTime, serializeDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { DEFAULT_HOUR } from "@survey_callcenter/month_calendar/day_time";

const { DateTime } = luxon;
const TIME = `${String(DEFAULT_HOUR).padStart(2, "0")}:00`;

const PROBLEMS = {
    outcome: _t("Choose what came of the call."),
    followUp: _t("Enter the day and the time of the follow-up."),
    rep: _t("Choose who of the field service comes."),
    appointment: _t("Enter the day and the time of the appointment."),
};

/** What an agent enters about the call: it stays until the server has it. */
export class CallForm {
    constructor(page) {
        this.page = page;
        this.outcomeId = false;
        this.ratingId = false;
        this.isRatingChosen = false;
        this.note = page.note || "";
        this.createHistory = page.survey.history !== "never";
        this.includeNotes = page.survey.include_notes;
        this.followUp = {
            isOn: false,
            date: "",
            time: TIME,
            isTimeChosen: false,
            isMine: true,
            note: "",
        };
        this.appointment = this.firstAppointment(page);
    }

    firstAppointment({ appointment, person, reps, survey }) {
        const isAgreed = Boolean(appointment?.start);
        const start = isAgreed && deserializeDateTime(appointment.start);
        const stop = isAgreed && deserializeDateTime(appointment.stop);
        return {
            isOn: isAgreed,
            repId: appointment.rep_id || (reps.length === 1 ? reps[0].id : false),
            date: start ? start.toISODate() : "",
            start: start ? start.toFormat("HH:mm") : "",
            minutes: start ? stop.diff(start, "minutes").minutes : survey.appointment_minutes || 60,
            address: appointment.address || person.address,
            notes: appointment.notes || "",
        };
    }

    // === What is chosen === //

    get outcome() {
        return this.page.outcomes.find(({ id }) => id === this.outcomeId);
    }

    /** A follow-up makes no sense for whoever is not called any more. */
    get canFollowUp() {
        return !this.outcome?.closes;
    }

    get hasFollowUp() {
        return this.canFollowUp && this.followUp.isOn;
    }

    get hasAppointment() {
        return this.page.survey.field_service && this.appointment.isOn;
    }

    /** Whether something was entered that only saving the call keeps. */
    get hasEntries() {
        const wasChosen = Boolean(this.outcomeId) || this.isRatingChosen || this.followUp.isOn;
        const before = this.firstAppointment(this.page);
        return wasChosen || JSON.stringify(this.appointment) !== JSON.stringify(before);
    }

    get asksForHistory() {
        return this.page.survey.history === "ask" && Boolean(this.outcome?.sets_done);
    }

    get noteIsRequired() {
        return Boolean(this.outcome?.require_note);
    }

    /** What another outcome had opened is closed again: its key was a mistake. */
    choose(outcomeId) {
        const before = this.outcome;
        this.outcomeId = outcomeId;
        const { rating_id, require_callback, type } = this.outcome;
        if (!this.isRatingChosen) {
            this.ratingId = rating_id || false;
        }
        if (require_callback || before?.require_callback) {
            this.followUp.isOn = Boolean(require_callback);
        }
        if (type === "appointment" || before?.type === "appointment") {
            this.appointment.isOn = type === "appointment" || Boolean(this.page.appointment);
        }
    }

    rate(ratingId) {
        this.ratingId = ratingId;
        this.isRatingChosen = true;
    }

    // === Moments === //

    get followUpAt() {
        return moment(this.followUp.date, this.followUp.time);
    }

    get appointmentStart() {
        return moment(this.appointment.date, this.appointment.start);
    }

    get appointmentStop() {
        const minutes = Number(this.appointment.minutes);
        return this.appointmentStart && this.appointmentStart.plus({ minutes });
    }

    // === What the server gets === //

    /** The first thing that is missing, a key of PROBLEMS, or nothing. */
    get missing() {
        if (!this.outcome) {
            return "outcome";
        }
        if (this.hasFollowUp && !this.followUpAt) {
            return "followUp";
        }
        if (this.hasAppointment && !this.appointment.repId) {
            return "rep";
        }
        return this.hasAppointment && !this.appointmentStart ? "appointment" : "";
    }

    /** What is missing, in words, or nothing. */
    get problem() {
        return PROBLEMS[this.missing] || "";
    }

    get values() {
        const { isMine, note } = this.followUp;
        return {
            outcome_id: this.outcomeId,
            rating_id: this.ratingId,
            note: this.note,
            callback_at: this.hasFollowUp ? serializeDateTime(this.followUpAt) : false,
            callback_bound: isMine,
            callback_note: this.hasFollowUp ? note : "",
            create_history: this.createHistory,
            include_notes: this.includeNotes,
            appointment: this.hasAppointment ? this.appointmentValues : false,
        };
    }

    get appointmentValues() {
        return {
            rep_id: this.appointment.repId,
            start: serializeDateTime(this.appointmentStart),
            stop: serializeDateTime(this.appointmentStop),
            address: this.appointment.address,
            notes: this.appointment.notes,
        };
    }
}

/** The moment that a day and a time of the form mean, or false. */
function moment(date, time) {
    const at = date && time ? DateTime.fromISO(`${date}T${time}`) : false;
    return at && at.isValid ? at : false;
}
