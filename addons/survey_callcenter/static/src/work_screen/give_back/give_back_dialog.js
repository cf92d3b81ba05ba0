import { Component, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { useAutofocus } from "@web/core/utils/hooks";

/** Asks why a contact is given back. */
export class GiveBackDialog extends Component {
    static template = "survey_callcenter.GiveBackDialog";
    static components = { Dialog };
    static props = { name: String, onConfirm: Function, close: Function };

    setup() {
        useAutofocus({ refName: "reason" });
        this.state = useState({ reason: "" });
    }

    confirm() {
        this.props.close();
        this.props.onConfirm(this.state.reason);
    }
}
