"""A list of tickets as a file: what is shown, and nothing that is not."""

import csv
import io
import json

from openpyxl import load_workbook

from odoo.tools import mute_logger

from .common import CenterHttpCase

URL = "/helpdesk_info_center/export"


class TestExport(CenterHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        allowed = cls.env.ref("base.group_allow_export")
        for agent in (cls.agent_a, cls.agent_b):
            agent.group_ids |= allowed
        cls.agent_c.group_ids -= allowed

    def export(self, user, format="csv", options=None, json_options=None, **params):
        self.authenticate(user.login, user.login)
        values = {
            "format": format,
            "kind": "company",
            "partner_id": self.muster.id,
            "key": "open",
            "options": json_options or json.dumps(options or {}),
            **params,
        }
        return self.url_open(URL, params=values)

    def rows(self, response):
        return [*csv.reader(io.StringIO(response.text.removeprefix("\ufeff")))]

    def test_file_has_the_columns_and_tickets_that_are_shown(self):
        options = {
            "tab": "queues",
            "columns": ["number", "name", "user_id", "is_locked"],
            "order": ["name", "desc"],
        }
        response = self.export(self.agent_a, options=options)
        self.assertEqual(
            self.rows(response),
            [
                ["Number", "Title", "Owner", "Locked"],
                [self.t6.number, "Ticket t6", "agent_c", "No"],
                [self.t4.number, "Ticket t4", "agent_a", "No"],
                [self.t3.number, "Ticket t3", "agent_a", "Yes"],
            ],
        )
        self.assertIn("Muster", response.headers["Content-Disposition"])

    def test_all_pages_are_in_the_file(self):
        response = self.export(self.agent_a, options={"size": 5, "offset": 5})
        self.assertEqual(len(self.rows(response)), 5)

    def test_file_has_what_the_agent_may_see(self):
        response = self.export(self.agent_b, options={"columns": ["number"]})
        self.assertEqual(self.rows(response), [["Number"], [self.t5.number]])

    def test_text_is_no_formula(self):
        self.t4.name = "=cmd|' /C calc'!A0"
        self.t3.name = "+1"
        options = {"columns": ["name"], "order": ["number", "asc"], "tab": "owned"}
        names = [
            row[1] for row in self.rows(self.export(self.agent_a, options=options))
        ]
        self.assertEqual(names, ["Title", "'+1", "'=cmd|' /C calc'!A0"])
        sheet = self.sheet(self.export(self.agent_a, "xlsx", options))
        self.assertEqual(sheet["B3"].value, "=cmd|' /C calc'!A0")
        self.assertEqual(sheet["B3"].data_type, "s")

    def test_excel_file_has_dates_and_numbers(self):
        columns = ["number", "age", "escalation_date", "priority", "tag_ids"]
        options = {"columns": columns, "order": ["escalation_date", "asc"]}
        sheet = self.sheet(self.export(self.agent_a, "xlsx", options))
        self.assertEqual(
            [cell.value for cell in sheet[1]],
            ["Number", "Age (Days)", "Escalates on", "Priority", "Tags"],
        )
        row = [cell.value for cell in sheet[2]]
        self.assertEqual((row[0], row[1], row[3]), (self.t5.number, 0, "Medium"))
        self.assertTrue(sheet["C2"].is_date)

    def sheet(self, response):
        return load_workbook(io.BytesIO(response.content)).active

    @mute_logger("odoo.http")
    def test_customers_and_employees_get_no_file(self):
        for user in (self.anna_user, self.employee):
            response = self.export(user)
            self.assertEqual(response.status_code, 403)
            self.assertNotIn(self.t3.number, response.text)

    def test_agent_who_may_not_export_gets_no_file(self):
        self.assertEqual(self.export(self.agent_c).status_code, 404)

    def test_unknown_customers_widgets_and_formats_are_missing(self):
        for params in (
            {"partner_id": 2**40},
            {"partner_id": "x"},
            {"partner_id": "٣"},
            {"partner_id": ""},
            {"key": "nonsense"},
            {"key": "status"},
            {"format": "exe"},
            {"kind": "nonsense"},
        ):
            with self.subTest(params=params):
                self.assertEqual(self.export(self.agent_a, **params).status_code, 404)

    def test_junk_options_are_as_if_not_there(self):
        plain = self.export(self.agent_a).text
        for options in (
            "x",
            "[]",
            "[" * 9000,
            "{}",
            '{"tab": {}}',
            "\u0000",
            "9" * 5000,
        ):
            with self.subTest(options=options[:20]):
                response = self.export(self.agent_a, json_options=options)
                self.assertEqual((response.status_code, response.text), (200, plain))
