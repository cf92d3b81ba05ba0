from . import order_sheet_reason
