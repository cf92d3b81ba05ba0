"""The queries of container_rental that matter most."""

# Tables that must never be read as a whole.
BIG = {
    *("container_rental", "container_request", "container_movement"),
    *("container_container", "res_partner"),
}

ASKED = """
OPEN = [("is_open", "=", True)]
PAST = [("state", "=", "returned")]
NEWEST = "delivery_date desc, id desc"
number = env["container.rental"].search([], limit=1).container_name
found = [("container_name", "ilike", number)]
container = env["container.container"].search([], limit=1)
available = [
    ("type_id", "=", container.type_id.id), ("company_id", "=", env.company.id),
    ("state", "=", "available"),
]
ASKED = [
    ("containers, page 1", "huge", "container.rental", OPEN, NEWEST, 20),
    ("containers, count", "huge", "container.rental", OPEN, (), None),
    ("containers of a small customer", "small", "container.rental", OPEN, NEWEST, 20),
    ("history, page 1", "huge", "container.rental", PAST, NEWEST, 20),
    ("history, search for a number", "huge", "container.rental",
        PAST + found, NEWEST, 20),
    ("requests, page 1", "huge", "container.request", [], "id desc", 20),
    ("requests of a small customer", "small", "container.request", [], "id desc", 20),
    ("requests, count", "huge", "container.request", [], (), None),
    ("office: requests to decide", "staff", "container.request",
        [("state", "=", "created")], "id desc", 80),
    ("office: all rentals", "staff", "container.rental", [], NEWEST, 80),
    ("office: rentals at customers", "staff", "container.rental",
        [("state", "=", "issued")], NEWEST, 80),
    ("office: to issue", "staff", "container.rental",
        [("state", "=", "planned")], "delivery_date, commercial_partner_id", 80),
    ("office: overdue", "staff", "container.rental",
        [("is_overdue", "=", True)], NEWEST, 80),
    ("office: rentals by number", "staff", "container.rental", found, NEWEST, 80),
    ("a container's rentals", "staff", "container.rental",
        [("container_id", "=", container.id)], NEWEST, None),
    ("a container's history", "staff", "container.movement",
        [("container_id", "=", container.id)], "date desc, id desc", 80),
    ("allocation: longest idle", "staff", "container.container",
        available, "state_since, id", 100),
]
"""
