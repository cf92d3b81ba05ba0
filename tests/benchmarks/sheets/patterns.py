"""Sheets, a survey like one of their pages, and one record of each model to copy."""

# Odoo's shell runs it after what all benchmarks have in common.
PATTERNS = """
staff = create_user("staff", "order_sheets.order_sheets_group_user")
clerk = create_user("clerk", "order_sheets.order_sheets_group_user")
clerk.group_ids |= env.ref("sales_team.group_sale_salesman_all_leads")
for name in ("huge", "small"):
    customer = create_customer(f"Customer {name}", email=f"{name}-info@bench.example")
    create_user(name, "base.group_portal", parent_id=customer.id)
customer = create_customer("Customer pattern")
user = create_user("pattern", "base.group_portal", parent_id=customer.id)
create_order(customer)

flyers = env["product.product"].create([
    {"name": f"Flyer {number:02}", "list_price": 1 + number / 10}
    for number in range(30)
])
CHOICES = ("Sun", "Power", "Balance")

def create_sheet(name, pages, **values):
    sheet = env["order.sheet"].create({
        "name": name, "max_per_customer": 0,
        "page_ids": [
            Command.create({
                "name": f"{name}, page {number}", "sequence": number,
                "field_ids": [Command.create(field) for field in fields],
            })
            for number, fields in enumerate(pages, 1)
        ],
        **values,
    })
    sheet._publish()
    return sheet

def questions(page, number):
    return [
        {"key": f"text_{page}_{turn}", "label": f"Text {turn}", "required": True}
        for turn in range(number)
    ]

def choice(field_type):
    return {
        "key": field_type, "label": field_type, "field_type": field_type,
        "option_ids": [
            Command.create({"key": label.lower(), "label": label}) for label in CHOICES
        ],
    }

# What a page of Odoo's survey can ask as well: eight questions, twice on other pages
FORM = [
    *questions(1, 4), {"key": "words", "label": "Words", "field_type": "text"},
    {"key": "amount", "label": "Amount", "field_type": "float"},
    choice("choice"), choice("multi"),
]
create_sheet("Form", [FORM, questions(2, 8), questions(3, 8)])
create_sheet("Ten", [questions(page, 8) for page in range(10)])
create_sheet("Two", [questions(page, 2) for page in range(2)])
matrix = {
    "key": "flyer", "label": "Flyers", "field_type": "product_matrix",
    "product_ids": [Command.set(flyers.ids)],
}
create_sheet("Thirty", [[matrix]], sale_mode="quotation")
create_sheet("Reviewed", [[dict(matrix)]])

survey = env["survey.survey"].create({
    "title": "Form", "access_mode": "public", "users_can_go_back": True,
    "questions_layout": "page_per_section",
})

def create_section(number):
    env["survey.question"].create({
        "survey_id": survey.id, "title": f"Form, page {number}", "is_page": True,
        "question_type": False, "sequence": number * 100,
    })

def create_question(number, turn, kind, labels=()):
    env["survey.question"].create({
        "survey_id": survey.id, "title": f"{kind} {turn}", "question_type": kind,
        "sequence": number * 100 + turn + 1, "constr_mandatory": kind == "char_box",
        "suggested_answer_ids": [Command.create({"value": it}) for it in labels],
    })

create_section(1)
for turn in range(4):
    create_question(1, turn, "char_box")
create_question(1, 4, "text_box")
create_question(1, 5, "numerical_box")
create_question(1, 6, "simple_choice", CHOICES)
create_question(1, 7, "multiple_choice", CHOICES)
for number in (2, 3):
    create_section(number)
    for turn in range(8):
        create_question(number, turn, "char_box")

sheet = create_sheet("Campaign", [[
    *questions(1, 3),
    {
        "key": "flyer", "label": "Flyers", "field_type": "product_qty",
        "product_ids": [Command.set(flyers[0].ids)],
    },
]])
requests = env["order.sheet.request"].with_user(user).sudo()
contact = user.partner_id.sudo()
request = requests._start(sheet.with_user(user).sudo(), contact)
texts = {f"text_1_{turn}": f"Answer {turn}" for turn in range(3)}
request._save_typed({**texts, "flyer": "100"}, 1)
request._submit(contact)
env.cr.commit()  # as on a site, where so much does not happen in one transaction
request = request.with_user(staff).sudo(False)
request._take()
env.cr.commit()  # what is noted by itself comes first: the message is the pattern
request.message_post(
    body="Is it ready?", author_id=user.partner_id.id, message_type="comment",
    subtype_xmlid="mail.mt_comment",
)
"""
