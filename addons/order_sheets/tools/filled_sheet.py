"""An order sheet together with what one customer has filled in.

These objects decide which pages and questions there are for him, what is wrong, and
what is missing: for the form, the summary, the submission, the paper and the back
office alike. They read everything once, so their cost does not grow with the number of
queries; build a new one after each change.

A sheet has pages, a page has questions, a question has slots: one, or one for each
product in a table of products.
"""

from functools import cached_property

EDITABLE = ("draft", "returned")
PRODUCTS = ("product_qty", "product_choice", "product_matrix")


class WrongAnswer(Exception):
    """An answer that does not keep to the rules; its text is for the customer."""


class FilledSheet:
    """What a customer sees of a sheet.

    :param request_sudo: the order request, which may be a new record; sudo, because
        questions and answers have no rights of their own and are read through it
    """

    def __init__(self, request_sudo):
        self.request = request_sudo
        self.sheet = request_sudo.sheet_id
        self.choices = Choices(request_sudo)
        # What was submitted was right on that day, and stays so.
        self.is_settled = request_sudo.state not in EDITABLE
        self.answers = {
            (answer.field_id.id, answer.row_product_id.id): answer
            for answer in request_sudo.answer_ids
        }
        self.all_pages = [
            FilledPage(self, page) for page in self.sheet.page_ids.sorted()
        ]
        self.fields = {
            field.key: field for page in self.all_pages for field in page.all_fields
        }
        self.slots = {
            slot.name: slot for field in self.fields.values() for slot in field.slots
        }

    @property
    def pages(self):
        """The pages that there are for this customer."""
        return [page for page in self.all_pages if page.is_visible]

    @property
    def is_complete(self):
        return all(page.is_complete for page in self.pages)

    @property
    def incomplete_pages(self):
        return [page for page in self.pages if not page.is_complete]

    def page(self, page_id):
        """Return a visible page by the id of its record, or None."""
        return next((page for page in self.pages if page.id == page_id), None)

    def next_page(self, page):
        """Return the page after this one, or None: the summary comes next."""
        return self._neighbour(page, 1)

    def former_page(self, page):
        return self._neighbour(page, -1)

    def _neighbour(self, page, step):
        index = self.pages.index(page) + step
        return self.pages[index] if 0 <= index < len(self.pages) else None

    def get_answered(self, source):
        """Return the value of a question that counts, or None.

        :param source: record of the question
        """
        field = self.fields.get(source.key)
        return field.counting_value if field else None


class Choices:
    """What a customer may choose from that is his own."""

    def __init__(self, request_sudo):
        self._request = request_sudo

    @cached_property
    def addresses_sudo(self):
        """His delivery addresses, his own one first."""
        return self._request._get_offered_addresses()


class FilledPage:
    def __init__(self, filled, record):
        self.filled = filled
        self.record = record
        self.id = record.id
        self.name = record.name
        self.all_fields = [
            FilledField(self, field) for field in record.field_ids.sorted()
        ]

    @property
    def number(self):
        """Its number among the visible pages, from 1."""
        return self.filled.pages.index(self) + 1

    @cached_property
    def is_wanted(self):
        """Whether the conditions hold; the customer may still leave it out."""
        return _hold(self.record, self.filled)

    @cached_property
    def is_selected(self):
        return self.record in self.filled.request.selected_page_ids

    @cached_property
    def is_visible(self):
        return self.is_wanted and (self.is_selected or not self.record.is_selectable)

    @property
    def fields(self):
        """The questions that there are for this customer, and texts between them."""
        return [field for field in self.all_fields if field.is_visible]

    @property
    def incomplete_fields(self):
        """The questions that keep the page from being complete."""
        return [field for field in self.fields if not field.is_complete]

    @property
    def is_complete(self):
        return not self.incomplete_fields


