"""The queries of customer_portal that matter most."""

# Tables that must never be read as a whole.
BIG = {"customer_change_request", "customer_change_line", "res_partner"}

ASKED = """
MODEL, LINES = "customer.change.request", "customer.change.line"
requests = env[MODEL]
huge = env["res.users"].search([("login", "=", "huge")]).commercial_partner_id
own = [("commercial_partner_id", "=", huge.id)]
OPEN = [("state", "in", ("pending", "scheduled"))]
one = requests.search(own, limit=1)
worded = requests.search(own + [("remark", "!=", False)], limit=1)
number = [("name", "ilike", one.name)]
some_numbers = [("name", "ilike", one.name[:-1])]
remark = [("remark", "ilike", worded.remark[-8:])]
anywhere = ["|", ("name", "ilike", worded.remark[-8:]), *remark]
target = [
    ("target_partner_id", "=", one.target_partner_id.id), *OPEN,
    ("operation", "!=", "create"),
]
partners = "res.partner"
field_named = [
    "|", ("line_ids.field_id.field_description", "ilike", "street"),
    ("line_ids.field_name", "ilike", "street"),
]
about_partner = OPEN + [
    "|", ("commercial_partner_id", "=", huge.id), ("target_partner_id", "=", huge.id),
]
NEWEST, BY_STATE = "id desc", "state asc, id desc"
ASKED = [
    ("list, open, page 1", "huge", MODEL, OPEN, NEWEST, 20),
    ("list, open, count", "huge", MODEL, OPEN, (), None),
    ("list, all, page 1", "huge", MODEL, [], NEWEST, 20),
    ("list, all, count", "huge", MODEL, [], (), None),
    ("list of a small customer", "small", MODEL, [], NEWEST, 20),
    ("list, rejected", "huge", MODEL, [("state", "=", "rejected")], NEWEST, 20),
    ("list by number", "huge", MODEL, [], "name, id", 20),
    ("list by status", "huge", MODEL, [], "state, id", 20),
    ("search for a number", "huge", MODEL, number, NEWEST, 20),
    ("search for the beginning of numbers", "huge", MODEL, some_numbers, NEWEST, 20),
    ("search for words of a remark", "huge", MODEL, remark, NEWEST, 20),
    ("search in all", "huge", MODEL, anywhere, NEWEST, 20),
    ("search in all, count", "huge", MODEL, anywhere, (), None),
    ("lines of one request", "huge", LINES,
        [("request_id", "=", one.id)], NEWEST, None),
    ("addresses of the company", "huge", partners,
        huge._get_portal_address_domain(), "name, id", None),
    ("the open request about a partner", None, MODEL, target, NEWEST, 1),
    ("request of a form", None, MODEL, [("form_token", "=", "x")], NEWEST, None),
    ("job: scheduled for today", None, MODEL,
        [("state", "=", "scheduled"), ("effective_date", "<=", "2100-01-01")],
        NEWEST, None),
    ("job: late ones", None, MODEL,
        [("state", "=", "pending"), ("create_date", "<", "2100-01-01")],
        NEWEST, None),
    ("office: open", "staff", MODEL, OPEN, BY_STATE, 80),
    ("office: open, count", "staff", MODEL, OPEN, (), None),
    ("office: to decide", "staff", MODEL, [("state", "=", "pending")], BY_STATE, 80),
    ("office: late", "staff", MODEL, [("is_late", "=", True)], BY_STATE, 80),
    ("office: all", "staff", MODEL, [], BY_STATE, 80),
    ("office: of a customer", "staff", MODEL,
        [("commercial_partner_id", "child_of", huge.id)], BY_STATE, 80),
    ("office: by number", "staff", MODEL, number, BY_STATE, 80),
    ("office: by changed field", "staff", MODEL, OPEN + field_named, BY_STATE, 80),
    ("office: by changed field, in all", "staff", MODEL, field_named, BY_STATE, 80),
    ("office: open ones of a partner", "staff", MODEL, about_partner, (), None),
]
"""
