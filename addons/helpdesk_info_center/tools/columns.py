COLUMNS = {}
DEFAULT_COLUMNS = ("number", "age", "name")
