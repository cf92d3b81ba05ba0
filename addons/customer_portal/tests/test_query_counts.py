from .change_common import ChangePeople
from .common import PortalHttpCase

FORM = {
    "name": "Hotel Adler GmbH",
    "email": "info@adler.example",
    "phone": "+49 941 201000",
    "street": "Marktplatz 1",
    "zip": "93047",
    "city": "Regensburg",
}


class TestQueryCounts(ChangePeople, PortalHttpCase):
    """What a click costs, counted in queries; pages count theirs in their own tests."""

    def _count_post(self, url, **values):
        country = self.env.ref("base.de").id
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        response = self.post_as(
            self.anna,
            url,
            FORM
            | {"country_id": country, "partner_id": self.anna.partner_id.id}
            | values,
        )
        self.assertIn("redirectUrl", response.json())
        return self.env.cr.sql_log_count - before

    def test_asking_costs_no_more_than_odoo_writing(self):
        """Odoo's own submit, with the workflow switched off, against a request."""
        url = "/my/address/submit"
        self.company.change_enabled = False
        self._count_post(url, street="Warm 0")
        odoo = self._count_post(url, street="Odoo 1")
        self.company.change_enabled = True
        self._count_post(url, street="Warm 1")
        self.requests.search([]).unlink()
        self.env.flush_all()
        ours = self._count_post(url, street="Ours 1")
        self.assertLessEqual(ours, odoo)

    def test_adding_to_an_open_request_costs_no_more_for_many_wishes(self):
        url = "/my/address/submit"
        self._count_post(url, street="One")
        self._count_post(url, street="Two")
        one = self._count_post(url, street="Three")
        self._count_post(url, street="One", city="One", zip="1", phone="1", name="A")
        many = self._count_post(
            url, street="Two", city="Two", zip="2", phone="2", name="B"
        )
        self.assertLessEqual(many, one + 12)  # the second request: the own contact

    def test_staff_who_write_partners_pay_nothing_for_the_net(self):
        partners = self.env["res.partner"].create([{"name": str(n)} for n in range(9)])
        partners = partners.with_user(self.erik)
        counts = []
        for enabled in (True, False, True):
            self.company.change_enabled = enabled
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            partners.write({"street": f"Straße {enabled} {len(counts)}"})
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[1], counts[2])
