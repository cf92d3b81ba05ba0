from . import test_call
from . import test_lock
from . import test_queue
