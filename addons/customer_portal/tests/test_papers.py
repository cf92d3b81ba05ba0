from lxml import html

from odoo.exceptions import AccessError
from odoo.fields import Command

from .common import PortalTransactionCase

PAPER = """
    <t t-name="{key}">
        <t t-call="web.html_container">
            <div class="article">
                <t t-call="customer_portal.report_style"/>
                <t t-foreach="docs" t-as="contact">
                    <t t-call="customer_portal.report_page">
                        <t t-set="company" t-value="env.company"/>
                        <t t-set="last" t-value="contact_last"/>
                        <h2 t-out="contact.name"/>
                    </t>
                </t>
            </div>
        </t>
    </t>
"""


class TestPapers(PortalTransactionCase):
    """The building block of what is printed: a page, its style, and who prints it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.staff = cls.env["res.groups"].create({"name": "Front Desk"})
        cls.erik.group_ids += cls.staff
        cls.paper = cls._create_paper("customer_portal.test_paper")
        cls.env.company.write(
            {"street": "Waschstraße 1", "zip": "93047", "city": "Regensburg"}
        )

    @classmethod
    def _create_paper(cls, key):
        cls.env["ir.ui.view"].create(
            {"type": "qweb", "key": key, "arch": PAPER.format(key=key)}
        )
        return cls.env["ir.actions.report"].create(
            {
                "name": "Contact",
                "model": "res.partner",
                "report_type": "qweb-pdf",
                "report_name": key,
                "group_ids": [Command.link(cls.staff.id)],
                "paperformat_id": cls.env.ref(
                    "customer_portal.report_paperformat_a4"
                ).id,
            }
        )

    def _print(self, user, paper, contacts):
        """Return the pages of a paper that a user prints."""
        reports = self.env["ir.actions.report"].with_user(user)
        content, _type = reports._render_qweb_html(paper.report_name, contacts.ids)
        return html.fromstring(content).xpath("//div[hasclass('o_paper_page')]")

    def _words(self, page):
        return " ".join(page.text_content().split())

    def test_page_names_the_company_at_its_top(self):
        company = self.env.company
        (page,) = self._print(self.erik, self.paper, self.adler)
        self.assertTrue(
            self._words(page).startswith(f"{company.name} Waschstraße 1, 93047 Regensb")
        )
        self.assertEqual(page.xpath("h2/text()"), ["Hotel Adler GmbH"])

    def test_logo_is_shown_if_the_company_has_one(self):
        company = self.env.company
        company.uses_default_logo = True
        (page,) = self._print(self.erik, self.paper, self.adler)
        self.assertEqual(page.xpath(".//img"), [])
        company.uses_default_logo = False
        (page,) = self._print(self.erik, self.paper, self.adler)
        (logo,) = page.xpath(".//img/@src")
        self.assertEqual(logo.partition(",")[0][:11], "data:image/")

    def test_every_page_but_the_last_ends_there(self):
        first, last = self._print(self.erik, self.paper, self.adler | self.krone)
        self.assertIn("page-break-after", first.get("style"))
        self.assertNotIn("page-break-after", last.get("style") or "")

    def test_nobody_but_staff_prints(self):
        """Customers could otherwise print whatever they may read: /report/pdf/…"""
        self.assertEqual(len(self._print(self.erik, self.paper, self.adler)), 1)
        self.erik.group_ids -= self.staff
        for user in (self.erik, self.anna):
            with self.assertRaises(AccessError):
                self._print(user, self.paper, self.adler)

    def test_pages_of_the_portal_print_by_sudo(self):
        reports = self.env["ir.actions.report"].with_user(self.anna).sudo()
        content = reports._render_qweb_html(self.paper.report_name, self.adler.ids)[0]
        self.assertIn("Hotel Adler GmbH", content.decode())

    def test_papers_of_other_addons_are_left_alone(self):
        paper = self._create_paper("another_addon.test_paper")
        self.assertEqual(len(self._print(self.anna, paper, self.adler)), 1)
