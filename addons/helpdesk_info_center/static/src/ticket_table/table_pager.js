import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";

export const SIZES = [5, 10, 15, 20, 25, 50];

/** Which rows of how many are shown, the pages before and after, and their size. */
export class TablePager extends Component {
    static template = "helpdesk_info_center.TablePager";
    static props = {
        offset: Number,
        count: Number,
        size: Number,
        total: Number,
        onPage: Function, // (offset)
        onSize: { type: Function, optional: true }, // (size); else it cannot be chosen
    };

    sizes = SIZES;

    get rangeText() {
        const { offset, count, total } = this.props;
        return _t("%(from)s–%(to)s / %(total)s", {
            from: count ? offset + 1 : 0,
            to: offset + count,
            total,
        });
    }

    get isFirst() {
        return this.props.offset <= 0;
    }

    get isLast() {
        return this.props.offset + this.props.count >= this.props.total;
    }

    resize(size) {
        this.props.onSize(Number(size));
    }

    turn(direction) {
        if (direction < 0 ? this.isFirst : this.isLast) {
            return; // a button that is disabled would lose the focus
        }
        this.props.onPage(Math.max(this.props.offset + direction * this.props.size, 0));
    }
}
