from dataclasses import dataclass

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ..tools.groups import AGENT, MANAGER
from ..tools.numbers import Numbers
from ..tools.states import RUNNING

MAX_ID = 2**31 - 1


@dataclass(frozen=True)
class Scope:
    """Whose tickets are looked at: of a company, or of one of its contacts.

    ``mode`` is ``assigned``, or ``accessible``: what the contact sees in the portal.
    """

    kind: str
    partner: models.BaseModel
    mode: str
    domain: Domain


class HelpdeskCenter(models.AbstractModel):
    """The customer information center, as its page asks for it.

    Everything is read as the agent, so record rules decide what he sees and counts. A
    page names widgets, tabs and columns; it never sends a domain or a field.
    """

    _name = "helpdesk.center"
    _description = "Customer Information Center"

    @api.model
    @api.readonly
    def get_center(self, kind, partner_id, only=None, mode="assigned"):
        """Return a whole center, or the widgets ``only`` of it to bring it up to date.

        :param kind: ``company`` or ``contact``
        :param partner_id: id of the customer; a contact stands for his company
        :param only: list of keys of widgets, or None for all that are shown
        :param mode: for a contact ``assigned`` or ``accessible``
        :raise AccessError: for whoever is no helpdesk agent
        """
        self._check_agent()
        scope = self._get_scope_to_read(kind, partner_id, mode)
        if not scope:
            return {
                "missing": self.env._(
                    "This customer does not exist any more, or you may not see him."
                )
            }
        widgets = self._get_widgets(scope.kind)
        layout = self._get_layout(scope.kind, widgets)
        shown = widgets.filtered(lambda widget: widget.key not in layout["hidden"])
        if isinstance(only, list):
            shown = shown.filtered(lambda widget: widget.key in only)
        options = layout.pop("widgets")
        numbers = self._ask_numbers(scope, shown, options)
        self._ask_next_change(numbers)
        numbers = numbers.fetch()
        return {
            "kind": scope.kind,
            "mode": scope.mode,
            "has_login": scope.kind == "contact"
            and bool(self._get_login(scope.partner)),
            "partner": self._format_partner(scope.partner),
            "layout": layout,
            "available": [self._format_available(widget) for widget in widgets],
            "widgets": self._get_widget_data(scope, shown, options, numbers),
            "next_change": self._get_next_change(numbers),
            "can": self._get_rights(),
            "teams": self._get_teams(),
            "use_responsible": self.env.company.helpdesk_use_responsible,
        }

    @api.model
    @api.readonly
    def get_widget(self, kind, partner_id, key, options=None, mode="assigned"):
        """Return one widget, with another tab, page, order or filter than before.

        :param options: dict with ``tab``, ``offset``, ``size``, ``order``, ``columns``,
            ``filters``, ``search``; what does not fit is as if it was not there
        :return: dict; empty for an unknown customer or widget
        """
        self._check_agent()
        scope = self._get_scope_to_read(kind, partner_id, mode)
        widget = scope and self._get_widgets(scope.kind).filtered(
            lambda widget: widget.key == key
        )
        if not widget:
            return {}
        own = self._get_layout(scope.kind, widget)["widgets"].get(key, {})
        options = {key: {**own, **(options if isinstance(options, dict) else {})}}
        numbers = self._ask_numbers(scope, widget, options).fetch()
        return self._get_widget_data(scope, widget, options, numbers)[key]

    def _check_agent(self):
        if not self.env.user.has_group(AGENT):
            raise AccessError(
                self.env._("Only helpdesk agents can use the information center.")
            )

    def _is_manager(self):
        return self.env.user.has_group(MANAGER)

    # === WHOSE TICKETS === #

    def _get_scope(self, kind, partner_id, mode="assigned"):
        """Return what is looked at, or nothing for an unknown or foreign customer."""
        partner = self._get_partner(partner_id)
        if not partner or kind not in ("company", "contact"):
            return None
        if kind == "company":
            company = partner.commercial_partner_id
            domain = Domain("customer_company_id", "=", company.id)
            return Scope(kind, company, "assigned", domain)
        if mode == "accessible" and self._get_login(partner):
            return Scope(kind, partner, mode, self._get_portal_domain(partner))
        return Scope(kind, partner, "assigned", Domain("partner_id", "=", partner.id))

    def _get_partner(self, partner_id):
        """Return the partner with an id, archived or not, if the agent may see him."""
        partners = self.env["res.partner"].with_context(active_test=False)
        if type(partner_id) is not int or not 0 < partner_id <= MAX_ID:
            return partners
        found = partners.search_fetch([("id", "=", partner_id)])
        return found.with_context(active_test=True)

    # === WHAT THE PAGE SHOWS === #

    def _get_widgets(self, kind):
        """Return the widgets that the agent can have in a center of this kind."""
        groups = self.env.user.all_group_ids.ids
        return self.env["helpdesk.center.widget"].search_fetch(
            Domain("center", "in", (kind, "both"))
            & (Domain("group_ids", "=", False) | Domain("group_ids", "in", groups))
        )

    def _format_available(self, widget):
        return {
            "key": widget.key,
            "name": widget.name,
            "kind": widget.kind,
            "zone": widget.zone,
            "is_mandatory": widget.is_mandatory,
        }

    def _get_widget_data(self, scope, widgets, options, numbers):
        """Return ``{key: data}`` of widgets.

        Another addon adds a kind ``x`` with a method ``_get_x_data``, and one named
        ``_ask_x_numbers`` if it needs numbers of tickets.
        """
        data = {
            widget.key: {
                "key": widget.key,
                "name": widget.name,
                "kind": widget.kind,
                "is_mandatory": widget.is_mandatory,
                "fold": bool(options.get(widget.key, {}).get("fold")),
            }
            for widget in widgets
        }
        for kind, of_kind in widgets.grouped("kind").items():
            values = getattr(self, f"_get_{kind}_data")(
                scope, of_kind, options, numbers
            )
            for key in of_kind.mapped("key"):
                data[key] |= values[key]
        return data

    def _ask_numbers(self, scope, widgets, options):
        """Return all numbers that widgets need, to be read together."""
        numbers = Numbers(self.env["helpdesk.ticket"], scope.domain)
        for kind, of_kind in widgets.grouped("kind").items():
            ask = getattr(self, f"_ask_{kind}_numbers", None)
            if ask:
                ask(numbers, scope, of_kind, options)
        return numbers

    def _ask_next_change(self, numbers):
        """Ask when the next reminder is due and when the next ticket escalates."""
        now = fields.Datetime.now()
        for name, states in (
            ("pending_until", ("pending",)),
            ("escalation_date", RUNNING),
        ):
            domain = Domain("state_type", "in", states) & Domain(name, ">", now)
            numbers.earliest(("next_change", name), name, domain)

    def _get_next_change(self, numbers):
        coming = [
            numbers["next_change", "pending_until"],
            numbers["next_change", "escalation_date"],
        ]
        return fields.Datetime.to_string(min(filter(None, coming), default=None))

    def _get_rights(self):
        """Return what the agent may do, so that nothing is offered which is refused."""
        tickets, partners = self.env["helpdesk.ticket"], self.env["res.partner"]
        return {
            "create_ticket": tickets.has_access("create"),
            "write_ticket": tickets.has_access("write"),
            "create_contact": partners.has_access("create"),
            "write_contact": partners.has_access("write"),
            "manage": self._is_manager(),
        }

    def _get_teams(self):
        """Return the teams for which a manager may keep a default arrangement."""
        if not self._is_manager():
            return []
        teams = self.env["helpdesk.ticket.team"].search([("active", "=", True)])
        return [[team.id, team.display_name] for team in teams]
