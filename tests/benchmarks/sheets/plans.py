"""The queries about order sheets that matter most."""

# Tables that must never be read as a whole.
BIG = {
    *("order_sheet_request", "order_sheet_answer", "order_sheet_request_line"),
    *("sale_order", "mail_message", "res_partner"),
}

ASKED = """
from datetime import timedelta
from odoo import fields

MODEL = "order.sheet.request"
requests = env[MODEL]
huge, small, staff = (
    env["res.users"].search([("login", "=", login)])
    for login in ("huge", "small", "staff")
)
RUNNING = [("state", "in", ("submitted", "returned", "in_progress", "done"))]
ARCHIVED = [("state", "in", ("archived", "rejected", "cancelled"))]
SENT = [("state", "!=", "draft")]
NEWEST = "submitted_at desc, id desc"
now = fields.Datetime.now()
mine = [("commercial_partner_id", "=", huge.commercial_partner_id.id)]
one = requests.search(mine + ARCHIVED, limit=1, offset=99)
campaign = [("sheet_id", "=", one.sheet_id.id)]
production = [
    ("stage_id", "=", env.ref("order_sheets.order_sheet_stage_production").id)
]
rejected = [("stage_id", "=", env.ref("order_sheets.order_sheet_stage_rejected").id)]
number = [("name", "ilike", one.name)]

ASKED = [
    # customers
    ("running, huge", "huge", MODEL, RUNNING, NEWEST, 80),
    ("running, small", "small", MODEL, RUNNING, NEWEST, 80),
    ("archived, huge", "huge", MODEL, ARCHIVED, NEWEST, 80),
    ("status search, running", "huge", MODEL, RUNNING + production, NEWEST, 80),
    ("status search, running, count", "huge", MODEL, RUNNING + production, (), None),
    ("status search, archived", "huge", MODEL, ARCHIVED + rejected, NEWEST, 80),
    ("numbers of the tabs, huge", "huge", MODEL, [], ["state"], None),
    ("search for a number", "huge", MODEL, ARCHIVED + number, NEWEST, 80),
    ("begun", "huge", MODEL, [("state", "in", ("draft", "returned"))], NEWEST, None),
    # the server
    ("ordered with a sheet", None, MODEL, mine + SENT + [
        ("root_id", "=", one.root_id.id), ("state", "not in", ("rejected", "cancelled"))
    ], (), None),
    ("answers of an order", None, "order.sheet.answer",
        [("request_id", "=", one.id)], "id", None),
    ("products of an order", None, "order.sheet.request.line",
        [("request_id", "=", one.id)], "sequence, id", None),
    ("job: to archive", None, MODEL,
        [("state", "=", "done"), ("done_at", "<", now - timedelta(30))], "id", 1000),
    ("job: drafts that expire", None, MODEL,
        [("state", "=", "draft"), ("saved_at", "<", now - timedelta(60))], "id", 1000),
    # the office
    ("office: all", "staff", MODEL, [], NEWEST, 80),
    ("office: running", "staff", MODEL, RUNNING, NEWEST, 80),
    ("office: new", "staff", MODEL, [("state", "=", "submitted")], NEWEST, 80),
    ("office: mine", "staff", MODEL,
        [("user_id", "=", staff.id), ("state", "=", "in_progress")], NEWEST, 80),
    ("office: customer replied", "staff", MODEL,
        [("customer_reply_pending", "=", True)], NEWEST, 80),
    ("office: of a customer", "staff", MODEL, mine + SENT, NEWEST, 80),
    ("office: running of a sheet", "staff", MODEL, campaign + RUNNING, NEWEST, 80),
    ("office: search", "staff", MODEL, number, NEWEST, 80),
    ("office: running by stage", "staff", MODEL, RUNNING, ["stage_id"], None),
    ("office: stage in production", "staff", MODEL, production, NEWEST, 40),
]
"""
