import { browser } from "@web/core/browser/browser";
import { Mutex } from "@web/core/utils/concurrency";
import { mergePatches } from "./center_layout";

const DELAY = 400;

/**
 * Sends changes of the layout: several within a moment as one patch, and one
 * after the other, so that each carries the version that the one before made.
 */
export class LayoutSaver {
    constructor(save) {
        this.save = save;
        this.mutex = new Mutex();
        this.pending = null;
        this.running = 0;
    }

    get isBusy() {
        return Boolean(this.pending || this.running);
    }

    add(patch) {
        this.pending = mergePatches(this.pending || {}, patch);
        browser.clearTimeout(this.timer);
        this.timer = browser.setTimeout(() => this.flush(), DELAY);
    }

    /** Send at once what is waiting; done when the server has everything. */
    async flush() {
        browser.clearTimeout(this.timer);
        const patch = this.pending;
        this.pending = null;
        if (patch) {
            await this.mutex.exec(() => this.send(patch));
        } else {
            await this.mutex.getUnlockedDef();
        }
    }

    async send(patch) {
        this.running++;
        try {
            await this.save(patch);
        } finally {
            this.running--;
        }
    }

    forget() {
        browser.clearTimeout(this.timer);
        this.pending = null;
    }
}
