"""Test kit of the customer portal: the people, and what they do in a browser.

Anna and Bert work at one customer, Carla at another, Erik in the back office. A test of
your own addon starts from ``PortalTransactionCase`` or, for pages, ``PortalHttpCase``;
both run after all addons are installed::

    class TestOrderPage(PortalHttpCase):
        def test_stranger_sees_no_order(self):
            order = self._create_order(self.anna)
            self.assertMissing(self.open_as(self.carla, order.access_url))
"""

import threading
from unittest.mock import patch

from lxml import html
from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID, api
from odoo.exceptions import ConcurrencyError
from odoo.http import Request
from odoo.modules.registry import DummyRLock, Registry
from odoo.tests import HttpCase, TransactionCase, new_test_user, tagged

THREAD_TIMEOUT = 60
REPEATED = (ConcurrencyError, SerializationFailure)


class PortalUsers:
    """Two customers and the people of the tests; no demo data is needed.

    ``adler`` (Hotel Adler GmbH) with ``anna`` and ``bert``, ``krone`` (Gasthof Krone
    GmbH) with ``carla``: portal users. ``erik``: an employee without any special right.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.adler = cls._create_customer(
            "Hotel Adler GmbH", "Marktplatz 1", "Regensburg"
        )
        cls.krone = cls._create_customer("Gasthof Krone GmbH", "Seestraße 7", "Lindau")
        cls.anna = cls._create_portal_user("Anna", cls.adler)
        cls.bert = cls._create_portal_user("Bert", cls.adler)
        cls.carla = cls._create_portal_user("Carla", cls.krone)
        cls.erik = cls._create_user("Erik", "base.group_user")

    @classmethod
    def _create_customer(cls, name, street, city):
        return cls.env["res.partner"].create(
            {
                "name": name,
                "is_company": True,
                "street": street,
                "zip": "93047",
                "city": city,
                "country_id": cls.env.ref("base.de").id,
                "lang": "en_US",
                "tz": "Europe/Berlin",
            }
        )

    @classmethod
    def _create_portal_user(cls, name, customer):
        """Return a portal user who is a contact of a customer."""
        return cls._create_user(name, "base.group_portal", parent_id=customer.id)

    @classmethod
    def _create_user(cls, name, groups, **values):
        login = f"{name.lower()}@test.example"
        values = {"lang": "en_US", "tz": "Europe/Berlin"} | values
        return new_test_user(
            cls.env,
            login=login,
            name=name,
            email=login,
            groups=groups,
            context={"no_reset_password": True, "mail_create_nolog": True},
            **values,
        )

    def write_mails(self):
        """Write the mails of all events so far, as the job does after the commit."""
        self.env["customer.mail.event"].sudo().search([])._write_now()


@tagged("post_install", "-at_install")
class PortalTransactionCase(PortalUsers, TransactionCase):
    """Tests of models, with real parallel transactions where a test needs them."""

    def run_in_parallel(self, *functions):
        """Run functions at the same time, each in a transaction of its own.

        Each one is called with an environment of the superuser on a connection of its
        own, and its transaction is committed at the end. They do not see what the test
        has created: use ``create_committed`` for that.

        :return: list with the result of each function, or the exception that it raised;
            read records within the functions, their connections are closed afterwards
        """
        start = threading.Barrier(len(functions), timeout=THREAD_TIMEOUT)
        results = [None] * len(functions)

        def run(index, function):
            threading.current_thread().dbname = self.env.cr.dbname
            try:
                with self.registry.cursor() as cr:
                    # a row that is never given free is a result, not a hanging test
                    cr.execute("SET LOCAL lock_timeout = '30s'")
                    start.wait()
                    results[index] = function(api.Environment(cr, SUPERUSER_ID, {}))
            except Exception as error:  # noqa: BLE001 (it is a result of the test)
                results[index] = error

        threads = [
            threading.Thread(target=run, args=item, daemon=True)
            for item in enumerate(functions)
        ]
        # the test runner holds this lock, without which no thread finds the registry
        with patch.object(Registry, "_lock", DummyRLock()):
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(THREAD_TIMEOUT)
        self.assertFalse(any(thread.is_alive() for thread in threads), "still running")
        return results

    def as_server(self, act):
        """Return a function for ``run_in_parallel`` that acts as Odoo's server does.

        What another transaction was faster with is tried again.

        :param act: function that gets an environment
        """

        def run(env):
            while True:
                try:
                    result = act(env)
                    env.flush_all()
                    return result
                except REPEATED:
                    env.cr.rollback()

        return run

    def create_committed(self, create):
        """Create records that other connections see, until the end of the test.

        :param create: function that gets an environment and returns new records
        :return: their ids; ``run_in_parallel`` reads and changes them
        """
        with self.registry.cursor() as cr:
            records = create(api.Environment(cr, SUPERUSER_ID, {}))
            model, ids = records._name, records.ids

        def delete():
            with self.registry.cursor() as cr:
                env = api.Environment(cr, SUPERUSER_ID, {})
                env[model].browse(ids).exists().unlink()

        self.addCleanup(delete)
        return ids


@tagged("post_install", "-at_install")
class PortalHttpCase(PortalUsers, HttpCase):
    """Tests of pages, by real HTTP requests of the people of the tests."""

    def open_as(self, user, url, **kwargs):
        """Return the answer to a user (nobody: ``None``) who opens a page.

        :param kwargs: arguments of ``url_open``, like ``allow_redirects=False``
        """
        self._sign_in(user)
        return self.url_open(url, **kwargs)

    def post_as(self, user, url, data=None, **kwargs):
        """Return the answer to a form, sent with the CSRF token that its page carries.

        Redirections are not followed, unless ``allow_redirects=True``.
        """
        self._sign_in(user)
        data = {"csrf_token": Request.csrf_token(self)} | (data or {})
        kwargs.setdefault("allow_redirects", False)
        return self.url_open(url, data=data, method="POST", **kwargs)

    def rpc_as(self, user, model, method, *args, **kwargs):
        """Call a model method as any signed-in user can from the browser's console.

        :param args: arguments of the method; for records, the first one is the ids
        :raise odoo.tests.common.JsonRpcException: its message is the name of the error
        """
        self._sign_in(user)
        return self.call_json(
            f"/web/dataset/call_kw/{model}/{method}",
            model=model,
            method=method,
            args=args,
            kwargs=kwargs,
        )

    def call_json(self, url, **params):
        """Return the result of a JSON route, as the user who signed in last."""
        return self.make_jsonrpc_request(url, params)

    def count_queries(self, url):
        """Return how many queries a page costs the user who signed in last.

        Open it once before, so that the caches are warm.
        """
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        response = self.url_open(url)
        count = self.env.cr.sql_log_count - before
        self.assertEqual(response.status_code, 200, url)
        return count

    def assertMissing(self, response):  # noqa: N802 (named like its siblings)
        """Check for the one answer to what does not exist or belongs to others.

        A page leads back to ``/my``, a download or a form answers 404.
        """
        first = (response.history or [response])[0]
        if first.status_code != 404:
            self.assertEqual(first.status_code, 303, first.url)
            self.assertURLEqual(first.headers["Location"], "/my")

    def form_token(self, page):
        """Return the token of the form on a page (its HTML, or the response)."""
        text = getattr(page, "text", page)
        tokens = html.fromstring(text).xpath("//input[@name='form_token']/@value")
        self.assertEqual(len(tokens), 1, "a page has one form with a token")
        return tokens[0]

    def _sign_in(self, user):
        login = user.login if user else None
        if not self.session or self.session.login != login:
            self.authenticate(login, login)
