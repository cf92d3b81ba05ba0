from datetime import date

from lxml import etree, html

from odoo.tests import freeze_time, tagged

from .common import TUESDAY_MORNING, ContainerCase
from .test_portal_case import ONSITE_URL, REQUESTS_URL, WEDNESDAY, ContainerPortalCase

LATE = (
    "Bestellungen nach 13:00 Uhr können erst mit der übernächsten Lieferung bearbeitet"
    " werden. Voraussichtliche Lieferung: Montag, 07.12.2026."
)
OFF_DAY = (
    "Mittwoch ist kein Liefertag Ihres Unternehmens (Liefertage: Montag, Donnerstag)."
    " Nächster Liefertag: Donnerstag, 03.12.2026."
)
HOLIDAY = "25.12.2026 ist ein Feiertag (1. Weihnachtstag)."
NO_DAYS = "Für Ihr Unternehmen sind keine Liefertage hinterlegt"


class German:
    """Everybody reads German."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("de_DE")
        cls.env["ir.module.module"]._load_module_terms(
            ["portal", "mail", "customer_portal", "container_rental"], ["de_DE"]
        )
        (cls.anna | cls.carla | cls.erik).lang = "de_DE"


@tagged("-at_install", "post_install")
class TestGermanOffice(German, ContainerCase):
    """The words that the office wished for, in its forms."""

    def _in_german(self, records):
        return records.with_user(self.erik).with_context(lang="de_DE")

    def _labels(self, model):
        records = self._in_german(self.env[model])
        return dict(records._fields["state"]._description_selection(records.env))

    def test_states_of_containers(self):
        labels = self._labels("container.container")
        self.assertEqual(labels["issued"], "Ausgestellt")
        self.assertEqual(labels["returned"], "Zurückgegeben an die Wäscherei")

    def test_states_of_requests(self):
        labels = self._labels("container.request")
        self.assertEqual(labels["created"], "erstellt")
        self.assertEqual(labels["approved"], "genehmigt")

    def test_history_names_the_states_as_the_container_does(self):
        states = self._in_german(self.env["container.movement"])
        labels = states._fields["state"]._description_selection(states.env)
        self.assertEqual(dict(labels), self._labels("container.container"))

    def test_button_that_approves(self):
        view = self.env.ref("container_rental.container_request_view_form")
        requests = self._in_german(self.env["container.request"])
        views = requests.get_views([(view.id, "form")])["views"]
        buttons = etree.fromstring(views["form"]["arch"]).xpath(
            "//header/button[@name='action_approve']/@string"
        )
        self.assertEqual(set(buttons), {"Bestätigen"})

    def test_menu_of_the_app(self):
        menu = self.env.ref("container_rental.container_rental_menu_root")
        menus = self._in_german(self.env["ir.ui.menu"]).load_menus(False)
        self.assertEqual(menus[menu.id]["name"], "Containeranfrage")


@tagged("-at_install", "post_install")
class TestGermanPortal(German, ContainerPortalCase):
    """The words that the office wished for, on the pages of its customers."""

    def _tabs(self, page):
        return self._texts(page, "//*[contains(@class, 'nav-tabs')]//a")

    def _records(self, page):
        """Return the rows of the list, each as ``{heading: text}``."""
        headings = self._texts(page, "//thead/tr/*")
        return [dict(zip(headings, row, strict=True)) for row in self._rows(page)]

    # === WHAT STANDS AT THE CUSTOMER === #

    def test_list_has_the_columns_that_were_asked_for(self):
        with freeze_time(TUESDAY_MORNING):
            request = self._request_as(self.anna)
            request.action_approve()
            [planned] = self._records(self.open_as(self.anna, ONSITE_URL))
            self.assertEqual(planned["Typ"], "1000 l")
            self.assertIn("03.12.2026", planned["Ausgegeben am"])
            self.assertIn("genehmigt", planned["Ausgegeben am"].lower())
            self.assertEqual(planned["Spätestens zurück bis"], "–")
        with freeze_time("2026-12-03 07:00:00"):
            request.action_issue()
            [issued] = self._records(self.open_as(self.anna, ONSITE_URL))
            self.assertEqual(issued["Typ"], "1000 l")
            self.assertEqual(issued["Ausgegeben am"], "03.12.2026")
            self.assertEqual(issued["Spätestens zurück bis"], "17.12.2026")
        with freeze_time("2026-12-14 07:00:00"):
            request.rental_ids.action_return()
            self._sign_in(None)  # the session has expired
            page = self.open_as(self.anna, f"{ONSITE_URL}?filterby=history")
            [returned] = self._records(page)
            self.assertEqual(returned["Typ"], "1000 l")
            self.assertEqual(returned["Ausgegeben am"], "03.12.2026")
            self.assertEqual(returned["Spätestens zurück bis"], "14.12.2026")

    def test_narrow_screens_read_the_same_words_beside_each_cell(self):
        self._issued_as(self.anna)
        page = self.open_as(self.anna, ONSITE_URL)
        headings = self._texts(page, "//thead/tr/*")
        [row] = html.fromstring(page.content).xpath("//tbody/tr")
        for heading, cell in zip(headings[1:], row[1:], strict=True):
            labels = cell.xpath("./*[@class='o_cell_label']")
            self.assertEqual([label.text_content() for label in labels], [heading])

    def test_tabs(self):
        for url in (ONSITE_URL, REQUESTS_URL):
            tabs = self._tabs(self.open_as(self.anna, url))
            self.assertEqual(tabs, ["Container bei Ihnen", "Container anfordern"])

    @freeze_time(TUESDAY_MORNING)
    def test_customer_reads_how_far_his_request_is(self):
        request = self._request_as(self.anna)
        for label in ("erstellt", "genehmigt"):
            [row] = self._records(self.open_as(self.anna, REQUESTS_URL))
            self.assertEqual(row["Status"], label)
            if request.state == "created":
                request.action_approve()

    # === WHAT IS SAID ABOUT A WISH === #

    @freeze_time("2026-12-01 12:00:01")
    def test_late(self):
        page = self.open_as(self.anna, REQUESTS_URL)
        self.assertEqual(self._alerts(page), [LATE])
        page = self.open_as(self.anna, self._send(self.anna).headers["Location"])
        self.assertIn(LATE, self._texts(page, "//*[@role='status']/p"))

    @freeze_time(TUESDAY_MORNING)
    def test_no_delivery_day(self):
        page = self._send(self.anna, requested_date=WEDNESDAY)
        self.assertEqual(self._alerts(page), [OFF_DAY])
        label = self._texts(page, "//label[@for='confirm_warnings']")
        self.assertEqual(label, ["Trotzdem anfragen"])
        self.assertFalse(self._requests())

    @freeze_time("2026-12-21 09:00:00")
    def test_holiday(self):
        self.adler.container_weekday_ids = self._weekdays(4)
        self._close("2026-12-25", "1. Weihnachtstag")
        page = self._send(self.anna, requested_date="2026-12-25")
        self.assertEqual(self._alerts(page), [HOLIDAY])
        self._send(self.anna, requested_date="2026-12-25", confirm_warnings="1")
        self.assertEqual(self._requests().delivery_date, date(2027, 1, 1))

    def test_no_delivery_days_at_all(self):
        page = self.open_as(self.carla, REQUESTS_URL)
        [text] = self._texts(page, "//*[@data-name='weekdays']")
        self.assertTrue(text.startswith(NO_DAYS), text)
