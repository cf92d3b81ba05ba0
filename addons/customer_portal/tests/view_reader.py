"""Views of the back office, for the tests of any addon."""

from lxml import etree

from odoo.tools.safe_eval import safe_eval


class ViewReader:
    """Which views an addon has, and what somebody sees in them.

    ``search_view`` is the view whose filters ``_find`` tries, as the user ``erik``.
    """

    search_view = None

    def assertViewsOpen(self, addon, models, users):  # noqa: N802 (like its siblings)
        """Check that each of these users can open each view of an addon's models."""
        for model in models:
            views = self._views(addon, model)
            self.assertTrue(views, model)
            for user in users:
                for view in views:
                    with self.subTest(view=view.xml_id, user=user.name):
                        records = self.env[model].with_user(user)
                        result = records.get_views([(view.id, view.type)])
                        self.assertIn(model, result["models"])

    def assertActionsOpen(self, models, user, count):  # noqa: N802 (like its siblings)
        """Check that each menu's action shows its views, and says what is missing.

        :param count: how many of them there are
        """
        actions = self.env["ir.actions.act_window"].search(
            [("res_model", "in", models), ("path", "!=", False)]
        )
        self.assertEqual(len(actions), count)
        for action in actions:
            with self.subTest(action=action.path):
                self.assertIn("o_view_nocontent", action.help)
                records = self.env[action.res_model].with_user(user)
                modes = action.view_mode.split(",")
                result = records.get_views([(False, mode) for mode in modes])
                self.assertEqual(list(result["views"]), modes)

    def _views(self, addon, model):
        views = self.env["ir.ui.view"].search(
            [("model", "=", model), ("mode", "=", "primary")]
        )
        return views.filtered(lambda view: view.xml_id.startswith(f"{addon}."))

    def _arch(self, user, xmlid):
        """Return a view as a user gets it, as a tree."""
        view = self.env.ref(xmlid)
        result = self.env[view.model].with_user(user).get_view(view.id, view.type)
        return etree.fromstring(result["arch"])

    def _buttons(self, user, xmlid):
        return set(self._arch(user, xmlid).xpath("//header/button/@name"))

    def _find(self, name, xmlid=None, user=None, text=None):
        """Return what a filter of a search view finds, or a field for a text."""
        xmlid, user = xmlid or self.search_view, user or self.erik
        [node] = self._arch(user, xmlid).xpath(f"//*[@name='{name}']")
        domain = node.get("domain") or node.get("filter_domain")
        domain = safe_eval(domain, {"uid": user.id, "self": text})
        model = self.env.ref(xmlid).model
        return self.env[model].with_user(user).search(domain)

    def assertFound(self, records, name, **kwargs):  # noqa: N802 (like its siblings)
        """Check that a filter finds these of all records, and no others."""
        self.assertEqual(self._find(name, **kwargs).sorted("id"), records.sorted("id"))
