import { Component, useEffect, useExternalListener, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { formatInteger } from "@web/views/fields/formatters";
import { formatMoment } from "../moments";
import { WorkModel } from "../work_model";

export const RETRY_SECONDS = 30;
const AWAY = 30 * 60_000;
const SIGNS_OF_LIFE = ["keydown", "pointerdown", "pointermove"];
const REASONS = {
    later: _t("Due later"),
    outside_hours: _t("Outside the calling hours"),
    others: _t("For colleagues only"),
    called: _t("Being called by colleagues"),
};

/**
 * Nobody on the screen: why, when somebody is due, and looking again by itself while
 * the agent is there.
 */
export class EmptyQueue extends Component {
    static template = "survey_callcenter.EmptyQueue";
    static props = { model: WorkModel };

    setup() {
        this.model = useState(this.props.model);
        this.state = useState({ seconds: RETRY_SECONDS });
        this.formatMoment = formatMoment;
        this.seenAt = Date.now();
        for (const sign of SIGNS_OF_LIFE) {
            useExternalListener(window, sign, () => (this.seenAt = Date.now()));
        }
        useEffect(
            (isWaiting) => {
                this.state.seconds = RETRY_SECONDS;
                const timer = isWaiting && browser.setInterval(() => this.tick(), 1000);
                return () => browser.clearInterval(timer);
            },
            () => [this.isWaiting]
        );
    }

    get empty() {
        return this.model.empty;
    }

    /** How many people there are whom the agent does not get now, by reason. */
    get counts() {
        const { counts = {}, most } = this.empty; // nobody is counted beyond "most"
        return Object.entries(REASONS)
            .filter(([reason]) => counts[reason])
            .map(([reason, label]) => {
                const number = formatInteger(counts[reason]);
                const isMore = counts[reason] >= most;
                return { reason, label, number: isMore ? _t("%s or more", number) : number };
            });
    }

    get canRetry() {
        return Boolean(this.empty) && this.empty.reason !== "gone";
    }

    get isWaiting() {
        return this.canRetry && this.model.isRetrying && !this.model.practice;
    }

    tick() {
        if (Date.now() - this.seenAt >= AWAY) {
            this.model.isRetrying = false;
            return;
        }
        if (this.model.isBusy) {
            return;
        }
        this.state.seconds -= 1;
        if (this.state.seconds <= 0) {
            this.state.seconds = RETRY_SECONDS;
            return this.model.next();
        }
    }
}
