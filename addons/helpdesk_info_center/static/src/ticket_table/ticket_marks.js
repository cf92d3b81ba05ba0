import { _t } from "@web/core/l10n/translation";

// The usual ones need no mark.
const PRIORITIES = {
    2: _t("High priority"),
    3: _t("Very high priority"),
};

/**
 * Marks of a ticket, the most urgent first: an icon, its meaning in words, and a class
 * for its colour.
 */
export function ticketMarks({ flags, values }) {
    const has = (flag) => flags.includes(flag);
    const marks = [];
    const add = (name, icon, color, title) => marks.push({ name, icon, color, title });
    if (has("escalated")) {
        add("escalated", "fa-exclamation-triangle", "text-danger", _t("Escalated"));
    } else if (has("warning")) {
        add("warning", "fa-hourglass-half", "text-warning", _t("Escalates soon"));
    }
    if (has("due")) {
        add("due", "fa-bell", "text-info", _t("The reminder is due"));
    }
    if (has("waiting")) {
        add("waiting", "fa-commenting-o", "text-info", _t("The customer waits for an answer"));
    }
    if (has("locked") && has("mine")) {
        add("locked_mine", "fa-key", "text-success", _t("Locked by you"));
    } else if (has("locked")) {
        add("locked_other", "fa-lock", "text-700", lockedTitle(values.user_id));
    }
    return marks;
}

function lockedTitle(owner) {
    return owner
        ? _t("Locked by %(name)s", { name: owner[1] })
        : _t("Locked by another agent");
}

export function priorityTitle(priority) {
    return PRIORITIES[priority] || "";
}

/** The colour of a cell whose date has been reached, or soon is. */
export function dateClass(column, flags) {
    if (column.name === "escalation_date") {
        return flags.includes("escalated")
            ? "text-danger fw-bold"
            : flags.includes("warning") && "text-warning fw-bold";
    }
    return column.name === "pending_until" && flags.includes("due") && "text-info fw-bold";
}
