import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

const DIALOG = ".modal:not(.o_inactive_modal)";
const row = (text) => `${DIALOG} .o_data_row:contains("${text}")`;
const cell = (text, name) => `${row(text)} td[name=${name}]`;

const chooseIn = (text, name, value) => [
    { content: `${name} of ${text}`, trigger: cell(text, name), run: "click" },
    { trigger: `${cell(text, name)} select, ${cell(text, name)} input`, run: value },
];

const selectAll = [
    { trigger: ".o_list_view .o_data_row" },
    { trigger: "thead .o_list_record_selector input", run: "click" },
    { trigger: ".o_cp_action_menus .dropdown-toggle", run: "click" },
];

tours.add("ai_bookkeeper_review", {
    steps: () => [
        ...selectAll,
        { trigger: ".o-dropdown--menu .o_menu_item:contains(/^Review$/)", run: "click" },
        { trigger: ".modal .o_ai_review" },
        { content: "totals of the selection", trigger: `${DIALOG} [name=summary_html]:contains(can be booked)` },
        { content: "what it does, in words", trigger: `${cell("SEPA CREDIT", "what")}:contains(settles)` },
        { content: "the question is told", trigger: `${cell("Virement", "what")}:contains(question)` },
        { trigger: `${DIALOG} button[name=action_accept_all]`, run: "click" },
        { content: "marked", trigger: `${cell("SEPA CREDIT", "decision")}:contains(Accept)` },
        { content: "nobody guesses the answer", trigger: `${cell("Virement", "decision")}:contains(Leave)` },

        // A bill is rejected.
        { trigger: cell("PAPERWORKS", "decision"), run: "click" },
        { trigger: `${cell("PAPERWORKS", "decision")} .o_select_menu_toggler`, run: "click" },
        { trigger: ".o_select_menu_item:contains(Reject)", run: "click" },

        // The fee is split in two.
        { trigger: `${row("GE-3003")} td.o_list_record_open_form_view button`, run: "click" },
        { trigger: `${DIALOG} .o_ai_parts_check:contains(adds up)` },
        { trigger: `${DIALOG} [name=part_ids] .o_data_row:eq(1) td[name=amount]`, run: "click" },
        { trigger: `${DIALOG} [name=part_ids] .o_data_row:eq(1) td[name=amount] input`, run: "edit -5.00" },
        { content: "leave the row", trigger: `${DIALOG} .o_ai_parts_check`, run: "click" },
        { content: "the check is live", trigger: `${DIALOG} .o_ai_parts_check:contains(unexplained):contains(2.50)` },
        { trigger: `${DIALOG} [name=part_ids] .o_field_x2many_list_row_add a`, run: "click" },
        { trigger: `${DIALOG} [name=part_ids] .o_data_row:eq(2) [name=account_id] input`, run: "edit Expenses" },
        { trigger: ".o-autocomplete--dropdown-menu .dropdown-item:contains(600000)", run: "click" },
        { trigger: `${DIALOG} [name=part_ids] .o_data_row:eq(2) [name=amount] input`, run: "edit -2.50" },
        { trigger: `${DIALOG} .o_ai_parts_check`, run: "click" },
        { trigger: `${DIALOG} .o_ai_parts_check:contains(adds up)` },
        { trigger: `${DIALOG} .o_form_button_save`, run: "click" },
        { trigger: ".modal .o_ai_review" },
        { trigger: "body:not(:has(.o_ai_parts_check))" },

        // The question is answered.
        { trigger: cell("Virement", "choice_id"), run: "click" },
        { trigger: `${cell("Virement", "choice_id")} input`, run: "click" },
        { trigger: ".o-autocomplete--dropdown-menu .dropdown-item:eq(0)", run: "click" },
        { trigger: `${DIALOG} [name=summary_html]`, run: "click" },

        { trigger: `${DIALOG} .o_ai_slices_run`, run: "click" },
        { content: "what became of it", trigger: `${cell("SEPA CREDIT", "status")}:contains(Booked)` },
        { trigger: `${cell("PAPERWORKS", "status")}:contains(Rejected)` },
        { trigger: `${cell("Virement", "status")}:contains(Booked)` },
        { trigger: `${DIALOG} .modal-footer button:contains(Close)`, run: "click" },
        { trigger: "body:not(:has(.modal))" },
    ],
});

tours.add("ai_bookkeeper_undo_many", {
    steps: () => [
        { content: "the filter of what waits goes", trigger: ".o_searchview .o_facet_remove", run: "click" },
        { trigger: ".o_data_row:contains(Applied)" },
        ...selectAll,
        { trigger: ".o-dropdown--menu .o_menu_item:contains(Undo Bookings)", run: "click" },
        { trigger: ".modal .o_ai_undo" },
        { trigger: `${DIALOG} button[name=action_look]`, run: "click" },
        { content: "what it does", trigger: `${cell("SEPA CREDIT", "does")}:contains(Open again)` },
        { trigger: `${cell("SEPA CREDIT", "status")}:contains(Can be undone)` },
        { trigger: `${DIALOG} .o_ai_slices_run`, run: "click" },
        { trigger: `${cell("SEPA CREDIT", "status")}:contains(Undone)` },
        { trigger: `${DIALOG} .modal-footer button:contains(Close)`, run: "click" },
        { trigger: "body:not(:has(.modal))" },
    ],
});
