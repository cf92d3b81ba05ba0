{
    "name": "Customer Self-Service",
    "summary": "Building blocks of a customer portal in which staff approve what"
    " customers ask for",
    "version": "19.0.1.0.0",
    "category": "Services/Customer Portal",
    "author": "Portal Family",
    "license": "LGPL-3",
    "depends": ["mail", "portal"],
    "data": [
        "security/ir.model.access.csv",
        "data/ir_cron_data.xml",
        "views/res_config_settings_views.xml",
        "views/portal_templates.xml",
        "wizard/customer_approval_reject_views.xml",
    ],
    "demo": ["demo/customer_portal_demo.xml"],
}
