const PREFIX = "answer.";

/** The inputs of a page of an order sheet, by the names that the server gives them. */
export class SheetInputs {
    /** @param {HTMLFormElement} formEl */
    constructor(formEl) {
        this.formEl = formEl;
        this.revEl = formEl.elements.rev;
        this.beforeEl = formEl.elements.before;
        this.before = JSON.parse(this.beforeEl.value);
    }

    get rev() {
        return Number(this.revEl.value);
    }

    set rev(rev) {
        this.revEl.value = rev;
    }

    /** @returns {string} empty: it is no answer */
    nameOf(el) {
        return el.name?.startsWith(PREFIX) ? el.name.slice(PREFIX.length) : "";
    }

    isChoice(el) {
        return el.matches("select, [type=checkbox], [type=radio], [type=date]");
    }

    /** @returns {HTMLElement[]} all inputs of a name, without the hidden empty one */
    find(name) {
        const all = this.formEl.querySelectorAll(`[name="${CSS.escape(PREFIX + name)}"]`);
        return [...all].filter((el) => el.type !== "hidden");
    }

    isList(name) {
        return Array.isArray(this.before[name]);
    }

    /** @returns {Object} what stands in some inputs: a text, or a list of texts */
    read(names) {
        return Object.fromEntries(names.map((name) => [name, this.readOne(name)]));
    }

    readOne(name) {
        const els = this.find(name);
        if (!["checkbox", "radio"].includes(els[0]?.type)) {
            return els[0]?.value ?? "";
        }
        const ticked = els.filter((el) => el.checked).map((el) => el.value);
        return this.isList(name) ? ticked : ticked[0] || "";
    }

    write(name, typed) {
        for (const el of this.find(name)) {
            if (["checkbox", "radio"].includes(el.type)) {
                el.checked = this.isList(name) ? typed.includes(el.value) : typed === el.value;
            } else {
                el.value = typed;
            }
        }
    }

    focus(name) {
        const els = this.find(name);
        (els.find((el) => el.checked) || els[0])?.focus();
    }

    // === WHAT THE SERVER HAS KEPT === //

    /** Notes what was kept, so that a page which is sent whole merges as well. */
    keep(rev, values, conflicts) {
        this.rev = rev;
        Object.assign(this.before, values);
        for (const [name, conflict] of Object.entries(conflicts)) {
            this.before[name] = conflict.theirs;
        }
        this.beforeEl.value = JSON.stringify(this.before);
    }

    getBefore(name) {
        return this.before[name];
    }

    setBefore(name, typed) {
        this.before[name] = typed;
        this.beforeEl.value = JSON.stringify(this.before);
    }
}
