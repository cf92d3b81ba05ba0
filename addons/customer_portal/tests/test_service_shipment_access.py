from odoo.tools import mute_logger

from .service_shipment_common import TOKEN
from .service_shipment_pages import URL, ShipmentPageCase


class TestServiceShipmentAccess(ShipmentPageCase):
    """Shipments are for resellers, and each sees his own."""

    def setUp(self):
        super().setUp()
        self.shipment = self._confirmed_as(self.anna, self._devices_of(self.anna), 50)
        self.draft = self._ship_as(self.anna, self._devices_of(self.anna), 51)

    def _urls(self, shipment):
        pages = [f"{URL}/{shipment.id}"]
        downloads = [f"{pages[0]}/{paper}" for paper in ("packing-list", "label")]
        acts = [f"{pages[0]}/{act}" for act in ("confirm", "cancel", "tracking")]
        return pages, downloads, acts

    @mute_logger("odoo.http")
    def test_who_is_no_reseller_gets_nothing(self):
        pages, downloads, acts = self._urls(self.shipment)
        for user in (self.carla, self.erik):
            for url in [URL, f"{URL}/by_token/{TOKEN.format(50)}", *pages, *downloads]:
                with self.subTest(user=user.name, url=url):
                    self.assertEqual(self.open_as(user, url).status_code, 403)
            for url in [f"{URL}/create", *acts]:
                with self.subTest(user=user.name, url=url):
                    self.assertEqual(self.post_as(user, url).status_code, 403)
        self.assertEqual(self.shipment.state, "confirmed")

    def test_role_that_was_taken_away_counts_at_once(self):
        self.assertEqual(self.open_as(self.anna, URL).status_code, 200)
        self.adler.service_role = "customer"
        with mute_logger("odoo.http"):
            self.assertEqual(self.open_as(self.anna, URL).status_code, 403)

    @mute_logger("odoo.http")
    def test_another_reseller_finds_nothing(self):
        self.krone.service_role = "reseller"
        for shipment in (self.shipment, self.draft):
            pages, downloads, acts = self._urls(shipment)
            for url in [*pages, *downloads]:
                with self.subTest(url=url):
                    self.assertMissing(self.open_as(self.carla, url))
            for url in acts:
                with self.subTest(url=url):
                    self.assertEqual(self.post_as(self.carla, url).status_code, 404)
        page = self.open_as(self.carla, f"{URL}/by_token/{TOKEN.format(50)}")
        self.assertURLEqual(page.url, URL)
        self.assertNotIn(self.shipment.name, page.text)
        self.assertEqual(
            (self.shipment.state, self.draft.state), ("confirmed", "draft")
        )

    @mute_logger("odoo.http")
    def test_what_does_not_exist_is_answered_alike(self):
        missing = self.shipments.browse(2**31 - 1)
        pages, downloads, acts = self._urls(missing)
        for url in [*pages, *downloads, f"{URL}/{2**40}", f"{URL}/0"]:
            with self.subTest(url=url):
                self.assertMissing(self.open_as(self.anna, url))
        for url in acts:
            with self.subTest(url=url):
                self.assertEqual(self.post_as(self.anna, url).status_code, 404)

    @mute_logger("odoo.http")
    def test_papers_of_drafts_and_cancelled_ones_do_not_exist(self):
        cancelled = self._confirmed_as(self.anna, self._devices_of(self.anna), 52)
        cancelled.sudo()._cancel_by_customer()
        for shipment in (self.draft, cancelled):
            for url in self._urls(shipment)[1]:
                with self.subTest(url=url):
                    self.assertEqual(self.open_as(self.anna, url).status_code, 404)

    def test_colleagues_share_shipments_unless_they_see_their_own_alone(self):
        url = self.shipment.access_url
        self.assertURLEqual(self.open_as(self.bert, url).url, url)
        self.bert.partner_id.service_scope = "own"
        self.assertURLEqual(self.open_as(self.bert, url).url, "/my")
        page = self.open_as(self.bert, URL)
        self.assertEqual((self._groups(page), self._list(page)), ({}, []))

    def test_page_names_no_colleagues_order_as_a_link(self):
        shipment = self._ship_as(self.bert, self._devices_of(self.anna), 53)
        self.bert.partner_id.service_scope = "own"
        page = self.open_as(self.bert, shipment.access_url)
        self.assertEqual(self._links(page, "//section[@name='devices']//a"), [])
        self.assertEqual(len(self._rows(page)), 2)

    @mute_logger("odoo.http")
    def test_customers_read_no_devices_by_remote_call(self):
        for model, ids in [
            ("customer.service.shipment.line", self.shipment.sudo().line_ids.ids),
            ("customer.service.location", self.berlin.ids),
        ]:
            with (
                self.subTest(model=model),
                self.assertRaisesRegex(Exception, "AccessError"),
            ):
                self.rpc_as(self.anna, model, "read", ids, ["display_name"])
