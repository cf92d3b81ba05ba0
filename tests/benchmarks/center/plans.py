"""The queries of the information center: all that it asks about the big tables."""

# Tables that must never be read as a whole.
BIG = {"helpdesk_ticket", "helpdesk_ticket_sla", "res_partner", "mail_followers"}

ASKED = """
ASKED = []
huge, small = (
    env["res.partner"].search([("name", "=", f"Customer {name}")])
    for name in ("huge", "small")
)
contact = env["res.users"].search([("login", "=", "huge")]).partner_id
number = env["helpdesk.ticket"].search(
    [("customer_company_id", "=", huge.id), ("team_id", "=", False)], limit=1
).number

def center(method, *args, **kwargs):
    return lambda env: getattr(env["helpdesk.center"], method)(*args, **kwargs)

def widget(key, **options):
    return center("get_widget", "company", huge.id, key, options)

CALLS = [
    ("huge, restricted", "restricted", center("get_center", "company", huge.id)),
    ("small, restricted", "restricted", center("get_center", "company", small.id)),
    ("huge, user", "agent", center("get_center", "company", huge.id)),
    ("huge, all widgets", "arranger", center("get_center", "company", huge.id)),
    ("contact", "restricted", center("get_center", "contact", contact.id)),
    ("contact, portal", "restricted",
        center("get_center", "contact", contact.id, None, "accessible")),
    ("open by title", "restricted", widget("open", order=["name", "asc"])),
    ("open, filtered", "restricted", widget("open", filters={"name": "printer"})),
    ("closed, last page", "restricted", widget("closed", offset=40_000)),
    ("contacts, searched", "restricted", widget("contacts", search="weber")),
    *(
        (f"search {term}", "restricted", center("search_customers", term))
        for term in ("qj", "zz", "sc", "mül", "zzqq", "*a*b", "**", number)
    ),
]
"""
