import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

tours.add("ai_bookkeeper_backtest_start", {
    steps: () => [
        { content: "an empty list says what it is for", trigger: ".o_view_nocontent:contains(Had this been on)" },
        { trigger: ".o_list_button_add", run: "click" },
        { trigger: ".o_form_view p:contains(Nothing in the books is changed)" },
        { trigger: ".o_field_widget[name=name] input", run: "edit Fuel" },
        { trigger: ".o_field_widget[name=date_from] input, .o_field_widget[name=date_from] button", run: "click" },
        { trigger: ".o_field_widget[name=date_from] input", run: "edit 01/01/2026 && press Tab" },
        { trigger: ".o_field_widget[name=date_to] input, .o_field_widget[name=date_to] button", run: "click" },
        { trigger: ".o_field_widget[name=date_to] input", run: "edit 12/31/2026 && press Tab" },
        { trigger: ".o_field_widget[name=min_confidence] input", run: "edit 30 && press Tab" },
        { trigger: "button[name=action_start]", run: "click" },
        { trigger: ".o_form_view p:contains(The queue works on it)" },
    ],
});

tours.add("ai_bookkeeper_backtest_result", {
    steps: () => [
        { content: "the sentence", trigger: ".alert .o_field_widget[name=sentence]:contains(1 differ from what you booked)" },
        { trigger: ".o_ai_backtest_figures tr:contains(Bank coding)" },
        { trigger: "button[name=action_open_books]", run: "click" },
        { content: "what differs, by account or tax", trigger: ".o_group_header:contains(Account)", run: "click" },
        { trigger: ".o_data_row:contains(Repairs) button[name=action_open_lines]", run: "click" },
        { trigger: ".o_data_row:contains(SHELL STATION):contains(Differs) td[name=label]", run: "click" },
        { trigger: ".o_ai_backtest_beside tr.table-warning:contains(Repairs)" },
        { trigger: ".o_ai_backtest_beside tr.table-warning:contains(Fuel)" },
        { trigger: "button[name=action_machine_was_right]", run: "click" },
        { content: "a suggestion that a reviewer decides", trigger: ".o_form_view .o_ai_card:contains(the machine was right)" },
    ],
});
