"""What a ticket can be to the center; stages detail that."""

# Odoo turns “not closed” into something that no index helps with.
ACTIVE = ("new", "open", "pending")
STATE_TYPES = [
    ("new", "New"),
    ("open", "Open"),
    ("pending", "Pending"),
    ("closed", "Closed"),
]
