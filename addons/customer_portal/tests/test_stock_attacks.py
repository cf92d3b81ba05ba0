"""What a visitor sends to Odoo's own address pages, and their forms never would."""

from lxml import html
from werkzeug.exceptions import Forbidden

from odoo.tests.common import JsonRpcException
from odoo.tools import mute_logger

from .address_case import (
    ACCOUNT_URL,
    ADDRESS_URL,
    ADDRESSES_URL,
    ARCHIVE_URL,
    SUBMIT_URL,
    AddressCase,
)

# Arguments of Odoo's methods, behind and before the ones that a form has.
ARGUMENTS = (
    *("self", "partner_sudo", "order_sudo", "address_values", "change_source"),
    *("verify_address_values", "required_fields", "callback", "address_type"),
    *("use_delivery_as_billing", "kwargs", "args", "form_data", "extra_form_data"),
    *("context", "uid", "env", "website_id", "parent_id", "redirect"),
)
EVIL_URLS = (
    *(
        "javascript:alert(1)",
        "//evil.example",
        "/\\evil.example",
        "https://evil.example",
    ),
    *("/\t/evil.example", "\\\\evil.example", " //evil.example", "/\n/evil.example"),
    *("data:text/html,x", "evil", "", "/my/\\..\\evil", "/my/ evil"),
)
JUNK_IDS = (
    *("abc", "-1", "0", "1.5", "1e9", "٣", "2147483648", "9" * 30, "\x00", "1\x00"),
    *("[1]", "1 OR 1=1", "../../etc/passwd", "None", "a" * 5000),
)
JUNK_TEXTS = (
    *("<script>alert(1)</script>", "{{7*7}}", "${7*7}", "'; select pg_sleep(3) --"),
    *("%", "_", "=1+1", "\u202e", "👩‍👧", "a" * 255, "[('id', '>', 0)]"),
)
UNUSABLE_TEXTS = ("a" * 257, "a" * 100_000, "a\x00b", "a\r\nBcc: a@b.example", "\x7f")


class TestArguments(AddressCase):
    def test_checks_cannot_be_switched_off(self):
        """This field in the form let anybody change the VAT, and any text be mailed."""
        for value in ("", "0", "false"):
            answer = self.send(
                self.anna,
                ACCOUNT_URL,
                verify_address_values=value,
                email="nobody",
                vat="DE136695976",
                street="",
            )
            self.assertRefused(answer, "email", "vat", "street")

    def test_arguments_of_odoos_methods_are_no_fields(self):
        before = self.snapshot()
        data = self.fill_in(self.anna, ACCOUNT_URL)
        for name in ARGUMENTS:
            for value in ("", "1", "junk"):
                answer = self.submit(self.anna, data | {name: value})
                self.assertEqual(list(answer), ["redirectUrl"], name)
        self.assertEqual(self.snapshot(), before)
        self.assertFalse(self.asked())

    def test_arguments_of_odoos_methods_break_no_page(self):
        for url in (ACCOUNT_URL, ADDRESSES_URL, ADDRESS_URL):
            for name in ARGUMENTS:
                for value in ("", "junk"):
                    page = self.open_as(self.anna, f"{url}?{name}={value}")
                    self.assertEqual(page.status_code, 200, f"{url} {name}")

    def test_all_fields_of_a_partner_at_once(self):
        """Only what a customer may ask for is asked for, and nothing is written."""
        before = self.snapshot()
        fields = self.env["res.partner"]._fields
        junk = {name: str(self.krone.id) for name in fields}
        own = self.fill_in(self.anna, ACCOUNT_URL)
        self.submit(self.anna, junk | own | {"verify_address_values": ""})
        self.assertEqual(self.snapshot(), before)
        names = set(self.asked().line_ids.mapped("field_name"))
        self.assertLessEqual(names, self.env["res.partner"]._get_change_fields())

    def test_next_page_is_never_another_site(self):
        self._sign_in(self.anna)
        data = self.fill_in(self.anna, ACCOUNT_URL)
        for url in EVIL_URLS:
            answer = self.submit(self.anna, data | {"callback": url})
            self.assertEqual(answer, {"redirectUrl": ADDRESSES_URL}, repr(url))
            for page_url, parameter in (
                (ACCOUNT_URL, "redirect"),
                (ADDRESS_URL, "callback"),
            ):
                page = self.url_open(page_url, params={parameter: url})
                self.assertEqual(page.status_code, 200, repr(url))
                [form] = html.fromstring(page.text).forms[-1:]
                self.assertEqual(form.get("name"), "address_form")
                links = form.xpath(".//a/@href | .//input[@name='callback']/@value")
                self.assertTrue(links)
                for link in links:
                    self.assertRegex(link, r"^/my\b", repr(url))

    def test_files_instead_of_texts(self):
        data = self.fill_in(self.anna, ACCOUNT_URL)
        for name in ("name", "callback", "required_fields", "address_type", "company"):
            sent = {key: value for key, value in data.items() if key != name}
            files = {name: ("evil.txt", b"evil")}
            answer = self.post_as(self.anna, SUBMIT_URL, sent, files=files)
            self.assertEqual(answer.status_code, 200, name)
        answer = self.post_as(
            self.anna, SUBMIT_URL, data | {"partner_id": ""}, files={"partner_id": b"1"}
        )
        self.assertIn(answer.status_code, (200, 403))
        self.assertFalse(self.asked().filtered(lambda it: it.operation == "update"))


