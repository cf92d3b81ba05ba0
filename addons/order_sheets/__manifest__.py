{
    "name": "Order Sheets",
    "summary": "Customers fill in the order sheets of a campaign page by page; staff"
    " turn them into sale orders",
    "version": "19.0.1.0.0",
    "category": "Sales/Order Sheets",
    "author": "Portal Family",
    "license": "LGPL-3",
    "depends": ["customer_portal", "utm"],
    "data": [
        "security/order_sheets_groups.xml",
        "security/ir.model.access.csv",
        "security/order_sheets_security.xml",
        "data/order_sheets_data.xml",
    ],
    "application": True,
}
