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
_clear_all_caches = Registry.clear_all_caches
_set_up = TransactionCase.setUp


def clear_cache(self, *names):
    _changed.update(names)
    _clear_cache(self, *names)


def clear_all_caches(self):
    _changed.update(CACHES)
    _clear_all_caches(self)


def clear_after_test(self):
    _clear_cache(self, *(CACHES - KEPT | _changed))


def set_up(self):
    """Odoo's own, with the other way of cleaning up afterwards.

    What has changed before stays so until the class is through, and nothing older than
    that is kept.
    """
    _changed.clear()
    with patch.object(Registry, "clear_all_caches", clear_after_test):
        _set_up(self)


if __name__ == "__main__":
    Registry.clear_cache = clear_cache
    Registry.clear_all_caches = clear_all_caches
    TransactionCase.setUp = set_up
    sys.exit(main())
