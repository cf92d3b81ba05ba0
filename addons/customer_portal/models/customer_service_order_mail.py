from odoo import models


class CustomerServiceOrder(models.Model):
    """What the mails about an order need to know."""

    _inherit = "customer.service.order"

    def _mail_customers(self, event, **context):
        """Tell the contact of each order; of several events at once, only the last."""
        self._take_back_mails_of_now()
        return super()._mail_customers(event, **context)

    def _take_back_mails_of_now(self):
        """Forget what was to be told to these contacts in the same transaction."""
        now = self.env.cr.now()
        # The outbox is nobody's to read or write but ours.
        events_sudo = self.env["customer.mail.event"].sudo()
        events_sudo = events_sudo.search(
            [
                ("res_model", "=", self._name),
                ("audience", "=", "customers"),
                ("create_date", "=", now),  # finds those of the same second
            ]
        ).filtered(lambda event: event.create_date == now)
        all_taken_back = events_sudo.filtered(
            lambda event: set(event.res_ids) <= set(self.ids)
        )
        for event in events_sudo - all_taken_back:
            event.res_ids = [it for it in event.res_ids if it not in self.ids]
        all_taken_back.unlink()

    def _get_mail_url(self, contact):
        """Return the order's page; a contact without an account opens it by its token.

        Call it with sudo.
        """
        url = self.access_url if contact.user_ids else self.get_portal_url()
        return self.get_base_url() + url

    def _get_asked_contact(self):
        """Return who is to answer; a quotation is answered by whoever has got it."""
        quotations_sudo = self.sudo().sale_order_ids
        asked_sudo = quotations_sudo.filtered(lambda it: it.state == "sent").partner_id
        return asked_sudo[:1] or self._get_mail_contact()

    def _get_mail_rows(self, for_staff=False):
        """Return what a mail says about the order: pairs of a label and a text.

        Call it with sudo. No amounts: not every contact may see them.
        """
        rows = [
            ("name", self.name),
            ("client_order_ref", self.client_order_ref),
            ("internal_ref", self.internal_ref),
            ("commercial_partner_id", for_staff and self._get_customer_text()),
            ("end_customer_name", self.end_customer_name),
            ("device_name", self.device_name),
            ("serial_number", self.serial_number),
            ("imei", self.imei),
            ("service_type_id", self.service_type_id.name),
            ("location_id", self.location_id.name),
            ("state", self._get_status_label()),
            ("issue", for_staff and self.issue),
        ]
        return [(self._get_label(name), text) for name, text in rows if text]
