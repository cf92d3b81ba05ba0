from . import portal_order_sheet
from . import portal_order_pdf
from . import order_request_list
from . import portal_order_sheets
from . import portal_order_request
