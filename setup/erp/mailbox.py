"""A local mailbox: takes every mail by SMTP, keeps it as a file, shows it as a page."""

import contextlib
import email
import email.policy
import html
import itertools
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from aiosmtpd.controller import Controller

from .server import free_port

PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title>
<style>
  body {{ font: 16px/1.5 sans-serif; max-width: 60rem; margin: 2rem auto }}
  table {{ border-collapse: collapse; width: 100% }}
  td, th {{ text-align: left; padding: .3rem .8rem .3rem 0 }}
  iframe {{ width: 100%; height: 40rem; border: 1px solid #ddd }}
</style><h1>{title}</h1>{body}</html>"""


# Who really gets the mail; the header To may name others.
DELIVERED = "X-Delivered-To"


class Mailbox:
    """Receives mails on ``smtp_port`` into a folder of ``.eml`` files, oldest first."""

    def __init__(self, folder):
        self.folder = folder
        self.smtp_port = free_port()
        folder.mkdir(parents=True, exist_ok=True)
        newest = max((int(path.stem) for path in folder.glob("*.eml")), default=0)
        self._numbers = itertools.count(newest + 1)

    @contextlib.contextmanager
    def receiving(self):
        controller = Controller(self, hostname="127.0.0.1", port=self.smtp_port)
        controller.start()
        try:
            yield self
        finally:
            controller.stop()

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 (aiosmtpd's name)
        recipients = ", ".join(envelope.rcpt_tos)
        path = self.folder / f"{next(self._numbers):05}.eml"
        unfinished = path.with_suffix(".part")
        unfinished.write_bytes(
            f"{DELIVERED}: {recipients}\r\n".encode() + envelope.content
        )
        unfinished.rename(path)
        return "250 Message accepted for delivery"

    def mails(self):
        """``{number: message}``, oldest first."""
        paths = sorted(self.folder.glob("*.eml"))
        return {int(path.stem): _parse(path) for path in paths}

    def wait_for_mail(self, to="", subject="", timeout=90):
        """The first mail whose recipient and subject contain these words.

        :raise AssertionError: when none arrives in time
        """
        deadline = time.monotonic() + timeout
        while True:
            for mail in self.mails().values():
                if to in mail[DELIVERED] and subject in (mail["Subject"] or ""):
                    return mail
            if time.monotonic() > deadline:
                there = [
                    f"{m[DELIVERED]}: {m['Subject']}" for m in self.mails().values()
                ]
                raise AssertionError(
                    f"No mail to {to!r} about {subject!r}, only: {there}"
                )
            time.sleep(0.5)

    @contextlib.contextmanager
    def shown(self, port):
        """Show the mails on a page of this machine, read-only."""
        handler = type("Handler", (_Pages,), {"mailbox": self})
        web = ThreadingHTTPServer(("127.0.0.1", port), handler)
        threading.Thread(target=web.serve_forever, daemon=True).start()
        try:
            yield
        finally:
            web.shutdown()


def _parse(path):
    return email.message_from_bytes(path.read_bytes(), policy=email.policy.default)


class _Pages(BaseHTTPRequestHandler):
    """``/`` lists the mails, ``/3`` shows one, ``/3/html`` and ``/3/0`` parts of it."""

    mailbox = None

    def do_GET(self):  # noqa: N802 (the name is given)
        number, _, part = self.path.strip("/").partition("/")
        mails = self.mailbox.mails()
        if not number:
            self._answer(_list_page(mails))
        elif not number.isdigit() or int(number) not in mails:
            self.send_error(404)
        elif part == "html":
            self._answer(_text(mails[int(number)], "html"))
        elif part.isdigit():
            self._answer_attachment(mails[int(number)], int(part))
        else:
            self._answer(_mail_page(int(number), mails[int(number)]))

    def _answer(self, content):
        # A mail's HTML may come from anyone who can fill in a form: no scripts.
        headers = {
            "Content-Type": "text/html; charset=utf-8",
            "Content-Security-Policy": "script-src 'none'",
        }
        self._send(content.encode(), headers)

    def _answer_attachment(self, mail, index):
        attachments = list(mail.iter_attachments())
        if index >= len(attachments):
            self.send_error(404)
            return
        headers = {
            "Content-Type": attachments[index].get_content_type(),
            "Content-Disposition": "attachment",
        }
        self._send(attachments[index].get_payload(decode=True) or b"", headers)

    def _send(self, content, headers):
        self.send_response(200)
        for name, value in (headers | {"Content-Length": str(len(content))}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_arguments):
        """Say nothing in the terminal."""


def _list_page(mails):
    rows = "".join(
        f'<tr><td><a href="/{number}">{_escape(mail["Subject"])}</a>'
        + "".join(f"<td>{_escape(mail[name])}" for name in ("From", DELIVERED, "Date"))
        for number, mail in reversed(mails.items())
    )
    table = f"<table><tr><th>Subject<th>From<th>To<th>Date{rows}</table>"
    body = table if mails else "<p>No mail yet.</p>"
    return PAGE.format(
        title="Mails", body=f'<meta http-equiv="refresh" content="5">{body}'
    )


def _mail_page(number, mail):
    headers = "".join(
        f"<tr><th>{name}<td>{_escape(mail[name])}"
        for name in ("From", "To", "Reply-To", "Date")
    )
    attachments = "".join(
        f'<li><a href="/{number}/{index}" download>'
        f"{_escape(part.get_filename() or 'file')}</a>"
        for index, part in enumerate(mail.iter_attachments())
    )
    body = (
        f'<p><a href="/">All mails</a><table>{headers}</table><ul>{attachments}</ul>'
        f'<iframe sandbox src="/{number}/html"></iframe>'
        f"<h2>As text</h2><pre>{_escape(_text(mail, 'plain'))}</pre>"
    )
    return PAGE.format(title=_escape(mail["Subject"]), body=body)


def _text(mail, kind):
    """The mail's body as ``html`` or ``plain`` text, as far as it has one."""
    part = mail.get_body((kind,))
    return part.get_content() if part else ""


def _escape(text):
    return html.escape(str(text or ""))
