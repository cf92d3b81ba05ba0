from contextlib import contextmanager

from odoo import fields
from odoo.tests import TransactionCase, freeze_time
from odoo.tools import convert_file

ADDON = "helpdesk_info_center"
FILES = (
    *("team", "customer", "ticket_archive", "ticket_closed", "ticket_pending"),
    *("ticket_late", "ticket_open", "ticket_new", "ticket_unknown"),
    *("message", "german"),
)
DAYS = (
    "2026-11-23 10:00:00",
    "2026-11-30 23:30:00",  # December in Berlin
    "2027-01-01 00:30:00",
    "2028-02-29 13:30:00",
)


class TestDemo(TransactionCase):
    """Demo data tell their story relative to today: it has to be true on every day."""

    def _load(self):
        for name in FILES:
            path = f"demo/helpdesk_{name}_demo.xml"
            env = self.env(su=True)
            convert_file(env, ADDON, path, {}, mode="init", noupdate=True)

    def _ref(self, name):
        return self.env.ref(f"{ADDON}.{name}")

    def test_story_is_true_on_every_day(self):
        for day in DAYS:
            with self.subTest(day=day), freeze_time(day), self._rolled_back():
                self._load()
                self._assert_numbers_of_ines()
                self._assert_numbers_of_falk()
                self._assert_marks()
                self._assert_unlinked()
                self._assert_days()
                self._assert_what_kathi_sees()
                self._assert_words()
                self._assert_silence()

    @contextmanager
    def _rolled_back(self):
        savepoint = self.env.cr.savepoint(flush=True)
        try:
            yield
        finally:
            savepoint.rollback()
            savepoint.close(rollback=False)
            self.env.invalidate_all(flush=False)

    def _center(self, login, customer="kastner"):
        center = self.env["helpdesk.center"].with_user(self._ref(f"user_{login}"))
        return center.get_center("company", self._ref(f"partner_{customer}").id)

    def _widget(self, login, key, customer="kastner"):
        center = self.env["helpdesk.center"].with_user(self._ref(f"user_{login}"))
        partner = self._ref(f"partner_{customer}")
        return center.get_widget("company", partner.id, key)

    def _tickets(self, *names):
        tickets = (self._ref(f"ticket_{name}") for name in names)
        return self.env["helpdesk.ticket"].union(*tickets)

    def _assert_numbers_of_ines(self):
        """All tickets: each widget, each tab and each line of the status has some."""
        widgets = self._center("ines")["widgets"]
        tabs = {
            key: {tab["key"]: tab["count"] for tab in widgets[key]["tabs"]}
            for key in ("reminder", "escalated", "new", "open")
        }
        self.assertEqual(
            tabs,
            {
                "reminder": {"locked": 1, "owned": 2, "queues": 3, "all": 5},
                "escalated": {"locked": 1, "owned": 1, "queues": 2, "all": 3},
                "new": {"locked": 0, "owned": 0, "watched": 0, "queues": 4, "all": 6},
                "open": {"locked": 2, "owned": 4, "watched": 1, "queues": 5, "all": 8},
            },
        )
        self.assertEqual(widgets["reminder"]["due"], 2)
        status = {row["key"]: row["count"] for row in widgets["status"]["rows"]}
        self.assertEqual(
            status,
            {"escalated": 3, "open": 19, "closed": 6, "all": 25, "archived": 1},
        )
        logins = {row["name"]: row["has_login"] for row in widgets["contacts"]["rows"]}
        self.assertEqual(len(logins), 6)
        self.assertEqual([name for name in logins if logins[name]], ["Kathi Kastner"])
        self.assertEqual(self._widget("ines", "escalated", "lindner")["total"], 1)

    def _assert_numbers_of_falk(self):
        """The tickets of his team."""
        widgets = self._center("falk")["widgets"]
        totals = {
            key: widgets[key]["total"]
            for key in ("reminder", "escalated", "new", "open")
        }
        self.assertEqual(totals, {"reminder": 2, "escalated": 1, "new": 2, "open": 3})

    def _assert_marks(self):
        tickets = self.env["helpdesk.ticket"]
        kastner = self._ref("partner_kastner")
        now = fields.Datetime.now()
        active = tickets.search(
            [("customer_company_id", "=", kastner.id), ("state_type", "!=", "closed")]
        )
        running = active.filtered(lambda ticket: ticket.state_type != "pending")
        escalated = running.filtered(lambda ticket: ticket.escalation_date <= now)
        self.assertEqual(
            escalated, self._tickets("laundry_bag", "trousers", "dispenser_broken")
        )
        amber = (running - escalated).filtered(
            lambda ticket: ticket.escalation_warning_date <= now
        )
        soon = self._tickets("jackets_size", "portal_access", "name_tags")
        self.assertEqual(amber, soon)
        waiting = active.filtered("is_customer_waiting")
        self.assertEqual(waiting, self._tickets("trousers", "invoice_amount"))
        due = self._tickets("tuesday", "measure")
        self.assertEqual(active.filtered("is_reminder_sent"), due)
        owners = self._ref("user_ines") | self._ref("user_falk")
        self.assertEqual(due.activity_ids.user_id, owners)
        # Nothing is given free while the demo is looked at.
        self.assertFalse(tickets.search(tickets._locked_too_long_domain()))

    def _assert_unlinked(self):
        """Colleagues of Kastner's contacts; not everybody who has a mail address."""
        rows = self._widget("ines", "unlinked")["rows"]
        unlinked = self._tickets("shop_aprons", "cost_centres")
        self.assertEqual({row["id"] for row in rows}, {*unlinked.ids})
        self.assertFalse(self._ref("ticket_wedding_dress").customer_company_id)

    def _assert_days(self):
        """Numbers follow the days, and nothing happens before its time."""
        mine = self.env["ir.model.data"].search(
            [("module", "=", ADDON), ("model", "=", "helpdesk.ticket")]
        )
        tickets = self.env["helpdesk.ticket"].browse(mine.mapped("res_id"))
        self.assertEqual(len(tickets), 37)
        tickets = tickets.sorted("number")
        # Sets of records are equal in any order, lists are not.
        self.assertEqual(tickets.sorted("create_date").ids, tickets.ids)
        now = fields.Datetime.now()
        for ticket in tickets:
            days = [
                ticket.create_date,
                ticket.assigned_date or ticket.create_date,
                ticket.last_stage_update,
                ticket.closed_date or ticket.last_stage_update,
                now,
            ]
            self.assertEqual(days, sorted(days), ticket.name)
            self.assertEqual(bool(ticket.closed_date), ticket.state_type == "closed")
            self.assertLessEqual(ticket.user_id, ticket.team_id.user_ids)
            self.assertEqual(
                bool(ticket.pending_until), ticket.state_type == "pending", ticket.name
            )

    def _assert_what_kathi_sees(self):
        """The tickets of her company, and one that she reads along."""
        kathi = self._ref("user_kathi")
        seen = self.env["helpdesk.ticket"].with_user(kathi).search([]).sudo()
        company = self._ref("partner_kastner")
        foreign = seen.filtered(lambda it: it.customer_company_id != company)
        self.assertEqual(foreign.sudo(False).ids, self._tickets("summer_party").ids)
        self.assertEqual(len(seen - foreign), 25)
        counted = self._ref("ticket_invoice_amount").with_user(kathi).sudo()
        files = counted._get_portal_attachments()
        self.assertEqual(files.ids, self._ref("attachment_count").ids)

    def _assert_words(self):
        widget = self._ref("widget_priority")
        german = widget.with_context(lang="de_DE")
        self.assertEqual(widget.name, "Tickets With High Priority")
        self.assertEqual(german.name, "Tickets mit hoher Priorität")
        teams = self._ref("team_support") | self._ref("team_field")
        self.assertEqual(teams.mapped("name"), ["Support", "Field Service"])
        german = teams.with_context(lang="de_DE")
        self.assertEqual(german.mapped("name"), ["Kundendienst", "Außendienst"])
        self.assertEqual(self._widget("ines", widget.key)["total"], 5)

    def _assert_silence(self):
        """Nobody lives at the demo addresses."""
        mails = self.env["mail.mail"].search([("model", "=", "helpdesk.ticket")])
        self.assertFalse(mails)
