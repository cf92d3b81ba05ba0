from . import portal_csv
from . import portal_form
from . import portal_list
