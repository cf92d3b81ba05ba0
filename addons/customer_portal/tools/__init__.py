from . import field_values
from . import portal_fields
from . import uploads
