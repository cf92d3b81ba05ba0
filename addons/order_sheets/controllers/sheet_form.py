import json

from odoo.fields import Domain
from odoo.tools import format_amount, format_time

from odoo.addons.customer_portal.controllers.portal_form import clean_text
from odoo.addons.customer_portal.tools.uploads import get_accept

from ..models.order_sheet_field import PRODUCTS

PREFIX = "answer."
FILE_PREFIX = "file."
# How browsers help with what is typed; the rules are the question's.
LINES = {
    "char": {"type": "text"},
    "integer": {"type": "text", "inputmode": "numeric"},
    "float": {"type": "text", "inputmode": "decimal"},
    "product_qty": {"type": "text", "inputmode": "decimal"},
    "product_matrix": {"type": "text", "inputmode": "decimal"},
    "date": {"type": "date"},
    "email": {"type": "email", "autocomplete": "email"},
    "phone": {"type": "tel", "autocomplete": "tel"},
    "url": {"type": "text", "inputmode": "url"},
}
# Which template shows a question; the others have one of the name of their type.
TEMPLATES = {
    **dict.fromkeys(LINES, "line"),
    "product_matrix": "product_matrix",
    "image_choice": "choice",
}


class SheetForm:
    """One page of an order sheet as a customer has it on the screen.

    :ivar faults: what is wrong, by name of the input
    :ivar conflicts: what a colleague has typed meanwhile, as ``Saved`` has it
    :ivar notices: texts above the questions
    """

    def __init__(self, filled, page, lock_reason="", typed=None, check=False):
        """
        :param lock_reason: why nothing can be changed now
        :param typed: what stands in the inputs instead of what is kept
        :param check: also say what is missing
        """
        self.filled = filled
        self.page = page
        self.request = filled.request
        self.sheet = filled.sheet
        self.lock_reason = lock_reason
        self.env = filled.request.env
        self.conflicts = {}
        self.notices = []
        self.faults = {
            name: fault
            for field in page.all_fields
            for name, fault in field.faults.items()
        }
        if check:
            self.faults |= self._get_missing()
        self._typed = typed or {}
        self._pictured = None
        self._has_focus = False

    def _get_missing(self):
        message = self.env._("Please fill this in.")
        return {
            field.slots[0].name: message
            for field in self.page.fields
            if field.is_missing
        }

    # === THE PAGE === #

    @property
    def is_editable(self):
        return not self.lock_reason

    @property
    def url(self):
        return self.request.access_url

    def page_url(self, page):
        return f"{self.url}/page/{page.id}"

    @property
    def texts(self):
        """What JavaScript says, as attributes of the form."""
        _ = self.env._
        return {
            "data-text-saved": _("Saved %(time)s"),
            "data-text-saving": _("Saving …"),
            "data-text-retry": _("Not saved yet; trying again"),
            "data-text-signed-out": _(
                "You are signed out. Please sign in in another tab and leave this page"
                " open."
            ),
            "data-text-upload": _("Sending %(file)s …"),
            "data-text-upload-failed": _(
                "The file was not sent. Please choose it again."
            ),
        }

    @property
    def summary_url(self):
        return f"{self.url}/summary"

    def image_url(self, kind, record):
        """Return the address of a picture, or None where there is none."""
        if record.id not in self._get_pictured(record._name):
            return None
        return f"/my/order-sheets/{self.sheet.id}/image/{kind}/{record.id}"

    def _get_pictured(self, model):
        """Return which records have a picture, without reading the pictures."""
        if self._pictured is None:
            options = self.page.record.field_ids.option_ids
            kinds = Domain("res_model", "=", "order.sheet.page") & Domain(
                "res_id", "=", self.page.id
            ) | Domain("res_model", "=", "order.sheet.option") & Domain(
                "res_id", "in", options.ids
            )
            attachments = self.env["ir.attachment"].search_fetch(
                Domain("res_field", "=", "image") & kinds, ["res_model", "res_id"]
            )
            self._pictured = {}
            for attachment in attachments:
                self._pictured.setdefault(attachment.res_model, set()).add(
                    attachment.res_id
                )
        return self._pictured.get(model, ())

    @property
    def is_first(self):
        return self.filled.former_page(self.page) is None

    @property
    def is_last(self):
        return self.filled.next_page(self.page) is None

    @property
    def saved_text(self):
        """Return when something was kept last, on the company's clock."""
        saved_at = self.request.saved_at
        return saved_at and get_clock_text(self.request, saved_at)

    # === WHAT COLLEAGUES NEED TO MERGE === #

    @property
    def before(self):
        """Return what is kept by now, as JSON: what differs was typed."""
        return json.dumps(
            {
                slot.name: slot.typed
                for field in self.page.all_fields
                for slot in field.slots
                if field.type != "file"
            }
        )

    def theirs(self, slot):
        """Return what a colleague has typed, as a text to read."""
        return get_text(slot) or self.env._("(nothing)")

    def mine(self, slot):
        typed = self.conflicts[slot.name]["mine"]
        return ", ".join(typed) if isinstance(typed, list) else typed

    # === QUESTIONS === #

    def template(self, field):
        """Return the template of a question, by its type."""
        name = TEMPLATES.get(field.type, field.type)
        return f"order_sheets.portal_question_{name}"

    def is_group(self, field):
        """Return whether a question has several inputs, and so a legend."""
        return field.type in GROUPS or (
            field.type == "choice" and field.record.choice_display != "select"
        )

    def shown(self, slot):
        """Return what stands in an input: a text, or a list of texts."""
        if slot.name not in self._typed:
            return slot.typed
        typed = self._typed[slot.name]
        if slot.field.type == "multi":
            texts = typed if isinstance(typed, list) else [typed]
            return [clean_text(text) for text in texts]
        if isinstance(typed, list):
            typed = typed[-1] if typed else ""
        return clean_text(typed)

    def input_id(self, slot, option=None):
        stem = f"answer-{slot.name}"
        return stem if option is None else f"{stem}-{option}"

    def attributes(self, slot, css_class, option=None):
        """Return the attributes of an input that tell everybody about it.

        :param option: what tells it from the other inputs of the same question
        """
        is_wrong = slot.name in self.faults
        field = slot.field
        name = FILE_PREFIX if field.type == "file" else PREFIX
        return {
            **LINES.get(field.type, {}),
            "id": self.input_id(slot, option),
            "name": f"{name}{slot.name}",
            "class": f"{css_class} is-invalid" if is_wrong else css_class,
            "aria-invalid": "true" if is_wrong else None,
            "aria-required": self._get_required(field, option),
            "aria-describedby": self.described_by(slot),
            "placeholder": field.record.placeholder or None,
            "autofocus": "autofocus" if self._takes_focus(slot) else None,
        }

    def described_by(self, slot):
        ids = [f"{self.input_id(slot)}-error"]
        if slot.field.record.help:
            ids.append(f"answer-{slot.field.key}-help")
        return " ".join(ids)

    def group_described_by(self, field):
        """Return what describes several inputs as a whole.

        The rows of a table of products have messages of their own, and there may be
        none.
        """
        if field.type != "product_matrix":
            return self.described_by(field.slots[0])
        return f"answer-{field.key}-help" if field.record.help else None

    def _get_required(self, field, option):
        is_asked = field.record.required and option is None
        return "true" if is_asked and field.type != "product_matrix" else None

    def _takes_focus(self, slot):
        """Return whether this is the first input of the first mistake."""
        first = next(iter(self.faults), None)
        if slot.name != first or self._has_focus:
            return False
        self._has_focus = True  # of several buttons, only one can have it
        return True

    def accept(self, field):
        return get_accept(field.record._get_extensions())

    def file_url(self, file):
        return f"{self.url}/attachment/{file.id}"

    # === PRICES === #

    def price(self, product):
        """Return the price of one unit as a text, or None if none is shown."""
        if self.sheet.price_display == "none" or not product:
            return None
        if self._prices is None:
            self._prices = self.request._get_unit_prices(self._get_products())
        return format_amount(
            self.env, self._prices[product.id], self.request.currency_id
        )

    _prices = None

    def _get_products(self):
        products = self.env["product.product"]
        for field in self.page.all_fields:
            if field.type in PRODUCTS:
                products |= field.products
            products |= field.record.option_ids.product_id
        return products


GROUPS = ("multi", "image_choice", "address", "product_choice", "product_matrix")


def get_clock_text(order, moment):
    """Return when something was kept: the time, and for other days the day as well."""
    company = order.company_id
    if company._portal_local(moment).date() != company._portal_today():
        return company._portal_format_datetime(moment)
    return format_time(order.env, moment, tz=company.portal_tz, time_format="short")


def get_text(slot):
    """Return what is kept for an input as a text to read, also if it is wrong."""
    if slot.value is not None:
        return slot.text
    typed = slot.typed
    return ", ".join(typed) if isinstance(typed, list) else typed
