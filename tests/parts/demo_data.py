"""The demo data, in the very template from which ``setup/serve`` makes its database."""

from erp import addons, database

from . import odoo_log
from .result import Result


def check():
    """Each addon has its demo data, and installing them left nothing in the log."""
    template = database.demo()
    with template.temporary("test_demo") as name:
        statement = "SELECT name FROM ir_module_module WHERE demo AND name = ANY(%s)"
        rows = database.query(name, statement, addons.names())
    result = Result(passed=len(rows))
    for addon in {*addons.names()} - {addon for (addon,) in rows}:
        result.fail(f"The demo data of {addon} could not be loaded.")
    # A template that has been there for days has outlived its log.
    if template.log.exists():
        for record in odoo_log.unexpected(template.log):
            result.fail(record)
    if result.failed:
        result.details.append(f"The whole log: {template.log}")
    return result
