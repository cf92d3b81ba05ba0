from odoo.tests import tagged

from odoo.addons.web.tests.test_js import HOOTCommon, unit_test_error_checker

PAGE = "/web/tests?headless&loglevel=2&preset=desktop&timeout=15000"


@tagged("post_install", "-at_install")
class TestHoot(HOOTCommon):
    """The tests below static/tests, in a browser."""

    def setUp(self):
        self._test_params = [("+", "@survey_callcenter")]
        super().setUp()

    def test_the_work_screen_and_the_month(self):
        self.browser_js(
            PAGE + self.hoot_filters,
            "",
            "",
            login="admin",
            timeout=600,
            success_signal="[HOOT] Test suite succeeded",
            error_checker=unit_test_error_checker,
        )
