"""Fields of a dialog that start with a value which the user may change."""

from odoo import api


def starts_with(name, get_value, *depends):
    """Return the parameters of the field that starts with ``get_value(wizard)``.

    Each field has a computation of its own: what is given for one of them leaves the
    others at their start.

    :param depends: fields beside the contact that make it start anew
    """

    @api.depends("contact_id", *depends)
    def compute(wizards):
        for wizard in wizards:
            wizard[name] = get_value(wizard)

    return {"compute": compute, "store": True, "readonly": False}
