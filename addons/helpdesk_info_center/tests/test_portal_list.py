from odoo.tools import mute_logger

from .portal_common import JUNK, PortalTicketCase

NUMBER = "//table//tbody/tr/td[2]"


class TestPortalList(PortalTicketCase):
    """The list shows a customer's tickets, whatever its address says."""

    def _get_numbers(self, user, **params):
        self._sign_in(user)
        response = self.url_open("/my/tickets", params=params)
        self.assertEqual(response.status_code, 200)
        page = self.parse(response)
        return [cell.text_content().strip() for cell in page.xpath(NUMBER)]

    def _get_own(self, user):
        return self.env["helpdesk.ticket"].with_user(user).search([]).mapped("number")

    def test_customer_sees_the_tickets_of_his_company(self):
        expected = (self.tickets - self.t12).mapped("number")
        self.assertCountEqual(self._get_numbers(self.anna_user), expected)
        self.assertCountEqual(
            self._get_numbers(self.dora_user), self.beta_tickets.mapped("number")
        )

    def test_known_parameters_still_work(self):
        self.assertEqual(
            self._get_numbers(self.anna_user, search="Ticket t3", search_in="name"),
            [self.t3.number],
        )
        done = (self.t10 | self.t11).mapped("number")
        self.assertCountEqual(
            self._get_numbers(self.anna_user, filterby=self._stage("done").id), done
        )
        numbers = self._get_numbers(self.anna_user, sortby="name")
        self.assertEqual(numbers[:2], [self.t1.number, self.t10.number])
        self.assertFalse(
            self._get_numbers(
                self.anna_user, date_begin="2020-01-01", date_end="2020-12-31"
            )
        )
        self.assertEqual(len(self._get_numbers(self.anna_user, groupby="stage")), 11)

    @mute_logger("odoo.http")
    def test_junk_shows_what_the_list_shows_at_first(self):
        expected = self._get_numbers(self.anna_user)
        names = ("sortby", "filterby", "groupby", "page", "search_in")
        for name in names:
            for junk in JUNK:
                with self.subTest(name=name, junk=junk):
                    self.assertEqual(
                        self._get_numbers(self.anna_user, **{name: junk}), expected
                    )
        for junk in JUNK:
            with self.subTest(date=junk):
                dates = {"date_begin": junk, "date_end": junk}
                self.assertEqual(self._get_numbers(self.anna_user, **dates), expected)

    @mute_logger("odoo.http")
    def test_junk_is_searched_for(self):
        own = set(self._get_own(self.anna_user))
        for junk in JUNK:
            for where in ("all", "number", "name", "zzz"):
                with self.subTest(junk=junk, where=where):
                    found = self._get_numbers(
                        self.anna_user, search=junk, search_in=where
                    )
                    self.assertLessEqual(set(found), own)

    def test_wildcards_find_no_foreign_ticket(self):
        for term in ("%", "_", "HT", self.beta_tickets[0].number):
            found = self._get_numbers(self.anna_user, search=term)
            self.assertFalse(set(found) & set(self.beta_tickets.mapped("number")))

    @mute_logger("odoo.http")
    def test_junk_pages_are_the_first_or_the_last(self):
        expected = self._get_numbers(self.anna_user)
        for page in ("0", "2", "99999999999999999999"):
            response = self.open_as(self.anna_user, f"/my/tickets/page/{page}")
            self.assertEqual(response.status_code, 200)
            numbers = self.parse(response).xpath(NUMBER)
            self.assertEqual(len(numbers), len(expected))

    @mute_logger("odoo.http")
    def test_files_instead_of_parameters_are_left_out(self):
        files = [
            (name, ("a.txt", b"a"))
            for name in ("sortby", "filterby", "groupby", "search", "page", "date_end")
        ]
        response = self.post_as(self.anna_user, "/my/tickets", files=files)
        self.assertEqual(response.status_code, 200)

    def test_many_tickets_cost_as_much_as_few(self):
        few = self._count_queries()
        for _number in range(6):
            self._create_ticket(partner=self.dora)
        self.assertEqual(self._count_queries(), few)

    def _count_queries(self):
        self.open_as(self.dora_user, "/my/tickets")
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        self.url_open("/my/tickets")
        return self.env.cr.sql_log_count - before
