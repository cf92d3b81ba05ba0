from odoo import api, models
from odoo.exceptions import AccessError

from ..tools.layout import REFRESH_MINUTES, Layout, merge_patch

DEFAULT_REFRESH = 5


class HelpdeskCenter(models.AbstractModel):
    """How an agent has arranged his centers: one arrangement for all customers."""

    _inherit = "helpdesk.center"

    @api.model
    def save_layout(self, kind, patch, version=None):
        """Keep what an agent has changed in his arrangement; return all of it.

        Only what the patch names is changed, so that two windows of an agent do not
        undo each other. What is unknown, or not his to change, is left out.

        :param patch: dict with ``zones``, ``show`` and ``hide`` (keys of widgets),
            ``refresh`` and ``widgets``
        :param version: the ``v`` that the page had; a stale one is merged as well
        """
        self._check_agent()
        if kind not in ("company", "contact"):
            return {}
        widgets = self._get_widgets(kind)
        settings_sudo = self._get_settings()
        stored = dict(settings_sudo.helpdesk_center_layout or {})
        described, team = self._describe(widgets), self._get_team_layout().get(kind)
        stored[kind] = merge_patch(stored.get(kind), patch, described, team)
        if isinstance(patch, dict) and patch.get("refresh") in REFRESH_MINUTES:
            stored["refresh"] = patch["refresh"]
        settings_sudo.helpdesk_center_layout = stored
        return self._get_layout(kind, widgets)

    @api.model
    def reset_layout(self, kind):
        """Forget the agent's own arrangement, so that the default counts again."""
        self._check_agent()
        if kind not in ("company", "contact"):
            return {}
        settings_sudo = self._get_settings()
        stored = dict(settings_sudo.helpdesk_center_layout or {})
        if stored.pop(kind, None):
            settings_sudo.helpdesk_center_layout = stored
        return self._get_layout(kind, self._get_widgets(kind))

    @api.model
    def save_team_layout(self, kind, team_id):
        """Make the manager's own arrangement the default of a team."""
        self._check_agent()
        if not self._is_manager():
            raise AccessError(
                self.env._("Only helpdesk managers can change the default of a team.")
            )
        teams = self.env["helpdesk.ticket.team"]
        team = teams.search([("id", "=", team_id)]) if type(team_id) is int else teams
        if team and kind in ("company", "contact"):
            mine = (self._get_settings().helpdesk_center_layout or {}).get(kind) or {}
            self.env["helpdesk.center.layout.template"]._keep(team, kind, mine)
        return True

    def _get_settings(self):
        # The user's own settings, which he may change anyway.
        return self.env["res.users.settings"]._find_or_create_for_user(self.env.user)

    def _get_layout(self, kind, widgets):
        """Return the arrangement that counts: the agent's, his team's, the default."""
        settings_sudo = self.env.user.sudo().res_users_settings_ids
        stored = settings_sudo.helpdesk_center_layout or {}
        template = self._get_team_layout().get(kind)
        layout = Layout(self._describe(widgets), stored.get(kind), template)
        return {
            "v": layout.version,
            "zones": layout.zones,
            "hidden": layout.hidden,
            "widgets": layout.widgets,
            "refresh": stored.get("refresh", DEFAULT_REFRESH),
        }

    def _get_team_layout(self):
        templates = self.env["helpdesk.center.layout.template"].search(
            [("team_id", "in", self.env.user.helpdesk_team_ids.ids)], limit=1
        )
        return templates.layout or {}

    def _describe(self, widgets):
        """Return ``{key: (zone, is_shown, is_mandatory)}`` in the default order."""
        return {
            widget.key: (widget.zone, widget.is_shown, widget.is_mandatory)
            for widget in widgets
        }
