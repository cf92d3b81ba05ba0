import { Component, useState } from "@odoo/owl";
import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { ZONES } from "../center_layout";

/** Which widgets are shown and how often the page refreshes; counts once it is saved. */
export class SettingsBox extends Component {
    static template = "helpdesk_info_center.SettingsBox";
    static props = { center: Object };

    setup() {
        this.center = useState(this.props.center);
        this.dialog = useService("dialog");
        this.notification = useService("notification");
        this.state = useState({ isOpen: false, teamId: this.center.teams[0]?.[0] });
        this.edited = useState({ shown: {}, refresh: null });
    }

    get intervals() {
        return [
            [0, _t("Off")],
            ...[2, 5, 10, 15].map((minutes) => [
                minutes,
                _t("Every %(minutes)s minutes", { minutes }),
            ]),
        ];
    }

    /** In the order of the page's columns. */
    get widgets() {
        const { available } = this.center;
        return ZONES.flatMap((zone) => available.filter((widget) => widget.zone === zone));
    }

    /** What one has ticked and not saved, else what counts now, in other windows, too. */
    isShown(key) {
        return this.edited.shown[key] ?? this.center.shown.includes(key);
    }

    tick(key, isShown) {
        this.edited.shown[key] = isShown;
    }

    setRefresh(minutes) {
        this.edited.refresh = Number(minutes);
    }

    get refresh() {
        return this.edited.refresh ?? this.center.layout.refresh;
    }

    /** Only what one has changed here: another window may have changed the rest. */
    get changes() {
        const { shown, refresh } = this.edited;
        const keys = Object.keys(shown);
        return {
            show: keys.filter((key) => shown[key]),
            hide: keys.filter((key) => !shown[key]),
            ...(refresh === null ? {} : { refresh }),
        };
    }

    async save() {
        await this.center.changeShown(this.changes);
        this.forget();
        this.notification.add(_t("The settings are saved."), { type: "success" });
    }

    forget() {
        Object.assign(this.edited, { shown: {}, refresh: null });
    }

    reset() {
        this.dialog.add(ConfirmationDialog, {
            title: _t("Reset"),
            body: _t(
                "Your own order, widgets, columns and filters are forgotten, and the default of your team is shown again."
            ),
            confirmLabel: _t("Reset"),
            confirm: () => {
                this.forget();
                return this.center.resetLayout();
            },
            cancel: () => {},
        });
    }

    saveTeam() {
        const [id, name] = this.center.teams.find(([teamId]) => teamId === this.state.teamId);
        this.dialog.add(ConfirmationDialog, {
            title: _t("Team Default"),
            body: _t(
                "Your page becomes the default of the team %(team)s. Its agents see it as long as they have not arranged their own.",
                { team: name }
            ),
            confirmLabel: _t("Save as Default"),
            confirm: async () => {
                await this.center.saveTeamLayout(id);
                this.notification.add(_t("The default is saved."), { type: "success" });
            },
            cancel: () => {},
        });
    }
}
