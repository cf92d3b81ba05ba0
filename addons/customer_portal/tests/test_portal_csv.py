import csv
import io
from datetime import date, datetime

from werkzeug.test import EnvironBuilder

from odoo.exceptions import AccessError
from odoo.tools import SQL

from ..controllers import portal_csv
from ..controllers.portal_csv import records_query, stream_csv
from .common import PortalHttpCase, PortalTransactionCase

BOM = "\ufeff"


class TestPortalCsv(PortalTransactionCase):
    def setUp(self):
        super().setUp()
        self.enterContext(self.enter_registry_test_mode())

    def _export(self, query, header=("Title",), lang="en_US"):
        """Return the downloaded file."""
        self.env.flush_all()
        download = self._download(query, header, lang)
        return b"".join(download).decode()

    def _download(self, query, header=("Title",), lang="en_US"):
        """Return the parts of the file, as the web server gets them."""
        env = self.env(context={"lang": lang})
        response = stream_csv("list.csv", header, query, env)
        download = response(EnvironBuilder().get_environ(), lambda *_status: None)
        self.addCleanup(download.close)
        return download

    def _export_cell(self, sql_type, value):
        """Return how a cell is written."""
        text = self._export(SQL("SELECT %s::%s, 'end'", value, SQL(sql_type)))
        lines = list(csv.reader(io.StringIO(text, newline="")))
        self.assertEqual((len(lines), lines[1][1]), (2, "end"))
        return lines[1][0]

    # === FORMAT === #

    def test_file_is_what_spreadsheets_expect(self):
        query = SQL("SELECT * FROM (VALUES ('Zürich', 1), ('a,b', 2)) AS v(x, y)")
        self.assertEqual(
            self._export(query, ["Place", "Number"]),
            f'{BOM}Place,Number\r\nZürich,1\r\n"a,b",2\r\n',
        )

    def test_separators_in_a_cell_are_quoted(self):
        query = SQL("SELECT %s, %s, %s", 'say "hi"', "a\nb", "a\rb")
        line = '"say ""hi""","a\nb","a\rb"\r\n'
        self.assertEqual(self._export(query), f"{BOM}Title\r\n{line}")

    def test_formulas_become_text(self):
        for start in ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"):
            text = f"{start}cmd|' /C calc'!A0"
            self.assertEqual(self._export_cell("text", text), f"'{text}")
        for text in (" =1+1", "   @SUM(A1)", "\xa0=1"):
            self.assertEqual(self._export_cell("text", text), f"'{text}")

    def test_other_text_stays_as_it_is(self):
        for text in ("a=b", "Müller & Söhne", "'", " x", "1-1", "", "2026-12-03"):
            self.assertEqual(self._export_cell("text", text), text)

    def test_formula_in_a_title_becomes_text(self):
        self.assertEqual(self._export(SQL("SELECT 1"), ["=1"]), f"{BOM}'=1\r\n1\r\n")

    def test_numbers_stay_numbers(self):
        for sql_type, value, text in (
            ("integer", -5, "-5"),
            ("numeric", -1.5, "-1.5"),
            ("float", 0.25, "0.25"),
        ):
            self.assertEqual(self._export_cell(sql_type, value), text)

    def test_numbers_are_written_as_the_language_of_the_visitor_does(self):
        self.env["res.lang"]._activate_lang("de_DE")
        sql_types = ("integer", "numeric", "float", "numeric", "text", "text")
        values = (-1000, -12.5, 0.25, 3, "1.5", "a;b")
        query = SQL(
            "SELECT %s",
            SQL(", ").join(
                SQL("%s::%s", value, SQL(sql_type))
                for sql_type, value in zip(sql_types, values, strict=True)
            ),
        )
        header = ["Zahl", "Preis, netto"]
        self.assertEqual(
            self._export(query, header, lang="de_DE"),
            f'{BOM}Zahl;Preis, netto\r\n-1000;-12,5;0,25;3,0;1.5;"a;b"\r\n',
        )
        self.assertEqual(
            self._export(query, header),
            f'{BOM}Zahl,"Preis, netto"\r\n-1000,-12.5,0.25,3.0,1.5,a;b\r\n',
        )

    def test_formulas_become_text_in_every_language(self):
        self.env["res.lang"]._activate_lang("de_DE")
        query = SQL("SELECT '-12,5', '=1', ' ;=1'")
        self.assertEqual(
            self._export(query, lang="de_DE"), f"{BOM}Title\r\n'-12,5;'=1;\" ;=1\"\r\n"
        )

    def test_dates_are_written_as_iso(self):
        self.assertEqual(self._export_cell("date", date(2026, 12, 3)), "2026-12-03")
        moment = datetime(2026, 12, 3, 10, 5, 0, 123)
        self.assertEqual(self._export_cell("timestamp", moment), "2026-12-03 10:05:00")

    def test_nothing_is_an_empty_cell(self):
        self.assertEqual(self._export_cell("text", None), "")

    def test_download_has_a_name_and_a_type(self):
        response = stream_csv("Aufträge.csv", ["x"], SQL("SELECT 1"), self.env)
        self.assertEqual(response.headers["Content-Type"], "text/csv; charset=utf-8")
        self.assertEqual(
            response.headers["Content-Disposition"],
            "attachment; filename*=UTF-8''Auftr%C3%A4ge.csv",
        )

    # === STREAM === #

    def test_rows_are_read_and_sent_in_parts(self):
        self.patch(portal_csv, "FETCH_SIZE", 10)
        query = SQL("SELECT n FROM generate_series(1, 25) AS n")
        parts = [len(part.splitlines()) for part in self._download(query)]
        self.assertEqual(parts, [1, 10, 10, 5])

    def test_query_runs_when_the_download_starts_and_on_its_own_cursor(self):
        opened = self._watch_cursors()
        download = self._download(SQL("SELECT 1"))
        self.assertEqual(opened, [])
        list(download)
        self.assertEqual([cr.readonly for cr in opened], [True])
        self.assertTrue(opened[0]._closed)

    def test_cursor_is_closed_when_the_customer_hangs_up(self):
        self.patch(portal_csv, "FETCH_SIZE", 10)
        opened = self._watch_cursors()
        query = SQL("SELECT n FROM generate_series(1, 25) AS n")
        download = self._download(query)
        parts = iter(download)
        next(parts)
        next(parts)
        self.assertFalse(opened[0]._closed)
        download.close()
        self.assertTrue(opened[0]._closed)

    def _watch_cursors(self):
        opened = []
        cursor = self.registry.cursor

        def watch(**options):
            opened.append(cursor(**options))
            return opened[-1]

        self.patch(self.registry, "cursor", watch)
        return opened

    # === RECORDS === #

    def _export_contacts(self, user, columns, domain=(), **options):
        contacts = self.env["res.partner"].with_user(user)
        query = records_query(contacts, list(domain), columns, **options)
        text = self._export(query)
        return [line.split(",") for line in text.splitlines()[1:]]

    def test_export_has_only_records_that_the_user_may_see(self):
        self.assertEqual(
            self._export_contacts(self.anna, ["name"], order="name"),
            [["Anna"], ["Bert"], ["Hotel Adler GmbH"]],
        )
        self.assertEqual(
            self._export_contacts(self.anna, ["name"], [("name", "=", "Carla")]), []
        )

    def test_export_reads_related_records(self):
        self.assertEqual(
            self._export_contacts(
                self.anna,
                ["name", "parent_id.name", "parent_id.country_id.code"],
                order="name desc",
            ),
            [
                ["Hotel Adler GmbH", "", ""],
                ["Bert", "Hotel Adler GmbH", "DE"],
                ["Anna", "Hotel Adler GmbH", "DE"],
            ],
        )

    def test_selections_come_as_labels(self):
        self.adler.type = "delivery"
        domain = [("id", "=", self.adler.id)]
        cells = self._export_contacts(self.anna, ["type", SQL("'x'")], domain)
        self.assertEqual(cells, [["Delivery", "x"]])

    def test_export_has_the_order_of_the_model(self):
        self.adler.copy(
            {"name": "Aaron", "is_company": False, "parent_id": self.adler.id}
        )
        self.assertEqual(
            self._export_contacts(self.anna, ["name"]),
            [["Hotel Adler GmbH"], ["Aaron"], ["Anna"], ["Bert"]],
        )

    def test_fields_and_models_that_the_user_may_not_read_are_refused(self):
        contacts = self.env["res.partner"].with_user(self.anna)
        with self.assertRaises(AccessError):
            records_query(contacts, [], ["signup_type"])
        with self.assertRaises(AccessError):
            records_query(self.env["ir.cron"].with_user(self.anna), [], ["id"])


