from . import test_container_container
from . import test_container_rental
from . import test_container_request
from . import test_delivery_plan
from . import test_mails
from . import test_parallel
from . import test_reminders
