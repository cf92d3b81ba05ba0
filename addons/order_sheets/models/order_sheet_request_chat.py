from odoo import fields, models
from odoo.tools import SQL

from odoo.addons.customer_portal.models.customer_chat_mixin import WRITTEN


class OrderSheetRequest(models.Model):
    """What staff have written and the customer has not read yet.

    All contacts of a customer share an order, and so what is new in it.
    """

    _inherit = "order.sheet.request"

    customer_seen_at = fields.Datetime(
        string="Read by the Customer on",
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="When somebody of the customer has opened the page of the order last.",
    )
    # Moments have seconds only, in which two messages may be written.
    customer_seen_message_id = fields.Integer(
        readonly=True, copy=False, groups="base.group_user"
    )

    def _note_seen(self):
        """Note that the customer has read all there is by now; call it with sudo."""
        newest = self._get_newest_messages()
        for request in self:
            request.write(
                {
                    "customer_seen_at": fields.Datetime.now(),
                    "customer_seen_message_id": newest.get(request.id, 0),
                }
            )

    def _get_newest_messages(self):
        """Return the id of the last message of each request, whoever wrote it."""
        groups = self.env["mail.message"]._read_group(
            [("model", "=", self._name), ("res_id", "in", self.ids)],
            ["res_id"],
            ["id:max"],
        )
        return dict(groups)

    def _get_unread_counts(self):
        """Return how many messages of staff the customer has not seen.

        Call it on requests that the reader may see. Notes of staff and what the server
        writes are no messages.

        :return: ``{id: number}``, without those that have none
        """
        if not self.ids:
            return {}
        self.env["mail.message"].flush_model()
        self.flush_recordset(["customer_seen_message_id"])
        return dict(self.env.execute_query(self._get_unread_query()))

    def _get_unread_query(self):
        return SQL(
            """
            SELECT message.res_id, COUNT(*)
              FROM mail_message message
              JOIN mail_message_subtype subtype ON subtype.id = message.subtype_id
              JOIN order_sheet_request request ON request.id = message.res_id
             WHERE message.model = %(model)s
               AND message.res_id IN %(ids)s
               AND message.message_type IN %(written)s
               AND message.is_internal IS NOT TRUE
               AND subtype.internal IS NOT TRUE
               AND message.id > COALESCE(request.customer_seen_message_id, 0)
               AND EXISTS (
                   SELECT FROM res_users staff
                    WHERE staff.partner_id = message.author_id
                      AND staff.share IS NOT TRUE
               )
             GROUP BY message.res_id
            """,
            model=self._name,
            ids=tuple(self.ids),
            written=WRITTEN,
        )
