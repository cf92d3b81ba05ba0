from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError


class HelpdeskTicket(models.Model):
    """A form of the portal makes one ticket, however often it is sent."""

    _inherit = "helpdesk.ticket"

    form_token = fields.Char(
        copy=False,
        groups="base.group_user",
        help="Of the form in the portal that the ticket was sent with.",
    )

    # Per user: who gets hold of a token of somebody else can do nothing with it.
    _form_token_uniq = models.UniqueIndex(
        "(form_token, create_uid) WHERE form_token IS NOT NULL",
        "This form was sent already.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Create tickets.

        :raise ConcurrencyError: another request has just created the ticket of the same
            form, which this transaction cannot see; the server repeats the request,
            and that finds it
        """
        try:
            return super().create(vals_list)
        except UniqueViolation as error:
            if error.diag.constraint_name != f"{self._table}_form_token_uniq":
                raise
            raise ConcurrencyError(str(error)) from error

    def _find_by_token(self, token):
        """Return the ticket that the user has sent with a form already, if any.

        Call it with sudo: the token is no field that a customer may read, and an
        archived ticket has been sent, too.
        """
        if not token:  # the database would find a ticket without one
            return self.browse()
        return self.with_context(active_test=False).search(
            [("form_token", "=", token), ("create_uid", "=", self.env.uid)]
        )
