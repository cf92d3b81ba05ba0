import uuid

from .portal_common import JUNK, PortalTicketCase

FORM = "//form[@action='/submitted/ticket']"


class TestPortalSubmitTwice(PortalTicketCase):
    """A form makes one ticket, whatever a customer or his browser repeats."""

    def setUp(self):
        super().setUp()
        company = self.env.company
        company.helpdesk_mgmt_portal_select_team = False
        company.helpdesk_mgmt_portal_select_category = False
        self.known = self._tickets()

    def _tickets(self):
        return self.env["helpdesk.ticket"].with_context(active_test=False).search([])

    def _created(self):
        return self._tickets() - self.known

    def _read_token(self, page):
        [field] = page.xpath(f"{FORM}//input[@name='form_token']")
        self.assertEqual(field.get("type"), "hidden")
        return field.get("value")

    def _open_form(self, user, url="/new/ticket"):
        return self._read_token(self.page_as(user, url))

    def _send(self, user, token, files=None, **values):
        data = {"subject": "No paper", "description": "None", "form_token": token}
        return self.post_as(user, "/submitted/ticket", data | values, files=files)

    def assertLeadsTo(self, response, ticket):  # noqa: N802 (named like its siblings)
        self.assertEqual(response.status_code, 302)
        self.assertURLEqual(response.headers["Location"], f"/my/ticket/{ticket.id}")

    def test_form_that_is_sent_twice_makes_one_ticket(self):
        token = self._open_form(self.anna_user)
        files = [("attachment", ("log.txt", b"Out of paper"))]
        answers = [self._send(self.anna_user, token, files) for _time in "12"]
        ticket = self._created()
        self.assertEqual((len(ticket), len(ticket.attachment_ids)), (1, 1))
        self.assertEqual(ticket.form_token, token)
        for answer in answers:
            self.assertLeadsTo(answer, ticket)

    def test_form_that_is_shown_again_is_the_same(self):
        token = self._open_form(self.anna_user)
        response = self._send(self.anna_user, token, subject="")
        self.assertFalse(self._created())
        self.assertEqual(self._read_token(self.parse(response)), token)
        for _time in "12":
            self.assertLeadsTo(self._send(self.anna_user, token), self._created())
        self.assertEqual(len(self._created()), 1)

    def test_form_that_was_sent_is_not_checked_again(self):
        token = self._open_form(self.anna_user)
        self._send(self.anna_user, token)
        response = self._send(self.anna_user, token, subject="")
        self.assertLeadsTo(response, self._created())

    def test_ticket_that_an_agent_has_archived_was_sent(self):
        token = self._open_form(self.anna_user)
        self._send(self.anna_user, token)
        ticket = self._created()
        ticket.active = False
        self.assertLeadsTo(self._send(self.anna_user, token), ticket)
        self.assertEqual(self._created(), ticket)

    def test_copy_of_a_ticket_was_not_sent(self):
        self._send(self.anna_user, self._open_form(self.anna_user))
        self.assertFalse(self._created().copy().form_token)

    def test_each_page_has_a_form_of_its_own(self):
        chosen = str(uuid.uuid4())
        url = f"/new/ticket?form_token={chosen}"
        tokens = {self._open_form(self.anna_user, url) for _time in "12"}
        self.assertEqual(len(tokens), 2)
        self.assertNotIn(chosen, tokens)
        for token in tokens:
            self._send(self.anna_user, token)
        self.assertEqual(len(self._created()), 2)

    def test_browser_does_not_keep_a_form_for_who_comes_back(self):
        response = self.open_as(self.anna_user, "/new/ticket")
        self.assertEqual(response.headers["Cache-Control"], "private, no-store")
        self.assertEqual(response.headers["X-Frame-Options"], "SAMEORIGIN")

    def test_token_of_somebody_else_is_no_way_to_his_ticket(self):
        """Nor does it keep one from sending a ticket."""
        token = self._open_form(self.anna_user)
        self._send(self.anna_user, token)
        annas = self._created()
        for user in (self.dora_user, self.bernd_user):
            with self.subTest(user=user.login):
                known = self._created()
                answers = [self._send(user, token) for _time in "12"]
                ticket = self._created() - known
                self.assertEqual(ticket.partner_id, user.partner_id)
                for answer in answers:
                    self.assertLeadsTo(answer, ticket)
        self.assertLeadsTo(self._send(self.anna_user, token), annas)

    def test_without_a_token_of_ours_each_form_makes_a_ticket(self):
        """So do programs that know the form of OCA only."""
        token = str(uuid.uuid4())
        wrong = (*JUNK, token.upper(), f"{token}\n", f"{token}0", f"\0{token}")
        for junk in (None, *wrong, ["", token], ["a", "b"]):
            with self.subTest(junk=junk):
                known = self._created()
                for _time in "12":
                    response = self._send(self.anna_user, junk)
                    self.assertEqual(response.status_code, 302)
                tickets = self._created() - known
                self.assertEqual(tickets.mapped("form_token"), [False, False])

    def test_file_is_no_token(self):
        files = [("form_token", ("a.txt", str(uuid.uuid4()).encode()))]
        self.assertEqual(self._send(self.anna_user, None, files).status_code, 302)
        self.assertEqual(self._created().mapped("form_token"), [False])

    def test_form_with_mistakes_and_without_a_token_gets_one(self):
        for junk in (None, "a", "\0"):
            with self.subTest(junk=junk):
                response = self._send(self.anna_user, junk, subject="")
                token = self._read_token(self.parse(response))
                self.assertEqual(str(uuid.UUID(token)), token)