class TestPortalCsvDownload(PortalHttpCase):
    def test_customer_downloads_what_the_list_shows(self):
        url = "/my/kit_test/contacts.csv?filterby=people&search=bert&page=5&sortby=nope"
        download = self.open_as(self.anna, url)
        self.assertEqual(download.status_code, 200)
        lines = "Name,Customer\r\nBert,Hotel Adler GmbH\r\n"
        self.assertEqual(download.content.decode(), f"{BOM}{lines}")
        self.assertEqual(download.headers["Cache-Control"], "private, no-store")

    def test_customer_downloads_a_file_for_the_spreadsheet_of_his_country(self):
        self.env["res.lang"]._activate_lang("de_DE")
        self.anna.lang = "de_DE"
        download = self.open_as(self.anna, "/my/kit_test/contacts.csv?search=bert")
        lines = "Name;Customer\r\nBert;Hotel Adler GmbH\r\n"
        self.assertEqual(download.content.decode(), f"{BOM}{lines}")

    def test_long_download_is_complete(self):
        self.env["res.partner"].create(
            [
                {"name": f"=Ship to {n}", "parent_id": self.adler.id}
                for n in range(portal_csv.FETCH_SIZE + 1)
            ]
        )
        download = self.open_as(self.anna, "/my/kit_test/contacts.csv")
        lines = download.content.decode().splitlines()
        self.assertEqual(len(lines), portal_csv.FETCH_SIZE + 1 + 4)
        self.assertEqual(lines[1], "'=Ship to 0,Hotel Adler GmbH")
