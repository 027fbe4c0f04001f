import { registry } from "@web/core/registry";
import { row } from "./tour_steps";

const tours = registry.category("web_tour.tours");
const tick = (text) => ({ trigger: `.o_data_row:contains("${text}") .o_list_record_selector input`, run: "click" });

tours.add("ai_bookkeeper_expect_bill", {
    steps: () => [
        tick("POS 4412"),
        { trigger: "button[name=action_ai_expect_bill]", run: "click" },
        { content: "the list is read again", trigger: `${row("POS 4412")}:not(.o_data_row_selected)` },
    ],
});

tours.add("ai_bookkeeper_bills_expected", {
    steps: () => [
        { trigger: ".o_data_row:contains(POS 4412) td[name=ai_expected]:contains(Bill expected)" },
        { content: "how long ago it was paid", trigger: ".o_data_row:contains(POS 4412) td[name=ai_age]" },
        { trigger: ".o_data_row:contains(POS 4412) button[name=action_ai_new_document]", run: "click" },
        { content: "a bill with what the bank knows", trigger: ".o_form_view .o_field_widget[name=invoice_line_ids]:contains(POS 4412)" },
        { trigger: ".o_form_button_cancel", run: "click" },
    ],
});

tours.add("ai_bookkeeper_missing_receipts", {
    steps: () => [
        { trigger: ".o_data_row:contains(SHELL) td[name=state]:contains(Receipt missing)" },
        tick("SHELL"),
        { trigger: ".o_data_row:contains(SHELL) td[name=holder_id]", run: "click" },
        { trigger: ".o_data_row:contains(SHELL) td[name=holder_id] input", run: "edit Clara" },
        { trigger: ".o-autocomplete--dropdown-menu .dropdown-item:contains(Clara Client)", run: "click" },
        { content: "a click elsewhere saves, if choosing has not", trigger: ".o_control_panel_breadcrumbs", run: "click" },
        { trigger: ".o_data_row:not(.o_selected_row):contains(SHELL) td[name=holder_id]:contains(Clara Client)" },
        { trigger: "button[name=action_ask]", run: "click" },
        { trigger: ".o_notification:contains(Clara Client):contains(asked for 1 receipts)" },
    ],
});

tours.add("ai_bookkeeper_receipts_read", {
    steps: () => [
        { trigger: ".o_data_row:contains(SHELL) td[name=state]:contains(Receipt missing)" },
        tick("SHELL"),
        { trigger: ".o_data_row_selected:contains(SHELL)" },
        { content: "who reads decides nothing", trigger: "body:not(:has(button[name=action_ask]))" },
    ],
});

