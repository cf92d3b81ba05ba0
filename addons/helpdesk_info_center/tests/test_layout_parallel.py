from psycopg2.errors import SerializationFailure

from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools import mute_logger

AGENT = "helpdesk_mgmt.group_helpdesk_user"


@tagged("post_install", "-at_install")
class TestLayoutParallel(TransactionCase):
    """An agent arranges his center in two windows, on real connections."""

    def setUp(self):
        super().setUp()
        self.addCleanup(self._delete_committed)
        with self.registry.cursor() as cr:
            env = self.env(cr=cr, su=True, context={"no_reset_password": True})
            agent = new_test_user(env, "windows@parallel.example", groups=AGENT)
            env["res.users.settings"]._find_or_create_for_user(agent)
            partner = env["res.partner"].create({"name": "Parallel GmbH"})
            self.agent_id, self.partner_id = agent.id, partner.id

    def _delete_committed(self):
        with self.registry.cursor() as cr:
            env = self.env(cr=cr, su=True)
            env["helpdesk.center.visit"].search(
                [("user_id", "=", self.agent_id)]
            ).unlink()
            agent = env["res.users"].browse(self.agent_id)
            partners = agent.partner_id | env["res.partner"].browse(self.partner_id)
            agent.unlink()
            partners.unlink()

    def _center(self, cr):
        return self.env(cr=cr, user=self.agent_id)["helpdesk.center"]

    @mute_logger("odoo.sql_db")
    def test_neither_window_undoes_the_other(self):
        with self.registry.cursor() as first, self.registry.cursor() as second:
            # both have read the arrangement before one of them saves
            self._center(second).reset_layout("company")
            self._center(first).save_layout("company", {"hide": ["new"]})
            first.commit()
            patch = {"hide": ["open"], "widgets": {"open": {"size": 50}}}
            # This error makes the server repeat the request.
            with self.assertRaises(SerializationFailure):
                self._center(second).save_layout("company", patch)
                second.flush()
            second.rollback()
            layout = self._center(second).save_layout("company", patch)
            second.commit()
        self.assertEqual(layout["hidden"], ["new", "open", "closed", "unlinked"])
        self.assertEqual(layout["v"], 2)
        with self.registry.cursor() as cr:
            center = self._center(cr)
            stored = center._get_layout("company", center._get_widgets("company"))
        self.assertEqual(stored["hidden"], layout["hidden"])
        self.assertEqual(stored["widgets"]["open"], {"size": 50})

    def test_a_visit_in_two_windows_is_one(self):
        with self.registry.cursor() as first:
            self._center(first).note_visit(self.partner_id)
        with self.registry.cursor() as second:
            self._center(second).note_visit(self.partner_id)
            self.assertEqual(len(self._center(second).recent()), 1)
