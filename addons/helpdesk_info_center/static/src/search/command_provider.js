import { Component } from "@odoo/owl";
import { DefaultCommandItem } from "@web/core/commands/command_palette";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { DELAY, isSearchable, searchCustomers } from "./customer_search";
import { centersOf, customerHref, openCustomer } from "./open_customer";
import { CustomerSearchDialog, countsText } from "./search_dialog";

export const AGENT_GROUP = "helpdesk_mgmt.group_helpdesk_user_own";
export const PREFIX = "&"; // Odoo has / and @, its Enterprise edition ? and $
export const HOTKEY = "alt+shift+c";

/** A customer as a line of the command palette. */
class CustomerCommand extends Component {
    static template = "helpdesk_info_center.CustomerCommand";
    static props = { ...DefaultCommandItem.props, row: Object };

    get countsText() {
        return countsText(this.props.row);
    }
}

/** The prefix in the command palette, the command without it, and its hotkey. */
function offerSearch(env, open) {
    const { action, command, orm } = env.services;

    function customerCommand(row, category) {
        const as = centersOf(row)[0];
        return {
            Component: CustomerCommand,
            action() {
                openCustomer(action, row, as); // not waited for: the palette closes at once
            },
            category,
            href: customerHref(row, as),
            name: row.company ? `${row.name} (${row.company[1]})` : row.name,
            props: { row },
        };
    }

    async function provide(_env, { searchValue = "" }) {
        if (!searchValue.trim()) {
            const rows = await orm.call("helpdesk.center", "recent", []);
            return rows.map((row) => customerCommand(row, "helpdesk_recent_customers"));
        }
        if (!isSearchable(searchValue)) {
            return [];
        }
        const { rows } = await searchCustomers(orm, searchValue.trim());
        return rows.map((row) => customerCommand(row, "helpdesk_customers"));
    }

    registry
        .category("command_provider")
        .add("helpdesk_customers", { namespace: PREFIX, provide }, { force: true });
    registry.category("command_setup").add(
        PREFIX,
        {
            debounceDelay: DELAY,
            emptyMessage: _t("No customer found. Type at least 2 characters, or ** for all."),
            name: _t("customers"),
            placeholder: _t("Search for a customer..."),
        },
        { force: true }
    );
    registry
        .category("command_categories")
        .add(
            "helpdesk_recent_customers",
            { namespace: PREFIX, name: _t("Recent Customers") },
            { sequence: 10, force: true }
        )
        .add("helpdesk_customers", { namespace: PREFIX }, { sequence: 20, force: true });
    command.add(_t("Search Customer"), () => open(), {
        category: "actions",
        global: true,
        hotkey: HOTKEY,
        hotkeyOptions: {
            bypassEditableProtection: true,
            // the page of a customer has a button with this key, which replaces him
            isAvailable: () => !document.querySelector('[data-hotkey="shift+c"]'),
        },
    });
}

/** The search for customers from everywhere, for agents of the helpdesk. */
export const customerSearchService = {
    dependencies: ["action", "command", "dialog", "orm"],
    start(env, { dialog }) {
        let isOpen = false;

        function open(props = {}) {
            if (!isOpen) {
                isOpen = true;
                dialog.add(CustomerSearchDialog, props, {
                    onClose: () => {
                        isOpen = false;
                    },
                });
            }
        }

        // not waited for: the web client must not start later because of it
        user.hasGroup(AGENT_GROUP).then((isAgent) => isAgent && offerSearch(env, open));
        return { open };
    },
};

registry.category("services").add("helpdesk_customer_search", customerSearchService);
