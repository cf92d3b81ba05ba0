import { useState } from "@odoo/owl";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";

export const PAGE_SIZE = 20;
export const MIN_LENGTH = 2;
export const DELAY = 150;

/** Whether it is enough for a search; below two characters nothing is sent. */
export function isSearchable(term) {
    return term.trim().length >= MIN_LENGTH;
}

export function searchCustomers(orm, term, kind, offset = 0) {
    const args = [term, kind || null, offset, PAGE_SIZE];
    return orm.call("helpdesk.center", "search_customers", args);
}

/**
 * The search while somebody types: hits of the last words only, page by page. Before the
 * first character it has the customers visited last.
 */
export function useCustomerSearch(kind) {
    const orm = useService("orm");
    const keepLast = new KeepLast(); // an answer that comes late must not win
    const state = useState({
        term: "",
        shownTerm: null, // what the rows belong to; empty: recent customers
        rows: [],
        total: 0,
        more: false, // whether there are more than the total, which is not counted on
        offset: 0,
        isLoading: false,
    });

    async function load(offset = 0) {
        const term = state.term.trim();
        state.isLoading = true;
        try {
            const answer = await keepLast.add(searchCustomers(orm, term, kind, offset));
            Object.assign(state, answer, { offset, shownTerm: term });
        } finally {
            state.isLoading = false;
        }
    }

    const loadLater = useDebounced(() => isSearchable(state.term) && load(), DELAY);

    function show(rows, shownTerm) {
        Object.assign(state, { rows, total: rows.length, more: false, offset: 0, shownTerm });
    }

    async function loadRecent() {
        const rows = await keepLast.add(orm.call("helpdesk.center", "recent", []));
        show(rows, "");
    }

    function type(term) {
        state.term = term;
        loadLater.cancel();
        if (isSearchable(term)) {
            loadLater();
            return;
        }
        keepLast.add(Promise.resolve()); // whatever is under way is out of date
        state.isLoading = false;
        show([], null);
        if (!term.trim()) {
            loadRecent();
        }
    }

    /** Searches at once what has been typed, for who does not wait. */
    async function finish() {
        loadLater.cancel();
        if (isSearchable(state.term) && state.shownTerm !== state.term.trim()) {
            await load();
        }
    }

    return { state, type, finish, loadRecent, page: load };
}
