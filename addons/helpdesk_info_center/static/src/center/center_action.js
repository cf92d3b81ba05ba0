import {
    Component,
    onMounted,
    onWillStart,
    onWillUnmount,
    useEffect,
    useExternalListener,
    useRef,
    useState,
} from "@odoo/owl";
import { customerId } from "@helpdesk_info_center/search/open_customer";
import { CustomerSearchDialog } from "@helpdesk_info_center/search/search_dialog";
import { ImStatus } from "@mail/core/common/im_status";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { useSetupAction } from "@web/search/action_hook";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { CenterBoard } from "./board/center_board";
import { CenterModel } from "./center_model";
import { useCenterRefresh } from "./center_refresh";

/** The page about one customer, a company or one of its contacts. */
export class CenterAction extends Component {
    static template = "helpdesk_info_center.CenterAction";
    static components = { CenterBoard, ImStatus, Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        // The services themselves: what is saved on leaving outlives the page.
        const { orm, action, notification } = this.env.services;
        this.dialog = useService("dialog");
        this.root = useRef("root");
        this.center = useState(new CenterModel(this.kind, { orm, action, notification }));
        useCenterRefresh(this.center);
        useSetupAction({
            rootRef: this.root,
            getLocalState: () => this.place,
        });
        useExternalListener(window, "pagehide", () => this.center.saveOnLeaving());
        onWillStart(() => this.start());
        onMounted(() => this.status === "empty" && this.search());
        onWillUnmount(() => this.leave());
        useEffect(
            (partner) => this.name(partner),
            () => [this.center.partner]
        );
        useEffect(
            (isLoading) => (isLoading ? keepFocus() : undefined),
            () => [this.status === "loading"]
        );
    }

    get kind() {
        return this.constructor.kind || this.props.action.params?.kind || "company";
    }

    get status() {
        return this.center.status;
    }

    get firstPartnerId() {
        const { action, resId, state } = this.props;
        const given = [state?.partnerId, resId, action.context?.active_id];
        return Number(given.find(Boolean) || action.params?.partner_id) || false;
    }

    /** Where whoever comes back finds himself again. */
    get place() {
        const { partner, mode, requests } = this.center;
        return { partnerId: partner?.id, mode, places: requests.places };
    }

    async start() {
        if (this.firstPartnerId) {
            const { mode, places } = this.props.state || {};
            await this.center.load(this.firstPartnerId, mode, places);
            this.name(this.center.partner);
        }
    }

    /** The breadcrumb and the address follow the customer. */
    name(partner) {
        if (partner) {
            this.env.config.setDisplayName(partner.name);
            this.props.updateActionState?.({ resId: partner.id, active_id: false });
        }
    }

    leave() {
        this.closeSearch?.();
        this.center.saver.flush();
    }

    search() {
        this.closeSearch = this.dialog.add(CustomerSearchDialog, {
            kind: this.kind,
            onPick: (row, as) => this.show(row, as),
        });
    }

    /** Show who was found: a contact himself, or his company. */
    show(row, as) {
        const id = customerId(row, as);
        if (as === this.kind) {
            return this.center.load(id);
        }
        const isEmpty = !this.center.partner;
        const options = isEmpty ? { stackPosition: "replaceCurrentAction" } : {};
        return this.center.openPartner(as, id, options);
    }

    setMode(mode) {
        if (mode !== this.center.mode) {
            return this.center.load(this.center.partner.id, mode);
        }
    }
}

/** Whoever was in what is inert for a moment is there again afterwards. */
function keepFocus() {
    const element = document.activeElement;
    return () => document.activeElement === document.body && element.focus();
}

/** What an address leads to; without it the breadcrumb has a list that is none. */
class CompanyCenter extends CenterAction {
    static kind = "company";
    static path = "customer-center";
    static displayName = _t("Customer Information Center");
}

class ContactCenter extends CenterAction {
    static kind = "contact";
    static path = "contact-center";
    static displayName = _t("Contact Information Center");
}

registry
    .category("actions")
    .add("helpdesk_info_center.center", CenterAction)
    .add("helpdesk_info_center.company_center", CompanyCenter)
    .add("helpdesk_info_center.contact_center", ContactCenter);
