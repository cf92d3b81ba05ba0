from odoo.tests import freeze_time, tagged

from odoo.addons.customer_portal.controllers.portal_form import new_form_token

from .common import TUESDAY_MORNING, ContainerHttpCase

# What the list of requests shows.
LIST_SPECIFICATION = {
    "name": {},
    "commercial_partner_id": {"fields": {"display_name": {}}},
    "address_id": {"fields": {"display_name": {}}},
    "type_id": {"fields": {"display_name": {}}},
    "quantity": {},
    "delivery_date": {},
    "is_late": {},
    "activity_ids": {},
    "activity_state": {},
    "state": {},
}


@tagged("-at_install", "post_install")
@freeze_time(TUESDAY_MORNING)
class TestQueryCounts(ContainerHttpCase):
    """What is done often costs a known number of queries, however much there is."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["container.container"].create(
            [
                {"name": f"Q-{number}", "type_id": cls.type_1000.id}
                for number in range(60)
            ]
        )

    def test_sending_a_request(self):
        def send():
            response = self.post_as(
                self.anna,
                "/my/containers/request",
                {"quantity": "1", "form_token": new_form_token()},
            )
            self.assertIn("/by_token/", response.headers["Location"])

        send()
        self.assertLessEqual(self._count(send), 26)

    def test_approving_many_costs_as_much_as_approving_one(self):
        self._requests(1).action_approve()
        one = self._count(self._requests(1).action_approve)
        many = self._count(self._requests(20).action_approve)
        self.assertLessEqual(one, 20)
        self.assertEqual(many, one)

    def test_the_list_of_requests(self):
        self._requests(2)
        self._read_list()
        short = self._count(self._read_list)
        self._requests(38)
        self._read_list()
        self.assertEqual(self._count(self._read_list), short)
        self.assertLessEqual(short, 12)

    def _requests(self, count):
        users = [self.anna, self.bert]
        requests = [self._request_as(users[number % 2]) for number in range(count)]
        return self.env["container.request"].union(*requests).with_user(self.erik)

    def _read_list(self):
        self.rpc_as(
            self.erik,
            "container.request",
            "web_search_read",
            [["state", "=", "created"]],
            LIST_SPECIFICATION,
            limit=80,
        )

    def _count(self, function):
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        function()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before
