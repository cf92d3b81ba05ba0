import { markRaw, reactive } from "@odoo/owl";
import { KeepLast } from "@web/core/utils/concurrency";
import { pick } from "@web/core/utils/objects";
import { CenterRequests } from "./center_requests";
import { ZONES, applyPatch, completeZones, moveWidget, shownKeys } from "./center_layout";
import { LayoutSaver } from "./layout_saver";
import { callOnLeaving } from "./parting_call";

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
        // what another window has changed comes with the answer, and is shown
        const shown = reactive(this);
        this.saver = markRaw(new LayoutSaver((patch) => shown.sendLayout(patch)));
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

    /** Open a customer; ``places`` are the pages and searches of whoever comes back. */
    async load(partnerId, mode = "assigned", places = {}) {
        this.status = "loading"; // before anything is waited for: nobody asks for the old one now
        this.requests.cancelAll();
        try {
            this.applyAll(await this.lastLoad.add(this.read(partnerId, mode)));
            this.noteVisit();
            await this.returnTo(places);
        } catch (error) {
            this.status = this.partner ? "ready" : "empty";
            throw error;
        }
    }

    async read(partnerId, mode) {
        await this.saveFirst();
        return this.call("get_center", this.kind, partnerId, null, mode);
    }

    async returnTo(places) {
        const keys = Object.keys(places).filter((key) => this.widgets[key]);
        await Promise.all(keys.map((key) => this.reloadWidget(key, places[key])));
    }

    /** What cannot be saved now is tried again later, and keeps nobody from reading. */
    async saveFirst() {
        try {
            await this.saver.flush();
        } catch (error) {
            console.warn("The layout could not be saved:", error);
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
        this.requests.forgetAll();
        if (data.missing) {
            this.partner = null;
        } else {
            this.mode = data.mode;
            this.applyFacts(data);
            this.layout = this.withUnsaved(data.layout);
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
        if (this.status === "ready") {
            await this.saveFirst();
        }
        if (this.status !== "ready") {
            return; // another customer may have been chosen while it was saved
        }
        const { kind, partner, mode, requests } = this;
        const paged = only.filter((key) => requests.isPaged(key));
        const plain = only.filter((key) => !paged.includes(key));
        const begun = this.begin(plain);
        const newest = requests.beginWhole();
        const [data] = await Promise.all([
            this.call("get_center", kind, partner.id, plain, mode),
            ...paged.map((key) => this.reloadWidget(key)),
        ]);
        for (const request of begun.filter(({ key }) => data.widgets?.[key])) {
            this.show(request, data.widgets[request.key]);
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

    begin(keys) {
        return this.requests
            .begin(keys)
            .map((request) => ({ ...request, fold: this.widgets[request.key]?.fold }));
    }

    /** Show an answer that still counts; what was folded meanwhile stays folded. */
    show({ key, isCurrent, fold }, data) {
        if (isCurrent()) {
            const now = this.widgets[key]?.fold;
            const isNewer = now !== undefined && (this.saver.isBusy || now !== fold);
            this.widgets[key] = isNewer ? { ...data, fold: now } : data;
        }
    }

    /** Read a widget with other options; what lasts of them is saved. */
    async reloadWidget(key, options = {}) {
        if (this.status !== "ready") {
            return; // it would show the tickets of the customer before
        }
        const sticky = pick(options, ...STICKY.filter((name) => name in options));
        if (Object.keys(sticky).length) {
            this.saveLayout({ widgets: { [key]: sticky } });
        }
        const asked = this.requests.remember(key, options);
        const [request] = this.begin([key]);
        const { kind, partner, mode } = this;
        const data = await this.call("get_widget", kind, partner.id, key, asked, mode);
        if (!request.isCurrent()) {
            return;
        }
        if (!data.key) {
            this.requests.forget(key); // or the refresh asks for it again and again
            return this.refresh(); // it is gone, or the customer is
        }
        const lastPage = lastPageBefore(data);
        if (lastPage !== false) {
            return this.reloadWidget(key, { ...options, offset: lastPage });
        }
        this.show(request, data);
    }

    // === Layout === //

    /** Change the layout here at once, and on the server after a moment. */
    saveLayout(patch) {
        this.layout = applyPatch(this.layout, patch);
        this.saver.add(patch);
    }

    async sendLayout(patch) {
        const layout = await this.call("save_layout", this.kind, patch, this.layout.v);
        this.layout = this.withUnsaved(layout);
    }

    withUnsaved(layout) {
        return this.saver.pending ? applyPatch(layout, this.saver.pending) : layout;
    }

    /** Save what is not saved yet while the browser takes the page away. */
    saveOnLeaving() {
        const patch = this.saver.takeUnsaved();
        if (patch) {
            callOnLeaving("helpdesk.center", "save_layout", [this.kind, patch, this.layout.v]);
        }
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
    async changeShown(patch) {
        this.saveLayout(patch);
        await this.saver.flush();
        await this.readNew();
    }

    async resetLayout() {
        await this.saver.forget();
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
    const start = Math.floor((total - 1) / size) * size;
    return start < offset ? start : false;
}
