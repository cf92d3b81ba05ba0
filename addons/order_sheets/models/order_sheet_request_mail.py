from odoo import models

from ..tools.content_lines import get_answer, shorten

MOST_ROWS = 40  # of answers in a mail; the paper has all of them


class OrderSheetRequest(models.Model):
    """What the mails about an order say, and who of the customer reads them."""

    _inherit = "order.sheet.request"

    # === WHO READS THEM === #

    def _get_mail_contacts(self):
        """Return who of the customer is told: who submitted the order, who began it.

        Of a draft, who has changed it last and who began it. It is the company once
        they have left it, or have no address.
        """
        self.ensure_one()
        customer = self.commercial_partner_id
        took_part = (self.submitted_by_id or self.saved_by_id) | self.partner_id
        there = took_part.filtered(
            lambda it: it.active and it.commercial_partner_id == customer
        )
        return there.filtered("email") or there[:1] or customer

    def _get_mail_contact(self):
        # Of several contacts, each reads a mail of his own.
        contacts = self._get_mail_contacts()
        chosen = self.env.context.get("mail_contact_id")
        return contacts.filtered(lambda it: it.id == chosen) or contacts[:1]

    def _write_customer_mails(self, event, **context):
        for request in self:
            for contact in request._get_mail_contacts():
                to_contact = request.with_context(mail_contact_id=contact.id)
                super(OrderSheetRequest, to_contact)._write_customer_mails(
                    event, **context
                )
        return None

    def _get_readers(self, message):
        users, contact, email = super()._get_readers(message)
        # What is written to one of them is for the other one, too.
        return users, contact and self.sudo()._get_mail_contacts(), email

    # === WHAT THEY SAY === #

    def _get_mail_rows(self, for_staff=False):
        """Return what a mail says about the order: pairs of a label and a text.

        Call it with sudo.
        """
        content = self._get_content()
        shows_total = content["price_display"] == "net_total"
        rows = [
            ("name", self._is_numbered() and self.name),
            ("sheet_id", content["sheet"]),
            ("campaign_id", for_staff and self.campaign_id.name),
            ("commercial_partner_id", for_staff and self._get_customer_text()),
            ("submitted_by_id", self.submitted_by_id.name),
            ("submitted_at", self._get_submitted_text()),
            ("amount_untaxed", shows_total and self._format_amount(content["amount"])),
            ("remark", content["remark"] and shorten(content["remark"])),
        ]
        return [(self._get_label(name), text) for name, text in rows if text]

    def _get_mail_pages(self):
        """Return what was ordered, page by page and in short.

        Call it with sudo.

        :return: pair of a list of ``(page, rows)``, where a row is a pair of a label
            and a text, and the number of answers for which there is no room
        """
        content = self._get_content()
        pages, room, left_out = [], MOST_ROWS, 0
        for page in content["pages"]:
            rows = [self._get_mail_row(field, content) for field in page["fields"]]
            rows = [(label, text) for label, text in rows if text]
            if rows[:room]:
                pages.append((page["name"], rows[:room]))
            left_out += len(rows[room:])
            room = max(room - len(rows), 0)
        return pages, left_out

    def _get_mail_row(self, field, content):
        texts = [get_answer(field)]
        texts += [self._get_product_text(row, content) for row in field["rows"]]
        return shorten(field["label"]), shorten("\n".join(filter(None, texts)))

    def _get_product_text(self, row, content):
        text = f"{row['quantity_text']} {row['unit']} {row['name']}"
        if content["price_display"] == "none":
            return text
        return f"{text}: {self._format_amount(row['amount'])}"

    def _get_form_url(self):
        """Return where the customer goes on with it: the page that needs him most.

        Call it with sudo.
        """
        filled = self._get_filled()
        pages = filled.incomplete_pages or filled.pages
        path = f"/page/{pages[0].id}" if pages else "/summary"
        return f"{self.get_base_url()}{self.access_url}{path}"
