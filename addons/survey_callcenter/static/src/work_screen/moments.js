import { deserializeDateTime, toLocaleDateTimeString } from "@web/core/l10n/dates";

const { DateTime } = luxon;

/** A moment of the server in the words of the user: the time alone if it is today. */
export function formatMoment(text) {
    const at = deserializeDateTime(text);
    return at.hasSame(DateTime.now(), "day")
        ? at.toLocaleString(DateTime.TIME_SIMPLE)
        : toLocaleDateTimeString(at);
}

/** The time of day where a person lives, or nothing if nobody knows where. */
export function timeThere(at, zone) {
    const there = zone ? at.setZone(zone) : null;
    return there?.isValid ? there.toLocaleString({ weekday: "short", ...DateTime.TIME_SIMPLE }) : "";
}