class TestJunk(AddressCase):
    def test_junk_instead_of_an_id(self):
        data = self.fill_in(self.anna, self.url_of(self.warehouse), street="Neu 1")
        for junk in JUNK_IDS:
            with mute_logger("odoo.http"), self.subTest(junk=junk[:20]):
                page = self.open_as(self.anna, ADDRESS_URL, params={"partner_id": junk})
                self.assertEqual(page.status_code, Forbidden.code)
                page = self.post_as(self.anna, SUBMIT_URL, data | {"partner_id": junk})
                self.assertEqual(page.status_code, Forbidden.code)
        self.assertFalse(self.asked())

    def test_junk_instead_of_an_id_in_a_remote_call(self):
        self._sign_in(self.anna)
        odd = (None, True, {}, [], [self.warehouse.id], {"id": 1}, 1.5, -1, 2**40)
        for junk in (*JUNK_IDS, *odd):
            with mute_logger("odoo.http"), self.assertRaises(JsonRpcException):
                self.call_json(ARCHIVE_URL, partner_id=junk)
        with mute_logger("odoo.http"), self.assertRaises(JsonRpcException):
            self.call_json(ARCHIVE_URL)
        self.assertFalse(self.asked())

    def test_odd_texts_are_texts(self):
        for text in JUNK_TEXTS:
            self.send(self.anna, ACCOUNT_URL, street=text, function=text)
            self.assertEqual(self.asked_for(self.adler), {"street": text})
            self.assertEqual(self.asked_for(self.anna.partner_id), {"function": text})

    def test_unusable_texts_have_a_message(self):
        names = ("name", "email", "street", "zip", "company_name", "function")
        for name in names:
            for text in UNUSABLE_TEXTS:
                answer = self.send(self.anna, ACCOUNT_URL, **{name: text})
                self.assertRefused(answer, name)

    def test_unknown_country_and_state_have_a_message(self):
        texas = self.env.ref("base.state_us_44")
        germany = self.env.ref("base.de")
        self.assertTrue(germany.state_ids)
        for junk in (*JUNK_IDS[:6], "2147483647", JUNK_IDS[7]):
            answer = self.send(self.anna, ACCOUNT_URL, country_id=junk)
            self.assertRefused(answer, "country_id")
            answer = self.send(self.anna, ACCOUNT_URL, state_id=junk)
            self.assertRefused(answer, "state_id")
        answer = self.send(self.anna, ACCOUNT_URL, state_id=str(texas.id))
        self.assertRefused(answer, "state_id")

    def test_state_that_the_new_country_does_not_have_is_dropped(self):
        """Odoo's form hides it without emptying it."""
        self.adler.state_id = self.env.ref("base.state_de_by")
        austria = self.env.ref("base.va")
        self.assertFalse(austria.state_ids)
        self.send(self.anna, ACCOUNT_URL, country_id=str(austria.id))
        self.assertEqual(
            self.asked_for(self.adler), {"country_id": austria.id, "state_id": False}
        )

    def test_required_fields(self):
        data = self.fill_in(self.anna, ACCOUNT_URL)
        for name in ("name", "email", "phone", "street", "city", "country_id"):
            self.assertRefused(self.submit(self.anna, data | {name: " "}), name)
            sent = {key: value for key, value in data.items() if key != name}
            self.assertEqual(
                list(self.submit(self.anna, sent)), ["invalid_fields", "messages"]
            )
        self.assertEqual(len(self.submit(self.anna, {})["messages"]), 1)
        self.assertFalse(self.asked())

    def test_many_parameters(self):
        data = self.fill_in(self.anna, ACCOUNT_URL, street="Neu 1")
        self.submit(self.anna, data | {f"field_{n}": "x" for n in range(900)})
        self.assertEqual(self.asked_for(self.adler), {"street": "Neu 1"})


