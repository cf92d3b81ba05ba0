"""order_sheets: customers fill in the sheets of campaigns, and follow their orders."""
