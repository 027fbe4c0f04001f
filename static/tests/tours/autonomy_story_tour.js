import { registry } from "@web/core/registry";
import { chip, row, select } from "./tour_steps";

/**
 * One story in parts, for different people log in and the queue works in between: tests/ui/test_autonomy_story.py
 * runs them in the order in which they stand here.
 */
const tours = registry.category("web_tour.tours");

const GATE = ".o_data_row:contains(Bank coding):contains(Memory)";
const ago = (days) => luxon.DateTime.now().minus({ days }).toFormat("MM/dd/yyyy");
const waiting = Array.from({ length: 10 }, (_unused, number) => `STATION ${7001 + number}`);

const menu = (section, item) => [
    { content: section, trigger: `.o_menu_sections .dropdown-toggle:contains("${section}")`, run: "click" },
    { content: item, trigger: `.o-dropdown--menu .dropdown-item:contains("${item}")`, run: "click" },
    { content: `${item} is open`, trigger: `.o_breadcrumb .active:contains("${item}")` },
];
const date = (name, days) => [
    { trigger: `.o_field_widget[name=${name}] input, .o_field_widget[name=${name}] button`, run: "click" },
    { trigger: `.o_field_widget[name=${name}] input`, run: `edit ${ago(days)} && press Tab` },
];
const fill = (name, value) => ({
    trigger: `.o_field_widget[name=${name}] input`,
    run: `edit ${value} && press Tab`,
});
const countAnew = [
    { trigger: "button[name=action_look_again]", run: "click" },
    { trigger: ".o_notification:contains(Counted anew)" },
];

tours.add("ai_bookkeeper_story_learn", {
    steps: () => [
        { trigger: ".o_list_button_add", run: "click" },
        { content: "entries of the import too", trigger: ".o_field_widget[name=is_automatic] input", run: "click" },
        { content: "all that was coded", trigger: ".o_field_widget[name=found_count]:contains(56)" },
        { trigger: "button[name=action_start]", run: "click" },
        { trigger: ".o_statusbar_status .o_arrow_button_current:contains(Running)" },
    ],
});

tours.add("ai_bookkeeper_story_backtest", {
    steps: () => [
        { trigger: ".o_data_row:contains(Done) td[name=name]", run: "click" },
        { content: "the lessons", trigger: "button[name=action_open_lessons]:contains(56)", run: "click" },
        { trigger: ".o_data_row:contains(CARD SHELL):contains(Posted before the addon):contains(Counts)" },
        ...menu("Learning", "Backtests"),
        { trigger: ".o_list_button_add", run: "click" },
        { trigger: ".o_field_widget[name=name] input", run: "edit Had this been on" },
        ...date("date_from", 300),
        ...date("date_to", 30),
        { trigger: "button[name=action_start]", run: "click" },
        { trigger: ".o_form_view p:contains(The queue works on it)" },
    ],
});

tours.add("ai_bookkeeper_story_autopilot", {
    steps: () => [
        { trigger: ".o_data_row:contains(Had this been on):contains(Done) td[name=name]", run: "click" },
        {
            content: "its sentence",
            trigger: ".alert .o_field_widget[name=sentence]:contains(Had this been on since):contains(would have been)",
        },
        { trigger: ".o_ai_backtest_figures tr:contains(Bank coding)" },
        ...menu("Configuration", "Policies"),
        { trigger: ".o_list_button_add", run: "click" },
        fill("name", "Small coding"),
        { trigger: ".o_field_widget[name=mode] input[data-value=autopilot]", run: "click" },
        fill("max_amount", "500"),
        { content: "one in ten may be wrong", ...fill("max_error_rate", "10") },
        fill("sample_rate", "0.01"),
        { trigger: ".o_form_button_save", run: "click" },
        { trigger: ".o_form_view:not(:has(.o_form_dirty)) button[name=action_apply_to_waiting]" },
        ...menu("Learning", "Autonomy"),
        ...countAnew,
        {
            content: "the backtest alone opens the small cap",
            trigger: `${GATE}:contains(Open to the small cap):contains(rests on the backtest)`,
        },
    ],
});

tours.add("ai_bookkeeper_story_decide", {
    steps: () =>
        waiting.flatMap((text) => [
            ...select(text),
            { content: "fuel, as always", trigger: ".o_ai_review_pane .o_ai_card:contains(Tour Fuel)" },
            { trigger: ".o_ai_accept", run: "click" },
            chip(text, "Reconciled"),
        ]),
});

tours.add("ai_bookkeeper_story_open", {
    steps: () => [
        { content: "still the small cap", trigger: `${GATE}:contains(Open to the small cap)` },
        ...countAnew,
        { content: "people decided enough", trigger: `${GATE}:contains(10 of 10 right):not(:contains(small cap))` },
        { trigger: `${GATE} td[name=kind]`, run: "click" },
        { trigger: ".o_statusbar_status .o_arrow_button_current:contains(Open)" },
        { trigger: ".alert-success:contains(Books alone from confidence):contains(500.00)" },
        { trigger: ".o_ai_gate_steps tr:contains(passed)" },
    ],
});

const takeBack = (text) => [
    chip(text, "Reconciled"),
    ...select(text),
    { content: "nobody was asked", trigger: ".o_ai_card[data-state=applied] .o_ai_decided" },
    { trigger: ".o_ai_undo", run: "click" },
    { trigger: `${row(text)}:not(:has(td[name=ai_status]:contains("Reconciled")))` },
    ...select(text),
    { trigger: ".o_ai_by_hand", run: "click" },
    { trigger: ".o_ai_by_hand_dialog .o_ai_add_coding", run: "click" },
    { trigger: ".o_ai_coding_account input", run: "edit Tour Travel" },
    { trigger: ".o-autocomplete--dropdown-menu .dropdown-item:contains(Tour Travel)", run: "click" },
    { trigger: ".o_ai_left:contains(0.00)" },
    { trigger: ".o_ai_book:enabled", run: "click" },
    chip(text, "Reconciled"),
];

tours.add("ai_bookkeeper_story_take_back", {
    steps: () => [
        { content: "also what is done", trigger: ".o_searchview_facet .o_facet_remove", run: "click" },
        ...takeBack("STATION 8001"),
        ...takeBack("STATION 8002"),
    ],
});

tours.add("ai_bookkeeper_story_closed", {
    steps: () => [
        { trigger: `${GATE}:contains(Asks) td[name=kind]`, run: "click" },
        { trigger: ".o_statusbar_status .o_arrow_button_current:contains(Asks)" },
        { content: "the reason", trigger: ".alert-warning:contains(2 of):contains(were wrong):contains(10.0 % is tolerated)" },
        { content: "the activity", trigger: ".o-mail-Activity:contains(Autopilot asks again)" },
        { content: "what counted as wrong", trigger: "button[name=action_open_errors]:contains(2)", run: "click" },
        { trigger: ".o_data_row:contains(STATION 8002)" },
    ],
});
