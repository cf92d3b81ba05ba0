"""Agents, surveys, and one record of each model to copy."""

AGENTS, REPS, SIXTY = 50, 5, 60
LARGE, SMALL, FROZEN, STOCK = "A million", "Sixty", "Frozen", "Stock"
ZONES = (
    *("America/New_York", "Asia/Kolkata", "Europe/Berlin", "Europe/Vienna"),
    "Europe/Zurich",
)

# Odoo's shell runs it after what all benchmarks have in common.
PATTERNS = f"""
AGENT = "survey_callcenter.group_cc_agent"
manager = create_user("manager", "survey_callcenter.group_cc_manager")
agent = create_user("agent", AGENT)
helper = create_user("helper", "helpdesk_mgmt.group_helpdesk_user")

def create_users(name, number, group):
    # Nobody signs in with a password, which takes long to be made.
    return env["res.users"].with_context(no_reset_password=True).create([
        {{
            "name": f"{{name.title()}} {{turn:02}}", "login": f"{{name}}{{turn:02}}",
            "email": f"{{name}}{{turn:02}}@bench.example", "lang": "en_US",
            "tz": "Europe/Berlin", "group_ids": [Command.set(env.ref(group).ids)],
        }}
        for turn in range(number)
    ])

agents = create_users("crowd", {AGENTS}, AGENT)
absent = create_users("absent", 1, AGENT)
reps = create_users("rep", {REPS}, "survey_callcenter.group_cc_rep")
always = env["resource.calendar"].create({{
    "name": "Always", "tz": "Europe/Berlin", "company_id": False,
    "attendance_ids": [Command.clear(), *(
        Command.create({{
            "name": "Day", "dayofweek": str(day), "hour_from": 0, "hour_to": 24,
        }})
        for day in range(7)
    )],
}})
selection = env["survey.callcenter.selection"].create({{
    "name": "People", "owner_id": manager.id, "domain": "[('is_company', '=', False)]",
}})

def create_survey(title, **values):
    return env["survey.survey"].create({{
        "title": title, "access_mode": "token",
        "question_and_page_ids": [
            Command.create({{"title": "Satisfied?", "question_type": "char_box"}}),
            Command.create({{"title": "Why?", "question_type": "text_box"}}),
        ],
        **values,
    }})

def create_call_survey(title, **values):
    return create_survey(title, **{{
        "cc_enabled": True, "cc_state": "running", "cc_calendar_id": always.id,
        "cc_agent_ids": [Command.set((agents | agent | absent).ids)],
        "cc_selection_ids": [Command.set(selection.ids)],
        "cc_field_service": True, "cc_rep_ids": [Command.set(reps.ids)],
        "cc_appointment_notice_hours": 0, **values,
    }})

large = create_call_survey("{LARGE}")
small = create_call_survey("{SMALL}")
create_call_survey("{FROZEN}", cc_state="planning", cc_agent_ids=False)
stock = create_survey("{STOCK}")

def create_contact(survey, name, phone):
    person = create_customer(name, is_company=False, phone=phone)
    return env["survey.callcenter.contact"].create({{
        "survey_id": survey.id, "selection_id": selection.id, "partner_id": person.id,
        "company_id": company.id, "phone_e164": person.phone_sanitized,
        "phone_key": person.phone_sanitized, "tz": "Europe/Berlin",
        "next_call_at": "2026-01-01 09:00:00",
    }})

for number in range({SIXTY}):
    create_contact(small, f"One of sixty {{number}}", f"+4940{{30000000 + number}}")
contact = create_contact(large, "Customer pattern", "+493019999999")
large.cc_time_zones = {list(ZONES)}
env["survey.callcenter.call"].create({{
    "contact_id": contact.id, "survey_id": large.id, "company_id": company.id,
    "partner_id": contact.partner_id.id, "user_id": agent.id, "source": "agent",
    "call_at": "2026-01-01 09:00:00", "counts_attempt": True,
}})
stock._create_answer(partner=contact.partner_id, check_attempts=False)
env["helpdesk.ticket"].create({{"name": "Ticket", "description": "<p>Broken</p>"}})
# What an agent without a queue would do: take the first that is new, and say so.
env["ir.actions.server"].create({{
    "name": "Naive", "state": "code",
    "model_id": env.ref("survey.model_survey_user_input").id,
    "group_ids": [Command.set(env.ref(AGENT).ids)],
    "code": f'''
answer = env["survey.user_input"].sudo().search(
    [("survey_id", "=", {{stock.id}}), ("state", "=", "new")], order="id", limit=1
)
answer.write({{{{"state": "in_progress"}}}})
action = {{{{"type": "ir.actions.client", "tag": "none", "context": str(answer.id)}}}}
''',
}})
"""
