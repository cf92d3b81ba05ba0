import { deserializeDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";

const { DateTime } = luxon;
const formatters = registry.category("formatters");

/** How long ago something was, in its two largest units: "3 d 4 h", "25 min". */
export function formatAge(value, now = DateTime.now()) {
    if (!value) {
        return "";
    }
    const passed = Math.floor(now.diff(deserializeDateTime(value), "minutes").minutes);
    const minutes = Math.max(passed, 0); // the server's clock may be ahead
    const hours = Math.floor(minutes / 60);
    if (minutes < 60) {
        return _t("%(minutes)s min", { minutes });
    }
    if (hours < 24) {
        return _t("%(hours)s h %(minutes)s min", { hours, minutes: minutes % 60 });
    }
    return _t("%(days)s d %(hours)s h", { days: Math.floor(hours / 24), hours: hours % 24 });
}

/** What a cell shows, as text; tags and ticks have a look of their own. */
export function formatCell(column, value) {
    switch (column.type) {
        case "age":
            return formatAge(value);
        case "datetime":
            return value ? formatters.get("datetime")(deserializeDateTime(value)) : "";
        case "boolean":
            return value ? _t("Yes") : _t("No");
        case "tags":
            return (value || []).map(([, name]) => name).join(", ");
        default: {
            const format = formatters.get(column.type, formatters.get("char"));
            return format(value, { selection: column.selection });
        }
    }
}

/** What a cell says when one points at it: dates seen from now, ages as dates. */
export function cellTitle(column, value) {
    if (column.type === "age") {
        return formatCell({ type: "datetime" }, value);
    }
    if (column.type === "datetime" && value) {
        return deserializeDateTime(value).toRelative();
    }
    return formatCell(column, value);
}
