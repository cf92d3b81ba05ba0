from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form

from .common import PortalTransactionCase
from .service_common import ServicePeople


class ServiceQuestions(ServicePeople, PortalTransactionCase):
    """Erik presses a button of service orders and answers what he is asked then."""

    def _ask(self, action, user=None, **values):
        """Return the answered wizard of a button."""
        wizard = self.env[action["res_model"]].with_user(user or self.erik)
        with Form(wizard.with_context(**action["context"])) as form:
            for name, value in values.items():
                form[name] = value
        return form.record

    def _orders(self, *states, **values):
        orders = self.orders.with_user(self.erik)
        for state in states:
            orders |= self._order_in(state, imei=self._next_imei(), **values)
        return orders


class TestServiceReason(ServiceQuestions):
    """Whoever refuses, cancels or reopens says why."""

    def test_customer_reads_why_his_order_was_refused(self):
        order = self._order_in("submitted")
        self._ask(order.action_refuse(), reason=" Out of stock ").action_refuse()
        self.assertEqual(order.state, "cancelled")
        self.assertEqual(order.with_user(self.carla).cancel_reason, "Out of stock")

    def test_without_a_reason_nothing_is_refused(self):
        order = self._order_in("submitted")
        with self.assertRaises(AssertionError):  # the form marks the field
            self._ask(order.action_refuse())
        wizard = self._ask(order.action_refuse(), reason=" \n ")
        with self.assertRaisesRegex(UserError, "give a reason"):
            wizard.action_refuse()
        self.assertEqual(order.state, "submitted")

    def test_only_what_waits_for_confirmation_is_refused(self):
        order = self._order_in("submitted")
        wizard = self._ask(order.action_refuse(), reason="No parts")
        order.action_confirm()
        with self.assertRaisesRegex(UserError, f"{order.name} is “Confirmed”"):
            wizard.action_refuse()
        self.assertEqual(order.state, "confirmed")

    def test_order_is_cancelled_with_a_reason(self):
        order = self._order_in("at_location")
        self._ask(order.action_cancel(), reason="Cannot be repaired").action_cancel()
        self.assertEqual(order.state, "cancelled")
        self.assertEqual(order.cancel_reason, "Cannot be repaired")

    def test_of_several_orders_all_are_cancelled_or_none(self):
        orders = self._orders("confirmed", "completed")
        wizard = self._ask(orders.action_cancel(), reason="Fire in the workshop")
        with self.assertRaisesRegex(UserError, "“Completed”"):
            wizard.action_cancel()
        self.env.invalidate_all()
        self.assertEqual(orders.mapped("state"), ["confirmed", "completed"])

    def test_manager_reopens_a_completed_order(self):
        order = self._order_in("completed").with_user(self.mia)
        wizard = self._ask(order.action_reopen(), self.mia, reason="Broken again")
        wizard.action_reopen()
        self.assertEqual(order.state, "at_location")
        self.assertEqual(order.status_log_ids[-1].note, "Broken again")

    def test_users_reopen_nothing(self):
        order = self._order_in("completed")
        with self.assertRaises(AccessError):
            order.action_reopen()
        wizard = self.env["customer.service.reason"].with_user(self.erik)
        wizard = wizard.create(
            {
                "act": "reopen",
                "order_ids": [Command.set(order.ids)],
                "reason": "Please",
            }
        )
        with self.assertRaisesRegex(AccessError, "Manager"):
            wizard.action_reopen()
        self.assertEqual(order.state, "completed")

    def test_reason_counts_for_what_it_was_asked_for(self):
        order = self._order_in("submitted")
        wizard = self._ask(order.action_refuse(), reason="No parts")
        with self.assertRaisesRegex(UserError, "for something else"):
            wizard.action_cancel()
        self.assertEqual(order.state, "submitted")


