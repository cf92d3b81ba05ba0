from odoo.tests import tagged

from .parcel_case import ParcelCase


@tagged("-at_install", "post_install")
class TestMailMixin(ParcelCase):
    """An event is a template; who reads it gets it in his language."""

    def _create_template(self, event, **values):
        template = self.env["mail.template"].create(
            {
                "name": event,
                "model_id": self.env["ir.model"]._get_id("test.parcel"),
                "use_default_to": False,
                "subject": f"{event} {{{{ object.name }}}}",
                "body_html": "<p>x</p>",
                **values,
            }
        )
        self.env["ir.model.data"].create(
            {
                "module": "customer_portal",
                "name": f"test_parcel_mail_template_{event}",
                "model": "mail.template",
                "res_id": template.id,
            }
        )

    def _find_mails(self, subject):
        self.write_mails()
        return (
            self.env["mail.mail"].sudo().search([("subject", "=like", f"{subject}%")])
        )

    def test_a_decision_is_told_to_the_contact(self):
        self._create_template("approved", partner_to="{{ object.partner_id.id }}")
        parcel = self._parcel_of(self.anna)
        parcel.action_approve()
        mail = self._find_mails("approved").ensure_one()
        self.assertEqual(mail.subject, f"approved {parcel.name}")
        self.assertEqual(mail.recipient_ids, self.anna.partner_id)
        self.assertEqual(mail.state, "outgoing")

    def test_administrators_and_one_more_address_are_told(self):
        self._create_template("submitted")
        self.env.ref("base.user_admin").email = "admin@test.example"
        self._parcel_of(self.anna)._notify_submitted()
        mails = self._find_mails("submitted")
        self.assertEqual(
            mails.recipient_ids, self.env.ref("base.user_admin").partner_id
        )
        self.assertIn("dispatch@test.example", mails.mapped("email_to"))

    def test_a_broken_template_stands_in_nobodys_way(self):
        self._create_template("approved", partner_to="{{ object.partner_id.id }}")
        template = self.env.ref("customer_portal.test_parcel_mail_template_approved")
        self.env.cr.execute(
            "UPDATE mail_template SET subject = %s WHERE id = %s",
            ['{"en_US": "{{ object.no_such_field }}"}', template.id],
        )
        template.invalidate_recordset()
        parcel = self._parcel_of(self.anna)
        parcel.action_approve()
        event = self.env["customer.mail.event"].search([])
        logger = "odoo.addons.customer_portal.models.customer_mail_event"
        for attempt in range(1, 6):
            with self.assertLogs(logger, "WARNING"):
                event._write_now()
            self.assertEqual(event.attempts, attempt)
            self.assertEqual(bool(event.try_on), attempt < 5)
        self.assertEqual(parcel.state, "approved")
        self.assertIn("no_such_field", parcel.activity_ids.note)
        template.subject = "mended {{ object.name }}"
        self.assertTrue(self._find_mails("mended"))
        self.assertFalse(event.exists())

    def test_the_job_writes_what_was_noted(self):
        self._create_template("approved", partner_to="{{ object.partner_id.id }}")
        self._parcel_of(self.anna).action_approve()
        mails = self.env["mail.mail"].sudo()
        self.assertFalse(mails.search([("subject", "=like", "approved%")]))
        with self.enter_registry_test_mode():
            job = self.env.ref("customer_portal.customer_mail_event_cron")
            job.method_direct_trigger()
        self.assertTrue(mails.search([("subject", "=like", "approved%")]))
        self.assertFalse(self.env["customer.mail.event"].search([]))

    def test_what_was_rolled_back_is_told_to_nobody(self):
        self._create_template("approved", partner_to="{{ object.partner_id.id }}")
        parcel = self._parcel_of(self.anna)
        with self.assertRaises(ZeroDivisionError), self.env.cr.savepoint():
            parcel.action_approve()
            raise ZeroDivisionError
        self.assertFalse(self._find_mails("approved"))

    def test_what_an_uninstalled_addon_noted_holds_nobody_up(self):
        self._create_template("approved", partner_to="{{ object.partner_id.id }}")
        self.env["customer.mail.event"].create(
            {
                "audience": "customers",
                "event": "approved",
                "res_model": "no.such.model",
                "res_ids": [1],
            }
        )
        self._parcel_of(self.anna).action_approve()
        self.assertTrue(self._find_mails("approved"))
        self.assertFalse(self.env["customer.mail.event"].search([]))

    def test_an_event_without_template_is_no_error(self):
        self._parcel_of(self.anna).action_approve()
        self.assertFalse(self._find_mails("approved"))
