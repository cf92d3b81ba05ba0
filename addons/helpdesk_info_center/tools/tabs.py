"""The tabs that a list of tickets can have, in their order."""

TABS = [
    ("locked", "My Locked Tickets"),
    ("owned", "My Tickets"),
    ("watched", "My Watched Tickets"),
    ("responsible", "My Responsibilities"),
    ("queues", "Tickets in My Queues"),
    ("all", "All Tickets"),
]
