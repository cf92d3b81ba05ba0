{
    "name": "Container Rental",
    "summary": "Customers see their rented containers in the portal and request new"
    " ones; staff approve, issue and take them back",
    "version": "19.0.1.0.0",
    "category": "Services/Container Rental",
    "author": "Portal Family",
    "license": "LGPL-3",
    "depends": ["customer_portal", "resource"],
    "data": [
        "security/container_rental_groups.xml",
        "security/ir.model.access.csv",
        "security/container_rental_security.xml",
        "data/container_rental_data.xml",
        "data/ir_cron_data.xml",
    ],
    "application": True,
}
