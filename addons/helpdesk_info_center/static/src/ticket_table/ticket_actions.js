import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { _t } from "@web/core/l10n/translation";

/** What an agent can do with the tickets he has ticked, as far as he may. */
export function bulkActions({ can }) {
    const write = Boolean(can.write_ticket);
    return [
        { key: "assign", label: _t("Assign"), icon: "fa-user-o", isShown: write },
        { key: "assign_to_me", label: _t("Assign to Me"), icon: "fa-user", isShown: write },
        { key: "lock", label: _t("Lock"), icon: "fa-lock", isShown: write },
        { key: "unlock", label: _t("Unlock"), icon: "fa-unlock", isShown: write },
        {
            key: "force_unlock",
            label: _t("Unlock for Others"),
            icon: "fa-unlock-alt",
            isShown: write && Boolean(can.manage),
        },
        { key: "remind", label: _t("Remind Me"), icon: "fa-bell-o", isShown: write },
        { key: "close", label: _t("Close"), icon: "fa-check", isShown: write, question: askClose },
        {
            key: "duplicate",
            label: _t("Duplicate"),
            icon: "fa-clone",
            isShown: Boolean(can.create_ticket),
            question: askDuplicate,
        },
    ].filter((action) => action.isShown);
}

function askClose(count) {
    return count === 1
        ? _t("Do you want to close this ticket?")
        : _t("Do you want to close these %(count)s tickets?", { count });
}

function askDuplicate(count) {
    return count === 1
        ? _t("Do you want to duplicate this ticket?")
        : _t("Do you want to duplicate these %(count)s tickets?", { count });
}

/** Runs at once what can be undone, and the rest after a question. */
export function runAction(dialog, action, ids, run) {
    if (!action.question) {
        return run();
    }
    dialog.add(ConfirmationDialog, {
        title: action.label,
        body: action.question(ids.length),
        confirmLabel: action.label,
        confirm: run,
        cancel: () => {},
    });
}
