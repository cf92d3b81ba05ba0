from . import customer_approval_reject