class TestServiceComplete(ServiceQuestions):
    """Completing asks for what was done, and how the device travels."""

    def test_notes_of_the_technician_are_there_already(self):
        order = self._order_in("at_location")
        order.resolution = "New display"
        wizard = self._ask(order.action_complete(), outbound_tracking=" 00340 ")
        self.assertEqual(wizard.resolution, "New display")
        wizard.action_complete()
        self.assertRecordValues(
            order,
            [
                {
                    "state": "completed",
                    "resolution": "New display",
                    "outbound_tracking": "00340",
                }
            ],
        )

    def test_notes_can_be_written_at_last(self):
        order = self._order_in("at_location")
        self._ask(order.action_complete(), resolution="New battery").action_complete()
        self.assertEqual(order.state, "completed")
        self.assertEqual(order.resolution, "New battery")

    def test_without_notes_nothing_is_completed(self):
        order = self._order_in("at_location")
        with self.assertRaises(AssertionError):  # the form marks the field
            self._ask(order.action_complete())
        order.resolution = "New display"
        wizard = self._ask(order.action_complete())
        wizard.resolution = " "
        with self.assertRaisesRegex(UserError, "what was done"):
            wizard.action_complete()
        self.assertEqual(order.state, "at_location")
        self.assertEqual(order.resolution, "New display")

    def test_number_that_was_typed_in_before_is_kept(self):
        order = self._order_in("at_location")
        order.write({"resolution": "New display", "outbound_tracking": "00340"})
        wizard = self._ask(order.action_complete())
        self.assertEqual(wizard.outbound_tracking, "00340")
        wizard.action_complete()
        self.assertEqual(order.outbound_tracking, "00340")

    def test_of_several_orders_those_without_notes_get_them(self):
        orders = self._orders("at_location", "at_location", "at_location")
        orders[0].resolution = "New display"
        wizard = self._ask(orders.action_complete(), resolution="Cleaned")
        self.assertEqual((wizard.order_count, wizard.missing_count), (3, 2))
        wizard.action_complete()
        self.assertEqual(
            orders.mapped("resolution"), ["New display", "Cleaned", "Cleaned"]
        )
        self.assertEqual(orders.mapped("state"), ["completed"] * 3)

    def test_several_orders_with_notes_need_no_more_words(self):
        orders = self._orders("at_location", "at_location")
        orders.resolution = "Cleaned"
        self._ask(orders.action_complete(), outbound_tracking="X1").action_complete()
        self.assertEqual(orders.mapped("state"), ["completed"] * 2)
        self.assertEqual(orders.mapped("outbound_tracking"), ["X1"] * 2)

    def test_of_several_orders_all_are_completed_or_none(self):
        orders = self._orders("at_location", "confirmed")
        wizard = self._ask(orders.action_complete(), resolution="Cleaned")
        with self.assertRaisesRegex(UserError, f"{orders[1].name} is “Confirmed”"):
            wizard.action_complete()
        self.env.invalidate_all()
        self.assertEqual(orders.mapped("state"), ["at_location", "confirmed"])
        self.assertEqual(orders.mapped("resolution"), [False, False])


