from datetime import timedelta

from odoo import fields
from odoo.tests import freeze_time, new_test_user  # noqa: F401 (for the tests)

from odoo.addons.customer_portal.tests.common import (
    PortalHttpCase,
    PortalTransactionCase,
)

TUESDAY_MORNING = "2026-12-01 09:00:00"  # 10:00 in Berlin, before the cut-off


class ContainerFleet:
    """A laundry with two containers of 1000 l, C-001 and C-002.

    Hotel Adler is served on Mondays and Thursdays and always uses 1000 l; Gasthof Krone
    has no agreement at all. Erik decides about requests, Marta manages the fleet.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.company.partner_id.write({"email": "laundry@test.example", "lang": "en_US"})
        cls.erik.group_ids += cls.env.ref(
            "container_rental.container_rental_group_user"
        )
        cls.marta = new_test_user(
            cls.env,
            login="marta@test.example",
            name="Marta",
            email="marta@test.example",
            groups="container_rental.container_rental_group_manager",
            context={"no_reset_password": True},
        )
        cls.company.write(
            {
                "portal_tz": "Europe/Berlin",
                "container_admin_user_ids": [(6, 0, cls.erik.ids)],
            }
        )
        cls.type_1000 = cls.env["container.type"].create(
            {"name": "1000 l", "volume_l": 1000}
        )
        cls.type_600 = cls.env["container.type"].create(
            {"name": "600 l", "volume_l": 600}
        )
        cls.c1, cls.c2 = cls.env["container.container"].create(
            [
                {"name": "C-001", "type_id": cls.type_1000.id},
                {"name": "C-002", "type_id": cls.type_1000.id},
            ]
        )
        cls.adler.write(
            {
                "container_type_id": cls.type_1000.id,
                "container_weekday_ids": [(6, 0, cls._weekdays(0, 3).ids)],
            }
        )

    @classmethod
    def _weekdays(cls, *indexes):
        return cls.env["container.weekday"].search([("index", "in", indexes)])

    def _close(self, day, name):
        """Give the whole company a day off, from midnight to midnight in Berlin."""
        start = fields.Datetime.to_datetime(day) - timedelta(hours=1)  # in winter
        self.env["resource.calendar.leaves"].create(
            {
                "name": name,
                "date_from": start,
                "date_to": start + timedelta(days=1),
                "calendar_id": False,
            }
        )

    def _request_as(self, user, wish=None, **values):
        """Return the request that a customer sends from the portal, for staff."""
        requests = self.env["container.request"].with_user(user)
        customer = user.partner_id.sudo()
        values = {
            "partner_id": customer.id,
            "address_id": customer.commercial_partner_id.id,
            "type_id": self.type_1000.id,
            "quantity": 1,
            **values,
        }
        decision = requests._decide_for(customer, self.company, wish)
        request = requests.sudo()._submit_from_portal(values, decision)
        return request.with_user(self.erik).sudo(False)

    def _approved_as(self, user, **values):
        request = self._request_as(user, **values)
        request.action_approve()
        return request

    def _issued_as(self, user, **values):
        """Return the rentals of a request whose containers have left."""
        rentals = self._approved_as(user, **values).rental_ids
        rentals.action_issue()
        return rentals

    def _mails(self, subject):
        """Return the queued mails whose subject contains a text."""
        self.write_mails()
        return self.env["mail.mail"].sudo().search([("subject", "ilike", subject)])


class ContainerCase(ContainerFleet, PortalTransactionCase):
    """Tests of the models of container rental."""


class ContainerHttpCase(ContainerFleet, PortalHttpCase):
    """Tests of the pages of container rental."""
