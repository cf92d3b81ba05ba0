"""The tests of others, of what our addons stand beside or change.

A customer's Odoo sells and signs up as before once the shared addon is there, OCA's
helpdesk does what it did once the information center is, and whoever answers Odoo's
surveys notices nothing of the call center. Where an addon of ours is
meant to behave otherwise, the test that says so stands in a list, with the reason. The
list is the whole truth: a test on it that passes fails the part as well.
"""

from dataclasses import dataclass, field

from erp import database, server
from erp.steps import Problem

from . import odoo_log
from .addon_tests import QUICK_ODOO

# Odoo's shell runs all tests with everything installed. At an installation those of
# them that run "at install" would be through before our addon, the last one, comes.
RUN_TESTS = """
from odoo.tests.shell import run_tests
for name in {bundles!r}:
    bundle = env["ir.qweb"]._get_asset_bundle(name)
    bundle.css(), bundle.js()
env.cr.commit()
run_tests(env, {tags!r}, {modules!r})
"""


@dataclass
class Neighbours:
    """Addons of others whose tests run beside one of ours, and what is known of them.

    :ivar left_out: tests that are not run
    :ivar intended: {test: what our addon does otherwise, and why}
    :ivar failing_without_us: {test: why it fails without our addon too}, as a run
        without ``_install`` shows
    :ivar bundles: what the browser's tests consist of, made beforehand: in a test each
        request waits for the one before, at most 20 seconds
    """

    addon: str
    tested: list
    left_out: list = field(default_factory=list)
    intended: dict = field(default_factory=dict)
    failing_without_us: dict = field(default_factory=dict)
    bundles: list = field(default_factory=list)

    def test(self):
        """Those tests fail that are listed, and no others."""
        tags = [f"/{module}" for module in self.tested]
        tags += [f"-/{name}" for name in self.left_out]
        template = database.dependencies(self.addon, also=self.tested)
        with template.temporary(f"test_beside_{self.addon}") as name:
            _install(name, self.addon)
            outcome = _run_tests(name, self.tested, ",".join(tags), self.bundles)
        return odoo_log.test_result(*outcome, self.intended | self.failing_without_us)


ODOO = Neighbours(
    "customer_portal",
    ["portal", "sale", "auth_signup"],
    left_out=[
        # Half of the time, for taxes of order lines alone: they meet no customer and no
        # page.
        "sale:TestTaxesDownPaymentSale",
        "sale:TestTaxesGlobalDiscountSale",
        "sale:TestTaxesTaxTotalsSummarySale",
        # They skip themselves without the menu of sales, demo data, or another module.
        "sale:TestImportFiles",
        "sale:TestProductAttributeValue",
        "sale:TestSaleComboConfigurator",
        "sale:TestSaleToInvoice.test_partial_invoicing_interaction_with_invoicing_switch"
        "_threshold",
    ],
    intended={
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
        "portal:TestPortalAddresses.test_address_archiving": "An address that a"
        " customer removes stays until staff approve the request.",
        **dict.fromkeys(
            [
                "portal:TestUi.test_01_portal_load_tour",
                "portal:TestUi.test_02_portal_load_tour_cant_edit_vat",
            ],
            "Who changes his account is led to the change request instead of back to"
            " /my.",
        ),
        "portal:TestWebLoginPortal.test_web_login_external": "Customers land on the"
        " data of their company instead of on /my.",
    },
    failing_without_us={
        "auth_signup:TestAuthSignupFlow.test_confirmation_mail_free_signup": "It is"
        " meant to run before the portal is installed, which sends new users to /my"
        " instead.",
    },
)

OCA = Neighbours(
    "helpdesk_info_center",
    ["helpdesk_mgmt", "helpdesk_mgmt_sla"],
    left_out=[
        # Odoo's own suite, which the class of OCA's one test inherits.
        "helpdesk_mgmt:TestHelpdesMgmtJs.test_check_suite",
        "helpdesk_mgmt:TestHelpdesMgmtJs.test_generate_hoot_hash",
        "helpdesk_mgmt:TestHelpdesMgmtJs.test_get_hoot_filter",
        "helpdesk_mgmt:TestHelpdesMgmtJs.test_get_qunit_regex",
        "helpdesk_mgmt:TestHelpdesMgmtJs.test_hoot",
        "helpdesk_mgmt:TestHelpdesMgmtJs.test_qunit_desktop",
        "helpdesk_mgmt:TestHelpdesMgmtJs.test_unit_desktop",
    ],
    bundles=["web.assets_unit_tests_setup", "web.assets_unit_tests"],
)

SURVEYS = Neighbours(
    "survey_callcenter",
    ["survey", "phone_validation"],
    failing_without_us={
        "survey:TestUiFeedback.test_03_public_multilingual_survey_tour": "It wants"
        " English to be the only language, but our databases speak German too.",
    },
)


def checkout():
    """Our own tests that need Odoo's shop, which no addon of ours depends on."""
    template = database.dependencies(ODOO.addon, also=["website_sale"])
    with template.temporary("test_checkout") as name:
        _install(name, ODOO.addon)
        outcome = _run_tests(name, [ODOO.addon], f"checkout/{ODOO.addon}")
    return odoo_log.test_result(*outcome)


def _run_tests(name, modules, tags, bundles=()):
    """Run tests in a database; the path of the log, and the exit code."""
    code, log = server.odoo(
        *["shell", "-c", server.CONFIGURATION, "-d", name],
        *["--http-port", server.free_port()],
        script=RUN_TESTS.format(tags=tags, modules=modules, bundles=bundles),
        log=f"{name}-tests",
        timeout=1500,
        program=QUICK_ODOO,
    )
    return log, code


def _install(name, addon):
    options = ["-i", addon, "--skip-auto-install", "--stop-after-init", "--no-http"]
    code, log = server.run(name, *options, log=f"{name}-install")
    if code or addon not in database.installed(name):
        raise Problem(f"Odoo could not install {addon}; {log} says why.")
