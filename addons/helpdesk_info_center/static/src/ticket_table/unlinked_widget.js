import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { SelectCreateDialog } from "@web/views/view_dialogs/select_create_dialog";
import { TicketsWidget } from "./tickets_widget";

/**
 * Tickets whose sender nobody knows yet, but whose mail address is of the company: they
 * get a contact that there is, or a new one.
 */
export class UnlinkedWidget extends TicketsWidget {
    get companyId() {
        const { partner } = this.center;
        return partner.company ? partner.company[0] : partner.id;
    }

    get rowActions() {
        const { write_ticket, create_contact } = this.center.can;
        return [
            {
                key: "link",
                label: _t("Link to Contact"),
                icon: "fa-link",
                isShown: write_ticket,
            },
            {
                key: "link_new",
                label: _t("Create Contact"),
                icon: "fa-user-plus",
                params: { partner_id: this.companyId },
                isShown: write_ticket && create_contact,
            },
        ].filter((action) => action.isShown);
    }

    get actions() {
        return [...this.rowActions, ...super.actions];
    }

    /** A link needs the contact first; until he is chosen the tickets stay ticked. */
    act(action, ids) {
        if (action.key !== "link" || action.params) {
            return super.act(action, ids);
        }
        this.dialog.add(SelectCreateDialog, {
            title: action.label,
            resModel: "res.partner",
            domain: [["id", "child_of", this.companyId]],
            multiSelect: false,
            noCreate: true,
            onSelected: ([contactId]) =>
                this.act({ ...action, params: { partner_id: contactId } }, ids),
        });
    }
}

registry.category("helpdesk_info_center.widgets").add("unlinked", { Component: UnlinkedWidget });
