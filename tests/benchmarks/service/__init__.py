"""customer_portal: customers send devices in, and follow them until they are back."""
