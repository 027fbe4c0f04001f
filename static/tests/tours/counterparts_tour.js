import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");
const row = (name) => `.o_data_row:contains("${name}")`;

tours.add("ai_bookkeeper_counterparts", {
    steps: () => [
        { content: "nothing is kept yet", trigger: ".o_view_nocontent:contains(Whom does the balance sheet owe)" },
        { trigger: ".o_control_panel button[name=action_find]", run: "click" },
        { trigger: ".o_notification:contains(1 found)" },
        { content: "found, not used", trigger: `${row("Finanzamt")}:contains(Found):contains(VAT)` },
        { trigger: `${row("Finanzamt")} td[name=name]`, run: "click" },
        { trigger: ".o_form_view .alert-info:contains(not used yet)" },
        { trigger: ".o_form_view button[name=action_keep]", run: "click" },
        { trigger: ".o_form_view .o_statusbar_status .o_arrow_button_current:contains(Kept)" },
        { content: "what waits there", trigger: ".o_field_widget[name=claim_ids]:contains(VAT):contains(1,500.00)" },
    ],
});

tours.add("ai_bookkeeper_settle", {
    steps: () => [
        { trigger: ".o_ai_desk_card[aria-busy=false] .o_ai_text:contains(UMSATZSTEUER)" },
        { trigger: ".o_ai_desk_card .o_ai_settling:contains(Finanzamt):contains(VAT)" },
        { content: "before and after", trigger: ".o_ai_desk_card .o_ai_coding_balances:contains(-1,500.00):contains(0.00)" },
        { trigger: ".o_ai_desk_card .o_ai_settling_due:contains(1,500.00)" },
        { trigger: ".o_ai_desk_card .o_ai_accept", run: "click" },
        { trigger: ".o_ai_desk_action:not(:has(.o_ai_queue_row:contains(UMSATZSTEUER)))" },
        { trigger: ".o_ai_desk_action:not(:has(.o_ai_flying))" },
    ],
});

tours.add("ai_bookkeeper_loan", {
    steps: () => [
        { trigger: `${row("Van")}:contains(Draft)` },
        { trigger: `${row("Van")} td[name=name]`, run: "click" },
        { trigger: ".o_form_view button[name=action_replan]", run: "click" },
        { trigger: ".o_field_widget[name=line_ids]:contains(860.66):contains(50.00)" },
        { trigger: ".o_form_view button[name=action_start]", run: "click" },
        { trigger: ".o_form_view .o_statusbar_status .o_arrow_button_current:contains(Running)" },
        { content: "the books owe nothing yet", trigger: ".o_form_view .alert-warning:contains(By the plan)" },
    ],
});

tours.add("ai_bookkeeper_counterparts_auditor", {
    steps: () => [
        { trigger: `${row("Finanzamt")}` },
        { content: "reads, decides nothing", trigger: ".o_control_panel:not(:has(button[name=action_find]))" },
        { trigger: `${row("Finanzamt")} td[name=name]`, run: "click" },
        { trigger: ".o_form_view:not(:has(button[name=action_keep])) .o_field_widget[name=claim_ids]:contains(VAT)" },
    ],
});
