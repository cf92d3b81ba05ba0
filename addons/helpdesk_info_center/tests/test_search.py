"""Finding a customer: by whatever an agent hears on the phone."""

from unittest.mock import patch

from odoo.exceptions import AccessError

from ..models import helpdesk_center_search as search
from .common import CenterCase


class TestSearch(CenterCase):
    def find(self, term, user=None, **options):
        return self.center_as(user or self.agent_a).search_customers(term, **options)

    def names(self, term, **options):
        return [row["name"] for row in self.find(term, **options)["rows"]]

    def test_less_than_two_characters_find_nothing(self):
        for term in ("", "M", "*", " M ", None, 5, ["MU"], "\x00M"):
            with self.subTest(term=term):
                self.assertEqual(
                    self.find(term), {"total": 0, "more": False, "rows": []}
                )

    def test_two_letters_are_found_where_a_word_begins(self):
        self.assertIn("Muster GmbH", self.names("MU"))
        self.assertIn("Muster GmbH", self.names("gm"))
        self.assertNotIn("Muster GmbH", self.names("us"))

    def test_three_letters_are_found_anywhere(self):
        self.assertIn("Muster GmbH", self.names("ust"))

    def test_hit_tells_active_and_escalated_tickets(self):
        (hit,) = self.find("MUS-001")["rows"]
        self.assertEqual(
            (hit["id"], hit["kind"], hit["open"], hit["escalated"]),
            (self.muster.id, "company", 9, 2),
        )

    def test_hits_count_what_the_agent_may_see(self):
        (hit,) = self.find("MUS-001", self.agent_b)["rows"]
        self.assertEqual((hit["open"], hit["escalated"]), (3, 1))

    def test_star_stands_for_anything(self):
        for term in ("mus*gm", "*ster gm", "m*gmbh"):
            with self.subTest(term=term):
                self.assertEqual(self.names(term, kind="company"), ["Muster GmbH"])

    def test_company_comes_before_its_contacts(self):
        self.assertEqual(
            self.names("muster gm"),
            ["Muster GmbH", "Anna Adam", "Bernd Bach", "Cora Carl"],
        )

    def test_two_stars_list_all_customers_page_by_page(self):
        companies = self.env["res.partner"].create(
            [{"name": f"Company {n}", "is_company": True} for n in range(25)]
        )
        first = self.find("**")
        self.assertEqual(len(first["rows"]), 20)
        self.assertGreaterEqual(first["total"], 27)
        found, offset = [], 0
        while offset < first["total"]:
            found += [row["id"] for row in self.find("**", offset=offset)["rows"]]
            offset += 20
        self.assertEqual(len({*found}), first["total"])
        self.assertLessEqual({*companies.ids, self.muster.id, self.beta.id}, {*found})
        self.assertNotIn(self.anna.id, found)

    def test_very_many_hits_are_not_counted_on_but_paged_through(self):
        companies = self.env["res.partner"].create(
            [{"name": f"Quux {n}", "is_company": True} for n in range(45)]
        )
        with patch(f"{search.__name__}.MAX_COUNTED", 22):
            pages = [self.find("quux", offset=offset) for offset in (0, 20, 40, 60)]
            companies[22:].active = False
            whole = self.find("quux")
        self.assertEqual(
            [(page["total"], page["more"], len(page["rows"])) for page in pages],
            [(22, True, 20), (40, True, 20), (45, False, 5), (45, False, 0)],
        )
        found = [row["id"] for page in pages for row in page["rows"]]
        self.assertEqual(sorted(found), sorted(companies.ids))
        self.assertEqual((whole["total"], whole["more"]), (22, False))

    def test_two_stars_list_a_person_who_has_tickets_and_no_company(self):
        person, other = self.env["res.partner"].create(
            [{"name": "Paula Privat"}, {"name": "Otto Ohne"}]
        )
        self._create_ticket(partner=person)
        found = self.names("**", limit=80)
        self.assertIn("Paula Privat", found)
        self.assertNotIn("Otto Ohne", found)

    def test_contact_is_found_with_his_company(self):
        (hit,) = self.find("anna ad")["rows"]
        self.assertEqual(
            (hit["kind"], hit["company"], hit["email"]),
            ("contact", [self.muster.id, "Muster GmbH"], "anna@muster.example"),
        )

    def test_everything_that_identifies_a_customer_is_searched(self):
        self.muster.write({"vat": "DE123456788", "phone": "+49 941 778899"})
        for term in ("DE123456788", "778899", "MUS-001"):
            with self.subTest(term=term):
                self.assertEqual(self.names(term, kind="company"), ["Muster GmbH"])
        self.assertEqual(self.names("bernd@muster"), ["Bernd Bach"])

    def test_number_of_a_ticket_finds_its_customer_and_contact(self):
        self.assertEqual(self.names(self.t3.number), ["Muster GmbH", "Anna Adam"])

    def test_number_of_a_ticket_is_found_however_it_is_written(self):
        for term in (self.t3.number.lower(), f"{self.t3.number[:-1]}*"):
            with self.subTest(term=term):
                self.assertLessEqual(
                    {"Muster GmbH", "Anna Adam"}, {*self.names(term, limit=80)}
                )

    def test_whole_number_of_a_ticket_is_looked_up_before_parts_of_it(self):
        Center = type(self.env["helpdesk.center"])
        with patch.object(
            Center, "_find_tickets", autospec=True, side_effect=Center._find_tickets
        ) as find:
            self.find(self.t3.number)
            self.find("no1")
        self.assertEqual(
            [call.args[1] for call in find.mock_calls], ["in", "in", "=ilike"]
        )

    def test_number_of_a_ticket_that_the_agent_may_not_see_finds_nobody(self):
        self.assertEqual(self.names(self.t3.number, user=self.agent_b), [])

    def test_signs_of_sql_are_letters_as_others(self):
        for term in ("%%", "__", "%_", "\\\\", "M_ster", "') OR 1=1--", "'\""):
            with self.subTest(term=term):
                self.assertEqual(self.find(term)["total"], 0)

    def test_long_terms_find_nothing(self):
        self.assertEqual(self.find("m" * 4000)["total"], 0)

    def test_junk_pages_are_the_first_one(self):
        for offset, limit in ((-1, 0), ("x", None), (2**70, 10**9), (1.5, True)):
            with self.subTest(offset=offset, limit=limit):
                self.assertIn("rows", self.find("mus", offset=offset, limit=limit))

    def test_two_stars_list_all_contacts_where_contacts_are_searched(self):
        person = self.env["res.partner"].create({"name": "Paula Privat"})
        found = {row["id"] for row in self.find("**", kind="contact", limit=80)["rows"]}
        self.assertLessEqual({*(self.anna | self.bernd | person).ids}, found)
        self.assertNotIn(self.muster.id, found)
        self.assertEqual(self.names("paula", kind="contact"), ["Paula Privat"])

    def test_half_a_character_is_nothing(self):
        self.assertEqual(self.find("\ud800")["total"], 0)
        (hit, *_others) = self.find("MUS-001\ud800")["rows"]
        self.assertEqual(hit["id"], self.muster.id)

    def test_kind_narrows_the_hits_down(self):
        self.assertEqual(self.names("muster.example", kind="company"), [])
        self.assertEqual(
            self.names("muster", kind="company"),
            ["Muster GmbH"],
        )
        self.assertEqual(len(self.names("muster.example", kind="contact")), 3)

    def test_portal_users_and_other_employees_cannot_search(self):
        for user in (self.anna_user, self.employee):
            with self.assertRaises(AccessError):
                self.find("muster", user)

    def test_customers_visited_last_come_first(self):
        center = self.center_as(self.agent_a)
        center.note_visit(self.muster.id)
        self.env.cr.execute("UPDATE helpdesk_center_visit SET last_seen = '2026-01-01'")
        center.note_visit(self.beta.id)
        center.note_visit(self.beta.id)
        self.assertEqual(
            [row["name"] for row in center.recent()], ["Beta AG", "Muster GmbH"]
        )
        self.assertEqual(self.center_as(self.agent_b).recent(), [])

    def test_eight_recent_customers_are_offered(self):
        center = self.center_as(self.agent_a)
        companies = self.env["res.partner"].create(
            [{"name": f"Company {n}", "is_company": True} for n in range(10)]
        )
        for company in companies:
            center.note_visit(company.id)
        self.assertEqual(len(center.recent()), 8)

    def test_visit_of_nobody_is_not_noted(self):
        center = self.center_as(self.agent_a)
        for partner_id in (0, "x", None, 2**40):
            center.note_visit(partner_id)
        self.assertEqual(center.recent(), [])

    def test_searched_columns_have_an_index_for_parts_of_words(self):
        self.env.cr.execute(
            "SELECT indexdef FROM pg_indexes WHERE indexname LIKE '%center_%_idx'"
            " AND tablename = 'res_partner'"
        )
        definitions = " ".join(row for (row,) in self.env.cr.fetchall())
        for column in ("complete_name", "email", "ref", "vat", "phone"):
            self.assertRegex(definitions, rf"USING gin \(\(?.*{column}.*gin_trgm_ops")
