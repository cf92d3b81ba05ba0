from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools.mail import email_normalize, parse_contact_from_email

MAX_TICKETS = 1000
ACTS = (
    "lock",
    "unlock",
    "force_unlock",
    "close",
    "duplicate",
    "assign_to_me",
    "assign",
    "remind",
    "link",
    "link_new",
)


class HelpdeskCenter(models.AbstractModel):
    """What an agent does with the tickets that he has ticked in a list."""

    _inherit = "helpdesk.center"

    @api.model
    def ticket_action(self, ticket_ids, action, params=None):
        """Do something with tickets that are ticked in a list.

        :param ticket_ids: list of ids; those that the agent may not see are left out
        :param action: one of ``ACTS``
        :param params: dict; ``link`` and ``link_new`` need the ``partner_id``
        :return: dict with the ``message`` that tells what was done, and the ``action``
            of the dialog that asks for more
        :raise UserError: in words for the agent, if it cannot be done
        """
        self._check_agent()
        tickets = self._find_chosen(ticket_ids)
        if str(action) not in ACTS:
            raise UserError(self.env._("This cannot be done here."))
        if not tickets:
            raise UserError(self.env._("These tickets do not exist any more."))
        params = params if isinstance(params, dict) else {}
        result = getattr(self, f"_act_{action}")(tickets, params)
        return {"message": False, "action": False, **result}

    def _find_chosen(self, ticket_ids):
        if not isinstance(ticket_ids, list):
            ticket_ids = []
        ids = [one for one in ticket_ids[:MAX_TICKETS] if type(one) is int]
        tickets = self.env["helpdesk.ticket"].with_context(active_test=False)
        return tickets.search([("id", "in", ids)]).with_context(active_test=True)

    def _act_lock(self, tickets, params):
        tickets.action_lock()
        return {
            "message": self.env._(
                "Locked: %(tickets)s", tickets=self._name_tickets(tickets)
            )
        }

    def _act_unlock(self, tickets, params):
        tickets.action_unlock()
        return {
            "message": self.env._(
                "Unlocked: %(tickets)s", tickets=self._name_tickets(tickets)
            )
        }

    def _act_force_unlock(self, tickets, params):
        tickets.action_force_unlock()
        return {
            "message": self.env._(
                "Unlocked: %(tickets)s", tickets=self._name_tickets(tickets)
            )
        }

    def _act_close(self, tickets, params):
        tickets._close()
        return {
            "message": self.env._(
                "Closed: %(tickets)s", tickets=self._name_tickets(tickets)
            )
        }

    def _act_duplicate(self, tickets, params):
        copies = tickets.browse()
        for ticket in tickets:
            copies |= ticket.copy()
        return {
            "message": self.env._(
                "Created: %(tickets)s", tickets=self._name_tickets(copies)
            )
        }

    def _act_assign_to_me(self, tickets, params):
        tickets._assign(self.env.user)
        return {
            "message": self.env._(
                "Assigned to you: %(tickets)s", tickets=self._name_tickets(tickets)
            )
        }

    def _act_assign(self, tickets, params):
        return {"action": self._open_wizard("assign", tickets)}

    def _act_remind(self, tickets, params):
        return {"action": self._open_wizard("remind", tickets)}

    def _open_wizard(self, name, tickets):
        action = self.env["ir.actions.actions"]._for_xml_id(
            f"helpdesk_info_center.helpdesk_ticket_{name}_action"
        )
        context = {"active_model": "helpdesk.ticket", "active_ids": tickets.ids}
        return {**action, "context": context}

    def _act_link(self, tickets, params):
        partner = self._get_partner(params.get("partner_id"))
        if not partner:
            raise UserError(self.env._("This contact does not exist any more."))
        self._check_unlinked(tickets)
        tickets._link_to(partner)
        return {
            "message": self.env._(
                "Linked to %(contact)s: %(tickets)s",
                tickets=self._name_tickets(tickets),
                contact=partner.display_name,
            )
        }

    def _act_link_new(self, tickets, params):
        company = self._get_partner(params.get("partner_id")).commercial_partner_id
        if not company:
            raise UserError(self.env._("This customer does not exist any more."))
        self._check_unlinked(tickets)
        for of_sender in tickets.grouped(self._get_sender).values():
            of_sender._link_to(self._have_contact(company, of_sender[:1]))
        return {
            "message": self.env._(
                "Linked to contacts: %(tickets)s", tickets=self._name_tickets(tickets)
            )
        }

    def _check_unlinked(self, tickets):
        """A ticket that somebody has is not given to another customer from here."""
        taken = tickets.filtered("customer_company_id")
        if taken:
            raise UserError(
                self.env._(
                    "Somebody has linked these tickets meanwhile: %(tickets)s",
                    tickets=self._name_tickets(taken),
                )
            )

    def _get_sender(self, ticket):
        return email_normalize(ticket.partner_email) or ticket.partner_email

    def _have_contact(self, company, ticket):
        """Return the sender of a ticket as a contact of the company, made if missing.

        The agent's own right to create contacts counts.
        """
        name, email = parse_contact_from_email(ticket.partner_email or "")
        contacts = self.env["res.partner"]
        known = email_normalize(email) and contacts.search(
            [
                ("commercial_partner_id", "=", company.id),
                ("email_normalized", "=", email_normalize(email)),
            ],
            limit=1,
        )
        return known or contacts.create(
            {
                "name": ticket.partner_name or name or email,
                "email": email,
                "parent_id": company.id,
                "type": "contact",
            }
        )

    def _name_tickets(self, tickets):
        return ", ".join(tickets.mapped("number"))
