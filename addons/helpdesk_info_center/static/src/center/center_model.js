import { markRaw } from "@odoo/owl";
import { KeepLast } from "@web/core/utils/concurrency";
import { pick } from "@web/core/utils/objects";
import { CenterRequests } from "./center_requests";
import { ZONES, applyPatch, completeZones, moveWidget, shownKeys } from "./center_layout";
import { LayoutSaver } from "./layout_saver";

const FACTS = ["partner", "has_login", "available", "can", "teams", "use_responsible"];
const STICKY = ["tab", "size", "order", "columns", "filters"];

/**
 * One customer's page: what the server told about him, and every way to ask for
 * more. Widgets get it as ``center``.
 */
export class CenterModel {
    constructor(kind, services) {
        this.kind = kind;
        this.mode = "assigned";
        this.status = "empty"; // loading, ready, missing
        this.missing = "";
        this.isOutdated = false;
        this.answered = 0;
        this.next_change = false;
        this.partner = null;
        this.has_login = false;
        this.use_responsible = false;
        this.can = {};
        this.available = [];
        this.teams = [];
        this.layout = { v: 0, zones: { main: [], side: [] }, hidden: [], refresh: 0 };
        this.widgets = {};
        this.services = markRaw(services);
        this.requests = markRaw(new CenterRequests());
        this.lastLoad = markRaw(new KeepLast());
        this.saver = markRaw(new LayoutSaver((patch) => this.sendLayout(patch)));
    }

    get shown() {
        return ZONES.flatMap((zone) => this.shownIn(zone));
    }

    shownIn(zone) {
        return shownKeys(this.layout, this.available, zone);
    }

    keysOf(kind) {
        return this.shown.filter((key) => this.describe(key).kind === kind);
    }

    describe(key) {
        return this.available.find((widget) => widget.key === key);
    }

    call(method, ...args) {
        return this.services.orm.call("helpdesk.center", method, args);
    }

    // === Reading === //

    async load(partnerId, mode = "assigned") {
        await this.saver.flush();
        this.status = "loading";
        this.requests.forgetAll();
        const request = this.call("get_center", this.kind, partnerId, null, mode);
        try {
            this.applyAll(await this.lastLoad.add(request));
            this.noteVisit();
        } catch (error) {
            this.status = this.partner ? "ready" : "empty";
            throw error;
        }
    }

    /** The search offers him among the recent customers from now on. */
    noteVisit() {
        if (this.status === "ready") {
            this.services.orm.silent.call("helpdesk.center", "note_visit", [this.partner.id]);
        }
    }

    applyAll(data) {
        this.status = data.missing ? "missing" : "ready";
        this.missing = data.missing || "";
        this.widgets = {};
        if (data.missing) {
            this.partner = null;
        } else {
            this.mode = data.mode;
            this.applyFacts(data);
            this.layout = data.layout;
            Object.assign(this.widgets, data.widgets);
        }
    }

    applyFacts(data) {
        Object.assign(this, pick(data, ...FACTS));
        this.next_change = data.next_change;
        this.isOutdated = false;
        this.answered++;
    }

    /** Ask again for some widgets, or for all that are shown. */
    async refresh(only = this.shown) {
        if (this.status !== "ready") {
            return;
        }
        await this.saver.flush();
        const { kind, partner, mode, requests } = this;
        const paged = only.filter((key) => requests.isPaged(key));
        const plain = requests.begin(only.filter((key) => !paged.includes(key)));
        const newest = requests.beginWhole();
        const [data] = await Promise.all([
            this.call("get_center", kind, partner.id, only, mode),
            ...paged.map((key) => this.reloadWidget(key)),
        ]);
        for (const { key } of plain.filter((request) => request.isCurrent())) {
            if (data.widgets?.[key]) {
                this.widgets[key] = data.widgets[key];
            }
        }
        if (newest.isCurrent()) {
            await this.applyRefreshed(data, only);
        }
    }

