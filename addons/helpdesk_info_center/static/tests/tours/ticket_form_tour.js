import { registry } from "@web/core/registry";

/** An agent writes to a contact: the e-mail is sent once the ticket is saved. */
registry.category("web_tour.tours").add("helpdesk_info_center_email_ticket", {
    steps: () => [
        {
            trigger: ".o_center_contact:contains('Bernd Bach') .o_center_email",
            run: "click",
        },
        {
            content: "The form knows the contact",
            trigger: ".o_field_widget[name=partner_email] input:value('bernd@muster.example')",
        },
        {
            trigger: ".o_field_widget[name=name] input",
            run: "edit Your order",
        },
        {
            trigger: ".o_field_widget[name=description] .odoo-editor-editable",
            run: "editor It is ready.",
        },
        { trigger: ".o_form_button_save", run: "click" },
        {
            content: "The composer opens by itself",
            trigger: ".modal .o_field_widget[name=subject] input:value('Your order')",
        },
        { trigger: ".modal .odoo-editor-editable:contains('It is ready.')" },
        { trigger: ".modal .o_mail_send", run: "click" },
        {
            content: "What was sent is not to be sent again",
            trigger:
                ".o_form_view:not(:has(button[name=action_send_email])) .o-mail-Message:contains('It is ready.')",
        },
    ],
});

/** An agent takes a ticket, and puts it aside until Monday. */
registry.category("web_tour.tours").add("helpdesk_info_center_lock_and_remind", {
    steps: () => [
        { trigger: "button[name=action_lock]", run: "click" },
        { trigger: "[name=flags] [name=is_locked]:contains('Locked by agent_c')" },
        { trigger: ".o_statusbar_buttons button:contains('Remind Me')", run: "click" },
        { trigger: ".modal input[data-value=monday]", run: "click" },
        { trigger: ".modal button[name=action_remind]", run: "click" },
        { trigger: ".o_form_view:not(:has(.modal)) .o_field_widget[name=pending_until]" },
        { trigger: "button[name=action_unlock]", run: "click" },
        { trigger: ".o_form_view:not(:has([name=is_locked])) button[name=action_lock]" },
    ],
});
