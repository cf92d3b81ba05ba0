from odoo.fields import Command
from odoo.tests import freeze_time

from odoo.addons.customer_portal.tests.common import PortalTransactionCase

from ..models.order_sheet_request_mail import MOST_ROWS
from .sheet_mails import MORNING, SheetMailReader

PRODUCTION = "order_sheets.order_sheet_stage_production"


@freeze_time(MORNING)
class TestSubmissionMails(SheetMailReader, PortalTransactionCase):
    """What both sides read when an order is submitted."""

    def test_each_side_is_told_once(self):
        order = self._submit_as(self.anna)
        self.assertEqual(
            self._told(),
            [
                (
                    "Mia",
                    f"New order request {order.name}: Spring Campaign,"
                    " Hotel Adler GmbH",
                ),
                ("Anna", f"Your order {order.name} has been received"),
            ],
        )

    def test_customer_reads_what_he_has_ordered(self):
        poster = f"poster__{self.poster_a.id}"
        order = self._draft_as(self.anna, **{poster: "2"})
        order.sudo()._save_remark("Please <b>hurry</b>")
        order.sudo()._submit(self.anna.partner_id)
        mail = self._mails("has been received")
        self.assertIn("Dear Anna,", self._words(mail))
        self.assertEqual(
            self._facts(mail),
            {
                "Number": order.name,
                "Order Sheet": "Spring Campaign",
                "Submitted by": "Anna",
                "Submitted on": "12/01/2026 10:00 AM",
                "Remark": "Please <b>hurry</b>",
                "Center": "Mitte",
                "Own logo": "No",
                "Flyer": "100 Units Flyer",
                "Poster": "2 Units Poster A",
            },
        )
        self.assertEqual(self._link(mail), f"/my/order-sheets/requests/{order.id}")
        pages = [page.text for page in self._body(mail).xpath("//p/b")]
        self.assertEqual(pages, ["Center", "Material"])

    def test_customer_gets_the_order_sheet_as_pdf(self):
        order = self._submit_as(self.anna)
        (file,) = self._mails("has been received").attachment_ids
        number = order.name.replace("/", "-")
        self.assertEqual(file.name.split(".")[0], f"Order Sheet {number}")
        self.assertIn("Mitte", file.raw.decode(), "tests render no PDF")
        self.assertFalse(self._mails("New order request").attachment_ids)

    def test_prices_are_told_as_the_form_shows_them(self):
        for display, flyer, total in (
            ("none", "100 Units Flyer", None),
            ("net", "100 Units Flyer: $ 20.00", None),
            ("net_total", "100 Units Flyer: $ 20.00", "$ 20.00"),
        ):
            self._forget()
            sheet = self._create_sheet(price_display=display, name=display)
            sheet._publish()
            self._submit_as(self.anna, sheet)
            mails = self._mails()
            self.assertEqual(len(mails), 2, "the customer and Mia")
            for mail in mails:
                facts = self._facts(mail)
                with self.subTest(display=display, subject=mail.subject):
                    self.assertEqual(facts["Flyer"], flyer)
                    self.assertEqual(facts.get("Amount without Taxes"), total)

    def test_long_order_is_told_in_short(self):
        questions = [
            Command.create({"label": f"Question {number}", "sequence": 100})
            for number in range(60)
        ]
        sheet = self._create_sheet(name="Long")
        sheet.page_ids[0].field_ids = questions
        sheet._publish()
        typed = {f"question_{number}": "x" for number in range(60)}
        self._submit_as(self.anna, sheet, center="M" * 250, **typed)
        mail = self._mails("has been received")
        facts = self._facts(mail)
        self.assertEqual(facts["Center"], "M" * 199 + "…")
        self.assertEqual(len(facts), 4 + MOST_ROWS)
        self.assertIn("not in this mail: 23", self._words(mail))  # 2 + 60 + 1 - 40

    def test_who_began_and_who_submitted_are_both_told(self):
        order = self._draft_as(self.anna)
        order.sudo()._submit(self.bert.partner_id)
        mails = self._mails("has been received")
        self.assertEqual([mail.recipient_ids.name for mail in mails], ["Bert", "Anna"])
        for mail in mails:
            self.assertIn(f"Dear {mail.recipient_ids.name},", self._words(mail))

    def test_each_of_them_reads_it_in_his_language(self):
        self._translate("received", "Bestellung {{ object.name }} eingegangen")
        self.bert.lang = "de_DE"
        order = self._draft_as(self.anna)
        order.sudo()._submit(self.bert.partner_id)
        self.assertEqual(
            self._told()[1:],
            [
                ("Bert", f"Bestellung {order.name} eingegangen"),
                ("Anna", f"Your order {order.name} has been received"),
            ],
        )

    def test_who_has_left_or_has_no_address_is_not_told(self):
        order = self._draft_as(self.anna)
        order.sudo()._submit(self.bert.partner_id)
        self.anna.partner_id.email = False
        self.assertEqual(self._mails("received").recipient_ids, self.bert.partner_id)
        self._forget()
        self.bert.partner_id.parent_id = self.krone
        self.anna.partner_id.parent_id = self.krone
        self.adler.email = "office@adler.example"
        order.with_user(self.erik)._reject("Sold out")
        self.assertEqual(self._mails().recipient_ids, self.adler)

    def test_those_in_charge_read_who_has_ordered_what(self):
        self.env["res.lang"]._activate_lang("de_DE")
        order = self._submit_as(self.anna)
        mail = self._mails("New order request")
        facts = self._facts(mail)
        self.assertEqual(facts["Customer"], "Hotel Adler GmbH, Anna")
        self.assertEqual(facts["Center"], "Mitte")
        path = f"/mail/view?model=order.sheet.request&res_id={order.id}"
        self.assertEqual(self._link(mail), path)

    def test_settings_say_who_is_in_charge_of_other_sheets(self):
        self.sheet.admin_user_ids = False
        self.company.order_sheet_admin_user_ids = self.erik
        self.company.order_sheet_admin_email = "orders@test.example"
        self._submit_as(self.anna)
        mails = self._mails("New order request")
        self.assertEqual(mails.recipient_ids, self.erik.partner_id)
        self.assertEqual(mails.filtered("email_to").email_to, "orders@test.example")

    def test_words_of_a_customer_are_no_markup(self):
        self._submit_as(self.anna, center="<script>alert(1)</script>")
        mails = self._mails()
        self.assertEqual(len(mails), 2, "the customer and Mia")
        for mail in mails:
            self.assertFalse(self._body(mail).xpath("//script"))
            self.assertEqual(self._facts(mail)["Center"], "<script>alert(1)</script>")

    def _translate(self, event, subject):
        self.env["res.lang"]._activate_lang("de_DE")
        template = self.requests._get_mail_template(event)
        template.with_context(lang="de_DE").subject = subject


