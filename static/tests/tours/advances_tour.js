import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

/** From the list of money on account to the offer, and the tax that it takes back. */
tours.add("ai_bookkeeper_advances", {
    steps: () => [
        { content: "the deposit is on account", trigger: ".o_data_row:contains(Deposit for the kitchen) td[name=residual]:contains(120.00)" },
        { trigger: ".o_data_row:contains(Deposit for the kitchen) td[name=declared]:contains(20.00)" },
        { trigger: ".o_data_row:contains(Deposit for the kitchen) .o_list_record_selector input", run: "click" },
        { trigger: ".o_control_panel button[name=action_look]", run: "click" },
        { content: "the invoice that it pays", trigger: ".o_data_row:contains(INV/) td[name=label]", run: "click" },
        { trigger: ".o_ai_card .o_ai_entry_pairs:contains(120.00)" },
        { trigger: ".o_ai_card .o_ai_entry_rows tbody tr:nth-child(3):contains(20.00)" },
        { trigger: ".o_ai_card .o_ai_accept", run: "click" },
        { trigger: ".o_ai_card[data-state=applied]" },
    ],
});

/** An agreement becomes a question, and a yes the entry. */
tours.add("ai_bookkeeper_netting", {
    steps: () => [
        { trigger: ".o_data_row:contains(Harbour Trading) button[name=action_ai_net]", run: "click" },
        { content: "both sides are chosen", trigger: ".o_form_view .o_field_widget[name=amount]:contains(100.00)" },
        { trigger: ".o_form_view button[name=action_propose]", run: "click" },
        { content: "without an agreement nothing is asked", trigger: ".modal:contains(agreed), .o_notification:contains(agreed)" },
        { trigger: ".modal-footer .btn-primary", run: "click" },
        { trigger: "body:not(:has(.modal))" },
        { trigger: ".o_field_widget[name=agreed_on] input", run: "edit 03/01/2026" },
        { trigger: ".o_field_widget[name=agreement] textarea", run: "edit Mail of Mr. de Vries" },
        { trigger: ".o_form_view button[name=action_propose]", run: "click" },
        { trigger: ".o_ai_card .o_ai_choice .o_ai_entry_rows:contains(settles)" },
        { trigger: ".o_ai_card .o_ai_choice", run: "click" },
        { trigger: ".o_ai_card[data-state=applied]" },
    ],
});
