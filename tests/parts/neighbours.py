"""Odoo's own tests of what our shared addon stands beside: portal, shop, sign-up.

A customer's Odoo sells and signs up as before once the addon is there. Where it is
meant to behave otherwise, the test that says so stands in a list, with the reason. The
list is the whole truth: a test on it that passes fails the part as well.
"""

from erp import database, server
from erp.steps import Problem

from . import addon_tests, odoo_log

SHARED = "customer_portal"
TESTED = ["portal", "sale", "auth_signup"]

# {test: what the addon does otherwise, and why}
INTENDED = {}

# {test: why it fails without our addon too, wherever all of TESTED are installed}
FAILING_WITHOUT_US = {
    "auth_signup:TestAuthSignupFlow.test_confirmation_mail_free_signup": "It is meant"
    " to run before the portal is installed, which sends new users to /my instead.",
}

# Odoo's shell runs all tests with everything installed. At an installation those of
# them that run "at install" would be through before our addon, the last one, comes.
RUN_TESTS = """
from odoo.tests.shell import run_tests
run_tests(env, {tags!r}, {modules!r})
"""


def odoo_tests():
    """Odoo's own tests, with our addon: those fail that are listed, and no others."""
    tags = ",".join(f"/{module}" for module in TESTED)
    with database.dependencies(SHARED, also=TESTED).temporary("test_odoo") as name:
        _install(name, SHARED)
        code, log = server.odoo(
            *["shell", "-c", server.CONFIGURATION, "-d", name],
            *["--http-port", server.free_port()],
            script=RUN_TESTS.format(tags=tags, modules=TESTED),
            log=f"{name}-tests",
            timeout=900,
        )
    return odoo_log.test_result(log, code, INTENDED | FAILING_WITHOUT_US)


def checkout():
    """Our own tests that need Odoo's shop, which no addon of ours depends on."""
    template = database.dependencies(SHARED, also=["website_sale"])
    with template.temporary("test_checkout") as name:
        return addon_tests.run_tests(name, [SHARED], [f"checkout/{SHARED}"])


def _install(name, addon):
    options = ["-i", addon, "--skip-auto-install", "--stop-after-init", "--no-http"]
    code, log = server.run(name, *options, log=f"{name}-install")
    if code or addon not in database.installed(name):
        raise Problem(f"Odoo could not install {addon} beside the others; {log}.")
