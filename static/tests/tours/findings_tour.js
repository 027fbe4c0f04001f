import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");
const row = (text) => `.o_data_row:contains("${text}")`;
const tick = (text) => ({ trigger: `${row(text)} .o_list_record_selector input`, run: "click" });

tours.add("ai_bookkeeper_findings", {
    steps: () => [
        { content: "the twin is named", trigger: `${row("same number")} td[name=severity]:contains(Stops)` },
        tick("same number"),
        { trigger: ".o_control_panel button:contains(Dismiss)", run: "click" },
        { trigger: ".modal .o_field_widget[name=reason] input", run: "edit Two orders of the same day" },
        { trigger: ".modal-footer button[name=action_dismiss]", run: "click" },
        { content: "it left the open ones", trigger: `.o_list_view:not(:has(${row("same number")}))` },
        { content: "where money goes is a manager's", trigger: row("is blocked until a manager") },
        { trigger: `body:not(:has(button[name=action_confirm]))` },
    ],
});

tours.add("ai_bookkeeper_findings_confirm", {
    steps: () => [
        { trigger: `${row("is blocked until a manager")} button[name=action_confirm]`, run: "click" },
        { trigger: ".modal-footer .btn-primary", run: "click" },
        { trigger: `.o_list_view:not(:has(${row("is blocked until a manager")}))` },
    ],
});

tours.add("ai_bookkeeper_findings_read", {
    steps: () => [
        { trigger: `${row("same number")} td[name=text]` },
        tick("same number"),
        { trigger: ".o_data_row_selected" },
        { content: "who reads decides nothing", trigger: "body:not(:has(.o_control_panel button:contains(Dismiss)))" },
    ],
});

tours.add("ai_bookkeeper_findings_on_bill", {
    steps: () => [
        { content: "the bill's own form warns", trigger: ".o_form_view .alert:contains(same number)" },
    ],
});
