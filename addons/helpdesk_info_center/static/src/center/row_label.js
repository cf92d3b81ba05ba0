import { _t } from "@web/core/l10n/translation";

/** What a button in a row of people or companies does, for whom its text is too short. */
export function rowLabel({ name }, what) {
    return {
        open: _t("Open tickets of %(name)s", { name }),
        closed: _t("Closed tickets of %(name)s", { name }),
        phone: _t("New phone ticket for %(name)s", { name }),
        email: _t("New e-mail ticket for %(name)s", { name }),
        edit: _t("Edit %(name)s", { name }),
    }[what];
}
