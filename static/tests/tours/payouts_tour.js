import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");
const row = (text) => `.o_field_widget[name=line_ids] .o_data_row:contains("${text}")`;

async function dropFile({ anchor }) {
    const reply = await fetch("/ai_bookkeeper/tour_settlement.csv");
    const file = new File([await reply.blob()], "settlement.csv", { type: "text/csv" });
    const transfer = new DataTransfer();
    transfer.items.add(file);
    anchor.files = transfer.files;
    anchor.dispatchEvent(new Event("change", { bubbles: true }));
}

tours.add("ai_bookkeeper_payouts", {
    steps: () => [
        { trigger: ".o_menu_sections button:contains(Statements)", run: "click" },
        { trigger: ".dropdown-item:contains(Provider Payouts)", run: "click" },
        { content: "empty, it says what to do", trigger: ".o_view_nocontent:contains(No payout was taken yet)" },
        { trigger: ".o_control_panel button:contains(Take Settlement File)", run: "click" },
        { content: "the only provider is chosen", trigger: ".modal .o_field_widget[name=provider_id] input:value(Cardpay)" },
        { trigger: ".modal .o_field_widget[name=data] input[type=file]:not(:visible)", run: dropFile },
        { trigger: ".modal .o_field_widget[name=data] .o_clear_file_button" },
        { trigger: ".modal button[name=action_read]", run: "click" },
        { content: "what it pays out", trigger: ".modal [name=payout_ids] .o_data_row:contains(po_tour)" },
        { content: "what the columns mean", trigger: ".modal [name=column_ids] .o_data_row:contains(Amount before fees)" },
        { content: "what its words mean", trigger: ".modal [name=word_ids] .o_data_row:contains(Chargeback)" },
        { trigger: ".modal button[name=action_take]", run: "click" },
        { trigger: ".o_form_view .oe_title:contains(po_tour)" },
        { content: "the sale names its invoice", trigger: `${row("INV/")} td[name=how]:contains(Reference)` },
        { content: "one row asks", trigger: ".o_form_view .alert:contains(may pay several documents)" },
        { trigger: `${row("ch_5550001")} td[name=how]:contains(Asks)` },
        { trigger: `${row("ch_5550001")} td[name=is_left] input`, run: "click" },
        { trigger: ".o_form_button_save", run: "click" },
        { trigger: `${row("ch_5550001")} td[name=how]:contains(Left by a Person)` },
        { content: "now it can be booked", trigger: ".o_form_view button[name=action_accept]", run: "click" },
        { trigger: ".o_form_view button[name=action_undo]" },
        { content: "what is left is told", trigger: ".o_field_widget[name=rows_left]:contains(37.00)" },
        { trigger: ".breadcrumb-item:contains(Provider Payouts), .o_back_button", run: "click" },
        { trigger: ".o_list_view .o_data_row:contains(po_tour) td[name=status]:contains(Something Left)" },
    ],
});

tours.add("ai_bookkeeper_payouts_read", {
    steps: () => [
        { trigger: ".o_list_view .o_data_row:contains(po_tour) td[name=name]", run: "click" },
        { trigger: row("ch_5550001") },
        {
            content: "who reads changes nothing",
            trigger: "body:not(:has(button[name=action_undo])):not(:has(button[name=action_drop]))",
        },
    ],
});

tours.add("ai_bookkeeper_payment_providers", {
    steps: () => [
        { trigger: ".o_list_view .o_data_row:contains(Cardpay) td[name=name]", run: "click" },
        { content: "the clearing account's balance", trigger: ".o_field_widget[name=clearing_account_id] input" },
        { trigger: "button[name=action_open_payouts]", run: "click" },
        { trigger: ".o_list_view .o_data_row:contains(po_tour)" },
    ],
});
