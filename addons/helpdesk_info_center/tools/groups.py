"""The groups of OCA's helpdesk that the addon asks for."""

AGENT = "helpdesk_mgmt.group_helpdesk_user_own"
MANAGER = "helpdesk_mgmt.group_helpdesk_manager"
