"""What customers do with their tickets in a browser."""

from lxml import html

from odoo.http import Request
from odoo.tests import tagged

from .common import CenterHttpCase

# What browsers, visitors and programs send where a number or a word is expected.
JUNK = (
    *("", " ", "abc", "1 OR 1=1", "'", '"', "\\", "%", "_", "**", "[('id','>',0)]"),
    *("-1", "0", "1,5", "1e308", "NaN", "2147483648", "9" * 20, "9" * 5000, "٣", "²"),
    *("\0", "a\0b", "\r\nBcc: a@b.example", "\u202e", "\ufffd", "2026-02-30"),
    *("10000-01-01", "<script>alert(1)</script>", "{{7*7}}", "../../etc/passwd"),
    *("../", "%00", "a" * 4000, "\N{FAMILY}\u200d\N{FAMILY}"),
)


@tagged("post_install", "-at_install")
class PortalTicketCase(CenterHttpCase):
    """``anna_user`` and ``bernd_user`` are of Muster, ``dora_user`` of Beta."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bernd_user, cls.dora_user = (
            cls._create_user(
                partner.name.split()[0].lower(),
                "base.group_portal",
                partner_id=partner.id,
                name=partner.name,
                email=partner.email,
            )
            for partner in (cls.bernd, cls.dora)
        )

    def open_as(self, user, url, **kwargs):
        self._sign_in(user)
        return self.url_open(url, **kwargs)

    def post_as(self, user, url, data=None, **kwargs):
        """Send a form with the token that its page carries; the answer to it."""
        self._sign_in(user)
        data = {"csrf_token": Request.csrf_token(self)} | (data or {})
        kwargs.setdefault("allow_redirects", False)
        return self.url_open(url, data=data, method="POST", **kwargs)

    def page_as(self, user, url):
        """Return the elements of a page that has been found."""
        response = self.open_as(user, url, allow_redirects=False)
        self.assertEqual(response.status_code, 200, url)
        return self.parse(response)

    def parse(self, response):
        """Return the elements of a page."""
        # Our reader ends at a NUL, which a browser shows as a question mark.
        return html.fromstring(response.text.replace("\0", "?"))

    def write_mails(self):
        """Write the mails about changes, as it happens before the commit."""
        self.env.flush_all()
        self.env.cr.precommit.run()

    def _sign_in(self, user):
        login = user.login if user else None
        if not self.session or self.session.login != login:
            self.authenticate(login, login)
