"""Agents, teams, and one record of each model to copy."""

# Odoo's shell runs it after what all benchmarks have in common; in one of the two
# databases the addon is not installed.
PATTERNS = """
USER = "helpdesk_mgmt.group_helpdesk_user"
TEAM = "helpdesk_mgmt.group_helpdesk_user_team"
agent = create_user("agent", USER)
restricted = create_user("restricted", TEAM)
arranger = create_user("arranger", USER)
arranger.group_ids |= env.ref("base.group_allow_export")
colleagues = env["res.users"].with_context(no_reset_password=True).create([
    {
        "name": f"Colleague {number:02}", "login": f"colleague{number:02}",
        "email": f"colleague{number:02}@bench.example", "lang": "en_US",
        "group_ids": [Command.set(env.ref(TEAM).ids)],
    }
    for number in range(24)
])
MEMBERS = {0: restricted, 1: restricted, 2: agent, 3: agent, 4: arranger}
teams = env["helpdesk.ticket.team"].create([
    {
        "name": f"Team {number}", "use_sla": True,
        "user_ids": [Command.set(
            (colleagues[number * 3:number * 3 + 3] | MEMBERS.get(number, agent)).ids
        )],
    }
    for number in range(8)
])
env["helpdesk.ticket.category"].create([{"name": f"Category {n}"} for n in range(5)])
done = env.ref("helpdesk_mgmt.helpdesk_ticket_stage_done")
env["helpdesk.sla"].create({"name": "Solution", "hours": 24, "stage_id": done.id})

# Whether a contact has a login must not cost more for five of them on one page.
for name, logins in (("huge", ("huge", "b", "c", "d", "e")), ("small", ("small",))):
    customer = create_customer(f"Customer {name}", email=f"info@{name}.example")
    for login in logins:
        create_user(
            login, "base.group_portal", parent_id=customer.id, name=f"Aaron {login}",
            email=f"{login}@{name}.example",
        )
customer = create_customer("Customer pattern")
contact = env["res.partner"].create({
    "name": "Contact", "parent_id": customer.id, "email": "contact@pattern.example",
})
env.cr.commit()

if "helpdesk_queue_ids" in agent._fields:
    agent.helpdesk_queue_ids = teams[2] | teams[5]
    center = env["helpdesk.center"].with_user(arranger)
    # He has no widget closed, not even those that nobody sees at first.
    closed = center.reset_layout("company")["hidden"]
    center.save_layout("company", {"show": closed})
    env.cr.commit()

ticket = env["helpdesk.ticket"].create({
    "name": "The printer does not print", "description": "<p>It is switched on.</p>",
    "partner_id": contact.id, "team_id": teams[0].id, "user_id": False,
    "partner_name": contact.name, "partner_email": contact.email,
})
ticket.message_subscribe(contact.ids)
"""
