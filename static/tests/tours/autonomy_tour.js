import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

tours.add("ai_bookkeeper_gate_open", {
    steps: () => [
        { trigger: ".o_data_row:contains(Bank match):contains(14 of 14 right):contains(Books alone)" },
        { trigger: ".o_data_row:contains(Bank match) td[name=kind]", run: "click" },
        { content: "what it may do", trigger: ".alert-success:contains(Books alone from confidence)" },
        { content: "how that was found", trigger: ".o_ai_gate_steps tr:contains(passed)" },
        { trigger: "button[name=action_open_booked]", run: "click" },
        { content: "what it booked alone", trigger: ".o_data_row:contains(NORTHWIND)" },
    ],
});

tours.add("ai_bookkeeper_sample_blind", {
    steps: () => [
        { trigger: ".o_data_row:contains(NORTHWIND):contains(To be coded)" },
        { trigger: ".o_data_row:contains(NORTHWIND):first td[name=label]", run: "click" },
        { content: "nothing of the booking", trigger: ".alert-info:contains(How would you book it)" },
        { trigger: "button[name=action_code]", run: "click" },
        { trigger: ".modal .o_field_widget[name=line_ids] .o_data_row td[name=account_id]", run: "click" },
        { trigger: ".modal .o_field_widget[name=account_id] input", run: "edit Tour Income" },
        { trigger: ".ui-autocomplete .dropdown-item:contains(Tour Income)", run: "click" },
        { trigger: ".modal button[name=action_compare]", run: "click" },
        { content: "both beside each other", trigger: ".o_ai_sample_result:contains(Tour Income):contains(Booked alone)" },
        { trigger: ".alert-warning:contains(Both differ)" },
        { trigger: "button[name=action_machine_wrong]", run: "click" },
        { trigger: ".o_statusbar_status .o_arrow_button_current:contains(machine was wrong)" },
    ],
});

tours.add("ai_bookkeeper_gate_closed", {
    steps: () => [
        { trigger: ".o_data_row:contains(Bank match):contains(Asks):contains(Closed by itself)" },
        { trigger: ".o_data_row:contains(Bank match) td[name=kind]", run: "click" },
        { trigger: ".alert-warning:contains(people took back)" },
        { trigger: ".o-mail-Activity:contains(Autopilot asks again)" },
        { trigger: "button[name=action_hold]", run: "click" },
        { trigger: ".modal .btn-primary", run: "click" },
        { trigger: ".alert-warning:contains(Held closed by a manager)" },
        { trigger: "button[name=action_release]", run: "click" },
        { trigger: "button[name=action_hold]" },
    ],
});

tours.add("ai_bookkeeper_bounded_review", {
    steps: () => [
        { content: "nothing yet", trigger: ".o_view_nocontent:contains(No review yet)" },
        { trigger: ".o_list_button_add", run: "click" },
        { trigger: ".text-muted:contains(does not test omissions)" },
        { trigger: ".o_field_widget[name=tolerable] input", run: "edit 500 && press Tab" },
        { trigger: "button[name=action_draw]", run: "click" },
        { trigger: ".alert-info:contains(still to be coded)" },
        { trigger: "button[name=action_open_samples].btn-primary", run: "click" },
        { trigger: ".o_data_row:contains(NORTHWIND)" },
    ],
});
