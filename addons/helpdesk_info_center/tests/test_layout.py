"""How an agent arranges his center, and what of it is kept."""

from odoo.exceptions import AccessError

from .common import CenterCase

MAIN = ["contacts", "reminder", "escalated", "new", "open", "closed", "unlinked"]
SIDE = ["status", "info"]


class TestLayout(CenterCase):
    def layout(self, user=None, kind="company"):
        partner = self.muster if kind == "company" else self.anna
        return self.center_as(user or self.agent_a).get_center(kind, partner.id)[
            "layout"
        ]

    def save(self, patch, user=None, kind="company", version=None):
        return self.center_as(user or self.agent_a).save_layout(kind, patch, version)

    def test_at_first_widgets_are_where_their_default_is(self):
        layout = self.layout()
        self.assertEqual(layout["zones"], {"main": MAIN, "side": SIDE})
        self.assertEqual(layout["hidden"], ["closed", "unlinked"])
        self.assertEqual((layout["v"], layout["refresh"]), (0, 5))

    def test_order_is_kept_for_all_customers_and_only_for_this_agent(self):
        zones = {"main": ["open", *[k for k in MAIN if k != "open"]], "side": SIDE}
        self.save({"zones": zones})
        self.assertEqual(self.layout()["zones"], zones)
        beta = self.center_as(self.agent_a).get_center("company", self.beta.id)
        self.assertEqual(beta["layout"]["zones"], zones)
        self.assertEqual(self.layout(self.agent_b)["zones"]["main"], MAIN)

    def test_widget_moves_to_the_sidebar(self):
        self.save({"zones": {"main": MAIN[1:], "side": ["contacts", *SIDE]}})
        self.assertEqual(self.layout()["zones"]["side"], ["contacts", *SIDE])

    def test_both_kinds_of_centers_are_arranged_apart(self):
        before = self.layout(kind="contact")
        self.save({"hide": ["new"]})
        self.assertEqual(self.layout(kind="contact")["hidden"], before["hidden"])

    def test_closed_widget_is_gone_and_comes_back(self):
        self.save({"hide": ["new"]})
        center = self.center_as(self.agent_a).get_center("company", self.muster.id)
        self.assertNotIn("new", center["widgets"])
        self.assertEqual(center["layout"]["hidden"], ["new", "closed", "unlinked"])
        self.save({"show": ["new"]})
        center = self.center_as(self.agent_a).get_center("company", self.muster.id)
        self.assertIn("new", center["widgets"])
        self.assertEqual(center["layout"]["hidden"], ["closed", "unlinked"])

    def test_widget_that_is_closed_by_default_is_switched_on(self):
        self.save({"show": ["closed"], "hide": ["new"]})
        self.assertEqual(self.layout()["hidden"], ["new", "unlinked"])

    def test_two_windows_do_not_show_again_what_the_other_has_closed(self):
        self.save({"hide": ["new"]}, version=0)
        self.save({"hide": ["open"]}, version=0)
        layout = self.save({"show": ["closed"]}, version=0)
        self.assertEqual(layout["hidden"], ["new", "open", "unlinked"])

    def test_mandatory_widget_cannot_be_closed(self):
        self.env.ref(
            "helpdesk_info_center.helpdesk_center_widget_escalated"
        ).is_mandatory = True
        layout = self.save({"hide": ["escalated", "new"]})
        self.assertEqual(layout["hidden"], ["new", "closed", "unlinked"])

    def test_widget_that_becomes_mandatory_is_shown_again(self):
        self.save({"hide": ["escalated"]})
        self.env.ref(
            "helpdesk_info_center.helpdesk_center_widget_escalated"
        ).is_mandatory = True
        self.assertEqual(self.layout()["hidden"], ["closed", "unlinked"])

    def test_widgets_added_later_come_last_as_their_default_says(self):
        self.save({"zones": {"main": MAIN, "side": SIDE}, "hide": ["new"]})
        self.env["helpdesk.center.widget"].create(
            [
                {"name": "Mine", "key": "mine", "sequence": 1},
                {"name": "Rare", "key": "rare", "sequence": 1, "is_shown": False},
            ]
        )
        layout = self.layout()
        self.assertEqual(layout["zones"]["main"], [*MAIN, "mine", "rare"])
        self.assertEqual({*layout["hidden"]}, {"new", "closed", "unlinked", "rare"})

    def test_widget_keeps_its_tab_size_order_columns_filters_and_fold(self):
        options = {
            "tab": "owned",
            "size": 25,
            "order": ["name", "asc"],
            "columns": ["number", "name", "team_id"],
            "filters": {"team_id": [self.support.id]},
            "fold": True,
        }
        self.save({"widgets": {"open": options}})
        data = self.center_as(self.agent_a).get_center("company", self.muster.id)
        widget = data["widgets"]["open"]
        kept = {
            name: widget[name] for name in ("tab", "size", "order", "filters", "fold")
        }
        kept["columns"] = [column["name"] for column in widget["columns"]]
        self.assertEqual(kept, options)

    def test_columns_can_be_the_default_ones_again(self):
        self.save({"widgets": {"open": {"columns": ["number"], "size": 5}}})
        self.save({"widgets": {"open": {"columns": False}}})
        data = self.center_as(self.agent_a).get_center("company", self.muster.id)
        widget = data["widgets"]["open"]
        names = [column["name"] for column in widget["columns"]]
        self.assertEqual(names, ["number", "age", "name", "user_id"])
        self.assertEqual(widget["size"], 5)

    def test_patches_of_two_windows_are_merged(self):
        self.save({"hide": ["new"]}, version=0)
        layout = self.save({"widgets": {"open": {"size": 50}}}, version=0)
        self.assertEqual(layout["hidden"], ["new", "closed", "unlinked"])
        self.assertEqual(layout["v"], 2)

    def test_junk_is_left_out(self):
        before = self.layout()
        for patch in (
            None,
            [],
            "x",
            {"zones": {"main": ["nonsense", 5, None], "side": "x"}},
            {"hide": [{}, "nonsense"], "refresh": 3},
            {"hide": "new", "show": 5},
            {"hidden": ["new"]},
            {"refresh": True},
            {"widgets": {"nonsense": {"tab": "x"}, "open": {"tab": "x", "size": "5"}}},
            {"widgets": {"open": {"order": ["id; DROP TABLE", "asc"], "columns": "x"}}},
            {"widgets": {"open": {"filters": {"password": ["x"], "team_id": ["x"]}}}},
            {"v": 99, "unknown": {"a": 1}},
        ):
            with self.subTest(patch=patch):
                self.save(patch)
                self.center_as(self.agent_a).reset_layout("company")
        after = self.layout()
        self.assertEqual(after, before)
        self.assertEqual(self.save({}, kind="nonsense"), {})

    def test_interval_of_the_refresh_is_kept(self):
        self.save({"refresh": 15})
        self.assertEqual(self.layout()["refresh"], 15)
        self.save({"refresh": 0})
        self.assertEqual(self.layout()["refresh"], 0)

    def test_reset_forgets_what_the_agent_has_arranged(self):
        self.save({"hide": ["new"], "zones": {"main": [*MAIN[::-1]], "side": SIDE}})
        layout = self.center_as(self.agent_a).reset_layout("company")
        self.assertEqual(layout["zones"]["main"], MAIN)
        self.assertEqual(self.layout()["hidden"], ["closed", "unlinked"])

    def test_junk_is_not_reset(self):
        self.save({"refresh": 15, "hide": ["new"]})
        for kind in ("refresh", "nonsense", ["company"], None):
            self.assertEqual(self.center_as(self.agent_a).reset_layout(kind), {})
        self.assertEqual(self.layout()["refresh"], 15)
        self.assertEqual(self.layout()["hidden"], ["new", "closed", "unlinked"])

    def test_members_find_the_default_of_their_team_until_they_arrange_their_own(self):
        patch = {"hide": ["contacts"], "show": ["closed", "unlinked"]}
        self.save(patch, self.manager)
        center = self.center_as(self.manager)
        center.save_team_layout("company", self.support.id)
        self.assertEqual(self.layout(self.agent_a)["hidden"], ["contacts"])
        self.assertNotIn("contacts", self.layout(self.agent_b)["hidden"])
        # his own arrangement starts from that of the team
        self.save({"hide": ["new"]}, self.agent_a)
        self.assertEqual(self.layout(self.agent_a)["hidden"], ["contacts", "new"])
        self.save({"show": ["contacts"]}, self.agent_a)
        self.assertEqual(self.layout(self.agent_a)["hidden"], ["new"])
        reset = self.center_as(self.agent_a).reset_layout("company")
        self.assertEqual(reset["hidden"], ["contacts"])

    def test_only_managers_change_the_default_of_a_team(self):
        with self.assertRaises(AccessError):
            self.center_as(self.agent_a).save_team_layout("company", self.support.id)
        for team_id in ("x", None, 2**40, [self.support.id]):
            self.center_as(self.manager).save_team_layout("company", team_id)
        self.assertFalse(self.env["helpdesk.center.layout.template"].search([]))

    def test_widget_for_a_group_is_there_for_its_members_only(self):
        self.env["helpdesk.center.widget"].create(
            {
                "name": "For Managers",
                "key": "managers",
                "group_ids": self.env.ref("helpdesk_mgmt.group_helpdesk_manager").ids,
            }
        )
        self.assertIn("managers", self.layout(self.manager)["zones"]["main"])
        self.assertNotIn("managers", self.layout(self.agent_a)["zones"]["main"])

    def test_widget_of_another_company_is_not_there(self):
        other = self.env["res.company"].create({"name": "Other Company"})
        self.env["helpdesk.center.widget"].create(
            {"name": "Theirs", "key": "theirs", "company_id": other.id}
        )
        self.assertNotIn("theirs", self.layout()["zones"]["main"])
