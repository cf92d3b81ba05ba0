from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common import TUESDAY_MORNING, ContainerCase

GROUP_USER = "container_rental.container_rental_group_user"
SEPARATE_MODELS = (
    "container.type",
    "container.container",
    "container.movement",
    "container.rental",
    "container.request",
    "container.delivery.exception",
)


class TwoCompanies(ContainerCase):
    """A second laundry, where Nora decides, with the container B-001."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.branch = cls.env["res.company"].create(
            {"name": "Second Laundry", "portal_tz": "Europe/Berlin"}
        )
        cls.nora = cls._create_user(
            "Nora",
            GROUP_USER,
            company_id=cls.branch.id,
            company_ids=[(6, 0, cls.branch.ids)],
        )
        cls.b1 = cls.env["container.container"].create(
            {
                "name": "B-001",
                "type_id": cls.type_1000.id,
                "company_id": cls.branch.id,
            }
        )

    def _issued_by_branch(self, delivery_date="2026-12-03"):
        """Return the rental of a request that Nora typed in, for Gasthof Krone."""
        request = self.env["container.request"].with_user(self.nora)
        request = request.create(
            {
                "partner_id": self.carla.partner_id.id,
                "type_id": self.type_1000.id,
                "delivery_date": delivery_date,
            }
        )
        request.action_approve()
        request.action_issue()
        return request.rental_ids


@tagged("-at_install", "post_install")
class TestCompanies(TwoCompanies):
    """Two companies in one database know nothing of each other's containers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        case = cls()
        with freeze_time(TUESDAY_MORNING):
            own = case._issued_as(cls.anna)
            other = case._issued_by_branch()
        cls.own = cls._belongings(cls.company, own)
        cls.other = cls._belongings(cls.branch, other)

    @classmethod
    def _belongings(cls, company, rental):
        """Return one record of each model that belongs to a company."""
        records = [
            cls.env["container.type"].create(
                {"name": f"of {company.name}", "company_id": company.id}
            ),
            rental.container_id,
            rental.container_id.movement_ids[:1],
            rental,
            rental.request_id,
            cls.env["container.delivery.exception"].create(
                {"name": "Fair", "date": "2026-12-03", "company_id": company.id}
            ),
        ]
        return {record._name: record.with_env(cls.env) for record in records}

    def assertSeen(self, user, seen, hidden, companies=None):  # noqa: N802
        """Check what a user finds and reads, and what neither way."""
        context = {"allowed_company_ids": companies.ids} if companies else {}
        self.assertEqual({*seen, *hidden}, {*SEPARATE_MODELS})
        for records, is_seen in ((seen, True), (hidden, False)):
            for model, record in records.items():
                with self.subTest(model=model, seen=is_seen):
                    self.assertTrue(record)
                    record = record.with_user(user).with_context(**context)
                    found = record.search([("id", "=", record.id)])
                    self.assertEqual(found, record if is_seen else found.browse())
                    if is_seen:
                        self.assertTrue(record.read(["company_id"]))
                    else:
                        with self.assertRaises(AccessError):
                            record.read(["company_id"])

    def test_staff_see_what_is_their_companys_alone(self):
        self.assertSeen(self.erik, self.own, self.other)
        self.assertSeen(self.nora, self.other, self.own)

    def test_who_works_for_both_sees_those_he_has_chosen(self):
        self.erik.company_ids |= self.branch
        both = self.company | self.branch
        self.assertSeen(self.erik, self.own, self.other, companies=self.company)
        self.assertSeen(self.erik, self.other, self.own, companies=self.branch)
        for records in (self.own, self.other):
            self.assertSeen(self.erik, records, {}, companies=both)

    def test_nobody_chooses_a_company_that_is_not_his(self):
        for user, company in ((self.erik, self.branch), (self.nora, self.company)):
            for model in SEPARATE_MODELS:
                records = self.env[model].with_user(user)
                records = records.with_context(allowed_company_ids=company.ids)
                with self.subTest(model=model), self.assertRaises(AccessError):
                    records.search([])

    def test_types_without_company_are_everybodys(self):
        for user in (self.erik, self.nora, self.anna):
            types = self.env["container.type"].with_user(user).search([])
            self.assertLessEqual(self.type_1000 | self.type_600, types)

    def test_customers_see_what_they_have_from_their_laundry(self):
        for user in (self.anna, self.bert):
            for model in ("container.rental", "container.request"):
                with self.subTest(user=user.name, model=model):
                    found = self.env[model].with_user(user).search([])
                    self.assertEqual(found, self.own[model])
        types = self.env["container.type"].with_user(self.anna).search([])
        self.assertIn(self.own["container.type"], types)
        self.assertNotIn(self.other["container.type"], types)


