"""A workshop with its people, and one record of each model: what all are copies of."""

# Odoo's shell runs it after what all benchmarks have in common.
PATTERNS = """
carrier = env["delivery.carrier"].create({
    "name": "DHL",
    "product_id": env["product.product"].create(
        {"name": "Parcel", "type": "service"}
    ).id,
    "tracking_url": "https://localhost/?n=<shipmenttrackingnumber>",
})
pickup, bring = env["customer.service.shipping.type"].create([
    {
        "name": "DHL pickup", "inbound_method": "portal_shipment",
        "carrier_id": carrier.id,
    },
    {"name": "I bring it myself", "inbound_method": "bring"},
])
services = env["customer.service.type"].create(
    [{"name": "Repair", "estimated_days": 5}, {"name": "Warranty"}]
)
staff = create_user(
    "staff", "customer_portal.customer_portal_group_service_user",
)
staff.group_ids |= env.ref("base.group_allow_export")
technicians = staff
for name in ("tim", "tom", "tina"):
    technicians |= create_user(
        name, "customer_portal.customer_portal_group_service_user"
    )
locations = env["customer.service.location"].create([
    {
        "name": city, "portal_published": True,
        "partner_id": env["res.partner"].create({"name": city, **ADDRESS}).id,
        "user_ids": [Command.set(technicians.ids)],
    }
    for city in ("Berlin", "Hamburg", "Munich", "Vienna")
])
tasks = env["customer.service.task"].create([
    {"name": "Is the lock switched off?", "answer_type": "yes_no", "required": True},
    {"name": "Visible damage", "answer_type": "longtext"},
])
answers = env["customer.service.answer"]

def create_service_customer(name, role):
    return create_customer(
        f"Customer {name}", service_role=role, email=f"{name}-info@bench.example",
        service_shipping_type_ids=[Command.set((pickup | bring).ids)],
    )

roles = {"huge": "reseller", "reseller": "reseller", "small": "customer"}
for name, role in roles.items():
    customer = create_service_customer(name, role)
    create_user(name, "base.group_portal", parent_id=customer.id)
    if name == "reseller":  # a colleague who sees his own orders alone
        own = create_user("own", "base.group_portal", parent_id=customer.id)
        own.partner_id.service_scope = "own"

customer = create_service_customer("pattern", "reseller")
user = create_user("pattern", "base.group_portal", parent_id=customer.id)
order = env["customer.service.order"].with_user(user).sudo()._start_draft({
    "partner_id": user.partner_id.id, "location_id": locations[0].id,
    "service_type_id": services[0].id, "shipping_type_id": pickup.id,
    "client_order_ref": "PO", "internal_ref": "INT", "device_name": "Phone",
    "manufacturer": "Acme", "configuration": "128 GB, black",
    "imei": "354178036859789", "serial_number": "PATTERN",
    "accessories": "Charger", "device_condition": "Scratches",
    "issue": "It does not charge any more, whatever cable I use.",
    "answer_ids": [
        Command.create(answers._prepare_answer_vals(tasks[0], value_boolean=True)),
        Command.create(answers._prepare_answer_vals(tasks[1], value_text="None")),
    ],
})
order._submit()
shipment = env["customer.service.shipment"].with_user(user).sudo()._create_for(
    order, {"partner_id": user.partner_id.id}
)
shipment._confirm(tracking_number="DHL000")
env.cr.commit()  # as on a site, where so much does not happen in one transaction
order = order.with_user(staff).sudo(False)
order.action_receive()
env.cr.commit()
order.diagnosis = "The charging port is broken."
order._complete(
    resolution="The charging port was replaced.", outbound_tracking="RET000"
)
create_order(customer)
env.cr.commit()  # what is noted by itself comes first: the message is the pattern
order.message_post(
    body="Is it ready?", author_id=user.partner_id.id, message_type="comment",
    subtype_xmlid="mail.mt_comment",
)
order.sudo()._add_files([("photo.txt", b"A photo", "text/plain")])
"""
