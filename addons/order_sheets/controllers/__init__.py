from . import portal_order_sheet
