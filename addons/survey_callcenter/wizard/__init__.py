from . import base_partner_merge
from . import survey_callcenter_status_wizard
from . import status_wizard_follow_up
from . import status_wizard_notice
from . import status_wizard_appointment
from . import status_wizard_apply
