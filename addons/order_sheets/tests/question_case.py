from odoo.fields import Command

from odoo.addons.customer_portal.tests.common import PortalTransactionCase

from .sheet_common import SheetPeople


class QuestionCase(SheetPeople, PortalTransactionCase):
    """A sheet whose questions a test makes up, and the draft of it that is Anna's."""

    def ask(self, field_type, **values):
        """Return a draft of Anna with one question: its key is ``q``."""
        return self.ask_all(self.question("q", field_type, **values))

    def ask_all(self, *questions, **values):
        """Return a draft of Anna with several questions on one page."""
        return self.ask_pages({"name": "Page", "field_ids": list(questions)}, **values)

    def ask_pages(self, *pages, **values):
        """Return a draft of Anna with several pages."""
        vals = {"name": "Questions", "page_ids": [Command.create(it) for it in pages]}
        self.asked_sheet = self.sheets.create(vals | values)
        self.asked_sheet.action_publish()
        return self._start_as(self.anna, self.asked_sheet)

    def question(self, key, field_type, **values):
        """Return the command that creates a question."""
        options = values.pop("options", ())
        if options:
            values["option_ids"] = [
                Command.create({"key": option, "label": option.title()})
                for option in options
            ]
        if products := values.pop("products", None):
            values["product_ids"] = [Command.set(products.ids)]
        return Command.create(
            {"key": key, "label": key.title(), "field_type": field_type, **values}
        )

    def slot(self, request, name="q"):
        """Return an input of the form as it is filled in by now."""
        request.invalidate_recordset()
        return request.sudo()._get_filled().slots[name]

    def is_complete(self, request):
        request.invalidate_recordset()
        return request.sudo()._get_filled().is_complete

    def assertTaken(self, request, typed, value, name="q"):  # noqa: N802
        """Check that something can be typed, and what becomes of it."""
        self.assertEqual(self._fill(request, **{name: typed}).faults, {}, typed)
        slot = self.slot(request, name)
        self.assertEqual((slot.value, slot.fault), (value, None), typed)

    def assertRefused(self, request, typed, fault, name="q"):  # noqa: N802
        """Check what is said about something that was typed, which is kept."""
        self.assertEqual(self._fill(request, **{name: typed}).faults, {name: fault})
        slot = self.slot(request, name)
        self.assertEqual((slot.value, slot.fault), (None, fault), typed)
        self.assertFalse(self.is_complete(request))
        return slot

    def assertShown(self, request, typed, text, name="q"):  # noqa: N802
        """Check what stands in the input, and what is read elsewhere."""
        slot = self.slot(request, name)
        self.assertEqual((slot.typed, slot.text), (typed, text))
