"""People who write to each other about a service order."""

from .service_common import ServicePeople

MORNING = "2026-12-01 09:00:00"  # 10:00 in Berlin
REPLIED = "customer_portal.mail_activity_type_customer_replied"
COMMENT = {"message_type": "comment", "subtype_xmlid": "mail.mt_comment"}
NOTE = {"message_type": "comment", "subtype_xmlid": "mail.mt_note"}


class ServiceChat(ServicePeople):
    """What people write to an order, and who reads it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.team = cls.berlin.user_ids
        cls.order = cls._order_as(cls.anna)

    def _write(self, user, body="Is it ready?", **values):
        """Return what somebody writes, as the chat of the pages posts it."""
        order = self.order.with_user(user)
        if user.share:  # customers may read the order, not write it
            order = order.with_context(mail_post_autofollow_author_skip=True).sudo()
        return order.message_post(body=body, **(COMMENT | values))

    def _readers(self, message):
        """Return who is told about a message: names, each as often as he is told."""
        return sorted(message.notification_ids.res_partner_id.mapped("name"))

    def _activities(self):
        """Return whom “Customer replied” reminds to answer."""
        activity_type = self.env.ref(REPLIED)
        activities = self.order.sudo().activity_ids
        return activities.filtered(lambda it: it.activity_type_id == activity_type)

    def _is_pending(self):
        found = self.orders.with_user(self.erik).search(
            [("customer_reply_pending", "=", True)]
        )
        return found == self.order.with_user(self.erik)
