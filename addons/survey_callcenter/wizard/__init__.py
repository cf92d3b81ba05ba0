from . import survey_callcenter_status_wizard
