"""Who reads which mail about a service order."""

from lxml import html

from odoo.fields import Command

from .common import PortalTransactionCase
from .service_common import ServicePeople

MORNING = "2026-12-01 09:00:00"  # 10:00 in Berlin
PREFIX = "customer_portal.customer_service_order_mail_template_"


class ServiceMailReader(ServicePeople, PortalTransactionCase):
    """Reads the queued mails as their recipients do."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.team = cls.berlin.user_ids

    def _mails(self, subject=""):
        """Return the queued mails whose subject contains a text."""
        self.write_mails()
        domain = [
            ("model", "=like", "customer.service.%"),
            ("subject", "ilike", subject),
        ]
        return self.env["mail.mail"].sudo().search(domain, order="id")

    def _told(self):
        """Return who has got which mail so far: pairs of a name and a subject."""
        return [
            (", ".join(mail.recipient_ids.mapped("name")), mail.subject)
            for mail in self._mails()
        ]

    def _forget(self):
        """Let only the mails count that are written from now on."""
        self._mails().unlink()

    def _facts(self, mail):
        """Return what a mail says about the order: ``{name: text}``."""
        body = html.fromstring(mail.ensure_one().body_html)
        rows = body.xpath("//table[.//td='Number'][not(.//table)]//tr")
        texts = [[" ".join(td.text_content().split()) for td in tr] for tr in rows]
        return dict(texts)

    def _link(self, mail):
        """Return where the button of a mail leads to."""
        body = html.fromstring(mail.ensure_one().body_html)
        (link,) = body.xpath("//a[contains(@style, 'background-color')]/@href")
        return link

    def _at_location(self, user, **values):
        """Return an order whose device has arrived, and no mail about it."""
        order = self._order_as(user, **values).with_user(self.erik)
        order.action_receive()
        self._forget()
        return order

    def _end_transaction(self):
        """Let what is noted from now on be of another transaction."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE customer_mail_event SET create_date = create_date - interval '1 ms'"
        )
        self.env["customer.mail.event"].invalidate_model()

    def _quote(self, order):
        """Return a quotation of 129 for an order, a draft."""
        product = self.env["product.product"].create({"name": "Display"})
        line = Command.create({"product_id": product.id, "price_unit": 129})
        return self.env["sale.order"].create(
            order.sudo()._prepare_quotation_vals() | {"order_line": [line]}
        )

    def _read(self, subject, order, recipient):
        """Return the one mail that somebody has got about an order."""
        mail = self._mails(subject).ensure_one()
        self.assertEqual(mail.recipient_ids, recipient)
        self.assertIn(order.name, mail.subject)
        return mail
