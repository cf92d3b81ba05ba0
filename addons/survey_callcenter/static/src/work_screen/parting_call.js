import { browser } from "@web/core/browser/browser";

/**
 * Call a method of the server while the page is left: a request of the usual kind is
 * cancelled together with the page, and nobody is there to read an answer.
 */
export function callOnLeaving(model, method, args) {
    browser.fetch(`/web/dataset/call_kw/${model}/${method}`, {
        method: "POST",
        keepalive: true,
        credentials: "same-origin",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({
            jsonrpc: "2.0",
            method: "call",
            params: { model, method, args, kwargs: {} },
        }),
    });
}
