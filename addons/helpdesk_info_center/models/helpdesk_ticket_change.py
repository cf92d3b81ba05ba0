from odoo import api, models

from ..tools.groups import AGENT

NOTIFICATION = "helpdesk_center/changed"
COLLECTED = "helpdesk_info_center.changed"
# More customers than this change at once only in an import: then everybody looks anew.
MAX_CUSTOMERS = 500
# This among the collected ids stands for all customers.
EVERYBODY = 0
# Centers show nothing of these.
UNSEEN = {"access_token", "color", "kanban_state", "sequence"}


class HelpdeskTicket(models.Model):
    """Open information centers learn whose tickets have changed.

    One message at the end of a transaction names the customers, and nothing of their
    tickets: each agent reads again what he may see.
    """

    _inherit = "helpdesk.ticket"

    @api.model_create_multi
    def create(self, vals_list):
        tickets = super().create(vals_list)
        tickets._note_change()
        return tickets

    def write(self, vals):
        if UNSEEN.issuperset(vals):
            return super().write(vals)
        self._note_change()
        result = super().write(vals)
        self._note_change()
        return result

    def unlink(self):
        self._note_change()
        return super().unlink()

    def _note_change(self):
        """Tell open centers of the customers of these tickets, once it is committed."""
        # The ids are of customers whose tickets the user changes right now.
        tickets = self.sudo()
        customers = tickets.customer_company_id | tickets.partner_id
        if customers:
            self._collect_changes(customers.ids)

    def _note_change_of_all(self):
        """Tell open centers to look anew, whosoever's tickets they show."""
        self._collect_changes([EVERYBODY])

    def _collect_changes(self, customer_ids):
        precommit = self.env.cr.precommit
        if COLLECTED not in precommit.data:
            precommit.data[COLLECTED] = set()
            precommit.add(self._send_changes)
        precommit.data[COLLECTED] |= {*customer_ids}

    def _send_changes(self):
        customers = self.env.cr.precommit.data.pop(COLLECTED, set())
        everything = EVERYBODY in customers or len(customers) > MAX_CUSTOMERS
        payload = {"all": True} if everything else {"ids": sorted(customers)}
        agents = self.env.ref(AGENT).sudo()
        agents._bus_send(NOTIFICATION, payload)
