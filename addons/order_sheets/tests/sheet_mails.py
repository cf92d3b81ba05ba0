"""Who reads which mail about an order; it holds no tests itself."""

from lxml import html

from .sheet_common import SheetPeople

MORNING = "2026-12-01 09:00:00"  # 10:00 in Berlin


class SheetMailReader(SheetPeople):
    """Reads the queued mails as their recipients do. Mia is in charge of the sheet."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sheet.admin_user_ids = cls.mia

    def _mails(self, subject=""):
        """Return the queued mails whose subject contains a text."""
        self.write_mails()
        domain = [("model", "=", "order.sheet.request"), ("subject", "ilike", subject)]
        return self.env["mail.mail"].sudo().search(domain, order="id")

    def _told(self):
        """Return who has got which mail so far: pairs of names and a subject."""
        return [
            (", ".join(mail.recipient_ids.mapped("name")), mail.subject)
            for mail in self._mails()
        ]

    def _forget(self):
        """Let only the mails count that are written from now on."""
        self._mails().unlink()

    def _words(self, mail):
        """Return what a mail says, without its layout."""
        return " ".join(self._body(mail).text_content().split())

    def _facts(self, mail):
        """Return all rows of the tables in a mail: ``{label: text}``."""
        rows = self._body(mail).xpath("//table[not(.//table)]//tr[count(td)=2]")
        return {
            " ".join(label.text_content().split()): _unspaced(text.text_content())
            for label, text in rows
        }

    def _link(self, mail):
        """Return where the button of a mail leads to, without the server."""
        (link,) = self._body(mail).xpath(
            "//a[contains(@style, 'background-color')]/@href"
        )
        return link.removeprefix(self.sheet.get_base_url())

    def _body(self, mail):
        return html.fromstring(mail.ensure_one().body_html)


def _unspaced(text):
    """Return a text with plain spaces only, whatever stands in a time or an amount."""
    return text.strip().translate(dict.fromkeys((0xA0, 0x202F), " "))
