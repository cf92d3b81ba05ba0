"""The queries about service orders that matter most."""

# Tables that must never be read as a whole.
BIG = {
    *("customer_service_order", "customer_service_answer"),
    *("customer_service_status_log", "customer_service_device"),
    *("customer_service_shipment", "customer_service_shipment_line"),
    *("sale_order", "sale_order_line", "mail_message", "res_partner"),
}

ASKED = """
from datetime import timedelta
from odoo import fields

MODEL = "customer.service.order"
SHIPMENTS = "customer.service.shipment"
orders = env[MODEL]
reseller, huge, small, staff, own = (
    env["res.users"].search([("login", "=", login)])
    for login in ("reseller", "huge", "small", "staff", "own")
)
OPEN_STATES = ("submitted", "confirmed", "at_location")
OPEN = [("state", "in", OPEN_STATES)]
NEW = [("state", "in", ("submitted", "confirmed"))]
BACK = [("state", "=", "completed")]
SENT = [("state", "!=", "draft")]
WAITING = [("waiting_for", "=", "customer")]
NEWEST = "date_order desc, id desc"
COUNTS = ["state", "waiting_for"]
now = fields.Datetime.now()
month = [
    ("date_order", ">=", now - timedelta(60)), ("date_order", "<", now - timedelta(30)),
]
mine = [("commercial_partner_id", "=", huge.commercial_partner_id.id)]
one = orders.search(mine + BACK + [("internal_ref", "!=", False)], limit=1)
FIELDS = (
    "name", "client_order_ref", "internal_ref", "serial_number", "imei", "imei2",
)

def anywhere(text, names=FIELDS):
    return ["|"] * (len(names) - 1) + [(name, "ilike", text) for name in names]

twins = mine + OPEN + [
    "|", "|", ("serial_number", "=", one.serial_number),
    ("imei", "in", [one.imei]), ("imei2", "in", [one.imei]),
]
other = [("commercial_partner_id", "!=", one.commercial_partner_id.id)]
device = "customer.service.device"
shippable = [
    ("state", "=", "confirmed"), ("shipment_id", "=", False),
    ("shipping_type_id", "in", one.shipping_type_id.ids),
]
today = fields.Date.today()
overdue = OPEN + [("promised_date", "<", today)]
here = [("company_id", "=", env.company.id)]
location = [("location_id", "=", one.location_id.id)]

ASKED = [
    # customers
    ("list, new", "huge", MODEL, NEW, NEWEST, 80),
    ("list, completed, page 1", "huge", MODEL, BACK, NEWEST, 80),
    ("list, waiting for the customer", "huge", MODEL, WAITING, NEWEST, 80),
    ("list, all, page 1", "huge", MODEL, [], NEWEST, 80),
    ("list, all, oldest first", "huge", MODEL, [], "date_order, id", 80),
    ("list, all, by number", "huge", MODEL, [], "name, id", 80),
    ("list, days", "huge", MODEL, month, NEWEST, 80),
    ("list, all, small", "small", MODEL, [], NEWEST, 80),
    ("list, new, small", "small", MODEL, NEW, NEWEST, 80),
    ("list, completed, reseller", "reseller", MODEL, BACK, NEWEST, 80),
    ("list, own ones alone", "own", MODEL, [], NEWEST, 80),
    ("numbers of the tabs, huge", "huge", MODEL, [], COUNTS, None),
    ("numbers of the tabs, small", "small", MODEL, [], COUNTS, None),
    ("numbers of the tabs, reseller", "reseller", MODEL, [], COUNTS, None),
    ("numbers of the tabs, own ones alone", "own", MODEL, [], COUNTS, None),
    ("drafts of a contact", "huge", MODEL,
        [("partner_id", "=", huge.partner_id.id), ("state", "=", "draft")], NEWEST, 5),
    ("search for an IMEI", "huge", MODEL, anywhere(one.imei), NEWEST, 80),
    ("search for an IMEI, count", "huge", MODEL, anywhere(one.imei), (), None),
    ("search for a part of a serial number", "reseller", MODEL,
        anywhere(one.serial_number[3:9]), NEWEST, 80),
    ("search for what many have", "reseller", MODEL, anywhere("SRV"), NEWEST, 80),
    ("search for what many have, count", "reseller", MODEL, anywhere("SRV"), (), None),
    ("search for what nobody has", "huge", MODEL, anywhere("ZZZZQQ"), NEWEST, 80),
    ("search in references", "huge", MODEL,
        anywhere(one.client_order_ref, ["client_order_ref"]), NEWEST, 80),
    ("export of all", "reseller", MODEL, SENT, NEWEST, None),
    ("export of a month", "reseller", MODEL, month, NEWEST, None),
    ("to ship", "huge", MODEL, shippable, NEWEST, None),
    ("shipments", "huge", SHIPMENTS, [], "id desc", 80),
    ("shipments, count", "huge", SHIPMENTS, [], (), None),
    ("quotations of an order", "huge", "sale.order",
        [("service_order_id", "=", one.id)], "id desc", None),
    # the server
    ("answers of an order", None, "customer.service.answer",
        [("order_id", "=", one.id)], "sequence, id", None),
    ("timeline of an order", None, "customer.service.status.log",
        [("order_id", "=", one.id)], "date, id", None),
    ("shipments of an order", None, "customer.service.shipment.line",
        [("order_id", "=", one.id)], "id", None),
    ("another open order for a device", None, MODEL, twins, NEWEST, 1),
    ("the device of a serial number", None, device,
        [("commercial_partner_id", "=", huge.commercial_partner_id.id),
        ("serial_number", "=", one.serial_number)], "id desc", 1),
    ("the device of somebody else", None, device,
        other + ["|", ("serial_number", "=", one.serial_number),
        ("imei", "=", one.imei)], "id desc", 1),
    ("order of a form", None, MODEL, [("form_token", "=", "x")], NEWEST, None),
    ("job: old drafts", None, MODEL,
        here + [("state", "=", "draft"), ("write_date", "<", now - timedelta(14))],
        NEWEST, 1000),
    ("job: customers to remind", None, MODEL,
        here + WAITING + [("waiting_since", "<=", now - timedelta(3)),
        "|", ("reminded_on", "=", False), ("reminded_on", "<=", today)], NEWEST, 1000),
    ("job: overdue", None, MODEL, here + overdue, NEWEST, 1000),
    # the office
    ("office: all", "staff", MODEL, [], NEWEST, 80),
    ("office: all, count", "staff", MODEL, [], (), 10001),
    ("office: without drafts", "staff", MODEL, SENT, NEWEST, 80),
    ("office: without drafts, count", "staff", MODEL, SENT, (), 10001),
    ("office: open", "staff", MODEL, OPEN, NEWEST, 80),
    ("office: open, count", "staff", MODEL, OPEN, (), None),
    ("office: to confirm", "staff", MODEL,
        [("state", "=", "submitted")], NEWEST, 80),
    ("office: at the location", "staff", MODEL,
        [("state", "=", "at_location")], NEWEST, 80),
    ("office: my open ones", "staff", MODEL,
        OPEN + [("user_id", "=", staff.id)], NEWEST, 80),
    ("office: open ones of nobody", "staff", MODEL,
        OPEN + [("user_id", "=", False)], NEWEST, 80),
    ("office: customer replied", "staff", MODEL,
        [("customer_reply_pending", "=", True)], NEWEST, 80),
    ("office: overdue", "staff", MODEL, overdue, NEWEST, 80),
    ("office: waiting for customers", "staff", MODEL, WAITING, NEWEST, 80),
    ("office: open ones of a location", "staff", MODEL, location + OPEN, NEWEST, 80),
    ("office: promised in a month", "staff", MODEL, SENT + [
        ("promised_date", ">=", today), ("promised_date", "<", today + timedelta(30)),
    ], NEWEST, None),
    ("office: of a customer", "staff", MODEL, mine + SENT, NEWEST, 80),
    ("office: of a contact, count", "staff", MODEL,
        [("partner_id", "=", huge.partner_id.id)] + SENT, (), None),
    ("office: of an end customer", "staff", MODEL,
        [("end_customer_name", "ilike", "Client 123")], NEWEST, 80),
    ("office: search", "staff", MODEL, anywhere(one.imei), NEWEST, 80),
    ("office: by state", "staff", MODEL, SENT, ["state"], None),
    ("office: open by state", "staff", MODEL, OPEN, ["state"], None),
    ("office: open by progress", "staff", MODEL, OPEN, ["status_id"], None),
    ("office: open by technician", "staff", MODEL, OPEN, ["user_id"], None),
    ("office: orders of a device", "staff", MODEL,
        [("device_id", "=", one.device_id.id)], NEWEST, 80),
    ("office: shipments on their way", "staff", SHIPMENTS,
        [("state", "=", "confirmed")], "id desc", 80),
    ("office: lines of a shipment", "staff", "customer.service.shipment.line",
        [("shipment_id", "=", one.shipment_id.id)], "id", None),
    ("office: devices", "staff", device, [], "id desc", 80),
    ("office: search for a device", "staff", device,
        anywhere(one.serial_number, ["name", "serial_number", "imei", "imei2"]),
        "id desc", 80),
]
"""
