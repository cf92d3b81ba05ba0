from . import portal_csv
from . import portal_form
from . import portal_list
from . import change_form
from . import home
from . import portal_address
