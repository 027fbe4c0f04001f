import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

tours.add("ai_bookkeeper_learn_from_history", {
    steps: () => [
        { content: "nothing yet: it says what to do", trigger: ".o_view_nocontent:contains(Learn from what you booked before)" },
        { trigger: ".o_list_button_add", run: "click" },
        { content: "it says what it will read", trigger: ".o_form_view:contains(The books are not changed)" },
        { trigger: ".o_field_widget[name=is_automatic] input", run: "click" },
        { content: "how much there is", trigger: ".o_field_widget[name=found_count]:contains(6)" },
        { trigger: "button[name=action_start]", run: "click" },
        { trigger: ".o_statusbar_status .o_arrow_button_current:contains(Running)" },
        { trigger: ".alert-info:contains(It reads in the background)" },
        { trigger: "button[name=action_stop]", run: "click" },
        { trigger: "button[name=action_start]:contains(Go On)", run: "click" },
        { trigger: ".o_statusbar_status .o_arrow_button_current:contains(Running)" },
    ],
});

tours.add("ai_bookkeeper_learned", {
    steps: () => [
        { trigger: ".o_data_row:contains(Done) td[name=name]", run: "click" },
        { trigger: "button[name=action_open_lessons]:contains(6)", run: "click" },
        { trigger: ".o_data_row:contains(CARD SHELL):contains(Posted before the addon):contains(Counts) td[name=text]", run: "click" },
        { trigger: ".o_form_view .o_field_widget[name=coding_text]:contains(Fuel)" },
        { trigger: "button[name=action_open_record]", run: "click" },
        { content: "the bank line itself", trigger: ".o_form_view:contains(CARD SHELL)" },
    ],
});

tours.add("ai_bookkeeper_snapshots", {
    steps: () => [
        { trigger: ".o_data_row td[name=measured_text]", run: "click" },
        { trigger: ".o_ai_reliability svg circle" },
        { content: "never a bare percentage", trigger: ".o_ai_reliability tbody td:nth-child(3):not(:empty)" },
        { trigger: "button[name=action_learn_now]", run: "click" },
        { trigger: ".o_notification:contains(learns in the background)" },
    ],
});

tours.add("ai_bookkeeper_account_notes", {
    steps: () => [
        { trigger: ".o_view_nocontent:contains(All accounts may be proposed)" },
        { trigger: ".o_list_button_add", run: "click" },
        { trigger: ".o_selected_row [name=account_id] input", run: "edit Fuel" },
        { trigger: ".o-autocomplete--dropdown-item:contains(Fuel)", run: "click" },
        { trigger: ".o_selected_row [name=is_excluded] input", run: "click" },
        { trigger: ".o_selected_row [name=description] input", run: "edit petrol station" },
        { trigger: ".o_list_button_save", run: "click" },
        { trigger: ".o_list_button_add" },
        { trigger: ".o_data_row:contains(petrol station)" },
    ],
});

tours.add("ai_bookkeeper_lessons", {
    steps: () => [
        { trigger: ".o_data_row:contains(CARD SHELL 4701):contains(Counts)" },
        { content: "a reviewer changes nothing here", trigger: ".o_list_view:not(:has(.o_list_button_add))" },
        { trigger: ".o_facet_remove", run: "click" },
        { trigger: ".o_data_row:contains(CARD SHELL 4706)" },
    ],
});
