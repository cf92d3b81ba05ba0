import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";

/**
 * Kinds of widgets: ``{ Component }``, which gets ``center`` and ``data``. Other
 * addons add theirs; a kind that nobody knows is not shown.
 */
export const widgetRegistry = registry.category("helpdesk_info_center.widgets");

widgetRegistry.addValidation({
    Component: {
        type: Function,
        validate: (widget) => widget.prototype instanceof Component,
    },
});

/** What every widget gets. */
export const widgetProps = {
    center: Object,
    data: Object,
};
