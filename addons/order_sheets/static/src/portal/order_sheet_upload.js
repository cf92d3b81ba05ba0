import { Interaction } from "@web/public/interaction";
import { registry } from "@web/core/registry";

/**
 * Sends the files for a question of an order sheet as soon as they are chosen, and takes
 * one away, without leaving the page.
 *
 * What cannot be sent stays in the input, and goes with the page.
 */
export class OrderSheetUpload extends Interaction {
    static selector = ".o_sheet_form[data-editable] .o_sheet_question:has(.o_sheet_files)";
    dynamicContent = {
        "input[type=file]": { "t-on-change": this.locked(this.upload) },
        ".o_sheet_files": { "t-on-click": this.onClick },
    };

    setup() {
        this.formEl = this.el.closest("form");
        this.inputEl = this.el.querySelector("input[type=file]");
        this.listEl = this.el.querySelector(".o_sheet_files");
        this.progressEl = this.el.querySelector(".o_sheet_progress");
        this.faultEl = this.el.querySelector(".o_sheet_fault");
    }

    async upload() {
        const faults = [];
        for (const file of [...this.inputEl.files]) {
            const data = new FormData();
            data.set("key", this.listEl.dataset.key);
            data.set(this.inputEl.name, file);
            this.say(this.formEl.dataset.textUpload.replace("%(file)s", file.name));
            const answer = await this.waitFor(this.send("upload", data));
            if (!answer) {
                this.say("");
                this.showFault(this.formEl.dataset.textUploadFailed);
                return; // they are still in the input
            }
            this.show(answer);
            faults.push(...[answer.error].filter(Boolean));
        }
        this.inputEl.value = "";
        this.showFault(faults.join("\n"));
    }

    onClick(ev) {
        const button = ev.target.closest(".o_sheet_remove");
        if (button) {
            ev.preventDefault();
            this.remove(button.value);
        }
    }

    async remove(id) {
        const answer = await this.waitFor(this.send(`file/${id}/delete`, new FormData()));
        if (answer) {
            this.show(answer);
            this.showFault(answer.error || "");
        } else {
            this.showFault(this.formEl.dataset.textRetry);
        }
        this.inputEl.focus();
    }

    /** @returns {Promise<Object|null>} null: there was no answer */
    send(route, data) {
        data.set("csrf_token", this.formEl.elements.csrf_token.value);
        return new Promise((resolve) => {
            const request = new XMLHttpRequest();
            request.upload.addEventListener("progress", (ev) => {
                this.progressEl.value = ev.total ? (100 * ev.loaded) / ev.total : 0;
            });
            request.addEventListener("loadend", () => {
                this.progressEl.hidden = true;
                resolve(request.status === 200 ? parse(request.responseText) : null);
            });
            this.progressEl.hidden = false;
            request.open("POST", `${this.formEl.dataset.url}/${route}`);
            request.send(data);
        });
    }

    // === WHAT IS SHOWN === //

    show({ files, rev, pages, saved_at }) {
        if (!files) {
            return;
        }
        const modelEl = document.querySelector(".o_sheet_models .o_sheet_file");
        this.listEl.replaceChildren(
            ...files.map((file) => {
                const el = modelEl.cloneNode(true);
                const linkEl = el.querySelector("a");
                linkEl.textContent = file.name;
                linkEl.href = file.url;
                const buttonEl = el.querySelector(".o_sheet_remove");
                buttonEl.value = file.id;
                buttonEl.ariaLabel = `${buttonEl.ariaLabel.trim()} ${file.name}`;
                return el;
            })
        );
        this.formEl.dispatchEvent(
            new CustomEvent("order_sheet_kept", { detail: { rev, pages, saved_at } })
        );
    }

    say(text) {
        this.formEl.querySelector(".o_sheet_status").textContent = text;
    }

    showFault(text) {
        this.faultEl.textContent = text;
        this.faultEl.hidden = !text;
        this.inputEl.classList.toggle("is-invalid", Boolean(text));
        if (text) {
            this.inputEl.setAttribute("aria-invalid", "true");
        } else {
            this.inputEl.removeAttribute("aria-invalid");
        }
    }
}

/** @returns {Object|null} null: it is a page, to which somebody was led who signed out */
function parse(text) {
    try {
        return JSON.parse(text);
    } catch {
        return null;
    }
}

registry.category("public.interactions").add("order_sheets.order_sheet_upload", OrderSheetUpload);
