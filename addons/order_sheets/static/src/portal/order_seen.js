import { Interaction } from "@web/public/interaction";
import { registry } from "@web/core/registry";
import { rpc } from "@web/core/network/rpc";

/**
 * Notes that the customer has opened the page of an order: its messages are not new any
 * more. Mail scanners that follow a link run no script, and so note nothing.
 */
export class OrderSeen extends Interaction {
    static selector = "[data-order-seen]";

    start() {
        // Without it the messages stay new in the list, which is nothing to tell here.
        rpc(this.el.dataset.orderSeen, {}, { silent: true }).catch(() => {});
    }
}

registry.category("public.interactions").add("order_sheets.order_seen", OrderSeen);