@freeze_time(MORNING)
class TestOrderMails(SheetMailReader, PortalTransactionCase):
    """What is told about an order later on."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._submit_as(cls.anna)
        cls.staff = cls.order.with_user(cls.erik)
        cls.url = f"/my/order-sheets/requests/{cls.order.id}"

    def setUp(self):
        super().setUp()
        self._forget()

    def test_customer_reads_what_to_correct_and_finds_the_form(self):
        self.staff._return("The <i>logo</i> is too small")
        mail = self._mails()
        self.assertEqual(
            self._told(), [("Anna", f"Please correct your order {self.order.name}")]
        )
        self.assertIn("The <i>logo</i> is too small", self._words(mail))
        page = self.sheet.page_ids[0]
        self.assertEqual(self._link(mail), f"{self.url}/page/{page.id}")

    def test_corrected_order_is_no_new_one(self):
        self.staff._return("Too small")
        self._forget()
        self.order.sudo()._submit(self.bert.partner_id)
        self.assertEqual(
            self._told(),
            [
                (
                    "Mia",
                    f"Corrected order request {self.order.name}: Spring Campaign,"
                    " Hotel Adler GmbH",
                ),
                ("Bert", f"Your order {self.order.name} has been received"),
                ("Anna", f"Your order {self.order.name} has been received"),
            ],
        )

    def test_customer_reads_why_it_is_rejected(self):
        self.staff._reject("Sold out")
        self.assertEqual(
            self._told(), [("Anna", f"We cannot accept your order {self.order.name}")]
        )
        self.assertIn("Sold out", self._words(self._mails()))
        self.assertEqual(self._link(self._mails()), self.url)

    def test_those_in_charge_read_that_it_was_taken_back(self):
        self.order.sudo()._cancel_by_customer()
        self.assertEqual(
            self._told(),
            [("Mia", f"Hotel Adler GmbH took back order request {self.order.name}")],
        )

    def test_stage_with_a_mail_is_told(self):
        self.staff.action_take()
        self.assertEqual(self._told(), [], "not each stage")
        self.staff.stage_id = self.env.ref(PRODUCTION)
        self.assertEqual(
            self._told(),
            [("Anna", f"Your order {self.order.name} is now: In Production")],
        )
        self.assertEqual(self._link(self._mails()), self.url)

    def test_stage_is_told_in_the_words_for_customers(self):
        self.env.ref(PRODUCTION).portal_name = "Being printed"
        self.staff.action_take()
        self.staff.stage_id = self.env.ref(PRODUCTION)
        self.assertIn("Being printed", self._mails().subject)

    def test_mails_can_be_written_about_any_order(self):
        draft = self._start_as(self.bert, self._another_sheet())
        self.staff._return("Too small")
        templates = self.env["mail.template"].search(
            [("model", "=", "order.sheet.request")]
        )
        self.assertEqual(len(templates), 7)
        for template in templates - self.requests._get_mail_template("received"):
            for order in (draft, self.order):
                with self.subTest(template=template.name, state=order.state):
                    self.assertTrue(template.send_mail(order.id))

    def _another_sheet(self):
        sheet = self._create_sheet(name="Autumn Campaign")
        sheet._publish()
        return sheet
