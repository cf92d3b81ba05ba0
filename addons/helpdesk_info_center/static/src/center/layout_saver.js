import { browser } from "@web/core/browser/browser";
import { RPCError } from "@web/core/network/rpc";
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
        this.sending = null;
    }

    get isBusy() {
        return Boolean(this.pending || this.sending);
    }

    add(patch) {
        this.pending = mergePatches(this.pending || {}, patch);
        browser.clearTimeout(this.timer);
        this.timer = browser.setTimeout(() => this.flush(), DELAY);
    }

    /** Send at once what is waiting; done when the server has everything. */
    flush() {
        browser.clearTimeout(this.timer);
        return this.mutex.exec(() => this.send());
    }

    async send() {
        if (!this.pending) {
            return;
        }
        this.sending = this.pending;
        this.pending = null;
        try {
            await this.save(this.sending);
        } catch (error) {
            this.keep(this.sending, error);
            throw error;
        } finally {
            this.sending = null;
        }
    }

    /** What has not arrived waits for the next time; what was refused would be again. */
    keep(patch, error) {
        if (!(error instanceof RPCError)) {
            this.pending = mergePatches(patch, this.pending || {});
        }
    }

    /** What the server may not have yet, for whom cannot wait for an answer. */
    takeUnsaved() {
        if (!this.isBusy) {
            return null;
        }
        const patch = mergePatches(this.sending || {}, this.pending || {});
        this.drop();
        return patch;
    }

    drop() {
        browser.clearTimeout(this.timer);
        this.pending = null;
    }

    /** Give up what is waiting; done when nothing is under way either. */
    async forget() {
        this.drop();
        await this.mutex.getUnlockedDef();
        this.drop(); // what was under way may have come back
    }
}
