import { registry } from "@web/core/registry";
import { formView } from "@web/views/form/form_view";

/** The form of a ticket: a new e-mail ticket opens the mail composer once it is saved. */
export class TicketFormController extends formView.Controller {
    /** Only the button saves like this; who leaves the form does not want to write. */
    async saveButtonClicked(params) {
        const isEmail = this.props.context.helpdesk_compose_after_save;
        const isNew = this.model.root.isNew;
        const saved = await super.saveButtonClicked(params);
        if (saved && isEmail && isNew) {
            await this.composeEmail();
        }
        return saved;
    }

    async composeEmail() {
        const ticketIds = [this.model.root.resId];
        const action = await this.orm.call("helpdesk.ticket", "action_send_email", [ticketIds]);
        await this.actionService.doAction(action, { onClose: () => this.model.load() });
    }
}

export const ticketFormView = { ...formView, Controller: TicketFormController };

registry.category("views").add("helpdesk_ticket_form", ticketFormView);
