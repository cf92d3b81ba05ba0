from . import field_values
