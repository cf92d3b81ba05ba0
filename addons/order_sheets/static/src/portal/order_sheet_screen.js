/** What a customer sees of an order sheet besides his own typing. */
export class SheetScreen {
    /**
     * @param {HTMLFormElement} formEl
     * @param {import("./order_sheet_inputs").SheetInputs} inputs
     */
    constructor(formEl, inputs) {
        this.formEl = formEl;
        this.inputs = inputs;
        this.statusEl = formEl.querySelector(".o_sheet_status");
        this.modelsEl = document.querySelector(".o_sheet_models");
        this.held = {}; // faults that would disturb whoever still types
    }

    /** Shows the server's answer to what was typed. */
    show(answer, names) {
        for (const name of names) {
            this.showFaultLater(name, answer.errors[name] || "");
        }
        for (const [key, isVisible] of Object.entries(answer.visible)) {
            this.formEl.querySelector(`[data-key="${key}"]`).hidden = !isVisible;
        }
        for (const [name, conflict] of Object.entries(answer.conflicts)) {
            this.showConflict(name, conflict);
        }
        this.showPages(answer);
    }

    // === STATUS === //

    /** @param {string} what: a text of the form: saving, retry … */
    say(what, value) {
        const text = this.formEl.dataset[`text${what[0].toUpperCase()}${what.slice(1)}`];
        const said = text.replace("%(time)s", value);
        if (this.statusEl.textContent !== said) {
            this.statusEl.textContent = said; // read aloud
        }
        this.statusEl.classList.toggle("text-danger", ["retry", "signedOut"].includes(what));
    }

    lock(reason) {
        const el = document.querySelector(".o_sheet_locked");
        el.textContent = reason;
        el.hidden = false;
        el.scrollIntoView({ block: "center" });
        this.statusEl.textContent = "";
    }

    // === PAGES === //

    findPage(id) {
        return this.formEl.querySelector(`.o_sheet_entry[data-page="${id}"]`);
    }

    hasAll(pages) {
        return pages.every((page) => this.findPage(page.id));
    }

    showPages({ pages, saved_at }) {
        this.say("saved", saved_at);
        for (const page of pages) {
            const el = this.findPage(page.id);
            el.hidden = !page.is_offered;
            el.classList.toggle("o_sheet_entry_off", !page.visible);
            el.classList.toggle("o_sheet_complete", page.complete);
        }
        const shown = pages.filter((page) => page.visible).map((page) => page.id);
        const index = shown.indexOf(Number(this.formEl.dataset.page));
        const isLast = index === shown.length - 1;
        this.formEl.querySelector("[name=position]").hidden = index < 0;
        this.formEl.querySelector(".o_sheet_count").textContent = shown.length;
        this.formEl.querySelector(".o_sheet_number").textContent = index + 1;
        this.formEl.querySelector("button.btn[value=next]").hidden = isLast;
        const summaryEl = this.formEl.querySelector("button[value=summary]");
        summaryEl.classList.toggle("btn-primary", isLast);
        summaryEl.classList.toggle("btn-light", !isLast);
    }

    // === FAULTS === //

    /** A message may wait until the customer leaves the input. */
    showFaultLater(name, fault) {
        const isTyping = this.inputs
            .find(name)
            .some((el) => el === document.activeElement && !this.inputs.isChoice(el));
        delete this.held[name];
        if (fault && isTyping) {
            this.held[name] = fault;
        } else {
            this.showFault(name, fault);
        }
    }

    showHeldFault(name) {
        if (this.held[name]) {
            this.showFault(name, this.held[name]);
            delete this.held[name];
        }
    }

    showFault(name, fault) {
        const el = this.formEl.querySelector(`.o_sheet_fault[data-name="${name}"]`);
        el.textContent = fault;
        el.hidden = !fault;
        for (const inputEl of this.inputs.find(name)) {
            inputEl.classList.toggle("is-invalid", Boolean(fault));
            if (fault) {
                inputEl.setAttribute("aria-invalid", "true");
            } else {
                inputEl.removeAttribute("aria-invalid");
            }
        }
    }

    // === CONFLICTS === //

    findConflict(name) {
        return this.formEl.querySelector(`.o_sheet_conflict[data-name="${name}"]`);
    }

    isInConflict(name) {
        return Boolean(this.findConflict(name));
    }

    showConflict(name, { by, text, mine }) {
        this.hideConflict(name);
        const el = this.modelsEl.querySelector(".o_sheet_conflict").cloneNode(true);
        el.dataset.name = name;
        el.querySelector(".o_sheet_by").textContent = by;
        el.querySelector(".o_sheet_theirs").textContent = text;
        el.querySelector(".o_sheet_mine").textContent = this.describe(name, mine);
        this.formEl.querySelector(`.o_sheet_fault[data-name="${name}"]`).after(el);
    }

    hideConflict(name) {
        this.findConflict(name)?.remove();
    }

    /** @returns {string} what was typed or chosen, as it is read on the page */
    describe(name, typed) {
        const els = this.inputs.find(name);
        if (els[0].tagName === "SELECT") {
            return els[0].selectedOptions[0].textContent.trim();
        }
        if (!["checkbox", "radio"].includes(els[0].type)) {
            return typed;
        }
        const chosen = els.filter((el) => el.checked);
        return chosen.map((el) => el.labels[0].textContent.trim()).join(", ");
    }
}
