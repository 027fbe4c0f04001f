import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");
const card = (text) => ({ trigger: `.o_ai_desk_card[aria-busy=false] .o_ai_text:contains("${text}")` });
const rule = (name) => `.o_data_row:contains("${name}")`;

tours.add("ai_bookkeeper_rule_from_correction", {
    steps: () => [
        card("SHELL"),
        { content: "the machine is wrong", trigger: ".o_ai_desk_card:contains(Office Supplies)" },
        { content: "click 1: the right answer", trigger: ".o_ai_desk_card .o_ai_runner_up .o_ai_use", run: "click" },
        { content: "it asks", trigger: ".o_ai_rule_question:contains(Always code):contains(SHELL):contains(Fuel)" },
        { content: "click 2", trigger: ".o_ai_rule_question button:contains(Make a Rule)", run: "click" },
        { content: "what people did", trigger: ".modal .o_field_widget[name=preview_html]:contains(it would have coded)" },
        { trigger: ".modal .o_ai_rule_rows tr:contains(Office Supplies):contains(Otherwise)" },
        { content: "click 3", trigger: ".modal button[name=action_make]", run: "click" },
        { trigger: ".o_notification:contains(Rule made):contains(1 waiting)" },
        { content: "the rule speaks for what waits", trigger: ".o_ai_desk_card:contains(44.00):contains(Fuel)" },
        { trigger: ".o_ai_desk_card .o_ai_accept", run: "click" },
        { trigger: ".o_ai_queue_list:not(:has(.o_ai_queue_row:contains(SHELL)))" },
        { trigger: ".o_ai_desk_action:not(:has(.o_ai_flying))" },
    ],
});

tours.add("ai_bookkeeper_rules", {
    steps: () => [
        { trigger: `${rule("Fuel")}:contains(SHELL):contains(624000)` },
        { trigger: "button[name=action_check]", run: "click" },
        { content: "pointed out", trigger: `${rule("Hidden")} td[name=finding]:contains(Never speaks)` },
        { content: "released", trigger: `${rule("Fuel")} td[name=is_released] input:not(:checked)`, run: "click" },
        { trigger: `${rule("Fuel")} td[name=is_released] input:checked` },
        { content: "switched off", trigger: `${rule("Hidden")} td[name=active] input:checked`, run: "click" },
        { trigger: `${rule("Hidden")} td[name=active] input:not(:checked)` },
        { trigger: `${rule("Fuel")} td[name=name]`, run: "click" },
        { trigger: ".o_form_view button[name=action_try]", run: "click" },
        { trigger: ".modal .o_field_widget[name=preview_html]:contains(1 as people did)" },
        { trigger: ".modal .o_field_widget[name=most] input", run: "edit 10 && press Tab" },
        { trigger: ".modal .o_field_widget[name=preview_html]:contains(No line)" },
        { trigger: ".modal .o_field_widget[name=most] input", run: "edit 500 && press Tab" },
        { trigger: ".modal .o_field_widget[name=preview_html]:contains(1 as people did)" },
        { trigger: ".modal button[name=action_save]", run: "click" },
        { trigger: "body:not(:has(.modal)) .o_form_view .o_field_widget[name=most] input:value(500.00)" },
    ],
});

tours.add("ai_bookkeeper_rules_reviewer", {
    steps: () => [
        { trigger: `${rule("Fuel")}` },
        { content: "a manager releases", trigger: `${rule("Fuel")} td[name=is_released] input:disabled` },
        { trigger: ".o_control_panel button:contains(New Rule)", run: "click" },
        { trigger: ".modal .o_field_widget[name=preview_html]:contains(Give it words)" },
        { trigger: ".modal .o_field_widget[name=tokens] input", run: "edit shell && press Tab" },
        { trigger: ".modal .o_field_widget[name=preview_html]:contains(It is about 1 lines)" },
        { trigger: ".modal footer button:contains(Cancel)", run: "click" },
        { trigger: "body:not(:has(.modal))" },
    ],
});

tours.add("ai_bookkeeper_rules_empty", {
    steps: () => [{ trigger: ".o_view_nocontent:contains(No rule yet)" }],
});
