from odoo.tests import new_test_user

from .common import CenterCase

COUNTS = (
    "helpdesk_ticket_count",
    "helpdesk_ticket_active_count",
    "helpdesk_ticket_count_string",
)


class TestPartnerCount(CenterCase):
    """The numbers on a partner's form, which OCA counts ticket by ticket."""

    def _get_counts(self, partners, user=None):
        partners = partners.with_user(user or self.manager)
        partners.invalidate_recordset(COUNTS)
        return dict(
            zip(
                partners.mapped("name"),
                partners.mapped("helpdesk_ticket_count_string"),
                strict=True,
            )
        )

    def test_company_counts_the_tickets_of_its_contacts(self):
        people = self.muster | self.anna | self.bernd | self.cora | self.beta
        self.assertEqual(
            self._get_counts(people),
            {
                "Muster GmbH": "9 / 11",
                "Anna Adam": "4 / 5",
                "Bernd Bach": "4 / 5",
                "Cora Carl": "1 / 1",
                "Beta AG": "2 / 2",
            },
        )

    def test_numbers_are_those_of_the_string(self):
        self.assertRecordValues(
            self.muster.with_user(self.manager),
            [{"helpdesk_ticket_count": 11, "helpdesk_ticket_active_count": 9}],
        )

    def test_every_level_counts_what_is_below(self):
        partners = self.env["res.partner"]
        office = partners.create({"name": "Office", "parent_id": self.anna.id})
        desk = partners.create({"name": "Desk", "parent_id": office.id})
        self._create_ticket(partner=desk)
        self.assertEqual(
            self._get_counts(desk | office | self.anna | self.muster),
            {
                "Desk": "1 / 1",
                "Office": "1 / 1",
                "Anna Adam": "5 / 6",
                "Muster GmbH": "10 / 12",
            },
        )

    def test_agent_counts_what_he_may_see(self):
        self.assertEqual(
            self._get_counts(self.muster, self.agent_b), {"Muster GmbH": "3 / 4"}
        )
        self.assertEqual(
            self._get_counts(self.muster, self.agent_c), {"Muster GmbH": "3 / 3"}
        )
        self.assertEqual(
            self._get_counts(self.muster, self.employee), {"Muster GmbH": "0 / 0"}
        )

    def test_customer_counts_his_tickets(self):
        self.assertEqual(
            self._get_counts(self.muster, self.anna_user), {"Muster GmbH": "9 / 11"}
        )

    def test_archived_contacts_count_and_archived_tickets_do_not(self):
        self.cora.active = False
        self.assertEqual(self._get_counts(self.muster), {"Muster GmbH": "9 / 11"})
        counts = self._get_counts(self.muster.with_context(active_test=False))
        self.assertEqual(counts, {"Muster GmbH": "9 / 12"})

    def test_new_partner_has_no_tickets(self):
        partner = self.env["res.partner"].with_user(self.manager).new({"name": "New"})
        self.assertEqual(partner.helpdesk_ticket_count_string, "0 / 0")

    def test_form_shows_the_number_while_it_is_edited(self):
        edited = self.muster.with_user(self.manager)
        draft = edited.new({"name": "Muster AG"}, origin=edited)
        self.assertEqual(draft.helpdesk_ticket_count_string, "9 / 11")

    def test_stage_of_another_company_is_no_hindrance(self):
        company = self.env["res.company"].create({"name": "Other"})
        self._stage("done").company_id = company
        user = new_test_user(
            self.env,
            login="other@center.example",
            groups="helpdesk_mgmt.group_helpdesk_manager",
        )
        self.assertEqual(self._get_counts(self.muster, user), {"Muster GmbH": "9 / 11"})

    def test_number_of_queries_does_not_grow(self):
        few = self._count_queries(self.beta | self.dora)
        self.assertLessEqual(few, 6)
        for number in range(20):
            contact = self.env["res.partner"].create(
                {"name": f"Contact {number}", "parent_id": self.muster.id}
            )
            self._create_ticket(partner=contact)
        partners = self.muster | self.muster.child_ids | self.beta | self.beta.child_ids
        self.assertEqual(self._count_queries(partners), few)

    def test_no_ticket_is_loaded(self):
        self.env.flush_all()
        self.env.invalidate_all()
        partner = self.muster.with_user(self.manager)
        self.assertEqual(partner.helpdesk_ticket_count, 11)
        field = self.env["helpdesk.ticket"]._fields["stage_id"]
        self.assertFalse(list(self.env.transaction.field_data.get(field, ())))

    def _count_queries(self, partners):
        partners = partners.with_user(self.manager)
        partners.invalidate_recordset(COUNTS)
        partners.mapped("helpdesk_ticket_count")  # caches of the user's rights
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        partners.mapped("helpdesk_ticket_count_string")
        return self.env.cr.sql_log_count - before
