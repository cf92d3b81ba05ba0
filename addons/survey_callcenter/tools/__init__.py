from . import calling_window
from . import time_zones
