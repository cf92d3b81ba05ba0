import { Component, useEffect, useState } from "@odoo/owl";
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
        this.state = useState({ isOpen: false, shown: {}, refresh: 0, teamId: 0 });
        useEffect(
            () => this.read(),
            () => [this.center.shown.toSorted().join(), this.center.layout.refresh]
        );
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

    /**
     * Start from what counts now, also after a widget was closed by its header; but a
     * refresh in the background leaves alone what one has ticked and not saved.
     */
    read() {
        const { layout, available, shown, teams } = this.center;
        this.state.shown = Object.fromEntries(
            available.map(({ key }) => [key, shown.includes(key)])
        );
        this.state.refresh = layout.refresh;
        this.state.teamId ||= teams[0]?.[0];
    }

    get hidden() {
        return this.center.available
            .filter((widget) => !widget.is_mandatory && !this.state.shown[widget.key])
            .map((widget) => widget.key);
    }

    async save() {
        await this.center.setHidden(this.hidden, { refresh: this.state.refresh });
        this.notification.add(_t("The settings are saved."), { type: "success" });
    }

    reset() {
        this.dialog.add(ConfirmationDialog, {
            title: _t("Reset"),
            body: _t(
                "Your own order, widgets, columns and filters are forgotten, and the default of your team is shown again."
            ),
            confirmLabel: _t("Reset"),
            confirm: () => this.center.resetLayout(),
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
