import { Component, onWillStart, useEffect, useExternalListener, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { deserializeDateTime, formatDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { SurveyCard } from "./survey_card";

const MINUTE = 60_000;

/** What happens in all call surveys at this moment, for managers. */
export class LiveBoard extends Component {
    static template = "survey_callcenter.LiveBoard";
    static components = { Layout, SurveyCard };
    static props = { ...standardActionServiceProps };
    static path = "call-center-board";
    static displayName = _t("Live Board");

    setup() {
        this.orm = useService("orm");
        this.board = useState({ now: "", surveys: [], refresh_minutes: 0 });
        this.state = useState({ isLoading: false, isOutdated: false });
        useExternalListener(document, "visibilitychange", () => this.catchUp());
        useEffect(
            (minutes) => this.repeat(minutes),
            () => [this.board.refresh_minutes]
        );
        onWillStart(async () => Object.assign(this.board, await this.read()));
    }

    get readAt() {
        return formatDateTime(deserializeDateTime(this.board.now), { format: "HH:mm" });
    }

    read() {
        return this.orm.silent.call("survey.callcenter.board", "get_board", []);
    }

    repeat(minutes) {
        if (minutes) {
            const timer = browser.setInterval(() => this.refreshIfSeen(), minutes * MINUTE);
            return () => browser.clearInterval(timer);
        }
    }

    /** A page that nobody sees costs nothing; it is read again once somebody does. */
    refreshIfSeen() {
        this.isWaiting = document.hidden;
        return document.hidden ? undefined : this.refresh();
    }

    catchUp() {
        return this.isWaiting ? this.refreshIfSeen() : undefined;
    }

    /** A failure is a note on the page: the figures of before stay readable. */
    async refresh() {
        if (this.state.isLoading) {
            return;
        }
        this.state.isLoading = true;
        try {
            Object.assign(this.board, await this.read());
            this.state.isOutdated = false;
        } catch {
            this.state.isOutdated = true;
        } finally {
            this.state.isLoading = false;
        }
    }
}

registry.category("actions").add("survey_callcenter.live_board", LiveBoard);
