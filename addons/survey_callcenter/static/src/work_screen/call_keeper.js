import { browser } from "@web/core/browser/browser";

export const DRAFT_DELAY = 5_000;
export const BEAT_DELAY = 60_000;

/**
 * Keeps a call alive while it is on the screen: what is typed goes to the server every
 * few seconds, and a sign of life each minute. ``send(method, ...args)`` calls the
 * server without blocking the page.
 */
export class CallKeeper {
    constructor(uuid, text, send) {
        this.uuid = uuid;
        this.send = send;
        this.text = text;
        this.savedText = text;
        this.state = "saved"; // unsaved, saving, failed
        this.lost = ""; // why the call is no longer the agent's
        this.timer = null;
        this.beat = null;
    }

    get isDirty() {
        return this.text !== this.savedText;
    }

    start() {
        this.beat = browser.setInterval(() => this.sayAlive(), BEAT_DELAY);
    }

    stop() {
        browser.clearInterval(this.beat);
        browser.clearTimeout(this.timer);
        this.timer = null;
    }

    type(text) {
        this.text = text;
        if (this.state !== "failed") {
            this.state = this.isDirty ? "unsaved" : "saved";
        }
        this.schedule();
    }

    schedule() {
        if (this.timer === null && this.isDirty) {
            this.timer = browser.setTimeout(() => {
                this.timer = null;
                return this.flush();
            }, DRAFT_DELAY);
        }
    }

    /** Send what was typed since the last time; what fails is tried again. */
    async flush() {
        if (!this.isDirty || this.state === "saving") {
            return;
        }
        const text = this.text;
        this.state = "saving";
        try {
            const answer = await this.send("cc_draft", this.uuid, text);
            this.note(answer);
            if (!answer.held) {
                this.state = "unsaved"; // nobody keeps the notes of a lost call
                return;
            }
            this.savedText = text;
            this.state = this.isDirty ? "unsaved" : "saved";
        } catch {
            this.state = "failed"; // shown next to the text, nothing else to do
        }
        this.schedule();
    }

    async sayAlive() {
        try {
            this.note(await this.send("cc_heartbeat", this.uuid));
        } catch {
            return; // the next beat comes in a minute, the server waits for longer
        }
    }

    note({ held, message }) {
        this.lost = held ? "" : message || "";
    }
}
