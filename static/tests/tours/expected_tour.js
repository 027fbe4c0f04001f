import { registry } from "@web/core/registry";
import { row } from "./tour_steps";

const tours = registry.category("web_tour.tours");
const RENT = "Hausverwaltung Kroll";

tours.add("ai_bookkeeper_expected_learn", {
    steps: () => [
        { content: "what to do is said", trigger: ".o_view_nocontent:contains(learned from booked bank lines)" },
        { trigger: "button[name=action_look_again]", run: "click" },
        { trigger: `.o_data_row:contains(${RENT}) td[name=came_text]:contains(11 of 12)` },
        { trigger: `.o_data_row:contains(${RENT}) .o_ai_time[data-state=missing]` },
        { trigger: `.o_data_row:contains(${RENT}) td[name=name]`, run: "click" },
        { trigger: ".o_form_view div[name=amount] input", run: "edit 1250" },
        { trigger: ".o_form_button_save", run: "click" },
        { content: "kept apart from what the bank shows", trigger: ".o_form_view .badge:visible:contains(set by a person)" },
        { trigger: ".o_form_view .alert:visible:contains(1,200.00)" },
        { trigger: "button[name=action_open_lines]", run: "click" },
        { trigger: `${row("RENT")}` },
    ],
});

tours.add("ai_bookkeeper_expected_missing", {
    steps: () => [
        { trigger: `.o_data_row:contains(${RENT}):contains(It has not come)` },
        { trigger: `.o_data_row:contains(It has not come) button[name=action_expected_end]`, run: "click" },
        { content: "asked no more", trigger: `body:not(:has(.o_data_row:contains(It has not come) button[name=action_expected_end]))` },
    ],
});

tours.add("ai_bookkeeper_cash_view", {
    steps: () => [
        { trigger: ".o_ai_cash_view [data-tile=opening]" },
        { trigger: ".o_ai_cash_view canvas" },
        { trigger: ".o_ai_weeks tr[data-row=receivable]:contains(115)" },
        { trigger: ".o_ai_weeks button[data-week='2']", run: "click" },
        { trigger: ".o_ai_week:contains(Azure Interior BV)" },
        { trigger: ".o_ai_week button:contains(Azure Interior BV)", run: "click" },
        { content: "the open items behind it", trigger: ".o_list_view .o_data_row:contains(AZ-77)" },
    ],
});
