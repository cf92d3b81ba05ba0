from lxml import html

from odoo.tests import freeze_time

from .change_common import ChangePeople
from .common import PortalTransactionCase

MORNING = "2026-12-01 09:00:00"  # 10:00 in Berlin
REMARK = "Our invoices go there. <b>Thanks!</b>"


class MailReader(ChangePeople, PortalTransactionCase):
    """Reads the queued mails as their recipients do."""

    def _mails(self, subject):
        """Return the queued mails whose subject contains a text."""
        self.write_mails()
        return self.env["mail.mail"].sudo().search([("subject", "ilike", subject)])

    def _rows(self, mail, heading):
        """Return the rows of the table that has a heading, the headings first."""
        body = html.fromstring(mail.ensure_one().body_html)
        [table] = body.xpath(f"//table[tr/th='{heading}' or tbody/tr/th='{heading}']")
        return [
            tuple(" ".join(cell.text_content().split()) for cell in row)
            for row in table.iter("tr")
        ]

    def _facts(self, mail):
        """Return what a mail says about the request: ``{name: text}``."""
        body = html.fromstring(mail.ensure_one().body_html)
        rows = body.xpath("//table[.//td='Number'][not(.//table)]//tr")
        texts = [[" ".join(td.text_content().split()) for td in tr] for tr in rows]
        return dict(texts)

    def _ask_to_move(self, **values):
        return self._ask(self.anna, self.adler, street="Neue Str. 5", **values)

    def _decide(self, request, **decisions):
        """Decide line by line: ``{field: reason of the rejection, or False}``."""
        request = request.with_user(self.erik)
        for line in request.line_ids:
            reason = decisions[line.field_name]
            line.decision = "rejected" if reason else "approved"
            line.reason = reason
        request.action_decide()


