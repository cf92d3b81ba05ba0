"""helpdesk_info_center: agents look at customers, huge and small ones."""
