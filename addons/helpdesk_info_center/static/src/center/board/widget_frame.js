import { Component, onError, useState } from "@odoo/owl";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { widgetRegistry } from "../widget_registry";

const ARROWS = ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"];

/** A widget's header and border; what is inside depends on its kind. */
export class WidgetFrame extends Component {
    static template = "helpdesk_info_center.WidgetFrame";
    static components = { Dropdown, DropdownItem };
    static props = {
        center: Object,
        widget: Object,
        data: { type: Object, optional: true },
        zone: String,
        isFirst: Boolean,
        isLast: Boolean,
        onArrow: Function,
        onClose: Function,
    };

    setup() {
        this.notification = useService("notification");
        this.state = useState({ isBroken: false });
        onError((error) => this.giveUp(error));
    }

    get Body() {
        return widgetRegistry.get(this.props.widget.kind).Component;
    }

    get isFolded() {
        return Boolean(this.props.data?.fold);
    }

    get titleId() {
        return `o_center_title_${this.props.widget.key}`;
    }

    /** What a folded widget still tells. */
    get count() {
        const { tabs, total } = this.props.data || {};
        return tabs?.find((tab) => tab.key === "all")?.count ?? total;
    }

    get labels() {
        const { name } = this.props.widget;
        return {
            move: _t("Move %(widget)s (or Alt and an arrow key)", { widget: name }),
            fold: this.isFolded
                ? _t("Unfold %(widget)s", { widget: name })
                : _t("Fold %(widget)s", { widget: name }),
            close: _t("Close %(widget)s", { widget: name }),
        };
    }

    /** Where a widget can be moved to without dragging it. */
    get moves() {
        const { zone, isFirst, isLast } = this.props;
        return [
            { arrow: "ArrowUp", label: _t("Move Up"), isShown: !isFirst },
            { arrow: "ArrowDown", label: _t("Move Down"), isShown: !isLast },
            { arrow: "ArrowRight", label: _t("Move to the Sidebar"), isShown: zone === "main" },
            { arrow: "ArrowLeft", label: _t("Move to the Content"), isShown: zone === "side" },
        ].filter((move) => move.isShown);
    }

    onKeydown(event) {
        const isPlain = !event.ctrlKey && !event.shiftKey && !event.metaKey;
        if (event.altKey && isPlain && ARROWS.includes(event.key) && !this.env.isSmall) {
            event.preventDefault();
            event.stopPropagation();
            this.props.onArrow(event.key);
        }
    }

    fold() {
        this.props.center.fold(this.props.widget.key, !this.isFolded);
    }

    close() {
        const { center, widget } = this.props;
        this.props.onClose();
        center.changeShown({ hide: [widget.key] });
        const closeNote = this.notification.add(
            _t("“%(widget)s” is closed. Settings show it again.", { widget: widget.name }),
            {
                type: "info",
                buttons: [
                    {
                        name: _t("Undo"),
                        onClick: () => {
                            closeNote();
                            center.changeShown({ show: [widget.key] });
                        },
                    },
                ],
            }
        );
    }

    giveUp(error) {
        console.error(`The widget ${this.props.widget.key} is broken:`, error);
        this.state.isBroken = true;
    }
}
