import { registry } from "@web/core/registry";
import { chip, isSelected, row, select, undoToast } from "./tour_steps";

const tours = registry.category("web_tour.tours");

tours.add("ai_bookkeeper_decide", {
    steps: () => [
        ...select("SEPA CREDIT"),
        { content: "the reference is marked", trigger: ".o_ai_text mark:contains(AZ-1001)" },
        { trigger: ".o_ai_ticks [data-tick=reference][data-value=yes]" },
        { trigger: ".o_ai_ticks [data-tick=iban][data-value=yes]" },
        { trigger: ".o_ai_documents:contains(1,150.00)" },
        { trigger: ".o_ai_leaves:contains(leaves 0.00 open)" },
        { trigger: ".o_ai_accept", run: "click" },
        chip("SEPA CREDIT", "Reconciled"),
        { content: "the selection moved on", trigger: ".o_ai_review_list:not(:has(.o_ai_selected:contains(SEPA)))" },

        ...select("Virement"),
        { trigger: ".o_ai_choice:contains(Deco Addict)", run: "click" },
        chip("Virement", "Reconciled"),

        ...select("GE-3003"),
        { content: "the fee has an account", trigger: ".o_ai_differences:contains(Bank fee)" },
        { trigger: ".o_ai_accept", run: "click" },
        chip("GE-3003", "Reconciled"),

        ...select("PAPERWORKS"),
        { trigger: ".o_ai_reject_reasons", run: "click" },
        { trigger: ".o-dropdown--menu .dropdown-item:contains(Wrong document)", run: "click" },
        chip("PAPERWORKS", "Nothing found"),

        ...select("POS 4412"),
        { trigger: ".o_ai_finding" },
        { trigger: ".o_ai_by_hand", run: "click" },
        { trigger: ".o_ai_by_hand_dialog .o_ai_add_coding", run: "click" },
        { trigger: ".o_ai_coding_account input", run: "edit Expenses" },
        { trigger: ".o-autocomplete--dropdown-menu .dropdown-item:contains(600000)", run: "click" },
        { trigger: ".o_ai_left:contains(0.00)" },
        { trigger: ".o_ai_book:enabled", run: "click" },
        chip("POS 4412", "Reconciled"),

        ...select("Part payment"),
        { trigger: ".o_ai_accept", run: "click" },
        chip("Part payment", "Reconciled"),
        { content: "undo in the toast", ...undoToast("Part payment") },
        chip("Part payment", "Proposed"),
        isSelected("Part payment"),
    ],
});

const undo = (text) => [
    ...select(text),
    { trigger: ".o_ai_card[data-state=applied] .o_ai_decided" },
    { trigger: ".o_ai_undo", run: "click" },
    {
        content: "it waits again",
        trigger: `${row(text)}:not(:has(td[name=ai_status]:contains("Reconciled")))`,
    },
];

tours.add("ai_bookkeeper_undo", {
    steps: () => [
        { content: "also what is done", trigger: ".o_searchview_facet .o_facet_remove", run: "click" },
        chip("SEPA CREDIT", "Reconciled"),
        ...undo("SEPA CREDIT"),
        ...undo("Virement"),
        ...undo("GE-3003"),
        ...undo("POS 4412"),
    ],
});

tours.add("ai_bookkeeper_keys", {
    steps: () => [
        ...select("GE-3001"),
        { content: "down and up", trigger: "body", run: "press j" },
        isSelected("Virement"),
        { trigger: "body", run: "press k" },
        isSelected("GE-3001"),
        { trigger: '.o_ai_review_pane[aria-busy=false] .o_ai_text:contains("GE-3001")', run: "press a" },
        chip("GE-3001", "Reconciled"),
        ...select("GE-3003"),
        { trigger: ".o_ai_accept", run: "press a" },
        chip("GE-3003", "Reconciled"),
        ...select("GE-3003"),
        { trigger: ".o_ai_undo", run: "press u" },
        chip("GE-3003", "Proposed"),
        { trigger: "body", run: "press ?" },
        { trigger: ".modal .o_ai_shortcut_keys" },
        { trigger: ".modal .btn-close", run: "click" },
    ],
});

tours.add("ai_bookkeeper_by_hand", {
    steps: () => [
        ...select("GE-3003"),
        { trigger: ".o_ai_by_hand", run: "press e" },
        { trigger: ".o_ai_by_hand_dialog .o_ai_item_search", run: "edit GE-3003" },
        { trigger: ".o_ai_open_items:not(:has(.o_ai_open_item:contains(AZ-1001)))" },
        { trigger: ".o_ai_open_item:contains(GE-3003)", run: "click" },
        { content: "picked as far as the line reaches", trigger: ".o_ai_left:contains(0.00)" },
        { trigger: ".o_ai_pick .o_ai_amount_input", run: "edit 1400 && press Tab" },
        { trigger: ".o_ai_left:contains(11.60)" },
        { trigger: ".o_ai_add_coding", run: "click" },
        { trigger: ".o_ai_coding_account input", run: "edit Expenses" },
        { trigger: ".o-autocomplete--dropdown-menu .dropdown-item:contains(600000)", run: "click" },
        { trigger: ".o_ai_left:contains(0.00)" },
        { trigger: ".o_ai_book:enabled", run: "click" },
        chip("GE-3003", "Reconciled"),
    ],
});
