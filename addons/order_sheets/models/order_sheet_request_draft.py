import re
from typing import NamedTuple

from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError, UserError

from ..tools.filled_sheet import FilledSheet, WrongAnswer
from .order_sheet_field_limit import MAX_CHAR
from .order_sheet_request import EDITABLE_STATES, MAX_REMARK

MAX_TYPED = 5000
MAX_CHOSEN = 200  # more than any question has options
NOT_IN_THE_DATABASE = re.compile(r"[\x00\ud800-\udfff]")


class Saved(NamedTuple):
    """What became of something that a customer has typed.

    ``faults``: what is wrong, by name of the input; ``conflicts``: what a colleague has
    typed meanwhile: ``{name: {"theirs": typed, "mine": typed, "by": name}}``
    """

    faults: dict
    conflicts: dict


class OrderSheetRequest(models.Model):
    """Filling in, by several people at once: whatever is typed is kept."""

    _inherit = "order.sheet.request"

    # === BEGINNING === #

    @api.model
    def _start(self, sheet, contact):
        """Return the draft of the contact's company for a sheet; call it with sudo.

        Colleagues go on with the same one.

        :raise UserError: the sheet is closed, or there are enough orders
        """
        customer = contact.commercial_partner_id
        requests = sheet._get_requests_that_count(customer)
        draft = requests.filtered(lambda it: it.state == "draft")
        if not sheet._is_open_for(customer, grace=bool(draft)):
            raise UserError(
                self.env._("“%(sheet)s” cannot be filled in now.", sheet=sheet.name)
            )
        if draft:
            # somebody began in the moment in which this version was published
            draft.filtered(lambda it: it.sheet_id != sheet)._follow_to(sheet)
            return draft
        if not sheet._has_room(len(requests)):
            raise UserError(
                self.env._(
                    "Your company has ordered with “%(sheet)s” already.",
                    sheet=sheet.name,
                )
            )
        return self._create_draft(sheet, contact)

    def _create_draft(self, sheet, contact):
        """:raise ConcurrencyError: a colleague begins at this moment; the server tries
        again and finds his draft
        """
        try:
            with self.env.cr.savepoint():
                # Who began, and when, stands in fields; no need to log it as well.
                draft = self.with_context(mail_create_nolog=True).create(
                    {
                        "sheet_id": sheet.id,
                        "root_id": sheet._get_root().id,
                        "partner_id": contact.id,
                        "is_single": sheet.max_per_customer == 1,
                    }
                )
        except UniqueViolation as error:
            raise ConcurrencyError(str(error)) from error
        return draft.with_context(mail_create_nolog=False)

    # === GOING ON === #

    def _get_filled(self):
        """Return the sheet as it is filled in by now; call it with sudo."""
        return FilledSheet(self)

    def _is_editable(self):
        """Return whether the customer may fill in this request now."""
        return not self._get_lock_reason()

    def _get_lock_reason(self, is_open=None):
        """Return why the customer cannot change or submit this now, or an empty text.

        A request that was returned may be corrected as long as its sheet is there.

        :param is_open: whether the sheet is open for the customer, if that is known
        """
        self.ensure_one()
        sheet = self.sheet_id.sudo()  # customers read of it what the form shows
        if self.state not in EDITABLE_STATES:
            return self.env._(
                "%(name)s is “%(state)s” and cannot be changed any more.",
                name=self.display_name,
                state=self._get_state_label(),
            )
        if sheet.state == "draft":
            return self.env._(
                "“%(sheet)s” is being revised. What you have filled in is kept; please"
                " come back later.",
                sheet=sheet.name,
            )
        if self.state == "returned":
            return ""
        if is_open is None:
            is_open = sheet._is_open_for(self.commercial_partner_id, grace=True)
        if not is_open:
            return self.env._(
                "“%(sheet)s” is closed. What you have filled in is kept, but cannot be"
                " submitted any more.",
                sheet=sheet.name,
            )
        return ""

    def _check_can_edit(self):
        """:raise UserError: the customer cannot change this now"""
        if reason := self._get_lock_reason():
            raise UserError(reason)

    def _save_typed(self, typed, rev, before=None, contact=None):
        """Keep what a customer has typed; call it with sudo.

        What a colleague has changed since ``rev`` is not overwritten: both read both.

        :param typed: ``{name of the input: text or list of texts}``; unknown names are
            ignored
        :param rev: the revision that the customer has on his screen
        :param before: what stood in the inputs when they were shown; what is still the
            same was not typed. Default: all of it was
        :param contact: who typed it
        :return: ``Saved``
        """
        self.ensure_one()
        self._lock()
        self._check_can_edit()
        filled = self._get_filled()
        before = before or {}
        changes, faults, conflicts = [], {}, {}
        for name, slot in filled.slots.items():
            if name not in typed or slot.field.type == "file":
                continue
            text = _clean(typed[name], slot)
            if name in before and text == _clean(before[name], slot):
                if slot.fault:
                    faults[name] = slot.fault
                continue
            value, fault = self._read(slot, text, filled.choices)
            if fault:
                faults[name] = fault
            if self._is_same(slot, value, fault, text):
                continue
            if slot.answer and slot.answer.rev > rev:
                conflicts[name] = {
                    "mine": text,
                    "theirs": slot.typed,
                    "by": slot.answer.write_uid.partner_id.name,
                }
                continue
            changes.append((slot, value, _as_kept(text) if fault else False))
        if changes:
            self._keep(changes, contact)
        return Saved(faults, conflicts)

    def _read(self, slot, text, choices):
        """Return the pair of a value and what is wrong with it."""
        try:
            return slot.field.record._parse(text, choices), None
        except WrongAnswer as wrong:
            return None, str(wrong)

    def _is_same(self, slot, value, fault, text):
        if fault:
            return bool(slot.answer) and slot.answer.typed == _as_kept(text)
        if not slot.answer:
            return value is None
        return not slot.answer.typed and slot.answer._get_value() == value

    def _keep(self, changes, contact):
        """Write answers, all new ones at once, and count the revision."""
        self._touch(contact)
        answers = self.env["order.sheet.answer"]
        new = []
        for slot, value, typed in changes:
            field = slot.field.record
            vals = answers._prepare_vals(field, value, typed) | {"rev": self.rev}
            if slot.answer:
                slot.answer.write(vals)
                continue
            row = slot.product.id if slot.product else False
            new.append(
                {
                    **vals,
                    "request_id": self.id,
                    "field_id": field.id,
                    "row_product_id": row,
                }
            )
        answers.create(new)

    def _select_pages(self, selected, contact=None):
        """Keep which of the optional pages the customer needs; call it with sudo.

        :param selected: ids of pages, also of others
        """
        self.ensure_one()
        self._lock()
        self._check_can_edit()
        pages = self.sheet_id.page_ids.filtered("is_selectable")
        chosen = pages.filtered(lambda page: page.id in selected)
        if chosen != self.selected_page_ids:
            self.selected_page_ids = chosen
            self._touch(contact)

    def _save_remark(self, remark, contact=None):
        """Keep the customer's remark; call it with sudo."""
        self._lock()
        self._check_can_edit()
        remark = _clean_text(remark).strip()[:MAX_REMARK] or False
        if remark != self.remark:
            self.remark = remark
            self._touch(contact)

    def _touch(self, contact):
        """Note that the customer has changed something, and who it was."""
        self.write(
            {
                "rev": self.rev + 1,
                "saved_at": fields.Datetime.now(),
                "saved_by_id": (contact or self.env.user.partner_id).id,
            }
        )

    # === A NEW VERSION OF THE SHEET === #

    def _follow_to(self, sheet):
        """Go on with another version: answers follow by the key of their question."""
        target = {field.key: field for field in sheet.field_ids}
        for request in self:
            lost = request.answer_ids.browse()
            for answer in request.answer_ids:
                field = target.get(answer.field_id.key)
                if field and field.field_type == answer.field_id.field_type:
                    answer.field_id = field
                else:
                    lost |= answer
            lost.unlink()
            names = set(request.selected_page_ids.mapped("name"))
            request.selected_page_ids = sheet.page_ids.filtered(
                lambda page, names=names: page.is_selectable and page.name in names
            )
            request.sheet_id = sheet


def _clean(typed, slot):
    """Return what was typed as it is kept: a text, or a list of texts."""
    if slot.field.type == "multi":
        texts = typed[:MAX_CHOSEN] if isinstance(typed, list) else [typed]
        keys = {_clean_text(text).replace("\n", " ")[:MAX_CHAR] for text in texts}
        return sorted(keys - {""})
    if isinstance(typed, list):  # two inputs of one name: the last one counts
        typed = typed[-1] if typed else ""
    return _clean_text(typed)


def _as_kept(text):
    return "\n".join(text) if isinstance(text, list) else text


def _clean_text(typed):
    if isinstance(typed, bool):  # a ticked box, as JSON sends it
        typed = "1" if typed else ""
    text = str(typed) if isinstance(typed, str | int | float) else ""
    text = text.replace("\r\n", "\n")[: MAX_TYPED + 1]
    return NOT_IN_THE_DATABASE.sub("\ufffd", text)
