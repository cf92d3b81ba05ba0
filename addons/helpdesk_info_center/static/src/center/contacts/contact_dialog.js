import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { FormViewDialog } from "@web/views/view_dialogs/form_view_dialog";

const FORM = "helpdesk_info_center.res_partner_view_form_contact";

/** Adds or changes a contact: “Save” stays, “Save and Finish” closes. */
export class ContactDialog extends FormViewDialog {
    setup() {
        super.setup();
        this.notification = useService("notification");
        this.viewProps.buttonTemplate = "helpdesk_info_center.ContactDialog.buttons";
    }

    async onRecordSaved(record, params) {
        this.notification.add(_t("The contact is saved."), { type: "success" });
        if (params?.isStaying) {
            await record.model.load({ resId: record.resId });
        } else {
            await super.onRecordSaved(record, params);
        }
    }
}

/** The dialog for a contact of a center, or for a new one. */
export function contactDialogProps(center, id) {
    const context = {
        form_view_ref: FORM,
        default_parent_id: center.partner.id,
        default_type: "contact",
        default_is_company: false,
        default_lang: center.partner.lang,
    };
    return {
        resModel: "res.partner",
        resId: id,
        context,
        title: id ? _t("Edit Contact") : _t("Add Contact"),
        canExpand: false,
        size: "md",
        onRecordSaved: () => center.refresh(center.keysOf("contacts")),
    };
}