@tagged("-at_install", "post_install")
class TestMailsOfCompanies(TwoCompanies):
    """Each company tells its own people, at its own hour, about its own containers."""

    def _run_reminders(self, now):
        """Run the hourly job at a moment (UTC) and return whom it wrote to."""
        self.env["mail.mail"].sudo().search([]).unlink()
        with freeze_time(now), self.enter_registry_test_mode():
            self.env.ref("container_rental.ir_cron_remind").method_direct_trigger()
            self.write_mails()
        return self.env["mail.mail"].sudo().search([]).recipient_ids

    def test_without_administrators_only_members_in_that_company_are_told(self):
        self.company.container_admin_user_ids = False
        colleague = self._create_user("Ivo", "base.group_user")
        visitor = self._create_portal_user("Vera", self.adler)
        users, _email = self.company._get_container_administrators()
        self.assertLessEqual(self.erik | self.marta, users)
        self.assertFalse(users & (self.nora | colleague | visitor))
        users, _email = self.branch._get_container_administrators()
        self.assertIn(self.nora, users)
        self.assertFalse(users & (self.erik | self.marta))

    def test_request_is_told_to_nobody_of_the_other_company(self):
        self.company.container_admin_user_ids = False
        self._request_as(self.anna)
        recipients = self._mails("New container request").recipient_ids
        self.assertIn(self.erik.partner_id, recipients)
        self.assertNotIn(self.nora.partner_id, recipients)

    def test_one_address_of_the_company_spares_the_whole_group(self):
        self.company.container_admin_user_ids = False
        self.company.container_admin_email = "lorry@test.example"
        users, email = self.company._get_container_administrators()
        self.assertFalse(users)
        self.assertEqual(email, "lorry@test.example")

    def test_job_reminds_in_the_company_where_it_is_morning(self):
        self.branch.portal_tz = "America/New_York"
        self.branch.container_admin_user_ids = self.nora
        with freeze_time("2026-12-03 12:00:00"):
            own, other = self._issued_as(self.anna), self._issued_by_branch()
            self.write_mails()
        other.return_due = own.return_due
        in_berlin = self.anna.partner_id | self.erik.partner_id
        in_new_york = self.carla.partner_id | self.nora.partner_id
        self._run_reminders("2026-12-17 09:00:00")  # the reminder before
        with self.subTest(hour="10:00 in Berlin, 04:00 in New York"):
            self.assertEqual(self._run_reminders("2026-12-18 09:00:00"), in_berlin)
        with self.subTest(hour="12:00 in Berlin, 06:00 in New York"):
            self.assertEqual(self._run_reminders("2026-12-18 11:00:00"), in_new_york)

    def test_each_company_reminds_so_many_days_before_as_it_says(self):
        with freeze_time("2026-12-03 12:00:00"):
            own, other = self._issued_as(self.anna), self._issued_by_branch()
            self.write_mails()
        other.return_due = own.return_due
        self.branch.container_reminder_days = 0
        reminded = self._run_reminders("2026-12-15 10:00:00")
        self.assertEqual(reminded, self.anna.partner_id)
