"""What a ticket can be to the center; stages detail that."""

# Odoo turns “not closed” into something that no index helps with.
ACTIVE = ("new", "open", "pending")
# Those whose service levels run: who waits does not escalate.
RUNNING = ("new", "open")
STATE_TYPES = [
    ("new", "New"),
    ("open", "Open"),
    ("pending", "Pending"),
    ("closed", "Closed"),
]
