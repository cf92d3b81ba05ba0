import { Component, onWillUpdateProps, useEffect, useRef, useState } from "@odoo/owl";
import { today } from "@web/core/l10n/dates";
import { localization } from "@web/core/l10n/localization";
import { _t } from "@web/core/l10n/translation";

const { DateTime } = luxon;

/**
 * A month to choose a day from, with the number of follow-ups on each day. A click
 * only marks a day; a double-click, Enter or the button below picks it.
 */
export class MonthCalendar extends Component {
    static template = "survey_callcenter.MonthCalendar";
    static props = {
        value: { type: [DateTime, { value: false }], optional: true },
        counts: { type: Object, values: Number, optional: true },
        onMonthChange: { type: Function, optional: true },
        onPick: Function,
    };
    static defaultProps = { value: false, counts: {} };

    static nextId = 1;

    setup() {
        this.id = `o_cc_month_${MonthCalendar.nextId++}`;
        this.grid = useRef("grid");
        this.takesFocus = false;
        this.state = useState({ marked: this.dayOf(this.props.value) || today() });
        onWillUpdateProps((nextProps) => this.followValue(nextProps.value));
        useEffect(
            () => this.tellMonth(),
            () => [this.month.toISODate()]
        );
        useEffect(
            () => this.focusMarked(),
            () => [this.state.marked.toISODate()]
        );
    }

    // === What is shown === //

    get month() {
        return this.state.marked.startOf("month");
    }

    get title() {
        return this.month.toFormat("LLLL yyyy");
    }

    get weekdays() {
        const first = this.weekStartOf(this.state.marked);
        return [...Array(7).keys()].map((offset) => {
            const day = first.plus({ days: offset });
            return { short: day.toFormat("ccc"), long: day.toFormat("cccc") };
        });
    }

    /** Rows of seven cells; what lies in other months is null. */
    get weeks() {
        const weeks = [];
        let day = this.weekStartOf(this.month);
        while (day < this.month.plus({ months: 1 })) {
            const first = day;
            weeks.push([...Array(7).keys()].map((offset) => this.cell(first.plus({ days: offset }))));
            day = day.plus({ days: 7 });
        }
        return weeks;
    }

    cell(day) {
        if (!day.hasSame(this.month, "month")) {
            return null;
        }
        const iso = day.toISODate();
        const count = this.props.counts[iso] || 0;
        return {
            iso,
            day,
            count,
            number: day.toFormat("d"),
            label: this.label(day, count),
            isPast: this.isPast(day),
            isToday: day.hasSame(today(), "day"),
            isMarked: day.hasSame(this.state.marked, "day"),
            isValue: Boolean(this.props.value) && day.hasSame(this.props.value, "day"),
        };
    }

    label(day, count) {
        const date = day.toLocaleString(DateTime.DATE_HUGE);
        if (!count) {
            return date;
        }
        return count === 1
            ? _t("%(date)s, 1 follow-up", { date })
            : _t("%(date)s, %(count)s follow-ups", { date, count });
    }

    get markedLabel() {
        return this.state.marked.toLocaleString({ weekday: "short", day: "numeric", month: "short" });
    }

    get isMarkedPast() {
        return this.isPast(this.state.marked);
    }

    // === Days === //

    dayOf(value) {
        return value ? value.startOf("day") : null;
    }

    isPast(day) {
        return day < today();
    }

    weekStartOf(day) {
        return day.minus({ days: (day.weekday - localization.weekStart + 7) % 7 });
    }

    followValue(value) {
        const day = this.dayOf(value);
        if (day && day.toISODate() !== this.dayOf(this.props.value)?.toISODate()) {
            this.state.marked = day;
        }
    }

    tellMonth() {
        this.props.onMonthChange?.(this.month, this.month.endOf("month").startOf("day"));
    }

    focusMarked() {
        if (this.takesFocus) {
            this.takesFocus = false;
            this.grid.el.querySelector("[tabindex='0']")?.focus();
        }
    }

    // === What one does === //

    mark(day, { takesFocus = false } = {}) {
        this.takesFocus = takesFocus;
        this.state.marked = day;
    }

    move(change) {
        this.mark(this.state.marked.plus(change));
    }

    goToToday() {
        this.mark(today());
    }

    pick(day) {
        if (!this.isPast(day)) {
            this.props.onPick(day);
        }
    }

    onKeydown(ev) {
        const target = this.keyTarget(ev);
        if (ev.key === "Enter") {
            this.pick(this.state.marked);
        } else if (target) {
            this.mark(target, { takesFocus: true });
        } else {
            return;
        }
        ev.preventDefault();
        ev.stopPropagation();
    }

    /** The day that a key leads to. */
    keyTarget({ key, shiftKey, ctrlKey, altKey, metaKey }) {
        if (ctrlKey || altKey || metaKey) {
            return undefined;
        }
        const marked = this.state.marked;
        const ahead = localization.direction === "rtl" ? -1 : 1;
        const page = shiftKey ? { years: 1 } : { months: 1 };
        const targets = {
            ArrowLeft: () => marked.minus({ days: ahead }),
            ArrowRight: () => marked.plus({ days: ahead }),
            ArrowUp: () => marked.minus({ days: 7 }),
            ArrowDown: () => marked.plus({ days: 7 }),
            PageUp: () => marked.minus(page),
            PageDown: () => marked.plus(page),
            Home: () => this.weekStartOf(marked),
            End: () => this.weekStartOf(marked).plus({ days: 6 }),
        };
        return targets[key]?.();
    }
}
