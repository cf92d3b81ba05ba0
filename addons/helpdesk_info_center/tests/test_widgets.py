"""What managers may configure, and what is refused."""

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form
from odoo.tools import mute_logger

from .common import CenterCase


class TestWidgets(CenterCase):
    def create_widget(self, **values):
        widgets = self.env["helpdesk.center.widget"].with_user(self.manager)
        return widgets.create({"name": "Extra", "key": "extra", **values})

    def shown(self, user):
        center = self.center_as(user).get_center("company", self.muster.id)
        return center["widgets"]["extra"]

    def test_widget_of_a_manager_shows_the_tickets_of_his_choice(self):
        self.create_widget(
            domain='[("priority", "=", "1"), ("state_type", "=", "new")]'
        )
        self.assertEqual(self.shown(self.agent_a)["total"], 3)
        self.assertEqual(self.shown(self.agent_b)["total"], 1)

    def test_domain_knows_the_agent_and_relative_dates(self):
        self.create_widget(
            domain='[("user_id", "=", uid), ("create_date", ">=", "-1d")]'
        )
        self.assertEqual(self.shown(self.agent_a)["total"], 4)
        self.assertEqual(self.shown(self.agent_b)["total"], 3)

    def test_domain_that_makes_no_sense_is_refused(self):
        for domain in (
            "[('nonsense', '=', 1)]",
            "[('name', 'resembles', 'x')]",
            "nonsense",
            "[",
            "[('user_id', '=', env.uid)]",
            "[('id', 'in', __import__('os').listdir('.'))]",
        ):
            with self.subTest(domain=domain), self.assertRaises(ValidationError):
                self.create_widget(domain=domain)

    @mute_logger("odoo.sql_db")
    def test_field_that_cannot_be_searched_is_refused(self):
        for domain in ("[('sla_deadline', '<', 'now')]", "[('id', '=', 'abc')]"):
            with self.subTest(domain=domain), self.assertRaises(ValidationError):
                self.create_widget(domain=domain)

    def test_order_and_columns_must_be_those_of_the_list(self):
        for values in (
            {"default_order": "nonsense asc"},
            {"default_order": "name"},
            {"default_order": "name asc, id desc"},
            {"default_order": "tag_ids asc"},
            {"default_columns": "number,password"},
            {"default_columns": "name"},
            {"default_columns": "number,name,name"},
            {"default_columns": ""},
            {"key": "a b"},
            {"key": "x" * 50},
        ):
            with self.subTest(values=values), self.assertRaises(ValidationError):
                self.create_widget(**values)

    def test_key_never_changes(self):
        with self.assertRaises(ValidationError):
            self.create_widget().key = "other"

    def test_archived_tickets_are_counted_as_they_are_listed(self):
        self.create_widget(
            domain='[("active", "=", False), ("state_type", "in", ["new", "closed"])]'
        )
        self.t1.active = False
        widget = self.shown(self.agent_a)
        self.assertEqual((widget["total"], len(widget["rows"])), (2, 2))
        self.env["helpdesk.center.widget"].search(
            [("key", "=", "extra")]
        ).domain = '[("active", "=", False), ("state_type", "=", "new")]'
        widget = self.shown(self.agent_a)
        self.assertEqual((widget["total"], len(widget["rows"])), (1, 1))

    def test_only_managers_change_widgets(self):
        widget = self.create_widget()
        self.assertEqual(widget.with_user(self.agent_a).name, "Extra")
        with self.assertRaises(AccessError):
            widget.with_user(self.agent_a).domain = "[]"
        with self.assertRaises(AccessError):
            widget.with_user(self.employee).read(["name"])

    def test_manager_makes_a_widget_in_the_form(self):
        form = Form(self.env["helpdesk.center.widget"].with_user(self.manager))
        form.name = "Printers"
        widget = form.save()
        self.assertTrue(widget.key)
        self.assertIn(
            widget.key,
            self.center_as(self.agent_a).get_center("company", self.muster.id)[
                "widgets"
            ],
        )

    def test_visits_are_seen_by_nobody_else(self):
        self.center_as(self.agent_a).note_visit(self.muster.id)
        visits = self.env["helpdesk.center.visit"]
        self.assertEqual(visits.with_user(self.agent_a).search_count([]), 1)
        self.assertEqual(visits.with_user(self.agent_b).search_count([]), 0)
        with self.assertRaises(AccessError):
            visits.with_user(self.anna_user).search([])
