import { registry } from "@web/core/registry";

/** The way in of the dialog: survey, contact list, change; the day by a double-click. */
registry.category("web_tour.tours").add("survey_callcenter_change_status", {
    steps: () => [
        { trigger: ".o_data_row .o_data_cell:contains('Satisfaction')", run: "click" },
        { trigger: "button[name=action_cc_contact_list]", run: "click" },
        {
            trigger: ".o_data_row:contains('Schulze, Eva') button[name=action_change_status]",
            run: "click",
        },
        { trigger: ".modal-title:contains('Schulze, Eva')" },
        {
            content: "A click marks the day, and writes nothing",
            trigger: ".o_cc_month_day[data-date='2099-12-11']",
            run: "click",
        },
        {
            trigger: ".o_cc_month_day[data-date='2099-12-11'].o_cc_marked:not(.o_cc_value)",
            run: "dblclick",
        },
        { trigger: ".o_cc_month_day[data-date='2099-12-11'].o_cc_value" },
        { trigger: ".modal button[name=action_apply]", run: "click" },
        { trigger: "body:not(:has(.modal))" },
    ],
});
