import { Interaction } from "@web/public/interaction";
import { registry } from "@web/core/registry";
import { rpc } from "@web/core/network/rpc";
import { KeepLast } from "@web/core/utils/concurrency";

/**
 * Shows what a customer is about to change in a dialog, above the form that he filled in,
 * and offers the states of the country that he chooses.
 *
 * It is comfort only: what it cannot do, the pages of the server do.
 */
export class ChangeForm extends Interaction {
    static selector = ".o_change_page";
    dynamicContent = {
        ".o_change_form": { "t-on-submit.prevent": this.locked(this.confirm) },
        ".o_change_form select[name=country_id]": { "t-on-change": this.offerStates },
        ".modal": { "t-on-click": this.onClickInModal },
    };

    setup() {
        this.formEl = this.el.querySelector(".o_change_form");
        this.modalEl = this.el.querySelector(".modal");
        this.modal = window.Modal.getOrCreateInstance(this.modalEl);
        this.registerCleanup(() => this.modal.dispose());
        this.keepLast = new KeepLast(); // the states of the last country count
    }

    async confirm() {
        const confirmationEl = await this.waitFor(this.fetchConfirmation());
        if (!confirmationEl) {
            this.formEl.submit(); // the page says what is wrong
            return;
        }
        this.modalEl.querySelector(".modal-body").replaceChildren(confirmationEl);
        this.modal.show();
    }

    /** @returns {Promise<Element|null>} null: there is nothing to confirm */
    async fetchConfirmation() {
        try {
            const response = await fetch(this.formEl.action, {
                method: "POST",
                body: new FormData(this.formEl),
            });
            const text = await response.text();
            const page = new DOMParser().parseFromString(text, "text/html");
            return page.querySelector(".o_change_confirmation");
        } catch {
            return null;
        }
    }

    onClickInModal(ev) {
        if (ev.target.closest("button[value=edit]")) {
            ev.preventDefault(); // the form is still there, behind the dialog
            this.modal.hide();
        }
    }

    async offerStates(ev) {
        const country = ev.target.value;
        const states = country ? await this.waitFor(this.keepLast.add(this.fetchStates(country))) : [];
        const stateEl = this.formEl.querySelector("select[name=state_id]");
        if (!stateEl) {
            return; // customers cannot change it
        }
        const options = states.map(([id, name]) => new Option(name, id));
        stateEl.replaceChildren(new Option("", ""), ...options);
        stateEl.closest("[name=state_id]:not(select)").classList.toggle("d-none", !states.length);
    }

    async fetchStates(country) {
        const answer = await rpc(`/my/address/country_info/${country}`, {
            address_type: this.formEl.dataset.address_type,
        });
        return answer.states;
    }
}

registry.category("public.interactions").add("customer_portal.change_form", ChangeForm);