    async applyRefreshed(data, asked) {
        if (data.missing) {
            return this.applyAll(data);
        }
        this.applyFacts(data);
        if (!this.saver.isBusy && data.layout.v >= this.layout.v) {
            this.layout = data.layout;
        }
        await this.readNew(asked);
    }

    /** Read widgets that were just switched on, here or in another window. */
    async readNew(asked = []) {
        const unread = this.shown.filter((key) => !this.widgets[key] && !asked.includes(key));
        if (unread.length) {
            await this.refresh(unread);
        }
    }

    /** Read a widget with other options; what lasts of them is saved. */
    async reloadWidget(key, options = {}) {
        const sticky = pick(options, ...STICKY.filter((name) => name in options));
        if (Object.keys(sticky).length) {
            this.saveLayout({ widgets: { [key]: sticky } });
        }
        const asked = this.requests.remember(key, options);
        const [request] = this.requests.begin([key]);
        const { kind, partner, mode } = this;
        const data = await this.call("get_widget", kind, partner.id, key, asked, mode);
        if (!request.isCurrent()) {
            return;
        }
        if (!data.key) {
            return this.refresh(); // it is gone, or the customer is
        }
        const lastPage = lastPageBefore(data);
        if (lastPage !== false) {
            return this.reloadWidget(key, { ...options, offset: lastPage });
        }
        this.widgets[key] = data;
    }

    // === Layout === //

    /** Change the layout here at once, and on the server after a moment. */
    saveLayout(patch) {
        this.layout = applyPatch(this.layout, patch);
        this.saver.add(patch);
    }

    async sendLayout(patch) {
        const layout = await this.call("save_layout", this.kind, patch, this.layout.v);
        this.layout = this.saver.pending ? applyPatch(layout, this.saver.pending) : layout;
    }

    move(key, zone, before) {
        const zones = completeZones(this.layout.zones, this.available);
        this.saveLayout({ zones: moveWidget(zones, key, zone, before) });
    }

    fold(key, isFolded) {
        this.widgets[key].fold = isFolded;
        this.saveLayout({ widgets: { [key]: { fold: isFolded } } });
    }

    /** Show or hide widgets; those that appear are read. */
    async setHidden(hidden, settings = {}) {
        this.saveLayout({ hidden, ...settings });
        await this.saver.flush();
        await this.readNew();
    }

    async resetLayout() {
        this.saver.forget();
        await this.saver.flush();
        await this.call("reset_layout", this.kind);
        await this.load(this.partner.id, this.mode);
    }

    async saveTeamLayout(teamId) {
        await this.saver.flush();
        await this.call("save_team_layout", this.kind, teamId);
    }

    // === Going elsewhere === //

    async openList(what) {
        const { kind, partner, mode } = this;
        const action = await this.call("get_list_action", kind, partner.id, what, mode);
        await this.services.action.doAction(action);
    }

    openTicket(id) {
        return this.openForm("helpdesk.ticket", id);
    }

    openForm(model, id) {
        return this.services.action.doAction({
            type: "ir.actions.act_window",
            res_model: model,
            res_id: id,
            views: [[false, "form"]],
        });
    }

    openPartner(kind, id, options = {}) {
        return this.services.action.doAction(`helpdesk_info_center.action_${kind}_center`, {
            ...options,
            props: { resId: id },
        });
    }

    async createTicket(partnerId, channel) {
        const action = await this.call("create_ticket_action", partnerId, channel);
        await this.services.action.doAction(action);
    }

    /** Do something with tickets; a wizard that answers comes before the refresh. */
    async act(ticketIds, action, params = null) {
        const result = await this.call("ticket_action", ticketIds, action, params);
        if (result.message) {
            this.services.notification.add(result.message, { type: "success" });
        }
        if (result.action) {
            await this.services.action.doAction(result.action, {
                onClose: () => this.refresh(),
            });
        } else {
            await this.refresh();
        }
        return result;
    }
}

/** Where the last page starts if the page that was asked for has become empty. */
function lastPageBefore({ rows, total, offset, size }) {
    if (!offset || !total || rows.length) {
        return false;
    }
    return Math.floor((total - 1) / size) * size;
}
