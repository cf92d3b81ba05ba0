"""customer_portal: customers ask for changes of their data, and staff decide."""
