"""What anybody can call from his browser's console, without a browser."""

import contextlib

from odoo.exceptions import AccessError
from odoo.service.model import call_kw, get_public_method
from odoo.tools import SQL, mute_logger

NOISY = ("odoo.models", "odoo.sql_db", "odoo.addons.mail.models.mail_thread")


class RemoteCalls:
    """Calls of model methods as the server makes them for a browser."""

    def call_as(self, user, records, method, *args, **kwargs):
        """Call a method as a user; for records, their ids go first."""
        as_user = records.with_user(user)
        ids = [records.ids] if self._takes_ids(as_user, method) else []
        return call_kw(as_user, method, [*ids, *args], kwargs)

    def try_as(self, user, records, method, *args):
        """Call a method as a user, whatever becomes of it."""
        with contextlib.suppress(Exception), self.env.cr.savepoint():
            with mute_logger(*NOISY):
                self.call_as(user, records, method, *args)

    def get_public_methods(self, records):
        """Return the names of the methods that Odoo lets a browser call.

        The list comes from Odoo itself, so that a new method is tried as well.
        """
        return [name for name in dir(records) if self._is_public(records, name)]

    def get_rows(self, *tables):
        """Return what the database holds in these tables."""
        self.env.flush_all()
        rows = []
        for table in tables:
            name = SQL.identifier(table)
            query = SQL("SELECT to_jsonb(t) FROM %s t ORDER BY id", name)
            rows += [(table, row) for (row,) in self.env.execute_query(query)]
        return rows

    def _is_public(self, records, name):
        try:
            return not name.startswith("_") and bool(get_public_method(records, name))
        except (AccessError, AttributeError):
            return False

    def _takes_ids(self, records, method):
        return not getattr(get_public_method(records, method), "_api_model", False)
