"""What journeys are made of: a served demo, its mailbox, a browser."""

import contextlib
import os
import shutil
import subprocess
import unittest
from datetime import datetime
from zoneinfo import ZoneInfo

from erp import database, demo, server
from erp.mailbox import Mailbox
from erp.paths import STATE
from playwright.sync_api import sync_playwright

PICTURES = STATE / "pictures"
DESKTOP = {"viewport": {"width": 1280, "height": 900}}
PHONE = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}
# As root there is no sandbox; the others keep Chromium from calling its maker.
CHROMIUM_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
TIMEOUT = 20_000  # milliseconds
ZONE = ZoneInfo("Europe/Berlin")  # where everybody of the demo is


def today():
    """The day at the people of the demo, which may be tomorrow's of this machine."""
    return datetime.now(ZONE).date()


class Site:
    """A demo of its own, served as ``setup/serve`` does: mails really go out.

    ``url`` is its address, ``mailbox`` gets what it sends.
    """

    def __init__(self, name, port, mailbox):
        self.name = name
        self.url = f"http://localhost:{port}"
        self.mailbox = mailbox

    def shell(self, code):
        """Run Python in Odoo's shell (``env`` is there) and commit; what it printed."""
        done = subprocess.run(
            server.command(
                *["shell", "-c", server.CONFIGURATION, "-d", self.name],
                *["--no-http", "--log-level=error"],
            ),
            input=f"{code}\nenv.cr.commit()\n",
            capture_output=True,
            text=True,
            timeout=120,
        )
        if done.returncode or "Traceback" in done.stderr:
            raise AssertionError(f"The shell failed:\n{done.stderr}")
        return done.stdout.strip()

    def send_mails(self):
        """Let the mail queue run now instead of within the next minute."""
        self.shell("env.ref('mail.ir_cron_mail_scheduler_action')._trigger()")


@contextlib.contextmanager
def serving(label, workers=0):
    """A site made from the demo template, gone after the block.

    :param workers: as many processes serve it; 0: one with threads
    """
    folder = STATE / "journeys" / label
    shutil.rmtree(folder, ignore_errors=True)
    with (
        database.demo().temporary(f"journey_{label}") as name,
        Mailbox(folder).receiving() as mailbox,
    ):
        port = server.free_port()
        demo.prepare(name, port)
        with server.serving(name, port, mailbox.smtp_port, name, workers):
            yield Site(name, port, mailbox)


@contextlib.contextmanager
def chromium():
    """The distribution's Chromium, whose path is known to be there."""
    path = shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=CHROMIUM_OPTIONS
        )
        try:
            yield browser
        finally:
            browser.close()


class Journey(unittest.TestCase):
    """A journey: ``site``, pages of the people in it, no errors in their consoles.

    The tests of one class share a site, so they run one after the other on its data.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        label = f"{cls.__name__.removeprefix('Test').lower()}_{os.getpid()}"
        cls.site = cls.enterClassContext(serving(label))
        cls.browser = cls.enterClassContext(chromium())

    def setUp(self):
        self._console_errors = []
        self._allowed_errors = []

    def tearDown(self):
        unexpected = [
            error
            for error in self._console_errors
            if not any(allowed in error for allowed in self._allowed_errors)
        ]
        self.assertFalse(unexpected, "The browser's console has errors.")

    def open_page(self, user=None, device=DESKTOP, language="de-DE"):
        """A page in a browser of its own, logged in as ``user`` where one is given."""
        context = self.browser.new_context(
            locale=language,
            timezone_id=str(ZONE),
            base_url=self.site.url,
            **device,
        )
        self.addCleanup(context.close)
        context.set_default_timeout(TIMEOUT)
        page = context.new_page()
        page.on("console", self._note_console_error)
        page.on("pageerror", lambda error: self._console_errors.append(str(error)))
        if user:
            self.login(page, user)
        return page

    def login(self, page, user):
        """Log in as a demo user, whose password is his login."""
        page.goto("/web/login")
        page.fill("input[name=login]", user)
        page.fill("input[name=password]", user)
        page.click(".oe_login_form button[type=submit]")
        page.wait_for_url(lambda url: "/web/login" not in url)

    def wait_for_mail(self, to, subject):
        """Let the queue send what it has; the mail whose subject has these words."""
        self.site.send_mails()
        return self.site.mailbox.wait_for_mail(to=to, subject=subject)

    def wait_for_mail_text(self, to, subject):
        """As ``wait_for_mail``; the HTML of its body."""
        return self.wait_for_mail(to, subject).get_body(("html",)).get_content()

    def allow_console_error(self, text):
        """For pages that answer an error on purpose, such as 404."""
        self._allowed_errors.append(text)

    def shot(self, page, name):
        """Save a picture of the whole page as ``.state/pictures/<name>.png``."""
        path = self.picture_path(name)
        page.screenshot(path=path, full_page=True)
        return path

    def picture_path(self, name):
        PICTURES.mkdir(parents=True, exist_ok=True)
        return PICTURES / f"{name}.png"

    def _note_console_error(self, message):
        if message.type == "error":
            self._console_errors.append(f"{message.text} {message.location.get('url')}")
