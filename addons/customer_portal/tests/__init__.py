from . import portal_kit_routes
from . import test_common
from . import test_mail_retry
from . import test_portal_csv
from . import test_portal_form
from . import test_portal_list
from . import test_response_headers
from . import test_mixins