class TestOdoosOwnWay(AddressCase):
    """Whoever asks for nothing writes as Odoo lets him, through the same doors."""

    def test_switched_off(self):
        self.company.change_enabled = False
        answer = self.send(self.anna, ACCOUNT_URL, street="Neu 1", phone="1")
        self.assertEqual(answer, {"redirectUrl": "/my"})
        self.assertEqual(self.adler.street, "Neu 1")
        self.assertEqual(self.anna.partner_id.phone, "1")
        self.call_json(ARCHIVE_URL, partner_id=self.warehouse.id)
        self.assertFalse(self.warehouse.active)
        self.assertFalse(self.asked())

    def test_arguments_and_junk_do_no_harm_there_either(self):
        self.company.change_enabled = False
        for user in (self.anna, self.erik):
            user.partner_id.write(
                {
                    "phone": "1",
                    "street": "Marktplatz 1",
                    "zip": "93047",
                    "city": "Regensburg",
                    "country_id": self.env.ref("base.de").id,
                }
            )
            data = self.fill_in(user, ACCOUNT_URL)
            self.submit(user, data)  # Odoo writes "" where there was nothing
            before = self.snapshot(without="write_date")
            for name in ARGUMENTS:
                self.submit(user, data | {name: ""})
                self.submit(user, data | {name: "junk"})
            for name, value in (
                *(("country_id", "abc"), ("state_id", "9" * 30), ("email", "nobody")),
                *(("street", "\x00"), ("name", "a" * 300)),
            ):
                answer = self.submit(
                    user, data | {name: value, "verify_address_values": ""}
                )
                self.assertEqual(answer["invalid_fields"], [name])
            self.assertEqual(self.snapshot(without="write_date"), before)
            with mute_logger("odoo.http"):
                junk = self.post_as(user, SUBMIT_URL, data | {"partner_id": "abc"})
                self.assertEqual(junk.status_code, 403)

    def test_one_of_several_companies_is_enough(self):
        """Which company he works with is a user's own choice, by remote call."""
        other = self.env["res.company"].create({"name": "B", "change_enabled": False})
        self.anna.company_ids += other
        self.anna.company_id = other
        self.send(self.anna, ACCOUNT_URL, street="Neu 1")
        self.assertEqual(self.adler.street, "Marktplatz 1")
        self.assertEqual(self.asked_for(self.adler), {"street": "Neu 1"})
