from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import PortalTransactionCase
from .fake_model_loader import FakeModelLoader


class ParcelCase(PortalTransactionCase):
    """Tests of the mixins, with a fake document: a parcel to be fetched."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        loader = FakeModelLoader(cls.env, cls.__module__)
        loader.backup_registry()
        cls.addClassCleanup(loader.restore_registry)
        from .fake_models import TestLetter, TestParcel

        models = (TestParcel, TestLetter)
        loader.update_registry(models)
        for model in models:
            cls._grant(model._name)
        cls.env.company.portal_tz = "Europe/Berlin"

    @classmethod
    def _grant(cls, model):
        """Give a model what an addon would give it: numbers and rights."""
        cls.env["ir.sequence"].create(
            {
                "name": model,
                "code": model,
                "prefix": f"{model[5].upper()}/%(range_year)s/",
                "padding": 3,
                "use_date_range": True,
                "company_id": False,
            }
        )
        model_id = cls.env["ir.model"]._get_id(model)
        for group, write in (("base.group_user", True), ("base.group_portal", False)):
            cls.env["ir.model.access"].create(
                {
                    "name": f"{model} {group}",
                    "model_id": model_id,
                    "group_id": cls.env.ref(group).id,
                    "perm_read": True,
                    "perm_write": write,
                    "perm_create": write,
                }
            )
        cls.env["ir.rule"].create(
            {
                "name": f"own company's {model}",
                "model_id": model_id,
                "domain_force": "[('commercial_partner_id', '=',"
                " user.commercial_partner_id.id)]",
                "groups": [(4, cls.env.ref("base.group_portal").id)],
            }
        )

    def _parcel_of(self, user, **values):
        values = {"partner_id": user.partner_id.id, **values}
        return self.env["test.parcel"].with_user(self.erik).create(values)


@tagged("-at_install", "post_install")
class TestStateMixin(ParcelCase):
    """A life cycle is a table, and nothing goes around it."""

    def test_a_life_begins_in_the_first_state_of_the_table(self):
        self.assertEqual(self._parcel_of(self.anna).state, "asked")

    def test_a_record_moves_as_the_table_says(self):
        parcel = self._parcel_of(self.anna)
        parcel._move_to("approved", weight=7)
        self.assertEqual((parcel.state, parcel.weight), ("approved", 7))

    def test_a_step_that_the_table_does_not_know_is_refused_in_words(self):
        parcel = self._parcel_of(self.anna)
        with self.assertRaisesRegex(
            UserError, f"{parcel.name} is “Asked for” and cannot become “Fetched”"
        ):
            parcel._move_to("fetched")

    def test_all_records_move_or_none(self):
        parcels = self._parcel_of(self.anna) | self._parcel_of(self.anna)
        parcels[1]._move_to("approved")
        with self.assertRaises(UserError):
            parcels._move_to("rejected")
        self.assertEqual(parcels.mapped("state"), ["asked", "approved"])

    def test_nobody_writes_the_state_by_hand(self):
        parcel = self._parcel_of(self.anna)
        for record in (parcel, parcel.sudo()):
            with self.assertRaisesRegex(UserError, "through its buttons only"):
                record.write({"state": "approved"})
        for forged in (True, "object", {"customer_state_writer": 1}):
            with self.subTest(forged=forged), self.assertRaises(UserError):
                parcel.with_context(customer_state_writer=forged).state = "approved"

    def test_nobody_creates_a_record_in_the_middle_of_its_life(self):
        with self.assertRaisesRegex(UserError, "starts as “Asked for”"):
            self._parcel_of(self.anna, state="approved")
        parcels = self.env["test.parcel"].with_context(default_state="approved")
        parcel = parcels.create({"partner_id": self.anna.partner_id.id})
        self.assertEqual(parcel.state, "asked")

    def test_what_has_happened_already_is_recorded_as_such(self):
        parcels = self.env["test.parcel"].with_user(self.erik)
        vals = {"partner_id": self.anna.partner_id.id}
        parcel = parcels._create_in("fetched", vals)
        self.assertEqual(parcel.state, "fetched")
        with self.assertRaises(UserError):
            parcel.state = "asked"

    def test_a_copy_begins_anew(self):
        parcel = self._parcel_of(self.anna)
        parcel._move_to("approved")
        self.assertEqual(parcel.copy().state, "asked")


@tagged("-at_install", "post_install")
class TestDocumentMixin(ParcelCase):
    """A document has a number, belongs to a customer and is sent once."""

    def test_numbers_follow_the_local_year(self):
        with freeze_time("2026-12-31 22:59:59"):
            self.assertEqual(self._parcel_of(self.anna).name, "P/2026/001")
        with freeze_time("2026-12-31 23:00:00"):
            self.assertEqual(self._parcel_of(self.anna).name, "P/2027/001")

    def test_it_keeps_its_number_when_it_is_sent_again(self):
        letters = self.env["test.letter"].with_user(self.erik)
        first, second = (
            letters.create({"partner_id": self.anna.partner_id.id}) for _ in range(2)
        )
        self.assertEqual(first.name, "/")
        with freeze_time("2026-12-31"):
            first._move_to("sent")
        self.assertEqual(first.name, "L/2026/001")
        with freeze_time("2027-01-01"):
            first._move_to("returned")
            (first | second)._move_to("sent")
        self.assertEqual((first | second).mapped("state"), ["sent", "sent"])
        self.assertEqual(first.name, "L/2026/001")
        self.assertEqual(second.name, "L/2027/001")

    def test_it_stays_with_the_company_when_the_contact_leaves(self):
        parcel = self._parcel_of(self.anna)
        self.assertEqual(parcel.commercial_partner_id, self.adler)
        self.anna.partner_id.parent_id = self.krone
        self.assertEqual(self.anna.commercial_partner_id, self.krone)
        self.assertEqual(parcel.commercial_partner_id, self.adler)

    def test_colleagues_see_it_and_strangers_do_not(self):
        parcel = self._parcel_of(self.anna)
        self.assertTrue(parcel.with_user(self.bert).name)
        with self.assertRaises(AccessError):
            parcel.with_user(self.carla).read(["name"])

    def test_customers_cannot_read_its_tokens(self):
        parcel = self._parcel_of(self.anna, form_token="x")
        parcel.sudo()._portal_ensure_token()
        for field in ("form_token", "access_token"):
            with self.subTest(field=field), self.assertRaises(AccessError):
                parcel.with_user(self.anna).read([field])
            with self.subTest(search=field), self.assertRaises(AccessError):
                self.env["test.parcel"].with_user(self.anna).search(
                    [(field, "!=", "y")]
                )

    def test_its_page_lies_under_the_path_of_the_model(self):
        parcel = self._parcel_of(self.anna)
        self.assertEqual(parcel.access_url, f"/my/parcels/{parcel.id}")

    def test_a_form_that_is_sent_again_creates_nothing(self):
        vals = {"partner_id": self.anna.partner_id.id, "form_token": "t1"}
        parcels = self.env["test.parcel"]
        parcel = parcels._create_once(vals)
        with mute_logger("odoo.sql_db"):
            self.assertFalse(parcels._create_once(vals))
        found = parcels.with_user(self.anna)._find_by_token("t1")
        self.assertEqual(found, parcel)
        self.assertFalse(parcels.with_user(self.carla)._find_by_token("t1"))
        self.assertFalse(parcels.with_user(self.anna)._find_by_token("t2"))
        self.assertEqual(parcels._get_token_url("t1"), "/my/parcels/by_token/t1")


@tagged("-at_install", "post_install")
class TestApprovalMixin(ParcelCase):
    """Staff decide once, and everybody learns who did."""

    def test_an_approval_takes_effect_once_and_says_who_decided(self):
        parcel = self._parcel_of(self.anna)
        with freeze_time("2026-12-01 09:30:00"):
            parcel.action_approve()
        self.assertEqual((parcel.state, parcel.applied), ("approved", 1))
        self.assertEqual(parcel.decided_by_id, self.erik)
        with self.assertRaisesRegex(
            UserError, r"is “Approved” already: Erik decided on 12/01/2026 10:30"
        ):
            parcel.action_approve()
        self.assertEqual(parcel.applied, 1)

    def test_what_must_not_be_approved_stays_as_it_was(self):
        parcels = self._parcel_of(self.anna) | self._parcel_of(self.anna, weight=31)
        with self.assertRaisesRegex(UserError, "Too heavy"):
            parcels.action_approve()
        self.assertEqual(parcels.mapped("state"), ["asked", "asked"])
        self.assertEqual(parcels.mapped("applied"), [0, 0])

    def test_customers_do_not_decide(self):
        parcel = self._parcel_of(self.anna).with_user(self.anna)
        for button in ("action_approve", "action_reject"):
            with self.subTest(button=button), self.assertRaises(AccessError):
                getattr(parcel, button)()

    def test_the_right_to_write_alone_is_not_enough(self):
        parcel = self._parcel_of(self.anna)
        self.patch(type(parcel), "_approval_group", "base.group_system")
        with self.assertRaisesRegex(AccessError, "Only members of the group"):
            parcel.action_approve()

    def test_a_rejection_keeps_its_reason(self):
        parcel = self._parcel_of(self.anna)
        self._reject_wizard(parcel, "Closed").action_reject()
        self.assertEqual((parcel.state, parcel.reject_reason), ("rejected", "Closed"))
        self.assertEqual(parcel.decided_by_id, self.erik)

    def test_nobody_writes_by_hand_who_decided(self):
        parcel = self._parcel_of(self.anna)
        parcel.action_approve()
        for vals in (
            {"decided_by_id": self.anna.id},
            {"decided_on": "2026-01-01"},
            {"reject_reason": "x"},
        ):
            with self.subTest(vals=vals), self.assertRaisesRegex(UserError, "by hand"):
                parcel.write(vals)
        self.assertEqual(parcel.decided_by_id, self.erik)

    def test_a_rejection_needs_a_reason(self):
        parcel = self._parcel_of(self.anna)
        with self.assertRaisesRegex(UserError, "Please give a reason"):
            self._reject_wizard(parcel, " \n").action_reject()
        self.assertEqual(parcel.state, "asked")

    def test_the_question_for_a_reason_rejects_documents_only(self):
        for model in ("res.partner", "no.such.model"):
            wizard = self.env["customer.approval.reject"].with_user(self.erik)
            wizard = wizard.create({"res_model": model, "res_ids": [1], "reason": "x"})
            with (
                self.subTest(model=model),
                self.assertRaisesRegex(UserError, "nothing to reject"),
            ):
                wizard.action_reject()

    def test_junk_is_rejected_by_rejecting_nothing(self):
        wizard = self.env["customer.approval.reject"].with_user(self.erik)
        for junk in ([0], [-1], [2**40], ["1 OR 1=1"], [{"a": 1}], "abc"):
            with self.subTest(junk=junk):
                values = {"res_model": "test.parcel", "res_ids": junk, "reason": "x"}
                wizard.create(values).action_reject()
        self.assertFalse(self.env["test.parcel"].search([("state", "=", "rejected")]))

    def test_what_was_decided_belongs_to_who_asked(self):
        parcel = self._parcel_of(self.anna)
        parcel.partner_id = self.bert.partner_id
        parcel.action_approve()
        with self.assertRaisesRegex(UserError, "“Contact” cannot change any more"):
            parcel.partner_id = self.carla.partner_id
        parcel.partner_id = self.bert.partner_id

    def _reject_wizard(self, parcel, reason):
        action = parcel.action_reject()
        wizard = self.env[action["res_model"]].with_user(self.erik)
        return wizard.with_context(**action["context"]).create({"reason": reason})


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


@tagged("-at_install", "post_install")
class TestCompanyClock(PortalTransactionCase):
    """Rules about days and hours follow the company's clock."""

    def test_the_day_is_the_companys_not_the_users(self):
        company = self.env.company.with_user(self.erik)
        company.sudo().portal_tz = "Europe/Berlin"
        self.erik.tz = "America/New_York"
        with freeze_time("2026-11-30 23:30:00"):
            self.assertEqual(company._portal_today(), fields.Date.to_date("2026-12-01"))
            self.assertEqual(company._portal_now().hour, 0)
        local = company._portal_local(
            fields.Datetime.to_datetime("2026-07-01 10:00:00")
        )
        self.assertEqual(local.hour, 12)
