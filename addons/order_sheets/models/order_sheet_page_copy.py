from odoo import models


class OrderSheetPage(models.Model):
    """A page that is needed twice in a sheet: once for each kind of material."""

    _inherit = "order.sheet.page"

    def action_duplicate(self):
        """Put a copy of the page behind it."""
        self.ensure_one()
        self.sheet_id._check_manager()
        self._duplicate()

    def copy(self, default=None):  # pylint: disable=method-required-super
        return self.browse().union(*(page._duplicate(default) for page in self))

    def _duplicate(self, default=None):
        """Return a copy of the page in the same sheet; its questions get new keys."""
        self._make_room_behind()
        [vals] = self.copy_data(
            {
                "name": self.env._("%(name)s (copy)", name=self.name),
                "sequence": self.sequence + 1,
                **(default or {}),
            }
        )
        for _command, _id, field_vals in vals.get("field_ids", ()):
            field_vals.pop("key")
        page = self.create(vals)
        self.copy_translations(page, excluded=("name",))
        self._copy_links_to(page)
        return page

    def _make_room_behind(self):
        pages = self.sheet_id.page_ids.sorted()
        for position, page in enumerate(pages, 1):
            if page.sequence != position * 10:
                page.sequence = position * 10

    def _copy_links_to(self, page):
        """Copy what points to other questions: to the copies where there are some."""
        sources = {field.key: field for field in self.sheet_id.field_ids}
        copies = list(
            zip(self.field_ids.sorted(), page.field_ids.sorted(), strict=True)
        )
        sources |= {field.key: copy for field, copy in copies}
        self.condition_ids._copy_to(page, sources)
        for field, copy in copies:
            field.condition_ids._copy_to(copy, sources)
            if field.qty_field_id:
                copy.qty_field_id = sources[field.qty_field_id.key]