class TestServiceSetStatus(ServiceQuestions):
    """Staff say how far a device is, within one step of its life."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.in_repair = cls.env.ref("customer_portal.customer_service_status_repair")

    def test_customer_reads_how_far_his_device_is(self):
        order = self._order_in("at_location")
        self._ask(
            order.action_set_status(), status_id=self.in_repair
        ).action_set_status()
        self.assertEqual(order.status_id, self.in_repair)
        self.assertEqual(order.status_log_ids[-1].status_id, self.in_repair)
        self.assertEqual(order.status_log_ids[-1].user_id, self.erik)

    def test_note_stands_in_the_chat(self):
        order = self._order_in("at_location")
        self._ask(
            order.action_set_status(),
            status_id=self.in_repair,
            note="Water damage,\nwe try our <best>.",
        ).action_set_status()
        message = order.message_ids[0]
        self.assertEqual(message.subtype_id, self.env.ref("mail.mt_comment"))
        self.assertEqual(
            message.body, "<p>Water damage,<br>we try our &lt;best&gt;.</p>"
        )

    def test_only_statuses_of_the_present_step_are_offered(self):
        order = self._order_in("confirmed")
        wizard = self._ask(
            order.action_set_status(),
            status_id=self.env.ref("customer_portal.customer_service_status_confirmed"),
        )
        self.assertEqual(wizard.state, "confirmed")
        wizard.status_id = self.in_repair
        with self.assertRaisesRegex(UserError, f"{order.name} is “Confirmed”"):
            wizard.action_set_status()

    def test_several_orders_get_one_status(self):
        orders = self._orders("at_location", "at_location")
        self._ask(
            orders.action_set_status(), status_id=self.in_repair
        ).action_set_status()
        self.assertEqual(orders.status_id, self.in_repair)

    def test_orders_of_different_steps_are_not_mixed(self):
        orders = self._orders("at_location", "confirmed")
        with self.assertRaisesRegex(UserError, "the same status"):
            orders.action_set_status()

    def test_order_that_has_gone_on_meanwhile_stops_all(self):
        orders = self._orders("at_location", "at_location")
        wizard = self._ask(orders.action_set_status(), status_id=self.in_repair)
        orders[1]._complete(resolution="Cleaned")
        with self.assertRaisesRegex(UserError, f"{orders[1].name} is “Completed”"):
            wizard.action_set_status()
        self.env.invalidate_all()
        self.assertNotIn(self.in_repair, orders.status_id)

    def test_mail_is_announced(self):
        order = self._order_in("at_location")
        wizard = self._ask(order.action_set_status(), status_id=self.in_repair)
        self.assertFalse(wizard.has_mail)
        self.in_repair.mail_template_id = self.env["mail.template"].create(
            {
                "name": "In repair",
                "model_id": self.env["ir.model"]._get_id("customer.service.order"),
            }
        )
        wizard = self._ask(order.action_set_status(), status_id=self.in_repair)
        self.assertTrue(wizard.has_mail)


class TestWhoAnswers(ServiceQuestions):
    """The questions are for those who work with the orders."""

    WIZARDS = {
        "customer.service.reason": {"act": "cancel", "reason": "No"},
        "customer.service.complete": {"resolution": "Done"},
        "customer.service.set.status": {},
    }
    BUTTONS = {
        "customer.service.reason": ("action_refuse", "action_cancel", "action_reopen"),
        "customer.service.complete": ("action_complete",),
        "customer.service.set.status": ("action_set_status",),
    }

    def _wizards(self, user, orders):
        """Return a wizard of each kind that a user has filled in."""
        status = self.env.ref("customer_portal.customer_service_status_repair")
        for model, values in self.WIZARDS.items():
            vals = values | {"order_ids": [Command.set(orders.ids)]}
            if model == "customer.service.set.status":
                vals["status_id"] = status.id
            yield self.env[model].with_user(user).create(vals)

    def test_colleagues_without_the_group_are_not_asked(self):
        colleague = self._create_user("Ingo", "base.group_user")
        for model in self.WIZARDS:
            with self.subTest(model=model), self.assertRaises(AccessError):
                self.env[model].with_user(colleague).create({})

    def test_nobody_presses_the_button_of_a_colleague(self):
        order = self._order_in("at_location")
        for wizard in self._wizards(self.erik, order):
            for button in self.BUTTONS[wizard._name]:
                with self.subTest(button=button), self.assertRaises(AccessError):
                    getattr(wizard.with_user(self.mia), button)()

    def test_who_has_lost_the_group_is_refused(self):
        order = self._order_in("at_location")
        wizards = list(self._wizards(self.erik, order))
        self.env.cr.flush()  # the changes of fields are noted while he may read them
        self.erik.group_ids = self.env.ref("base.group_user")
        for wizard in wizards:
            for button in self.BUTTONS[wizard._name]:
                with self.subTest(button=button), self.assertRaises(AccessError):
                    getattr(wizard, button)()
                # The button asks for the group itself, whatever the server may do.
                with (
                    self.subTest(button=button, sudo=True),
                    self.assertRaisesRegex(AccessError, "Only members"),
                ):
                    getattr(wizard.sudo(), button)()
        self.assertEqual(order.sudo().state, "at_location")

    def test_without_orders_nothing_happens(self):
        for wizard in self._wizards(self.mia, self.orders):
            for button in self.BUTTONS[wizard._name]:
                with (
                    self.subTest(button=button),
                    self.assertRaisesRegex(UserError, "no service order"),
                ):
                    getattr(wizard, button)()

    def test_orders_of_another_company_stay_as_they_are(self):
        order = self._order_in("at_location")
        branch = self.env["res.company"].create({"name": "Werkstatt Graz"})
        wizards = list(self._wizards(self.mia, order))
        self.mia.write({"company_ids": [Command.set(branch.ids)], "company_id": branch})
        with self.assertRaises(AccessError):
            next(self._wizards(self.mia, order))
        for wizard in wizards:
            for button in self.BUTTONS[wizard._name]:
                with (
                    self.subTest(button=button),
                    self.assertRaisesRegex(UserError, "no service order"),
                ):
                    getattr(wizard, button)()
        self.assertEqual(order.state, "at_location")
