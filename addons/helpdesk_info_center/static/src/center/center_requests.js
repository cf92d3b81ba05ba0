import { pick } from "@web/core/utils/objects";

/**
 * Which answers still count: for each widget only the one asked for last. Also
 * keeps with which options it was asked for.
 */
export class CenterRequests {
    constructor() {
        this.number = 0;
        this.latest = {};
        this.options = {};
        this.whole = 0;
    }

    /** Requests of widgets, which are over as soon as one asks for them again. */
    begin(keys) {
        const number = ++this.number;
        return keys.map((key) => {
            this.latest[key] = number;
            return { key, isCurrent: () => this.latest[key] === number };
        });
    }

    beginWhole() {
        const number = ++this.whole;
        return { isCurrent: () => this.whole === number };
    }

    /** The options to ask with; whatever changes a list starts at its first page. */
    remember(key, options) {
        const kept = { ...this.options[key] };
        if (Object.keys(options).length && !("offset" in options)) {
            delete kept.offset;
        }
        this.options[key] = { ...kept, ...options };
        return this.options[key];
    }

    /** Whether the server would not show the same by itself. */
    isPaged(key) {
        const { offset, search } = this.options[key] || {};
        return Boolean(offset || search);
    }

    /** Where one is in each list: the server does not keep that. */
    get places() {
        const keys = Object.keys(this.options).filter((key) => this.isPaged(key));
        return Object.fromEntries(
            keys.map((key) => [key, pick(this.options[key], "offset", "search")])
        );
    }

    forget(key) {
        delete this.options[key];
    }

    forgetAll() {
        this.options = {};
    }

    /** No answer that is under way counts any more. */
    cancelAll() {
        this.latest = {};
        this.whole++;
    }
}
