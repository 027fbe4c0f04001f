import { registry } from "@web/core/registry";
import { chip, row } from "./tour_steps";

const tours = registry.category("web_tour.tours");

/** The test serves the file; the browser drops it into the input. */
const drop = (name) => async ({ anchor }) => {
    const reply = await fetch(`/ai_bookkeeper/${name}`);
    const transfer = new DataTransfer();
    transfer.items.add(new File([await reply.blob()], name));
    anchor.files = transfer.files;
    anchor.dispatchEvent(new Event("change", { bubbles: true }));
};

const menu = (name) => [
    { trigger: ".o_menu_sections button:contains(Statements)", run: "click" },
    { trigger: `.dropdown-item:contains("${name}")`, run: "click" },
];

const importFile = (name) => [
    ...menu("Import Statement"),
    { trigger: ".modal .o_field_many2many_binary input[type=file]:not(:visible)", run: drop(name) },
    { trigger: `.modal .o_attachment:contains(${name})` },
    { trigger: ".modal button[name=action_read]", run: "click" },
    { trigger: ".modal .o_field_widget[name=preview_html]:contains(EUR), .modal .o_field_widget[name=preview_html]:contains($)" },
    { trigger: ".modal button[name=action_import]", run: "click" },
];

const all = { trigger: ".o_ai_review_list thead .o_list_record_selector input", run: "click" };

const bookAll = (...texts) => [
    { trigger: row(texts[0]) },
    all,
    { trigger: "button[name=action_ai_propose]", run: "click" },
    ...texts.map((text) => chip(text, "Proposed")),
    all,
    { trigger: "button[name=action_ai_accept]", run: "click" },
];

const bookOne = (text) => {
    const one = { trigger: `${row(text)} .o_list_record_selector input`, run: "click" };
    return [
        one,
        { trigger: "button[name=action_ai_propose]", run: "click" },
        chip(text, "Proposed"),
        one,
        { trigger: "button[name=action_ai_accept]", run: "click" },
        chip(text, "Reconciled"),
    ];
};

const acceptTheOne = (text) => [
    { trigger: `.o_ai_queue_row:contains("${text}")` },
    { trigger: `.o_ai_desk_card[aria-busy=false] .o_ai_text:contains("${text}")` },
    { trigger: ".o_ai_desk button.btn-primary:contains(Accept)", run: "click" },
    { trigger: ".o_ai_desk:not(:has(.o_ai_queue_row))" },
    { content: "the server has followed", trigger: ".o_ai_desk_action:not(:has(.o_ai_flying))" },
];

tours.add("ai_bookkeeper_business_account", {
    steps: () => [
        // A first day: the account was kept by hand.
        ...importFile("TRI-1.xml"),
        { content: "the file waits", trigger: ".o_form_view .alert-info:contains(kept by hand)" },
        { trigger: ".o_form_view .o_statusbar_status button.o_arrow_button_current:contains(Waiting)" },
        { content: "an accountant wants a month's end", trigger: "button:contains(Another Day)", run: "click" },
        { trigger: ".modal .o_field_widget[name=date] input", run: "edit 07/31/2026" },
        { trigger: ".modal button[name=action_set]", run: "click" },
        { trigger: ".o_form_view .o_field_widget[name=date]:contains(31)" },
        { trigger: ".o_form_view .o_field_widget[name=on_its_way]:contains(605.00)" },
        { trigger: "button[name=action_accept]", run: "click" },
        { trigger: "button[name=action_open_bank_lines].btn-primary", run: "click" },
        ...bookAll("HUUR ATELIER"),
        { trigger: ".o_view_nocontent, .o_list_view:not(:has(.o_data_row)), .o_data_row:contains(Reconciled)" },

        // The provider's payout, from its settlement file.
        ...menu("Provider Payouts"),
        { trigger: "button:contains(Take Settlement File)", run: "click" },
        { trigger: ".modal .o_field_widget[name=provider_id] input", run: "edit Stripe" },
        { trigger: ".ui-autocomplete .dropdown-item:contains(Stripe)", run: "click" },
        { trigger: ".modal .o_field_widget[name=data] input[type=file]:not(:visible)", run: drop("stripe-settlement.csv") },
        { trigger: ".modal button[name=action_read]", run: "click" },
        { trigger: ".modal .o_field_widget[name=payout_ids] .o_data_row:contains(519.82)" },
        { trigger: ".modal button[name=action_take]", run: "click" },
        { trigger: ".o_form_view button[name=action_accept]", run: "click" },
        { trigger: ".o_form_view .o_statusbar_status button.o_arrow_button_current:contains(Waits for the Bank)" },

        // A month of the account.
        ...importFile("TRI-2.xml"),
        { trigger: "button[name=action_open_lines].btn-primary", run: "click" },
        ...bookAll("STRIPE PAYOUT", "VOORSCHOT", "COLLECTION", "BTW AANGIFTE", "NETTO LONEN", "LENING 88-2210"),
        chip("NETTO LONEN", "Reconciled"),
        // The debit that came back is known when its collection is booked.
        ...bookOne("RETURN SDD"),

        // Tax on the advance.
        { trigger: ".o_menu_sections .o_nav_entry:contains(Review Desk)", run: "click" },
        ...acceptTheOne("VOORSCHOT"),
    ],
});

tours.add("ai_bookkeeper_business_account_invoice", {
    steps: () => [
        { trigger: "button[name=action_post]:not(:disabled)", run: "click" },
        { trigger: ".o_statusbar_status button.o_arrow_button_current:contains(Posted)" },
    ],
});

tours.add("ai_bookkeeper_business_account_statement", {
    steps: () => [
        // The advance is offered.
        ...acceptTheOne("INV/"),
        ...importFile("TRI-3.xml"),
        { trigger: "button[name=action_open_lines].btn-primary", run: "click" },
        ...bookOne("SALDO FACTUUR"),
        ...menu("Reconciliation Statements"),
        { trigger: ".o_ai_overview tr:contains(Business Account) button", run: "click" },
        { trigger: ".o_ai_sheet h3:contains(Business Account)" },
        { trigger: ".o_ai_proof tr:contains(Difference):contains(0.00)" },
        { trigger: ".o_ai_proof tr:contains(Balance by bank):contains(4,437.26)" },
        { trigger: ".o_ai_issue", run: "click" },
        { trigger: ".modal .o_ai_issue_now", run: "click" },
        { trigger: ".o_ai_is_issued" },
    ],
});
