from odoo import models
from odoo.tools import email_normalize


class CustomerMailMixin(models.AbstractModel):
    """Something that customers and administrators are told about by mail.

    Words live in mail templates, one per event, found by their name:
    ``<addon>.<model>_mail_template_<event>``. A template that was deleted is an event
    that nobody wants to hear about. Mails only enter the queue here, so a mail server
    that is down neither delays nor loses what the user did; failed ones are tried
    again (see ``mail.mail``).
    """

    _name = "customer.mail.mixin"
    _description = "Mails to Customers and Administrators"

    # Failed mails about such records are tried again.
    _retry_failed_mails = True

    def _mail_customers(self, event, **context):
        """Queue one mail per record to its contact, in the contact's language.

        :param event: last part of the template's name
        :param context: what the template can read as ``ctx``
        """
        if self and (template := self._get_mail_template(event)):
            template.with_context(**context).send_mail_batch(
                self.ids, email_layout_xmlid="mail.mail_notification_light"
            )
            self.env["mail.mail"]._trigger_queue()

    def _mail_administrators(self, event, **context):
        """Queue mails to those who look after such records, each in his language.

        :param event: last part of the template's name
        :param context: what the template can read as ``ctx``
        """
        template = self._get_mail_template(event)
        if not (self and template):
            return
        for record in self:
            for lang, email_values in record._get_administrator_mails().items():
                template.with_context(**context, recipient_lang=lang).send_mail(
                    record.id,
                    email_values=email_values,
                    email_layout_xmlid="mail.mail_notification_light",
                )
        self.env["mail.mail"]._trigger_queue()

    def _get_mail_template(self, event):
        """Return the template of an event, or an empty one."""
        xmlid = f"{self._original_module}.{self._table}_mail_template_{event}"
        # What a mail says is the administrators' choice, whoever triggers it, so it
        # is rendered with all rights.
        env_sudo = self.sudo().env
        template_sudo = env_sudo.ref(xmlid, raise_if_not_found=False)
        return template_sudo or env_sudo["mail.template"]

    def _get_administrator_mails(self):
        """Return the recipients of administrators' mails by language.

        :return: ``{language: values of one mail.mail}``
        """
        users, email = self._get_administrators()
        mails = {}
        for partner in users.partner_id.filtered("email"):
            values = mails.setdefault(partner.lang, {"recipient_ids": [], "email_to": ""})
            values["recipient_ids"].append((4, partner.id))
        if email_normalize(email):
            lang = self._get_mail_company().partner_id.lang
            values = mails.setdefault(lang, {"recipient_ids": [], "email_to": ""})
            values["email_to"] = email
        return mails

    def _get_administrators(self):
        """Return who is told about new records: ``(users, one more address or False)``.

        Override it to read the settings of the addon.
        """
        return self.env["res.users"], False

    def _get_mail_company(self):
        return self.company_id or self.env.company

    def _get_mail_failure_user(self):
        """Return who looks after a mail that could not be delivered for good."""
        return self._get_administrators()[0][:1]
