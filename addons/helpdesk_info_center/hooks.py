"""Fill what the addon adds to tickets, by SQL: the ORM would load each of them."""

COLUMNS = """
ALTER TABLE helpdesk_ticket_stage ADD COLUMN IF NOT EXISTS state_type varchar;
ALTER TABLE helpdesk_ticket_sla ADD COLUMN IF NOT EXISTS is_target_reached boolean;
ALTER TABLE helpdesk_ticket
    ADD COLUMN IF NOT EXISTS state_type varchar,
    ADD COLUMN IF NOT EXISTS customer_company_id integer,
    ADD COLUMN IF NOT EXISTS sender_domain varchar,
    ADD COLUMN IF NOT EXISTS escalation_date timestamp,
    ADD COLUMN IF NOT EXISTS escalation_warning_date timestamp,
    ADD COLUMN IF NOT EXISTS last_customer_message_date timestamp,
    ADD COLUMN IF NOT EXISTS last_agent_message_date timestamp,
    ADD COLUMN IF NOT EXISTS is_customer_waiting boolean;
"""
STAGES = """
UPDATE helpdesk_ticket_stage AS stage
SET state_type = CASE
    WHEN closed THEN 'closed'
    WHEN unattended THEN 'new'
    WHEN stage.id = (
        SELECT res_id FROM ir_model_data
        WHERE module = 'helpdesk_mgmt' AND name = 'helpdesk_ticket_stage_awaiting'
    ) AND stage.name ->> 'en_US' = 'Awaiting' THEN 'pending'
    ELSE 'open'
END
"""
TARGETS = """
UPDATE helpdesk_ticket_sla AS sla
SET is_target_reached = sla.state = 'accomplished'
    OR sla.state = 'in_progress' AND COALESCE(stage.sequence, 0) >= target.sequence
    OR sla.state = 'expired' AND (
        ticket.closed_date IS NOT NULL OR COALESCE(stage.sequence, 0) >= target.sequence
    )
FROM helpdesk_ticket AS ticket
    LEFT JOIN helpdesk_ticket_stage AS stage ON stage.id = ticket.stage_id,
    helpdesk_ticket_stage AS target
WHERE ticket.id = sla.ticket_id AND target.id = sla.expected_stage_id
"""
TICKETS = """
UPDATE helpdesk_ticket AS ticket
SET state_type = COALESCE(stage.state_type, 'open'),
    customer_company_id = ticket.commercial_partner_id,
    sender_domain = CASE WHEN ticket.partner_email ~ '^[^@]*@[^@]+$' THEN NULLIF(
        lower(rtrim(split_part(ticket.partner_email, '@', 2), '> ')), ''
    ) END,
    escalation_date = escalation.deadline,
    escalation_warning_date =
        escalation.deadline - escalation.hours * 0.25 * interval '1 hour',
    closed_date = CASE WHEN stage.state_type = 'closed'
        THEN COALESCE(ticket.closed_date, ticket.last_stage_update, ticket.write_date)
    END
FROM helpdesk_ticket AS old
    LEFT JOIN helpdesk_ticket_stage AS stage ON stage.id = old.stage_id
    LEFT JOIN (
        SELECT DISTINCT ON (ticket_id) ticket_id, deadline, hours
        FROM helpdesk_ticket_sla
        WHERE state IN ('in_progress', 'expired') AND deadline IS NOT NULL
            AND is_target_reached IS NOT TRUE
        ORDER BY ticket_id, deadline
    ) AS escalation ON escalation.ticket_id = old.id
        AND stage.state_type IS DISTINCT FROM 'closed'
WHERE old.id = ticket.id
"""
MESSAGES = """
UPDATE helpdesk_ticket AS ticket
SET last_customer_message_date = talk.customer_date,
    last_agent_message_date = talk.agent_date,
    is_customer_waiting = talk.is_waiting AND ticket.state_type <> 'closed'
FROM (
    SELECT ticket_id,
        MAX(date) FILTER (WHERE is_customer) AS customer_date,
        MAX(date) FILTER (WHERE NOT is_customer) AS agent_date,
        (array_agg(is_customer AND is_answer ORDER BY id DESC))[1] AS is_waiting
    FROM (
        SELECT message.id, message.date, asked.id AS ticket_id,
            author.id IS NULL OR author.partner_share IS TRUE
            OR author.id = asked.partner_id
                AND author.id IS DISTINCT FROM owner.partner_id AS is_customer,
            message.subtype_id IS DISTINCT FROM (
                SELECT res_id FROM ir_model_data
                WHERE module = 'helpdesk_mgmt' AND name = 'hlp_tck_created'
            ) AS is_answer
        FROM mail_message AS message
            JOIN helpdesk_ticket AS asked ON asked.id = message.res_id
            LEFT JOIN res_users AS owner ON owner.id = asked.user_id
            LEFT JOIN res_partner AS author ON author.id = message.author_id
            LEFT JOIN mail_message_subtype AS subtype ON subtype.id = message.subtype_id
        WHERE message.model = 'helpdesk.ticket'
            AND message.message_type IN ('comment', 'email')
            AND message.is_internal IS NOT TRUE AND subtype.internal IS NOT TRUE
    ) AS message
    GROUP BY ticket_id
) AS talk
WHERE talk.ticket_id = ticket.id
"""


def pre_init_hook(env):
    for statement in (COLUMNS, STAGES, TARGETS, TICKETS, MESSAGES):
        env.cr.execute(statement)


def post_init_hook(env):
    """Tell what kind OCA's channels are, and let every company use them."""
    for kind in ("phone", "email", "web", "other"):
        channel = env.ref(
            f"helpdesk_mgmt.helpdesk_ticket_channel_{kind}", raise_if_not_found=False
        )
        if channel and not channel.kind:
            # Who has changed a channel has chosen its company, too.
            if channel.write_uid == env.ref("base.user_root"):
                channel.company_id = False
            channel.kind = kind
