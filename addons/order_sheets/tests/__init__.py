from . import test_filling
