import { useEffect, useExternalListener, onMounted, onWillUnmount } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { deserializeDateTime } from "@web/core/l10n/dates";
import { ConnectionLostError } from "@web/core/network/rpc";
import { useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";

const { DateTime } = luxon;
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const CHANGED = "helpdesk_center/changed";

/**
 * Keeps a page up to date without anybody asking: when tickets of the customer
 * change, when a reminder gets due or a ticket escalates, and every few minutes
 * for whom wants that. A page that nobody sees waits until somebody does.
 */
export function useCenterRefresh(center) {
    const bus = useService("bus_service");
    let isWaiting = false;

    async function refresh() {
        isWaiting = document.hidden;
        if (!isWaiting) {
            isWaiting = !(await refreshQuietly(center));
        }
    }

    const refreshSoon = useDebounced(refresh, 1000);
    const onChanged = ({ ids, all }) => {
        if (all || isAbout(center, ids)) {
            refreshSoon();
        }
    };
    const catchUp = () => isWaiting && refresh();

    onMounted(() => bus.subscribe(CHANGED, onChanged));
    onWillUnmount(() => bus.unsubscribe(CHANGED, onChanged));
    useExternalListener(document, "visibilitychange", catchUp);
    useExternalListener(window, "focus", catchUp);
    useExternalListener(window, "online", catchUp);
    useNextChange(center, refresh);
    useInterval(center, refresh);
}

/** The center of a contact shows numbers, and may show tickets, of his company, too. */
function isAbout({ kind, partner }, ids) {
    const companyId = kind === "contact" && partner?.company?.[0];
    return [partner?.id, companyId].some((id) => id && ids.includes(id));
}

/**
 * Nobody asked for it, so a failure is a note on the page and no dialog.
 *
 * @returns {Promise<boolean>} whether the page is up to date
 */
async function refreshQuietly(center) {
    try {
        await center.refresh();
        return true;
    } catch (error) {
        center.isOutdated = true;
        if (!(error instanceof ConnectionLostError)) {
            console.warn("The information center could not be refreshed:", error);
        }
        return false;
    }
}

function useNextChange(center, refresh) {
    let handled = false;
    useEffect(
        (nextChange) => {
            if (!nextChange) {
                return;
            }
            const delay = delayUntil(nextChange, nextChange === handled);
            const timer = browser.setTimeout(() => {
                handled = nextChange;
                refresh();
            }, delay);
            return () => browser.clearTimeout(timer);
        },
        () => [center.next_change, center.answered]
    );
}

/** A clock that is fast must not make the page ask again and again. */
function delayUntil(nextChange, isRepeated) {
    const delay = deserializeDateTime(nextChange).diff(DateTime.now()).milliseconds + 1000;
    return Math.min(Math.max(delay, isRepeated ? MINUTE : 1000), DAY);
}

function useInterval(center, refresh) {
    useEffect(
        (minutes) => {
            if (minutes) {
                const timer = browser.setInterval(refresh, minutes * MINUTE);
                return () => browser.clearInterval(timer);
            }
        },
        () => [center.layout.refresh]
    );
}
