import { Interaction } from "@web/public/interaction";
import { registry } from "@web/core/registry";
import { rpc } from "@web/core/network/rpc";
import { KeepLast } from "@web/core/utils/concurrency";

/**
 * Tells a customer what a request would lead to while he still chooses day and address.
 *
 * It is a hint only: the server decides when the request is sent.
 */
export class ContainerRequest extends Interaction {
    static selector = ".o_container_request";
    dynamicContent = {
        "input[name=requested_date], select[name=address_id]": { "t-on-change": this.preview },
    };

    setup() {
        this.keepLast = new KeepLast(); // the answer to the last change counts
    }

    async preview() {
        const check = rpc("/my/containers/check", this.getWish());
        const answer = await this.waitFor(this.keepLast.add(check));
        if (answer.error) {
            this.show([["danger", answer.error]]);
            return;
        }
        this.getPart("weekdays").textContent = answer.weekdays_text;
        this.getPart("delivery").textContent = answer.delivery_text;
        this.show([
            ...answer.notices.map((text) => ["info", text]),
            ...answer.warnings.map((text) => ["warning", text]),
        ]);
    }

    getWish() {
        const form = new FormData(this.el);
        return {
            requested_date: form.get("requested_date"),
            address_id: form.get("address_id"),
        };
    }

    getPart(name) {
        return this.el.querySelector(`.o_container_preview [data-name=${name}]`);
    }

    show(messages) {
        const alerts = messages.map(([kind, text]) => {
            const alert = document.createElement("div");
            alert.className = `alert alert-${kind} mb-2`;
            alert.textContent = text;
            return alert;
        });
        this.getPart("messages").replaceChildren(...alerts);
    }
}

registry
    .category("public.interactions")
    .add("container_rental.container_request", ContainerRequest);
