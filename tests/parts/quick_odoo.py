"""Odoo's command line, in which a test finds compiled what the one before compiled.

After each test Odoo forgets everything it keeps in memory, so every page is compiled
anew, with its list of style sheets and routes: two thirds of a page's time. Whatever
changes a template, an asset, a route or a group says so (``Registry.clear_cache``, or
a running Odoo would show the old page); only what a test has changed in this way is
forgotten here. Everything else, and everything after a class, is as in Odoo.
"""

import sys
from unittest.mock import patch

from odoo.cli import main
from odoo.orm import registry
from odoo.tests.common import TransactionCase

KEPT = {"assets", "groups", "routing", "templates"}
CACHES = set(registry._CACHES_BY_KEY)
Registry = registry.Registry

_changed = set()
_clear_cache = Registry.clear_cache
_set_up = TransactionCase.setUp


def clear_cache(self, *names):
    _changed.update(names)
    _clear_cache(self, *names)


def clear_between_tests(self):
    _clear_cache(self, *(CACHES - KEPT | _changed))
    _changed.clear()


def set_up(self):
    """Odoo's own, with the other way of cleaning up afterwards."""
    with patch.object(Registry, "clear_all_caches", clear_between_tests):
        _set_up(self)


if __name__ == "__main__":
    Registry.clear_cache = clear_cache
    TransactionCase.setUp = set_up
    sys.exit(main())
