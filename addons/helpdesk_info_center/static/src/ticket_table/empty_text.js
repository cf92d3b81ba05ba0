import { _t } from "@web/core/l10n/translation";

const OF_WIDGET = {
    reminder: _t("No reminders"),
    escalated: _t("No escalated tickets"),
    new: _t("No new tickets"),
    open: _t("No open tickets"),
    closed: _t("No closed tickets"),
    unlinked: _t("No tickets of unknown senders"),
};
const OF_TAB = {
    locked: _t("None of these tickets is locked by you"),
    owned: _t("None of these tickets is yours"),
    watched: _t("You watch none of these tickets"),
    responsible: _t("You are responsible for none of these tickets"),
    queues: _t("None of these tickets is in your queues"),
};

/** Why a list is empty, in the words of its widget and tab. */
export function emptyText({ key, tab, tabs, filters }) {
    if (Object.keys(filters).length) {
        return _t("No ticket passes the filters");
    }
    const all = tabs.find((other) => other.key === "all");
    const isAllEmpty = !all || !all.count;
    return (!isAllEmpty && OF_TAB[tab]) || OF_WIDGET[key] || _t("No tickets");
}