@freeze_time(MORNING)
class TestAdministratorMails(MailReader):
    """What administrators read when customers ask, change their minds, or wait."""

    def test_a_new_request_with_all_that_is_asked_for(self):
        details = {"remark": REMARK, "effective_date": "2026-12-24"}
        request = self._ask(
            self.anna, self.adler, details, street="Neue Str. 5", zip="93059"
        )
        mail = self._mails("New change request").ensure_one()
        self.assertEqual(
            mail.subject, f"New change request {request.name} from Hotel Adler GmbH"
        )
        self.assertEqual(
            self._facts(mail),
            {
                "Number": request.name,
                "Customer": "Hotel Adler GmbH (Anna)",
                "Subject": "Change: Hotel Adler GmbH",
                "Valid from": "12/24/2026",
                "Remark": REMARK,
            },
        )
        self.assertEqual(
            self._rows(mail, "Before"),
            [
                ("Field", "Before", "New"),
                ("Street", "Marktplatz 1", "Neue Str. 5"),
                ("Zip", "93047", "93059"),
            ],
        )
        link = f"/mail/view?model=customer.change.request&amp;res_id={request.id}"
        self.assertIn(link, mail.body_html)

    def test_each_administrator_gets_one_mail(self):
        self.company.change_admin_user_ids |= self.marta
        self._ask_to_move()
        self.write_mails()
        for user in (self.erik, self.marta):
            told = [("recipient_ids", "in", user.partner_id.ids)]
            mails = self.env["mail.mail"].sudo().search(told)
            self.assertEqual(len(mails), 1, mails.mapped("subject"))

    def test_nothing_is_written_within_the_click(self):
        before = self.env["mail.mail"].sudo().search_count([])
        request = self._ask_to_move()
        request.with_user(self.erik).action_approve()
        self.assertEqual(self.env["mail.mail"].sudo().search_count([]), before)
        self.write_mails()
        mails = self.env["mail.mail"].sudo().search([], order="id desc", limit=3)
        self.assertEqual(set(mails.mapped("state")), {"outgoing"}, "the queue sends")

    def test_one_more_address_is_told_too(self):
        self.company.change_admin_email = "office@test.example"
        self._ask_to_move()
        mail = self._mails("New change request").ensure_one()
        self.assertEqual(mail.email_to, "office@test.example")
        self.assertEqual(mail.recipient_ids, self.erik.partner_id)

    def test_without_administrators_all_approvers_are_told(self):
        self.company.change_admin_user_ids = False
        self._ask_to_move()
        recipients = self._mails("New change request").recipient_ids
        self.assertLessEqual((self.erik | self.marta).partner_id, recipients)

    def test_documents_that_bear_the_present_name_are_counted(self):
        self.patch(
            type(self.requests),
            "_count_documents",
            lambda request: [("Posted invoices", 3)],
        )
        self._ask(self.anna, self.adler, name="Adler AG")
        facts = self._facts(self._mails("New change request"))
        self.assertEqual(facts["Present data are on"], "Posted invoices: 3")
        facts = self._facts(self._mails("We received"))
        self.assertNotIn("Present data are on", facts)

    def test_a_new_address_is_written_out(self):
        request = self._ask_for_address(self.bert)
        mail = self._mails("New change request")
        facts = self._facts(mail)
        self.assertEqual(facts["Customer"], "Hotel Adler GmbH (Bert)")
        self.assertEqual(facts["Subject"], "New Address: Lager Süd")
        self.assertEqual(facts["Kind of address"], "Delivery Address")
        rows = self._rows(mail, "New")
        self.assertEqual(rows[0], ("Field", "New"), "there was nothing before")
        self.assertIn(("Name", "Lager Süd"), rows)
        self.assertIn(("Country", "Germany"), rows)
        self.assertEqual(len(rows) - 1, len(request.line_ids))

    def test_an_address_to_be_removed_is_written_out(self):
        self._ask_for_removal(self.anna, self.warehouse)
        mail = self._mails("New change request")
        self.assertEqual(self._facts(mail)["Subject"], "Remove Address: Lager Nord")
        rows = self._rows(mail, "Address to be removed")
        self.assertEqual(
            rows[1], ("Lager Nord Hafenstraße 3 93059 Regensburg Germany",)
        )

    def test_a_new_revision_is_told_in_full(self):
        request = self._ask_to_move()
        self._ask(self.bert, self.adler, zip="93059")
        mail = self._mails("changed change request").ensure_one()
        self.assertEqual(
            mail.subject,
            f"Hotel Adler GmbH changed change request {request.name} (revision 2)",
        )
        self.assertEqual(mail.recipient_ids, self.erik.partner_id)
        self.assertEqual(
            self._rows(mail, "Before")[1:],
            [("Street", "Marktplatz 1", "Neue Str. 5"), ("Zip", "93047", "93059")],
        )

    def test_what_is_taken_back_need_not_be_decided(self):
        request = self._ask_to_move()
        request.sudo()._cancel_by_customer()
        mail = self._mails("withdrew change request").ensure_one()
        self.assertEqual(mail.recipient_ids, self.erik.partner_id)
        self.assertIn(request.name, mail.subject)
        self.assertIn("Neue Str. 5", mail.body_html)
        self.assertFalse(self._mails("is approved"))

    def test_a_late_decision_is_reminded_of(self):
        request = self._ask_to_move()
        with freeze_time("2026-12-03 09:00:00"):
            request._mail_administrators("reminder")
            mail = self._mails("Please decide about").ensure_one()
        self.assertEqual(mail.recipient_ids, self.erik.partner_id)
        self.assertIn("Neue Str. 5", mail.body_html)
        self.assertRegex(mail.body_html, r"since <b>\d\d/\d\d/\d{4}")

    def test_a_deleted_template_is_an_event_without_mail(self):
        prefix = "customer_portal.customer_change_request_mail_template_"
        self.env.ref(f"{prefix}submitted").unlink()
        self.assertEqual(self._ask_to_move().state, "pending")
        self.assertFalse(self._mails("New change request"))


