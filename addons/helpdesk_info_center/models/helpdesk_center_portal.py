from dataclasses import replace

from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL, Query

# So many followed tickets of other customers are listed by their ids.
MAX_FOLLOWED = 1000


class HelpdeskCenter(models.AbstractModel):
    """What a contact sees in the portal, as his center can show it."""

    _inherit = "helpdesk.center"

    def _get_login(self, partner):
        # Agents need not be allowed to look at users; whether a contact can sign in is
        # no secret to them.
        return partner.sudo().user_ids.filtered("share")[:1]

    def _get_portal_domain(self, partner):
        """Return which tickets a contact with a login sees in the portal."""
        user_sudo = self._get_login(partner)
        rules = self.env["ir.rule"].with_user(user_sudo)
        companies = {"allowed_company_ids": user_sudo.company_ids.ids}
        return Domain(
            rules.with_context(**companies)._compute_domain("helpdesk.ticket", "read")
        )

    def _get_scope_to_read(self, kind, partner_id, mode="assigned"):
        """Return a scope whose domain is quick to read several times."""
        scope = self._get_scope(kind, partner_id, mode)
        if scope and scope.mode == "accessible":
            return replace(scope, domain=self._resolve(scope.domain))
        return scope

    def _resolve(self, domain):
        """Return the same tickets, with the contacts and what they follow as ids.

        A portal rule asks for tickets of the contacts or followed by them. No index
        serves both at once, and nearly all that they follow is their own: only what is
        not is looked up, once for all widgets.
        """
        # Only ids leave here, and they narrow down what the agent may see.
        tickets_sudo = self.env["helpdesk.ticket"].sudo()
        tickets_sudo = tickets_sudo.with_context(active_test=False)
        domain = domain.optimize_full(tickets_sudo)
        queries = [one.value for one in domain.iter_conditions() if _is_query(one)]
        if len(queries) != 1:
            return domain
        own = domain.map_conditions(lambda one: _replace(one, Domain.FALSE))
        others = self.env.execute_query(
            SQL(
                "(%s) EXCEPT (%s) LIMIT %s",
                _get_select(queries[0]),
                tickets_sudo._search(own).select(),
                MAX_FOLLOWED + 1,
            )
        )
        if len(others) > MAX_FOLLOWED:
            return domain
        ids = Domain("id", "in", [ticket_id for (ticket_id,) in others])
        return domain.map_conditions(lambda one: _replace(one, ids))


def _is_query(condition):
    is_any = condition.operator in ("any", "any!")
    return is_any and condition.field_expr == "id"


def _replace(condition, other):
    return other if _is_query(condition) else condition


def _get_select(query):
    return query.select() if isinstance(query, Query) else query
