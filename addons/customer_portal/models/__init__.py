from . import customer_state_mixin
from . import customer_mail_mixin
from . import customer_document_mixin
from . import customer_approval_mixin
from . import ir_http
from . import mail_mail
from . import res_company
from . import res_config_settings
