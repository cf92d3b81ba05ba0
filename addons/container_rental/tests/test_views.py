from odoo.tests import Form, JsonRpcException, freeze_time, tagged
from odoo.tools import mute_logger

from odoo.addons.customer_portal.tests.view_reader import ViewReader

from .common import TUESDAY_MORNING, ContainerCase, ContainerHttpCase

OUR_MODELS = (
    "container.container",
    "container.delivery.exception",
    "container.movement",
    "container.rental",
    "container.request",
    "container.type",
)


@freeze_time(TUESDAY_MORNING)
class TestBackOfficeForms(ContainerCase):
    """What Erik, the least of those who work with containers, does in his forms."""

    def _type_in(self, **values):
        """Return a request that Erik types in for a customer on the telephone."""
        with Form(self.env["container.request"].with_user(self.erik)) as form:
            form.partner_id = self.anna.partner_id
            for name, value in values.items():
                form[name] = value
        return form.record

    def test_request_takes_what_was_agreed_with_the_customer(self):
        request = self._type_in()
        self.assertRecordValues(
            request,
            [
                {
                    "state": "created",
                    "commercial_partner_id": self.adler.id,
                    "type_id": self.type_1000.id,
                    "quantity": 1,
                    "source": "backoffice",
                }
            ],
        )
        self.assertEqual(str(request.delivery_date), "2026-12-03")

    def test_chosen_day_is_kept_after_a_warning(self):
        with self.assertLogs("odoo.tests.form.onchange", "WARNING") as warnings:
            request = self._type_in(delivery_date="2026-12-02")
        self.assertIn("Wednesday is no delivery day", warnings.output[0])
        self.assertEqual(str(request.delivery_date), "2026-12-02")

    def test_request_is_approved_issued_and_returned(self):
        request = self._type_in(quantity=2)
        with Form(request) as form:
            form.remark = "Please ring the bell."
        request.action_propose()
        self.assertEqual(request.container_ids, self.c1 | self.c2)
        request.action_approve()
        self.assertEqual(request.rental_count, 2)
        request.action_issue()
        self.assertEqual(request.state, "done")
        rental = request.rental_ids[0]
        with Form(rental) as form:
            form.return_due = "2026-12-24"
        self.assertEqual(str(rental.back_by), "2026-12-24")
        request.rental_ids.action_return()
        self.assertEqual(
            request.rental_ids.container_id.mapped("state"), ["returned", "returned"]
        )

    def test_returned_container_can_be_rented_out_at_once(self):
        self.c2.with_user(self.erik).action_maintenance()
        for _stay in range(2):
            request = self._type_in()
            request.action_approve()
            request.action_issue()
            request.rental_ids.action_return()
            self.c1.with_user(self.erik).action_release()
        self.assertEqual(self.c1.rental_ids.mapped("state"), ["returned", "returned"])

    def test_reason_is_asked_before_a_request_is_rejected(self):
        request = self._type_in()
        action = request.action_reject()
        self.assertEqual(request.state, "created")
        wizard = self.env[action["res_model"]].with_user(self.erik)
        with Form(wizard.with_context(**action["context"])) as form:
            form.reason = "All containers are at the fair."
        form.record.action_reject()
        self.assertEqual(request.state, "rejected")
        self.assertEqual(request.reject_reason, "All containers are at the fair.")

    def test_request_beyond_the_limit_is_marked(self):
        self.adler.container_limit = 1
        self.assertFalse(self._type_in(quantity=1).is_over_limit)
        self.assertTrue(self._type_in(quantity=2).is_over_limit)

    def test_request_names_its_customer_in_the_calendar(self):
        request = self._type_in(quantity=2)
        self.assertEqual(request.display_name, request.name)
        self.assertEqual(
            request.with_context(show_customer=True).display_name,
            f"Hotel Adler GmbH, 2 × 1000 l ({request.name})",
        )

    def test_container_form_enters_the_history(self):
        self.c1.with_user(self.erik).action_maintenance()
        action = self.c1.with_user(self.erik).action_open_movements()
        movements = self.env["container.movement"].with_user(self.erik)
        self.assertEqual(
            movements.search(action["domain"]).mapped("type"), ["maintenance"]
        )

    def test_agreement_is_entered_in_the_customers_form(self):
        customer = self.krone.with_user(self.marta)
        with Form(customer, "base.view_partner_form") as form:
            form.container_type_id = self.type_600
            form.container_weekday_ids = self._weekdays(1, 4)
            form.container_limit = 3
        settings = customer._get_container_settings()
        self.assertEqual(settings["type"], self.type_600)
        self.assertEqual(settings["weekdays"].mapped("name"), ["Tuesday", "Friday"])


