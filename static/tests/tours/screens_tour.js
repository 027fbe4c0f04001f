import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

tours.add("ai_bookkeeper_suggestions", {
    steps: () => [
        { trigger: ".o_ai_review_pane .o_ai_card" },
        { content: "the second view", trigger: ".o_switch_view.o_kanban", run: "click" },
        { trigger: ".o_kanban_record:contains(Virement) .badge:contains(Asks)" },
        { trigger: ".o_kanban_record:contains(SEPA CREDIT)", run: "click" },
        { trigger: ".o_form_view .o_field_ai_suggestion_card .o_ai_text mark" },
        { trigger: ".o_form_view .o_ai_accept", run: "click" },
        { trigger: ".o_form_view .o_ai_card[data-state=applied]" },
        { trigger: ".o_breadcrumb .o_back_button, .breadcrumb-item a", run: "click" },
        { trigger: ".o_switch_view.o_list", run: "click" },
        { content: "read again", trigger: ".o_list_view:not(:has(.o_data_row:contains(SEPA CREDIT)))" },
        { trigger: ".o_data_row:contains(GE-3001) .o_list_record_selector input", run: "click" },
        { trigger: ".o_data_row:contains(Virement) .o_list_record_selector input", run: "click" },
        { trigger: ".o_selection_container:contains(2)" },
        { trigger: "button[name=action_accept]", run: "click" },
        { content: "what could not be booked is told", trigger: ".o_notification:contains(choice)" },
        { trigger: ".o_list_view:not(:has(.o_data_row:contains(GE-3001)))" },
    ],
});

tours.add("ai_bookkeeper_dashboard", {
    steps: () => [
        { trigger: ".o_kanban_record:contains(Bank) a:contains(Questions)", run: "click" },
        { trigger: ".o_ai_review_list .o_data_row:contains(Virement)" },
        { trigger: ".o_ai_review_list:not(:has(.o_data_row:contains(GE-3001)))" },
        { trigger: ".o_back_button, .breadcrumb-item a", run: "click" },
        { trigger: ".o_kanban_record:contains(Bank) .o_ai_review", run: "click" },
        { trigger: ".o_ai_review_list .o_data_row:contains(GE-3001)" },
    ],
});

tours.add("ai_bookkeeper_invoice", {
    steps: () => [
        { trigger: ".alert:contains(Booked from a suggestion)" },
        { trigger: "button[name=action_ai_open_suggestions].oe_stat_button", run: "click" },
        { trigger: ".o_ai_review_pane .o_ai_card[data-state=applied] .o_ai_decided" },
    ],
});

tours.add("ai_bookkeeper_partner", {
    steps: () => [
        { trigger: "button[name=action_ai_open_suggestions]", run: "click" },
        { trigger: ".o_ai_review_list .o_data_row:contains(AZ-1001)" },
    ],
});

tours.add("ai_bookkeeper_policies", {
    steps: () => [
        { trigger: ".o_data_row:first td[name=name]", run: "click" },
        { trigger: ".o_form_view .o_field_widget[name=mode]:contains(Assist)" },
    ],
});

tours.add("ai_bookkeeper_audit", {
    steps: () => [
        { trigger: ".o_data_row:contains(Proposed) td[name=user_name]", run: "click" },
        { trigger: ".o_form_view .o_field_widget[name=digest]" },
    ],
});

tours.add("ai_bookkeeper_settings", {
    steps: () => [
        { trigger: ".settings_tab [data-key=ai_bookkeeper]", run: "click" },
        { trigger: ".o_field_widget[name=ai_rounding_cap] input", run: "edit 0.09 && press Tab" },
        { trigger: ".o_form_button_save", run: "click", expectUnloadPage: true },
        { trigger: ".o_field_widget[name=ai_rounding_cap]" },
    ],
});

tours.add("ai_bookkeeper_auditor", {
    steps: () => [
        { trigger: ".o_ai_review_pane .o_ai_card" },
        { content: "reads, decides nothing", trigger: ".o_ai_review_pane:not(:has(.o_ai_actions))" },
    ],
});
