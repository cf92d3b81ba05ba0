import hashlib
import json

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class IncompleteRequestError(UserError):
    """An order request that cannot be submitted yet: one line for each page."""


class OrderSheetRequest(models.Model):
    """The moment in which a filled-in sheet becomes a binding order."""

    _inherit = "order.sheet.request"

    def _get_edition(self, content=None):
        """Return what tells what was read from what is there now; call it with sudo.

        Whoever orders has seen these words, prices and terms.

        :param content: as ``_make_content`` returns it, if it is there already
        """
        self.ensure_one()
        if content is None:
            content = self._make_content(self._get_filled())
        read = json.dumps([content, self.sheet_id.legal_required], sort_keys=True)
        return f"{self.rev}-{hashlib.sha256(read.encode()).hexdigest()[:16]}"

    def _submit(self, contact, is_legal_accepted=False):
        """Submit what was filled in; call it with sudo.

        :param contact: who presses the button
        :param is_legal_accepted: whether he has ticked the box of the terms
        :raise IncompleteRequestError: something is missing, or wrong
        :raise UserError: it was submitted already, or the sheet is closed
        """
        self.ensure_one()
        self._lock_for("submitted")
        self._check_can_edit()
        filled = self._get_filled()
        self._check_complete(filled, is_legal_accepted)
        self._check_limit()
        self._keep_what_was_read(filled)
        # He reads the page in one language, and may get his mails in another one.
        request = self.with_context(lang=contact.lang or self.env.lang)
        filled = request._get_filled()
        self._forget_hidden(filled)
        self._write_lines(filled)
        is_corrected = self.state == "returned"
        former_files = self._get_submitted_files()
        self._move_to(
            "submitted",
            sheet_name=filled.sheet.name,
            snapshot=request._make_content(filled),
            submitted_at=fields.Datetime.now(),
            submitted_by_id=contact.id,
            return_reason=False,
        )
        self._delete_files(former_files - self.answer_ids.attachment_ids)
        self._note_mail_events(
            [("administrators", "submitted"), ("customers", "received")],
            is_corrected=is_corrected,
        )
        self._schedule_review()
        self._order_automatically()

    def _check_complete(self, filled, is_legal_accepted):
        faults = [
            self.env._("Page “%(page)s” is incomplete.", page=page.name)
            for page in filled.incomplete_pages
        ]
        if filled.sheet.legal_required and not is_legal_accepted:
            faults.append(self.env._("Please accept the terms."))
        if faults:
            raise IncompleteRequestError("\n".join(faults))

    def _check_limit(self):
        """:raise UserError: the limit was lowered since the customer began"""
        if self.submitted_at:  # it was an order before it was returned
            return
        sheet = self.sheet_id
        others = sheet._get_requests_that_count(self.commercial_partner_id) - self
        submitted = others.filtered(lambda it: it.state != "draft")
        if not sheet._has_room(len(submitted)):
            raise UserError(
                self.env._(
                    "Your company has ordered with “%(sheet)s” already.",
                    sheet=sheet.name,
                )
            )

    def _keep_what_was_read(self, filled):
        """Keep values instead of texts: “1.500” is another number elsewhere.

        Something that was wrong when it was typed may be right by now.
        """
        for slot in filled.slots.values():
            if slot.answer and slot.answer.typed and not slot.fault:
                field = slot.field.record
                slot.answer.write(slot.answer._prepare_vals(field, slot.value, False))

    def _forget_hidden(self, filled):
        """Delete answers to what the customer does not see any more."""
        shown = {
            slot.answer.id
            for page in filled.pages
            for field in page.fields
            for slot in field.slots
            if slot.answer
        }
        self.answer_ids.filtered(lambda it: it.id not in shown).unlink()

    def _write_lines(self, filled):
        """Note which products are ordered, at the prices of this moment."""
        prices = self._get_prices(filled)
        lines = [
            Command.create(
                {
                    "field_id": field.id,
                    "sequence": sequence,
                    "product_id": product.id,
                    "quantity": quantity,
                    "price_unit": prices[product.id, quantity],
                    "description": self._get_line_description(page),
                }
            )
            for sequence, (page, field, product, quantity) in enumerate(
                (page, field, product, quantity)
                for page in filled.pages
                for field in page.fields
                for product, quantity in field.ordered
            )
        ]
        self.line_ids = [Command.clear(), *lines]

    def _get_line_description(self, page):
        """Return what the customer has said about the products of a page."""
        return "\n".join(
            f"{field.label}: {field.text}"
            for field in page.fields
            if field.record.sale_target == "line_description" and field.text
        )

    def _schedule_review(self):
        """Put the order on the list of whoever looks after it."""
        self._schedule_for_responsible("order_sheets.mail_activity_type_review")
