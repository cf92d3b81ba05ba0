from odoo import models


class HelpdeskCenter(models.AbstractModel):
    """The customer information center, as its page asks for it."""

    _name = "helpdesk.center"
    _description = "Customer Information Center"
