from . import test_demo
from . import test_filling
from . import test_sheet_chatter
