from . import customer_approval_reject
from . import customer_service_wizard
from . import customer_service_reason
from . import customer_service_complete
from . import customer_service_set_status
