import { Component, onWillStart, useEffect, useRef, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";
import { highlightText } from "@web/core/utils/html";
import { useAutofocus, useService } from "@web/core/utils/hooks";
import { formatInteger } from "@web/views/fields/formatters";
import { HitChoice } from "./hit_choice";
import { MIN_LENGTH, PAGE_SIZE, isSearchable, useCustomerSearch } from "./customer_search";
import { centersOf, openCustomer } from "./open_customer";

/** The numbers of a customer's tickets in words. */
export function countsText({ open, escalated }) {
    return escalated
        ? _t("%(open)s open, %(escalated)s escalated", { open, escalated })
        : _t("%(open)s open", { open });
}

/**
 * Finds the customer of whom an agent wants to see the information center: with the
 * keyboard alone, from two characters on, with the customers visited last before that.
 */
export class CustomerSearchDialog extends Component {
    static template = "helpdesk_info_center.CustomerSearchDialog";
    static components = { Dialog };
    static props = {
        close: Function,
        kind: { type: [String, { value: false }], optional: true },
        onPick: { type: Function, optional: true }, // (row, "company"|"contact")
    };

    setup() {
        this.action = useService("action");
        this.search = useCustomerSearch(this.props.kind === "contact" ? "contact" : null);
        this.hits = this.search.state;
        this.active = useState(new HitChoice());
        this.listRef = useRef("list");
        this.input = useAutofocus({ mobile: true });
        onWillStart(() => {
            this.search.loadRecent(); // not waited for: one can type already
        });
        useEffect(
            () => this.active.set(this.hasHits ? 0 : -1), // of recent ones none is meant
            () => [this.hits.rows]
        );
        useEffect(
            () => this.scrollToActive(),
            () => [this.active.index]
        );
    }

    get title() {
        return this.props.kind === "contact" ? _t("Search Contact") : _t("Search Customer");
    }

    get hint() {
        return _t(
            "Type at least %s characters. * stands for anything, ** lists all customers.",
            MIN_LENGTH
        );
    }

    get isRecent() {
        return this.hits.shownTerm === "";
    }

    get hasHits() {
        return !this.isRecent && this.hits.rows.length > 0;
    }

    get isEmpty() {
        return !this.isRecent && this.hits.shownTerm !== null && !this.hits.rows.length;
    }

    get isTooShort() {
        return Boolean(this.hits.term.trim()) && !isSearchable(this.hits.term);
    }

    get activeId() {
        return this.hits.rows[this.active.index]
            ? this.optionId(this.active.index, this.active.way)
            : false;
    }

    optionId(index, way) {
        return `o_customer_search_${index}_${way}`;
    }

    waysOf(row) {
        return centersOf(row, this.props.kind);
    }

    /** The second entry of a contact, besides a click on him. */
    wayLabel(as) {
        return as === "contact" ? _t("Contact Center") : _t("Company Center");
    }

    details(row) {
        return [row.email, row.phone, row.ref].filter(Boolean);
    }

    countsText(row) {
        return countsText(row);
    }

    highlight(text) {
        const term = this.hits.shownTerm;
        const isPlain = term && !term.includes("*");
        return isPlain ? highlightText(term, text, "fw-bolder text-primary") : text;
    }

    // === Paging === //

    get rangeText() {
        const { offset, rows, total, more } = this.hits;
        const [from, to, most] = [offset + 1, offset + rows.length, total].map((number) =>
            formatInteger(number)
        );
        return more
            ? _t("%(from)s–%(to)s of more than %(total)s", { from, to, total: most })
            : _t("%(from)s–%(to)s of %(total)s", { from, to, total: most });
    }

    get hasPrevious() {
        return this.hasHits && this.hits.offset > 0;
    }

    get hasNext() {
        const { offset, rows, total, more } = this.hits;
        return this.hasHits && (more || offset + rows.length < total);
    }

    turnPage(direction) {
        if (direction < 0 ? this.hasPrevious : this.hasNext) {
            return this.search.page(Math.max(this.hits.offset + direction * PAGE_SIZE, 0));
        }
    }

    /** Whoever pages by the buttons goes on with the arrow keys; phones keep the keys away. */
    pageByButton(direction) {
        if (!this.env.isSmall) {
            this.input.el?.focus();
        }
        return this.turnPage(direction);
    }

    // === Keyboard === //

    scrollToActive() {
        this.listRef.el
            ?.querySelector(".o_customer_search_row.active")
            ?.scrollIntoView({ block: "nearest" });
    }

    /** Left and right are for the text, until the cursor is at its end. */
    moveSideways(step, input) {
        const row = this.hits.rows[this.active.index];
        const isTextDone = input.selectionStart === input.value.length;
        return Boolean(row && isTextDone) && this.active.moveSideways(step, this.waysOf(row));
    }

    onKeydown(ev) {
        const keys = {
            ArrowDown: () => this.active.moveBy(1, this.hits.rows.length),
            ArrowUp: () => this.active.moveBy(-1, this.hits.rows.length),
            ArrowRight: () => this.moveSideways(1, ev.target),
            ArrowLeft: () => this.moveSideways(-1, ev.target),
            PageDown: () => void this.turnPage(1),
            PageUp: () => void this.turnPage(-1),
            Enter: () => void this.pickActive(),
        };
        const isPlain = !ev.altKey && !ev.ctrlKey && !ev.metaKey && !ev.shiftKey;
        if (isPlain && !ev.isComposing && keys[ev.key] && keys[ev.key]() !== false) {
            ev.preventDefault();
        }
    }

    // === Picking === //

    /** Enter before the answer is there: it opens what can only be meant. */
    async pickActive() {
        if (this.hits.shownTerm !== this.hits.term.trim()) {
            await this.search.finish();
            if (this.hits.total !== 1) {
                return;
            }
            this.active.set(0);
        }
        const row = this.hits.rows[this.active.index];
        if (row) {
            this.pick(row, this.waysOf(row)[this.active.way]);
        }
    }

    pick(row, as) {
        this.props.close();
        if (this.props.onPick) {
            return this.props.onPick(row, as);
        }
        return openCustomer(this.action, row, as);
    }
}
