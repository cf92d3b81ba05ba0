import { registry } from "@web/core/registry";

/** An agent searches a customer, looks at him, and follows a number to its list. */
registry.category("web_tour.tours").add("helpdesk_info_center_search", {
    steps: () => [
        {
            content: "The page asks for a customer by itself",
            trigger: ".o_customer_search input",
            run: "edit MU",
        },
        {
            content: "Numbers are told before one chooses",
            trigger:
                ".o_customer_search_row:has(:contains('Muster GmbH')) .o_customer_search_counts:contains('9 open, 2 escalated')",
        },
        {
            trigger: ".o_customer_search_row:contains('MUS-001') .o_customer_search_option",
            run: "click",
        },
        { trigger: "[data-key=open] tbody tr[data-id], [data-key=open] tbody tr:contains('Ticket t3')" },
        { trigger: "[data-key=reminder] .o_tickets_due:contains('1')" },
        { trigger: "[data-key=escalated] tbody tr:contains('Ticket t5')" },
        {
            content: "Every number is a list of exactly these tickets",
            trigger: "[data-status=open]:contains('9')",
            run: "click",
        },
        {
            trigger: ".o_list_view:has(.o_data_row:eq(8)):not(:has(.o_data_row:eq(9)))",
        },
        { trigger: ".o_back_button, .breadcrumb-item a:contains('Muster GmbH')", run: "click" },
        { trigger: ".o_center_contact:contains('Bernd Bach') .o_center_name", run: "click" },
        { content: "His company is one click away", trigger: "[data-key=companies] .o_center_name:contains('Muster GmbH')" },
    ],
});

/** What is closed, moved and switched on is there again after a reload. */
registry.category("web_tour.tours").add("helpdesk_info_center_arrange", {
    steps: () => [
        { trigger: "[data-key=new] .o_center_widget_close", run: "click" },
        { trigger: ".o_center_list:not(:has([data-key=new]))" },
        {
            content: "A widget is dragged by its head",
            trigger: "[data-key=open] .o_center_widget_header",
            run: "drag_and_drop [data-key=contacts] .o_center_widget_header",
        },
        { trigger: ".o_center_widget[data-key=open] ~ .o_center_widget[data-key=contacts]" },
        { trigger: ".o_center_settings_toggle", run: "click" },
        { trigger: "#o_center_show_closed", run: "check" },
        { trigger: ".o_center_save", run: "click" },
        { trigger: ".o_center_widget[data-key=closed] tbody tr" },
    ],
});