class FilledField:
    def __init__(self, page, record):
        self.page = page
        self.filled = page.filled
        self.record = record
        self.id = record.id
        self.key = record.key
        self.label = record.label
        self.type = record.field_type
        self.slots = [Slot(self, product) for product in self._get_rows()]

    def _get_rows(self):
        if self.type == "info":
            return []
        if self.type == "product_matrix":
            return self.products
        return [None]

    @cached_property
    def products(self):
        """The products that can be ordered with this question."""
        if not self.filled.is_settled:
            return self.record._get_products()
        # what was ordered was there, whatever became of the product
        return self.record.with_context(active_test=False).product_ids

    @property
    def options(self):
        """The options that can be chosen."""
        return self.record._get_options()

    @property
    def _can_be_answered(self):
        return self.type not in PRODUCTS or bool(self.products)

    @cached_property
    def is_visible(self):
        return (
            self.page.is_visible
            and self._can_be_answered
            and _hold(self.record, self.filled)
        )

    @property
    def faults(self):
        """What is wrong with what was typed: ``{name: message}``."""
        return {slot.name: slot.fault for slot in self.slots if slot.fault}

    @property
    def value(self):
        """The value, or None; of a table of products ``{product id: quantity}``."""
        if self.type == "product_matrix":
            rows = {slot.product.id: slot.value for slot in self.slots}
            return {key: value for key, value in rows.items() if value} or None
        return self.slots[0].value if self.slots else None

    @property
    def counting_value(self):
        """The value where the question is shown; hidden answers count for nothing."""
        return self.value if self.is_visible else None

    @property
    def is_missing(self):
        is_asked = self.record.required and self.type != "info"
        return is_asked and not self.faults and self.value is None

    @property
    def is_complete(self):
        return not self.faults and not self.is_missing

    @property
    def text(self):
        """The answer as a text to read; files and products have more to show."""
        if self.type in ("info", "file", *PRODUCTS):
            return ""
        return self.slots[0].text

    @property
    def files(self):
        """The files that the customer has sent for this question; attachments, sudo."""
        answer = self.slots[0].answer if self.type == "file" else None
        return answer.attachment_ids.sorted("id") if answer else ()

    @property
    def ordered(self):
        """What is ordered with this question: list of ``(product, quantity)``."""
        if self.value is None or self.faults:
            return []
        if self.type == "product_matrix":
            return [(slot.product, slot.value) for slot in self.slots if slot.value]
        if self.type == "product_qty":
            return [(product, self.value) for product in self.products]
        if self.type == "product_choice":
            product = self.products.filtered(lambda it: it.id == self.value)
            quantity = self._get_chosen_quantity()
            return [(product, quantity)] if product and quantity > 0 else []
        return self._get_products_of_options()

    def _get_chosen_quantity(self):
        source = self.record.qty_field_id
        if source:
            return self.filled.get_answered(source) or 0
        return self.record.fixed_qty

    def _get_products_of_options(self):
        keys = self.value if isinstance(self.value, list) else [self.value]
        return [
            (option.product_id, 1.0)
            for option in self.record.option_ids
            if option.product_id and option.key in keys
        ]


class Slot:
    """One input of the form."""

    def __init__(self, field, product=None):
        self.field = field
        self.product = product
        self.name = f"{field.key}-{product.id}" if product else field.key
        row = product.id if product else False
        self.answer = field.filled.answers.get((field.id, row))

    @cached_property
    def _read(self):
        """The pair of value and fault."""
        if not self.answer:
            return None, None
        record, choices = self.field.record, self.field.filled.choices
        value = self.answer._get_value()
        try:
            if self.answer.typed:  # it may be right by now
                return record._parse(self.typed, choices), None
            if not self.field.filled.is_settled:
                record._check(value, choices)
        except WrongAnswer as wrong:
            return None, str(wrong)
        return value, None

    @property
    def value(self):
        """The value if it keeps to the rules, else None."""
        return self._read[0]

    @property
    def fault(self):
        """What is wrong, in the customer's words, or None."""
        return self._read[1]

    @property
    def typed(self):
        """What stands in the input: a text, or a list of texts."""
        if not self.answer:
            return self.field.record._to_typed(None)
        kept = self.answer.typed
        if kept:
            return kept.split("\n") if self.field.type == "multi" else kept
        return self.field.record._to_typed(self.answer._get_value())

    @property
    def text(self):
        return self.field.record._show(self.value, self.field.filled.choices)


def _hold(record, filled):
    """Return whether the conditions of a page or a question hold."""
    conditions = record.condition_ids
    if not conditions:
        return True
    place = conditions[0]._get_place()
    answers = (
        condition._holds(filled.get_answered(condition.source_field_id))
        # what comes later is not answered yet, and nothing goes in a circle
        if condition.source_field_id._get_place() < place
        else condition._holds(None)
        for condition in conditions
    )
    return any(answers) if record.condition_mode == "any" else all(answers)
