import csv
import io

from odoo.tests import freeze_time
from odoo.tools import mute_logger

from .service_page_case import JUNK, URL, ServicePageCase

PAGE_URL = f"{URL}/export"
FILE_URL = f"{URL}/export.csv"
PRICES = ("Amount without Taxes", "Total", "Currency")


class TestServiceExport(ServicePageCase):
    """Resellers take their orders along as a file: all, or those of some days."""

    def _download(self, user=None, **params):
        return self.open_as(user or self.anna, FILE_URL, params=params)

    def _export(self, user=None, **params):
        """Return the lines of the file, each as a dict."""
        answer = self._download(user, **params)
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(answer.headers["Content-Type"], "text/csv; charset=utf-8")
        return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))

    def _orders(self, *args, **params):
        return [line["Order"] for line in self._export(*args, **params)]

    # === WHAT IS IN IT === #

    def test_line_says_everything_about_an_order(self):
        with freeze_time("2026-12-01 23:30:00"):
            order = self._new_order(
                self.anna,
                client_order_ref="PO-7",
                internal_ref="W-9",
                shipping_type_id=self.pickup.id,
                end_customer_name="Frau Maier",
                manufacturer="Apple",
                configuration="128 GB",
                serial_number="F2LX",
                imei="354178036859789",
                imei2="490154203237518",
                issue="Does not charge\nand smells",
            )
            order.with_user(self.erik).action_receive()
        order.sudo().diagnosis = "Battery"
        self._quote(order)
        with freeze_time("2026-12-02 08:00:00"):
            order.with_user(self.erik)._complete(
                resolution="New battery", outbound_tracking="AB 1"
            )
        self.assertEqual(
            self._export(),
            [
                {
                    "Order": order.name,
                    "Reference": "PO-7",
                    "Internal Reference": "W-9",
                    "Date": "2026-12-02 00:30:00",  # the clock in Berlin
                    "Status": "Completed",
                    "Location": "Berlin",
                    "Service": "Repair",
                    "Delivery of the Device": "DHL pickup",
                    "End Customer": "Frau Maier",
                    "Device": "iPhone 15",
                    "Manufacturer": "Apple",
                    "Configuration": "128 GB",
                    "Serial Number": "F2LX",
                    "IMEI": "354178036859789",
                    "Second IMEI": "490154203237518",
                    "Issue": "Does not charge\nand smells",
                    "Answers": "Is “Find my iPhone” off? Yes",
                    "Diagnosis": "Battery",
                    "Repair Notes": "New battery",
                    "Completed on": "2026-12-02 09:00:00",
                    "Tracking Number to Us": "",
                    "Tracking Number of the Return": "AB 1",
                    "Amount without Taxes": "129.0",
                    "Total": "129.0",
                    "Currency": self.company.currency_id.name,
                }
            ],
        )

    def test_file_is_one_for_spreadsheets(self):
        with freeze_time("2026-12-01 23:30:00"):
            answer = self._download()
        self.assertTrue(answer.content.startswith(b"\xef\xbb\xbf"))
        self.assertEqual(
            answer.headers["Content-Disposition"],
            "attachment; filename*=UTF-8''service-orders-2026-12-02.csv",
        )
        self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")

    def test_every_order_is_in_it_newest_first_and_no_draft(self):
        with freeze_time("2026-12-01 12:00:00"):
            first = self._completed_order(self.anna)
        with freeze_time("2026-12-02 12:00:00"):
            second = self._new_order(self.bert)
            second.sudo()._cancel("No parts")
        with freeze_time("2026-12-03 12:00:00"):
            third = self._received_order(self.anna)
            self._draft_as(self.anna, imei=self._next_imei())
        expected = [third.name, second.name, first.name]
        self.assertEqual(self._orders(), expected)
        self.bert.partner_id.service_scope = "own"
        self.assertEqual(self._orders(self.bert), [second.name])

    def test_orders_of_others_are_not_in_it(self):
        self._new_order(self.carla)
        self.assertEqual(self._export(), [])

    def test_what_is_internal_is_not_in_it(self):
        order = self._new_order(self.anna)
        order.sudo().write(
            {"internal_note": "<p>pays late</p>", "device_passcode": "geheim77"}
        )
        order.with_user(self.erik).message_post(body="angry customer")
        text = self._download().text
        for secret in ("pays late", "geheim77", "angry customer"):
            self.assertNotIn(secret, text)

    def test_titles_and_values_are_in_the_language_of_the_reader(self):
        self.env["res.lang"]._activate_lang("de_DE")
        status = self.env.ref("customer_portal.customer_service_status_confirmed")
        status.with_context(lang="de_DE").name = "Ist bestätigt"
        self._quote(self._new_order(self.anna), price=29.5)
        self.anna.lang = "de_DE"
        answer = self._download()
        [line] = csv.DictReader(
            io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"
        )
        self.assertIn("Ist bestätigt", line.values())
        self.assertIn("29,5", line.values())

    # === PRICES === #

    def test_amounts_are_those_of_what_was_sent_in_the_currency_of_the_company(self):
        order = self._received_order(self.anna)
        self._quote(order, price=100)
        self._quote(order, price=29.5)
        self._quote(order, price=999, state="draft")
        [line] = self._export()
        self.assertEqual(
            [line[name] for name in PRICES],
            ["129.5", "129.5", self.company.currency_id.name],
        )

    def test_negative_total_stays_a_number(self):
        self._quote(self._received_order(self.anna), price=-20)
        [line] = self._export()
        self.assertEqual(line["Total"], "-20.0")

    def test_contact_without_prices_gets_none(self):
        self._quote(self._received_order(self.anna), price=4711)
        self.anna.partner_id.service_hide_prices = True
        [line] = self._export()
        self.assertTrue(set(line).isdisjoint(PRICES))
        self.assertNotIn("4711", self._download().text)
        [line] = self._export(self.bert)
        self.assertEqual(line["Total"], "4711.0")

    # === FORMULAS === #

    def test_no_cell_is_a_formula(self):
        self._new_order(
            self.anna,
            client_order_ref='=HYPERLINK("http://x")',
            device_name="@SUM(1)",
            issue="\t=1",
            manufacturer="-2+3",
            configuration="+1",
            end_customer_name=" =1",
            accessories="=1",
        )
        self._new_order(self.anna, issue="first line\n=2+2\nlast line")
        by_text, multiline = sorted(
            self._export(), key=lambda line: line["Issue"].startswith("first")
        )
        self.assertEqual(by_text["Reference"], '\'=HYPERLINK("http://x")')
        self.assertEqual(by_text["Device"], "'@SUM(1)")
        self.assertEqual(by_text["Issue"][0], "'")
        self.assertEqual(by_text["Manufacturer"], "'-2+3")
        self.assertEqual(by_text["Configuration"], "'+1")
        self.assertEqual(by_text["End Customer"], "' =1")
        # one cell of three lines, which a spreadsheet takes for a text
        self.assertEqual(multiline["Issue"], "first line\n=2+2\nlast line")

    # === DAYS === #

    def test_first_and_last_day_count_on_the_clock_of_the_company(self):
        names = []
        for moment in (
            "2026-10-31 22:59:59",  # still October in Berlin
            "2026-10-31 23:00:00",
            "2026-11-30 22:59:59",
            "2026-11-30 23:00:00",
        ):
            with freeze_time(moment):
                names.insert(0, self._new_order(self.anna).name)
        november = {"date_from": "2026-11-01", "date_to": "2026-11-30"}
        self.assertEqual(self._orders(**november), names[1:3])
        self.assertEqual(self._orders(date_from="2026-11-01"), names[:3])
        self.assertEqual(self._orders(date_to="2026-11-30"), names[1:])
        self.assertEqual(self._orders(date_to="9999-12-31"), names)
        self.assertEqual(self._orders(date_from="", date_to=""), names)

    def test_days_that_cannot_be_are_told_at_the_field(self):
        for days, field, message in (
            ({"date_from": "abc"}, "date_from", "“From” is not a valid date."),
            ({"date_to": "2026-02-30"}, "date_to", "“To” is not a valid date."),
            (
                {"date_from": "2026-12-02", "date_to": "2026-12-01"},
                "date_to",
                "The last day lies before the first one.",
            ),
        ):
            answer = self._download(**days)
            self.assertEqual(answer.status_code, 200)
            self.assertEqual(
                self._texts(answer, f"//*[@id='{field}_error']"), [message]
            )
            [typed] = self._attributes(answer, f"//input[@name='{field}']", "value")
            self.assertEqual(typed, days[field])

    def test_junk_is_answered_with_the_file_or_the_page(self):
        for junk in JUNK:
            answer = self._download(date_from=junk, date_to=junk, nope=junk)
            self.assertEqual(answer.status_code, 200, junk)

    # === WHO, AND HOW THEY GET THERE === #

    def test_page_offers_all_orders_or_those_of_some_days(self):
        page = self.open_as(self.anna, PAGE_URL)
        self.assertEqual(self._links(page, "//a[@name='all']"), [FILE_URL])
        [action] = self._attributes(page, "//form[@name='days']", "action")
        self.assertEqual(action, FILE_URL)
        names = self._attributes(page, "//form[@name='days']//input", "name")
        self.assertEqual(names, ["date_from", "date_to"])

    @mute_logger("odoo.http")
    def test_export_is_for_resellers(self):
        for user in (self.carla, self.erik):
            for url in (PAGE_URL, FILE_URL, f"{FILE_URL}?date_from=abc"):
                self.assertEqual(self.open_as(user, url).status_code, 403, url)
        self.krone.service_role = "reseller"
        self.assertEqual(self._export(self.carla), [])

    def test_visitors_have_to_sign_in(self):
        for url in (PAGE_URL, FILE_URL):
            answer = self.open_as(None, url, allow_redirects=False)
            self.assertIn("/web/login", answer.headers["Location"])

    # === COST === #

    def test_file_costs_the_same_with_two_orders_and_with_eighty(self):
        self._many_orders(self.anna, 2)
        self._export()
        short = self.count_queries(FILE_URL)
        self._many_orders(self.anna, 78)
        self.assertEqual(len(self._export()), 80)
        self.assertEqual(self.count_queries(FILE_URL), short)
