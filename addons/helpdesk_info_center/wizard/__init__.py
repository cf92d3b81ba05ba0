from . import helpdesk_ticket_assign
from . import helpdesk_ticket_remind
