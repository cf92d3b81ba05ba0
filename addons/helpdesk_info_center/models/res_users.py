from odoo import fields, models


class ResUsers(models.Model):
    _inherit = "res.users"

    helpdesk_queue_ids = fields.Many2many(
        "helpdesk.ticket.team",
        relation="helpdesk_queue_res_users_rel",
        column1="res_users_id",
        column2="helpdesk_ticket_team_id",
        string="My Queues",
        help="Teams whose tickets the tab “Tickets in My Queues” of the customer"
        " information center shows. None: the teams that you are a member of.",
    )

    @property
    def SELF_READABLE_FIELDS(self):
        return [*super().SELF_READABLE_FIELDS, "helpdesk_queue_ids"]

    @property
    def SELF_WRITEABLE_FIELDS(self):
        return [*super().SELF_WRITEABLE_FIELDS, "helpdesk_queue_ids"]

    def _get_helpdesk_queues(self):
        """Return the teams whose tickets an agent wants to see: picked, or his own."""
        return self.helpdesk_queue_ids or self.helpdesk_team_ids
