"""Odoo's own tests of what our shared addon stands beside: portal, shop, sign-up.

A customer's Odoo sells and signs up as before once the addon is there. Where it is
meant to behave otherwise, the test that says so stands in a list, with the reason. The
list is the whole truth: a test on it that passes fails the part as well.
"""

from erp import database, server
from erp.steps import Problem

from . import odoo_log

SHARED = "customer_portal"
TESTED = ["portal", "sale", "auth_signup"]
LEFT_OUT = [
    # Half of the time, for taxes of order lines alone: they meet no customer, no page.
    "sale:TestTaxesDownPaymentSale",
    "sale:TestTaxesGlobalDiscountSale",
    "sale:TestTaxesTaxTotalsSummarySale",
    # They skip themselves without the menu of sales, demo data, or another module.
    "sale:TestImportFiles",
    "sale:TestProductAttributeValue",
    "sale:TestSaleComboConfigurator",
    "sale:TestSaleToInvoice.test_partial_invoicing_interaction_with_invoicing_switch"
    "_threshold",
]

# {test: what the addon does otherwise, and why}
INTENDED = {
    **dict.fromkeys(
        [
            "portal:TestPortalAddresses.test_main_address_update",
            "portal:TestPortalAddresses.test_vat_update",
            "portal:TestPortalAddresses.test_success_url",
            "portal:TestPortalAddresses.test_billing_address_creation",
            "portal:TestPortalAddresses.test_delivery_address_creation",
            "portal:TestPortalAddresses.test_delivery_use_as_billing_address_creation",
        ],
        "An address that is sent changes nothing but becomes a change request, to"
        " which the customer is led.",
    ),
    "portal:TestPortalAddresses.test_address_archiving": "An address that a customer"
    " removes stays until staff approve the request.",
    **dict.fromkeys(
        [
            "portal:TestUi.test_01_portal_load_tour",
            "portal:TestUi.test_02_portal_load_tour_cant_edit_vat",
        ],
        "Who changes his account is led to the change request instead of back to /my.",
    ),
    "portal:TestWebLoginPortal.test_web_login_external": "Customers land on the data of"
    " their company instead of on /my.",
}

# {test: why it fails without our addon too}, as a run without `_install` shows
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
    tags = [f"/{module}" for module in TESTED] + [f"-/{name}" for name in LEFT_OUT]
    template = database.dependencies(SHARED, also=TESTED)
    with template.temporary("test_neighbours") as name:
        outcome = _run_tests(name, TESTED, ",".join(tags))
    return odoo_log.test_result(*outcome, INTENDED | FAILING_WITHOUT_US)


def checkout():
    """Our own tests that need Odoo's shop, which no addon of ours depends on."""
    template = database.dependencies(SHARED, also=["website_sale"])
    with template.temporary("test_checkout") as name:
        outcome = _run_tests(name, [SHARED], f"checkout/{SHARED}")
    return odoo_log.test_result(*outcome)


def _run_tests(name, modules, tags):
    """Add our addon to a database and run tests; the path of the log, the exit code."""
    _install(name, SHARED)
    code, log = server.odoo(
        *["shell", "-c", server.CONFIGURATION, "-d", name],
        *["--http-port", server.free_port()],
        script=RUN_TESTS.format(tags=tags, modules=modules),
        log=f"{name}-tests",
        timeout=1500,
    )
    return log, code


def _install(name, addon):
    options = ["-i", addon, "--skip-auto-install", "--stop-after-init", "--no-http"]
    code, log = server.run(name, *options, log=f"{name}-install")
    if code or addon not in database.installed(name):
        raise Problem(f"Odoo could not install {addon}; {log} says why.")
