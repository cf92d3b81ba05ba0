import { Interaction } from "@web/public/interaction";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";

/**
 * Shows at once what a service order needs at another location, or for another service,
 * and what is known about a device. Everything typed stays, chosen files as well.
 *
 * It is comfort only: without it the buttons "Apply" and "Take over" do the same.
 */
export class ServiceForm extends Interaction {
    static selector = ".o_service_form";
    dynamicContent = {
        _root: {
            "t-att-class": () => ({ o_service_live: true }), // hides the button "Apply"
            "t-on-change": this.onChange,
            "t-on-submit": this.onSubmit,
        },
    };

    setup() {
        this.keepLast = new KeepLast(); // the last choice counts
    }

    onChange(ev) {
        if (["location_id", "service_type_id"].includes(ev.target.name)) {
            this.update(this.el.querySelector("button[value=refresh]"));
        }
    }

    onSubmit(ev) {
        if (ev.submitter?.value === "device" && !this.isPlain) {
            ev.preventDefault();
            this.update(ev.submitter);
        }
    }

    /** Does what a button does, without leaving the page. */
    async update(button) {
        const newPartsEl = await this.waitFor(this.keepLast.add(this.fetchParts(button)));
        if (!newPartsEl) {
            this.isPlain = true;
            this.el.requestSubmit(button); // the server's page says what is wrong
            return;
        }
        const isDevice = button.value === "device";
        const partsEl = this.el.querySelector(".o_service_parts");
        const focused = document.activeElement?.id;
        this.carryOver(partsEl, newPartsEl, isDevice);
        partsEl.replaceWith(newPartsEl);
        const goOn = isDevice ? "device_name" : focused; // who uses the keyboard stays there
        const focusEl = goOn ? newPartsEl.querySelector(`#${CSS.escape(goOn)}`) : null;
        focusEl?.focus({ preventScroll: !isDevice });
        const statusEl = this.el.querySelector("[role=status][data-done]");
        statusEl.textContent = statusEl.dataset.done;
    }

    /** @returns {Promise<Element|null>} null: it needs a page of its own */
    async fetchParts(button) {
        const data = new FormData(this.el, button);
        for (const [name, value] of [...data]) {
            if (value instanceof File) {
                data.delete(name); // it is not looked at before the form is sent
            }
        }
        try {
            const response = await fetch(this.el.action, { method: "POST", body: data });
            const page = new DOMParser().parseFromString(await response.text(), "text/html");
            const partsEl = page.querySelector(".o_service_parts");
            for (const el of partsEl?.querySelectorAll("[autofocus]") || []) {
                el.removeAttribute("autofocus"); // for visitors who come from another page
            }
            return partsEl;
        } catch {
            return null;
        }
    }

    /**
     * Keeps what was typed while the server answered, and the files, which no server can
     * send back.
     */
    carryOver(fromEl, toEl, onlyFiles) {
        for (const field of fromEl.querySelectorAll("input, select, textarea")) {
            const newField = field.id && toEl.querySelector(`#${CSS.escape(field.id)}`);
            if (!newField || newField.type !== field.type) {
                continue;
            }
            if (field.type === "file") {
                newField.files = field.files;
            } else if (onlyFiles || field.name === "service_type_id") {
                continue; // the server's answer counts
            } else if (["checkbox", "radio"].includes(field.type)) {
                newField.checked = field.checked;
            } else if (newField.tagName !== "SELECT") {
                newField.value = field.value;
            } else if ([...newField.options].some((option) => option.value === field.value)) {
                newField.value = field.value;
            }
        }
    }
}

registry.category("public.interactions").add("customer_portal.service_form", ServiceForm);
