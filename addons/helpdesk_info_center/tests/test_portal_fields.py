from .common import CenterCase

OCA_ADDONS = {"helpdesk_mgmt", "helpdesk_mgmt_sla"}
# What OCA lets customers read; nothing of ours is among it.
READABLE = {
    "helpdesk.ticket": {
        *("active", "assigned_date", "attachment_ids", "category_id"),
        *("channel_id", "closed", "closed_date", "color", "commercial_partner_id"),
        *("company_id", "create_date", "create_uid", "description"),
        *("duplicate_count", "duplicate_id", "duplicate_ids"),
        *("duplicate_tracking_enabled", "kanban_state", "last_stage_update"),
        *("name", "number", "partner_email", "partner_id", "partner_name"),
        *("priority", "properties", "sequence", "sla_deadline", "sla_expired"),
        *("sla_fits", "sla_ids", "stage_id", "tag_ids", "team_id", "team_sla"),
        *("ticket_sla_ids", "unattended", "user_id", "user_ids", "write_date"),
        "write_uid",
    },
    "helpdesk.ticket.stage": {
        *("active", "close_from_portal", "closed", "company_id", "create_date"),
        *("create_uid", "description", "fold", "mail_template_id", "name"),
        *("sequence", "team_ids", "unattended", "write_date", "write_uid"),
    },
    "helpdesk.ticket.team": {
        *("active", "alias_bounced_content", "alias_contact", "alias_defaults"),
        *("alias_force_thread_id", "alias_full_name", "alias_id"),
        *("alias_incoming_local", "alias_model_id", "alias_name"),
        *("alias_parent_model_id", "alias_parent_thread_id", "alias_status"),
        *("category_ids", "color", "company_id", "complete_name", "create_date"),
        *("create_uid", "name", "parent_id", "parent_path"),
        *("resource_calendar_id", "sequence", "show_in_portal", "ticket_ids"),
        *("ticket_properties", "todo_ticket_count"),
        *("todo_ticket_count_high_priority", "todo_ticket_count_unassigned"),
        *("todo_ticket_count_unattended", "use_sla", "user_id", "user_ids"),
        *("write_date", "write_uid"),
    },
}


class TestPortalFields(CenterCase):
    """Any field that has no group can be read, and searched, by every customer."""

    def _get_readable(self, model):
        """Return the fields of OCA and ours that a customer can read of a model."""
        known = self.env[model].with_user(self.anna_user).fields_get()
        fields = self.env[model]._fields
        return {
            name
            for name in known
            if {*fields[name]._modules} & (OCA_ADDONS | {"helpdesk_info_center"})
        }

    def test_customers_read_what_oca_lets_them_read(self):
        for model, expected in READABLE.items():
            with self.subTest(model=model):
                self.assertEqual(self._get_readable(model), expected)