class TestViewsAreForStaff(ViewReader, ContainerCase):
    def test_every_view_opens_for_the_least_user(self):
        self.assertViewsOpen("container_rental", OUR_MODELS, [self.erik])

    def test_only_managers_see_the_buttons_that_take_steps_back(self):
        for xmlid, names in {
            "container_rental.container_request_view_form": {"action_revoke"},
            "container_rental.container_rental_view_form": {"action_undo"},
            "container_rental.container_container_view_form": {
                "action_retire",
                "action_reactivate",
            },
        }.items():
            with self.subTest(view=xmlid):
                marta = self._buttons(self.marta, xmlid)
                self.assertEqual(marta - self._buttons(self.erik, xmlid), names)

    def test_agreement_is_readonly_for_users_and_absent_for_others(self):
        xmlid = "base.view_partner_form"
        fields = "//page[@name='container_rental']//field[@name='container_limit']"
        (field,) = self._arch(self.marta, xmlid).xpath(fields)
        self.assertFalse(field.get("readonly"))
        (field,) = self._arch(self.erik, xmlid).xpath(fields)
        self.assertTrue(field.get("readonly"))
        colleague = self._create_user("Ingo", "base.group_user")
        self.assertEqual(self._arch(colleague, xmlid).xpath(fields), [])

    def test_menu_is_there_for_those_who_may_use_it(self):
        def visible(user, name):
            menu = self.env.ref(f"container_rental.{name}")
            return menu.id in self.env["ir.ui.menu"].with_user(user)._visible_menu_ids()

        colleague = self._create_user("Ingo", "base.group_user")
        self.assertTrue(visible(self.erik, "container_request_menu"))
        self.assertFalse(visible(self.erik, "container_rental_menu_configuration"))
        self.assertTrue(visible(self.marta, "container_rental_menu_configuration"))
        self.assertFalse(visible(self.marta, "container_rental_menu_settings"))
        self.assertFalse(visible(colleague, "container_rental_menu_root"))

    def test_manager_enters_holidays(self):
        holiday = {
            "name": "Epiphany",
            "date_from": "2027-01-05 23:00:00",
            "date_to": "2027-01-06 22:59:59",
        }
        leaves = self.env["resource.calendar.leaves"].with_user(self.marta)
        leaves.create(holiday)
        rules = self.adler._get_delivery_rules(self.company)
        self.assertIn("Epiphany", rules.closed.values())


@tagged("post_install", "-at_install")
class TestButtonsByRpc(ContainerHttpCase):
    """A hidden button protects nothing: the same calls are refused by the server."""

    def assert_refused(self, user, records, method, error="AccessError"):
        with (
            mute_logger("odoo.http"),
            self.assertRaisesRegex(JsonRpcException, error),
        ):
            self.rpc_as(user, records._name, method, records.ids)

    def test_user_takes_no_step_back(self):
        rental = self._issued_as(self.anna)
        approved = self._approved_as(self.anna)
        self.assert_refused(self.erik, rental, "action_undo")
        self.assert_refused(self.erik, approved, "action_revoke")
        self.assertEqual(rental.state, "issued")
        self.assertEqual(approved.state, "approved")

    def test_user_takes_no_container_out_of_the_fleet(self):
        self.assert_refused(self.erik, self.c1, "action_retire")
        self.assertEqual(self.c1.state, "available")

    def test_customer_presses_no_button_of_the_office(self):
        request = self._request_as(self.anna)
        for method in ("action_approve", "action_reject", "action_cancel"):
            with self.subTest(method=method):
                self.assert_refused(self.anna, request, method)
        self.assertEqual(request.state, "created")
