import csv
import io

from odoo.fields import Command
from odoo.tests import freeze_time
from odoo.tools import mute_logger

from odoo.addons.customer_portal.tests.common import PortalHttpCase

from .sheet_common import SheetPeople

PNG = b"\x89PNG\r\n\x1a\n"


class TestSheetExport(SheetPeople, PortalHttpCase):
    """All orders of a sheet as a table for spreadsheets, for staff."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sheet.max_per_customer = 0
        cls.krone.category_id = cls.tag

    def _url(self, sheet=None):
        return f"/order_sheets/{(sheet or self.sheet).id}/export.csv"

    def _download(self, user=None, sheet=None):
        return self.open_as(user or self.erik, self._url(sheet))

    def _export(self, user=None, sheet=None, delimiter=","):
        """Return the lines of the file, each as a dict."""
        answer = self._download(user, sheet)
        self.assertEqual(answer.status_code, 200)
        text = io.StringIO(answer.content.decode("utf-8-sig"))
        return list(csv.DictReader(text, delimiter=delimiter))

    def _sheet_with(self, **question):
        """Return a published sheet with one question more, whose key is ``more``."""
        sheet = self._create_sheet(max_per_customer=0)
        sheet.page_ids[0].field_ids = [
            Command.create({"key": "more", "label": "More", "sequence": 90} | question)
        ]
        sheet._publish()
        return sheet

    def _cell(self, typed, **question):
        """Return the cell of an answer to one question more."""
        sheet = self._sheet_with(**question)
        self._submit_as(self.anna, sheet, more=typed)
        [line] = self._export(sheet=sheet)
        return line["more"]

    # === WHAT IS IN IT === #

    def test_line_says_everything_about_an_order(self):
        poster = f"poster__{self.poster_a.id}"
        request = self._draft_as(self.anna, logo="yes", flyer="150", **{poster: "2"})
        request_sudo, contact_sudo = request.sudo(), self.anna.partner_id.sudo()
        question = self._question("logo_file").sudo()
        files = [(f"{name}.png", PNG + name.encode(), "image/png") for name in "ab"]
        request_sudo._add_files(question, files, contact_sudo)
        request_sudo._save_remark("Before Easter", contact_sudo)
        with freeze_time("2026-12-01 23:30:00"):
            request_sudo._submit(contact_sudo)
        request.with_user(self.erik).action_take()
        admin = self.env.ref("base.user_admin")
        order = request.with_user(admin)._create_sale_order()
        self.assertEqual(
            self._export(),
            [
                {
                    "Number": request.name,
                    "Customer": "Hotel Adler GmbH",
                    "Contact": "Anna",
                    "Status": "In Progress",
                    "Submitted on": "2026-12-02 00:30:00",  # the clock in Berlin
                    "Responsible": "Erik",
                    "Remark": "Before Easter",
                    "Amount": "36.0",
                    "Sale Order": order.name,
                    "center": "Mitte",
                    "logo": "Yes",
                    "flyer": "150.0",
                    "poster: Poster A": "2.0",
                    "poster: Poster B": "",
                    "logo_file": "a.png, b.png",
                }
            ],
        )

    def test_every_order_is_in_it_newest_first_and_no_draft(self):
        names = []
        for day, user in (("01", self.anna), ("02", self.carla), ("03", self.bert)):
            with freeze_time(f"2026-12-{day} 12:00:00"):
                names.insert(0, self._submit_as(user).name)
        self._draft_as(self.anna)
        self.assertEqual([line["Number"] for line in self._export()], names)

    def test_orders_of_other_sheets_are_not_in_it(self):
        self._submit_as(self.anna, self._sheet_with())
        self.assertEqual(self._export(), [])

    def test_each_type_of_question_has_its_words(self):
        options = [
            Command.create({"key": key, "label": label, "sequence": sequence})
            for sequence, (key, label) in enumerate((("b", "Blue"), ("a", "Red")))
        ]
        choice = {"option_ids": options}
        address = self.env["res.partner"].create(
            {
                "name": "Depot",
                "parent_id": self.adler.id,
                "type": "delivery",
                "street": "Ring 3",
                "zip": "80331",
                "city": "München",
            }
        )
        products = {"product_ids": [Command.set(self.poster_b.ids)]}
        for typed, expected, question in (
            ("12", "12", {"field_type": "integer"}),
            ("12.50", "12.5", {"field_type": "float"}),
            ("2027-03-01", "2027-03-01", {"field_type": "date"}),
            ("1", "Yes", {"field_type": "boolean"}),
            ("a", "Red", choice | {"field_type": "choice"}),
            (["a", "b"], "Red, Blue", choice | {"field_type": "multi"}),
            (
                str(address.id),
                "Depot, Ring 3, 80331 München",
                {"field_type": "address"},
            ),
            (
                str(self.poster_b.id),
                "Poster B",
                products | {"field_type": "product_choice"},
            ),
        ):
            with self.subTest(question=question["field_type"]):
                self.assertEqual(self._cell(typed, **question), expected)

    def test_text_between_questions_has_no_column(self):
        sheet = self._sheet_with(field_type="info")
        self._submit_as(self.anna, sheet)
        [line] = self._export(sheet=sheet)
        self.assertNotIn("more", line)

    def test_product_that_is_not_sold_any_more_keeps_its_column(self):
        self._submit_as(self.anna, **{f"poster__{self.poster_a.id}": "2"})
        self.poster_a.active = False
        [line] = self._export()
        self.assertEqual(line["poster: Poster A"], "2.0")

    # === FOR SPREADSHEETS === #

    def test_file_is_one_for_spreadsheets(self):
        with freeze_time("2026-12-01 23:30:00"):
            answer = self._download()
        self.assertTrue(answer.content.startswith(b"\xef\xbb\xbf"))
        self.assertEqual(
            answer.headers["Content-Disposition"],
            "attachment; filename*=UTF-8''spring-campaign-2026-12-02.csv",
        )
        self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")

    def test_germans_get_commas_and_their_own_words(self):
        self.env["res.lang"]._activate_lang("de_DE")
        german = {"lang": "de_DE"}
        stage = self.env.ref("order_sheets.order_sheet_stage_submitted")
        stage.with_context(**german).name = "Ist da"
        options = self._question("logo").option_ids
        options[1].with_context(**german).label = "Nein"
        self.poster_a.list_price = 2.75
        self._submit_as(self.anna, **{f"poster__{self.poster_a.id}": "1"})
        self.erik.lang = "de_DE"
        [line] = self._export(delimiter=";")
        values = list(line.values())
        for words in ("Ist da", "Nein", "22,75"):
            self.assertIn(words, values)

    def test_no_cell_is_a_formula(self):
        request = self._draft_as(self.anna, center='=HYPERLINK("http://x")')
        request.sudo()._save_remark("@SUM(1)", self.anna.partner_id.sudo())
        request.sudo()._submit(self.anna.partner_id.sudo())
        [line] = self._export()
        self.assertEqual(line["center"], '\'=HYPERLINK("http://x")')
        self.assertEqual(line["Remark"], "'@SUM(1)")

    # === WHO === #

    @mute_logger("odoo.http")
    def test_export_is_for_those_who_work_on_orders(self):
        ingo = self._create_user("Ingo", "base.group_user")
        for user in (self.anna, self.carla, ingo):
            self.assertEqual(self._download(user).status_code, 404, user.name)
        self.assertEqual(self._export(self.mia), [])

    @mute_logger("odoo.http")
    def test_sheet_of_another_company_is_like_none(self):
        company = self.env["res.company"].create({"name": "Other"})
        sheet = self._create_sheet(company_id=company.id)
        self.assertEqual(self._download(sheet=sheet).status_code, 404)
        for number in (0, 10**30):
            url = f"/order_sheets/{number}/export.csv"
            self.assertEqual(self.open_as(self.erik, url).status_code, 404)

    def test_visitors_have_to_sign_in(self):
        answer = self.open_as(None, self._url(), allow_redirects=False)
        self.assertIn("/web/login", answer.headers["Location"])

    # === COST === #

    def test_file_costs_the_same_with_two_orders_and_with_ten(self):
        for _order in range(2):
            self._submit_as(self.anna)
        self._export()
        short = self.count_queries(self._url())
        for _order in range(8):
            self._submit_as(self.carla)
        self.assertEqual(len(self._export()), 10)
        self.assertEqual(self.count_queries(self._url()), short)
