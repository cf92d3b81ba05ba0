from odoo import models
from odoo.fields import Command
from odoo.tools import email_normalize

LAYOUT = "mail.mail_notification_light"


class CustomerMailMixin(models.AbstractModel):
    """Something that customers and administrators are told about by mail.

    Words live in mail templates, one per event, found by their name:
    ``<addon>.<model>_mail_template_<event>``. A template that was deleted is an event
    that nobody wants to hear about. What a user does only notes the event; a job writes
    the mails (see ``customer.mail.event``), the queue sends them, and failed ones are
    tried again (see ``mail.mail``).
    """

    _name = "customer.mail.mixin"
    _description = "Mails to Customers and Administrators"

    # Failed mails about such records are tried again.
    _retry_failed_mails = True

    # === WHAT HAPPENED === #

    def _mail_customers(self, event, **context):
        """Tell the contact of each record, in the contact's language.

        :param event: last part of the template's name
        :param context: plain values that the template reads as ``ctx``
        """
        self._note_mail_events([("customers", event)], **context)

    def _mail_administrators(self, event, **context):
        """Tell those who look after each record, everybody in his own language.

        :param event: last part of the template's name
        :param context: plain values that the template reads as ``ctx``
        """
        self._note_mail_events([("administrators", event)], **context)

    def _note_mail_events(self, events, **context):
        """Tell several people at once.

        :param events: list of ``("customers" or "administrators", event)``
        """
        if not self:
            return
        # The outbox is nobody's to write but ours.
        self.env["customer.mail.event"].sudo().create(
            [
                {
                    "audience": audience,
                    "event": event,
                    "context": context,
                    "res_model": self._name,
                    "res_ids": self.ids,
                }
                for audience, event in events
            ]
        )

    # === WRITING THE MAILS, IN A JOB === #

    def _write_customer_mails(self, event, **context):
        """Put one mail per record into the queue."""
        if template := self._get_mail_template(event):
            template = template.with_context(**context)
            template.send_mail_batch(self.ids, email_layout_xmlid=LAYOUT)

    def _write_administrator_mails(self, event, **context):
        """Put one mail per record and language into the queue."""
        if template := self._get_mail_template(event):
            for record in self:
                for lang, values in record._get_administrator_mails().items():
                    template.with_context(**context, recipient_lang=lang).send_mail(
                        record.id, email_values=values, email_layout_xmlid=LAYOUT
                    )

    def _get_mail_template(self, event):
        """Return the template of an event, or an empty one."""
        xmlid = f"{self._original_module}.{self._table}_mail_template_{event}"
        template = self.env.ref(xmlid, raise_if_not_found=False)
        return template or self.env["mail.template"]

    def _get_administrator_mails(self):
        """Return the recipients of administrators' mails by language.

        :return: ``{language: values of one mail.mail}``
        """
        users, email = self._get_administrators()
        partners = users.partner_id.filtered("email")
        mails = {
            lang: {"recipient_ids": [Command.set(group.ids)], "email_to": False}
            for lang, group in partners.grouped("lang").items()
        }
        if email_normalize(email):
            lang = self.company_id.partner_id.lang
            mails.setdefault(lang, {"recipient_ids": []})["email_to"] = email
        return mails

    # === HOOKS === #

    def _get_administrators(self):
        """Return who is told about new records: ``(users, one more address or False)``.

        Override it to read the settings of the addon.
        """
        return self.env["res.users"], False

    def _get_mail_contact(self):
        """Return who reads the mails to the customer: the contact who asked.

        It is his company once he has left it, or is gone: the mail is its business.
        """
        self.ensure_one()
        contact, customer = self.partner_id, self.commercial_partner_id
        is_there = contact.active and contact.commercial_partner_id == customer
        return contact if is_there else customer

    def _get_customer_text(self):
        """Return who asked, for staff: the customer, and the contact if he has one."""
        contact, customer = self.partner_id, self.commercial_partner_id
        names = dict.fromkeys((customer.name, contact.name))
        return ", ".join(filter(None, names))

    def _get_mail_failure_user(self):
        """Return who looks after a mail that could not be delivered for good."""
        return self._get_administrators()[0][:1]
