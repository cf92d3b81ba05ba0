"""Indexes that find parts of words."""

from odoo.modules.db import FunctionStatus


def trigram(column):
    """Return the definition of an index that finds parts of a word in a column."""

    def definition(registry):
        if not registry.has_trigram:
            return ""
        searched = f'"{column}"'
        if registry.has_unaccent == FunctionStatus.INDEXABLE:
            searched = registry.unaccent(searched)
        return f"USING gin ({searched} gin_trgm_ops)"

    return definition
