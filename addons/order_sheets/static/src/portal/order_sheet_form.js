import { Interaction } from "@web/public/interaction";
import { registry } from "@web/core/registry";
import { ConnectionLostError, rpc, RPCError } from "@web/core/network/rpc";
import { SheetInputs } from "./order_sheet_inputs";
import { SheetScreen } from "./order_sheet_screen";

const TYPING_PAUSE = 800; // milliseconds
const RETRY = 5000;
const SESSION_EXPIRED = 100; // Odoo's code

/**
 * Keeps what a customer types into an order sheet while he types, and shows at once what
 * his answers lead to.
 *
 * It is comfort only: the buttons send the whole page as they do without it. What is
 * right, what is complete and what there is to see, the server alone decides.
 */
export class OrderSheetForm extends Interaction {
    static selector = ".o_sheet_form[data-editable]";
    dynamicContent = {
        _root: {
            "t-att-class": () => ({ o_sheet_live: true }),
            "t-on-input": this.onInput,
            "t-on-change": this.onChange,
            "t-on-focusout": this.onBlur,
            "t-on-click": this.onClick,
            "t-on-submit": this.onSubmit,
            "t-on-order_sheet_kept": this.onKept,
        },
        _window: {
            "t-on-pagehide": this.onPageHide,
            "t-on-pageshow": this.onPageShow,
            "t-on-online": () => this.save(),
        },
    };

    setup() {
        this.inputs = new SheetInputs(this.el);
        this.screen = new SheetScreen(this.el, this.inputs);
        this.unsaved = new Set(); // names of inputs
        this.saveSoon = this.debounced(() => this.save(), TYPING_PAUSE);
    }

    start() {
        // on phones the contents are one line, which may be long
        const currentEl = this.el.querySelector(".o_sheet_current");
        currentEl?.scrollIntoView({ block: "nearest", inline: "center" });
    }

    // === WHAT THE CUSTOMER DOES === //

    onInput(ev) {
        const name = this.inputs.nameOf(ev.target);
        if (name && !this.screen.isInConflict(name)) {
            this.unsaved.add(name);
            this.saveSoon();
        }
    }

    onChange(ev) {
        if (ev.target.matches(".o_sheet_select")) {
            this.selectPages();
        } else if (this.inputs.isChoice(ev.target)) {
            this.onInput(ev);
            this.save();
        }
    }

    onBlur(ev) {
        this.screen.showHeldFault(this.inputs.nameOf(ev.target));
        this.save();
    }

    onClick(ev) {
        const box = ev.target.closest(".o_sheet_conflict");
        if (box && ev.target.closest(".o_sheet_keep, .o_sheet_take")) {
            this.decide(box, Boolean(ev.target.closest(".o_sheet_keep")));
        }
    }

    /** Files were sent, or taken away. */
    onKept(ev) {
        this.screen.showPages(ev.detail);
    }

    /** The page is sent whole; what is on its way comes first, for one waits for no other. */
    async onSubmit(ev) {
        if (this.isSignedOut) {
            ev.preventDefault(); // it would lead to the login page, and all would be lost
            this.save();
        } else if (this.saving) {
            ev.preventDefault();
            await this.waitFor(this.saving);
            this.el.requestSubmit(ev.submitter);
        } else {
            this.isSent = true;
        }
    }

    onPageShow(ev) {
        this.isSent = false;
        if (ev.persisted) {
            window.location.reload(); // "Back" shows the page as it was before it was sent
        }
    }

    onPageHide() {
        if (this.isSent || (!this.unsaved.size && !this.saving)) {
            return;
        }
        const data = new FormData(this.el);
        data.set("step", "stay");
        for (const [name, value] of [...data]) {
            if (value instanceof File) {
                data.delete(name); // a beacon is small
            }
        }
        for (const el of this.el.querySelectorAll(".o_sheet_conflict[data-name]")) {
            data.delete(`answer.${el.dataset.name}`); // who leaves has not decided
        }
        navigator.sendBeacon(this.el.action, data);
    }

    // === KEEPING IT === //

    async save() {
        if (!this.unsaved.size || this.saving || this.isLocked || this.isSent) {
            return;
        }
        const names = [...this.unsaved];
        this.unsaved.clear();
        const values = this.inputs.read(names);
        const params = { page_id: Number(this.el.dataset.page), values, rev: this.inputs.rev };
        const answer = await this.call("save", params, names);
        if (answer && !this.screen.hasAll(answer.pages)) {
            window.location.reload(); // the sheet has a new version; all answers follow
        } else if (answer) {
            this.inputs.keep(answer.rev, values, answer.conflicts);
            this.screen.show(answer, names);
            for (const [name, change] of Object.entries(answer.changed)) {
                this.takeOver(name, change);
            }
        }
        if (this.unsaved.size && !this.retry) {
            this.saveSoon();
        }
    }

    async selectPages() {
        await this.waitFor(this.saving);
        const boxes = this.el.querySelectorAll(".o_sheet_select:checked");
        const selected = [...boxes].map((box) => Number(box.value));
        const answer = await this.call("pages", { selected }, []);
        if (answer) {
            this.screen.showPages(answer);
        } else if (!this.isLocked) {
            this.waitForTimeout(() => this.selectPages(), RETRY);
        }
    }

    /**
     * @param {string[]} names: what is tried again if it cannot be kept now
     * @returns {Promise<Object|null>} null: it was not kept
     */
    async call(route, params, names) {
        this.screen.say("saving");
        this.saving = this.ask(`${this.el.dataset.url}/${route}`, params);
        const answer = await this.waitFor(this.saving);
        this.saving = null;
        if (answer && !answer.busy && !answer.locked && !answer.signedOut) {
            if (this.isSignedOut && !this.unsaved.size) {
                window.location.reload(); // whoever signs in again needs a new form
            }
            return answer;
        }
        names.forEach((name) => this.unsaved.add(name));
        if (answer?.locked) {
            this.isLocked = true;
            this.screen.lock(answer.locked);
        } else {
            this.isSignedOut = Boolean(answer?.signedOut);
            this.tryAgain();
        }
        return null;
    }

    /** @returns {Promise<Object|null>} null: there is no connection, or no answer */
    async ask(url, params) {
        try {
            return await rpc(url, params, { silent: true });
        } catch (error) {
            if (error instanceof RPCError && error.code === SESSION_EXPIRED) {
                return { signedOut: true };
            }
            if (error instanceof ConnectionLostError || error instanceof RPCError) {
                return null;
            }
            throw error;
        }
    }

    tryAgain() {
        this.screen.say(this.isSignedOut ? "signedOut" : "retry");
        if (!this.retry) {
            this.retry = this.waitForTimeout(() => {
                this.retry = null;
                this.save();
            }, RETRY);
        }
    }

    // === COLLEAGUES === //

    /** Shows what a colleague has typed elsewhere on the page. */
    takeOver(name, change) {
        if (this.unsaved.has(name)) {
            this.unsaved.delete(name);
            this.screen.showConflict(name, { ...change, mine: this.inputs.read([name])[name] });
        } else if (!this.screen.isInConflict(name)) {
            this.inputs.write(name, change.theirs);
        }
        this.inputs.setBefore(name, change.theirs);
    }

    decide(box, isMine) {
        const name = box.dataset.name;
        const theirs = this.inputs.getBefore(name);
        this.screen.hideConflict(name);
        if (isMine) {
            this.unsaved.add(name);
            this.save();
        } else {
            this.inputs.write(name, theirs);
        }
        this.inputs.focus(name);
    }
}

registry.category("public.interactions").add("order_sheets.order_sheet_form", OrderSheetForm);