@freeze_time(MORNING)
class TestCustomerMails(MailReader):
    """What the contact who asked reads about his request."""

    def _read(self, subject, request):
        mail = self._mails(subject).ensure_one()
        self.assertEqual(mail.recipient_ids, self.anna.partner_id)
        self.assertIn(request.name, mail.subject)
        self.assertIn("Dear Anna", mail.body_html)
        self.assertIn(f"/my/changes/{request.id}", mail.body_html)
        self.assertNotIn("access_token", mail.body_html)
        self.assertNotIn("Customer", self._facts(mail))
        return mail

    def test_it_has_arrived(self):
        request = self._ask_to_move()
        mail = self._read("We received your change request", request)
        self.assertEqual(
            self._rows(mail, "Before"),
            [("Field", "Before", "New"), ("Street", "Marktplatz 1", "Neue Str. 5")],
        )

    def test_it_is_approved(self):
        request = self._ask_to_move()
        request.with_user(self.erik).action_approve()
        mail = self._read("is approved", request)
        self.assertIn("The changes are in effect", mail.body_html)
        self.assertEqual(
            self._rows(mail, "Before")[1:],
            [("Street", "Marktplatz 1", "Neue Str. 5", "approved")],
        )

    def test_a_new_address_can_be_used(self):
        request = self._ask_for_address(self.anna)
        request.with_user(self.erik).action_approve()
        mail = self._read("is approved", request)
        self.assertIn("You can use the new address", mail.body_html)
        self.assertIn("Lager Süd", mail.body_html)

    def test_an_address_is_removed(self):
        request = self._ask_for_removal(self.anna, self.warehouse)
        request.with_user(self.erik).action_approve()
        mail = self._read("is approved", request)
        self.assertIn("The address is removed", mail.body_html)
        self.assertIn("Hafenstraße 3", mail.body_html)

    def test_a_part_is_approved_and_the_rest_is_explained(self):
        request = self._ask_to_move(zip="99999")
        self._decide(request, street=False, zip="There is no such <i>place</i>")
        mail = self._read("is partly approved", request)
        self.assertEqual(
            self._rows(mail, "Decision"),
            [
                ("Field", "Before", "New", "Decision"),
                ("Street", "Marktplatz 1", "Neue Str. 5", "approved"),
                (
                    *("Zip", "93047", "99999"),
                    "rejected There is no such <i>place</i>",
                ),
            ],
        )

    def test_it_is_approved_for_a_later_day(self):
        details = {"effective_date": "2026-12-24"}
        request = self._ask(self.anna, self.adler, details, street="Neue Str. 5")
        request.with_user(self.erik).action_approve()
        mail = self._read("is approved", request)
        self.assertIn("It takes effect on", mail.body_html)
        self.assertIn("12/24/2026", mail.body_html)
        self.assertNotIn("could not approve all of it", mail.body_html)

    def test_a_part_is_approved_for_a_later_day(self):
        details = {"effective_date": "2026-12-24"}
        request = self._ask(self.anna, self.adler, details, street="x", zip="1")
        self._decide(request, street=False, zip="Unknown")
        mail = self._read("is approved", request)
        self.assertIn("could not approve all of it", mail.body_html)
        self.assertIn(
            ("Zip", "93047", "1", "rejected Unknown"), self._rows(mail, "Decision")
        )

    def test_it_is_rejected_with_the_reason(self):
        request = self._ask_to_move()
        request.with_user(self.erik)._reject("Please send <i>a letter</i>.")
        mail = self._read("cannot be fulfilled", request)
        self.assertIn("Please send &lt;i&gt;a letter&lt;/i&gt;.", mail.body_html)
        self.assertIn("Neue Str. 5", mail.body_html)

    def test_what_takes_effect_at_once_is_no_news(self):
        self._set_rule("street", "auto")
        self._ask_to_move()
        self.write_mails()
        about = [("model", "=", "customer.change.request")]
        self.assertFalse(self.env["mail.mail"].sudo().search(about))

    def test_the_company_reads_it_when_the_contact_has_left(self):
        request = self._ask_to_move()
        self.anna.partner_id.parent_id = self.krone
        request.with_user(self.erik).action_approve()
        mail = self._mails("is approved").ensure_one()
        self.assertEqual(mail.recipient_ids, self.adler)


@freeze_time(MORNING)
class TestLanguageOfMails(MailReader):
    """Everybody reads his own language."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("de_DE")
        cls.env["ir.module.module"]._load_module_terms(
            ["base", "mail", "customer_portal"], ["de_DE"]
        )

    def test_administrators(self):
        self.company.change_admin_user_ids |= self.marta
        self.marta.lang = "de_DE"
        self._ask_to_move()
        german = self._mails("Neue Änderungsanfrage").ensure_one()
        english = self._mails("New change request").ensure_one()
        self.assertEqual(german.recipient_ids, self.marta.partner_id)
        self.assertEqual(english.recipient_ids, self.erik.partner_id)
        self.assertEqual(
            self._rows(german, "Bisher"),
            [("Feld", "Bisher", "Neu"), ("Straße", "Marktplatz 1", "Neue Str. 5")],
        )

    def test_customers(self):
        self.anna.lang = "de_DE"
        request = self._ask_to_move()
        received = self._mails("Ihre Änderungsanfrage").ensure_one()
        self.assertEqual(received.recipient_ids, self.anna.partner_id)
        self.assertIn("Guten Tag Anna", received.body_html)
        request.with_user(self.erik).action_approve()
        approved = self._mails("Ihre Änderungsanfrage") - received
        self.assertIn(request.name, approved.subject)
        rows = self._rows(approved, "Bisher")
        self.assertEqual(rows[1][:3], ("Straße", "Marktplatz 1", "Neue Str. 5"))

    def test_activities_are_in_the_language_of_whose_they_are(self):
        self.erik.lang = "de_DE"
        request = self._ask_to_move()
        self.write_mails()
        [activity] = request.sudo().activity_ids
        self.assertEqual(activity.user_id, self.erik)
        self.assertIn("Kunde", activity.summary)

    def test_notes_are_in_the_language_of_the_house(self):
        self.company.partner_id.lang = "de_DE"
        request = self._ask_to_move()
        self._ask(self.anna, self.adler, street="Neue Str. 6")
        self.assertIn("Straße", request.sudo().message_ids[0].body)
