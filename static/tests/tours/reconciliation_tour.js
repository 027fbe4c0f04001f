import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");
const row = (text) => `.o_data_row:contains("${text}")`;
const section = (name) => `section[data-section=${name}]`;

tours.add("ai_bookkeeper_reconciliation", {
    steps: () => [
        {
            content: "all journals stand beside each other",
            trigger: ".o_ai_overview tr:contains(Tour Bank) td:contains(Tour Bank) button",
            run: "click",
        },
        { content: "nothing was told for today's day yet, so a month's end is chosen", trigger: ".o_ai_proof" },
        { trigger: ".o_ai_day input", run: "edit 01/31/2026 && press Enter" },
        { content: "the day is shown", trigger: ".o_ai_sheet h3:contains(01/31/2026)" },
        { content: "an entry by hand is the reason", trigger: ".o_ai_reason[data-code=entries]:contains(7.00)" },
        { content: "the difference is that entry", trigger: ".o_ai_difference:contains(7.00)" },
        { trigger: `${section("unmatchedin")} td:contains(Sale in the tour)` },
        { trigger: ".o_ai_issue", run: "click" },
        { trigger: ".modal #o_ai_issue_note", run: "edit The entry by hand is asked about" },
        { trigger: ".modal .o_ai_issue_now", run: "click" },
        { content: "issued, with the note", trigger: ".o_ai_is_issued" },
        { trigger: ".o_ai_sheet:contains(The entry by hand is asked about)" },
        { content: "the audit log agrees", trigger: ".o_ai_sheet .text-success:contains(as the audit log has it)" },
        { content: "its items say what became of them", trigger: `${section("unmatchedin")} td:contains(still open)` },
        { trigger: "button:contains(See it as posted now)", run: "click" },
        { content: "a new version may be issued", trigger: ".o_ai_issue:contains(Issue a new version)" },
        { trigger: ".o_ai_all_journals", run: "click" },
        { trigger: ".o_ai_issued", run: "click" },
        { trigger: `${row("Tour Bank")} td[name=difference]:contains(7.00)`, run: "click" },
        { content: "an issued one opens as it was issued", trigger: ".o_ai_is_issued" },
    ],
});

tours.add("ai_bookkeeper_reconciliation_read", {
    steps: () => [
        { trigger: ".o_ai_overview tr:contains(Tour Bank) td:contains(Tour Bank) button", run: "click" },
        { trigger: ".o_ai_proof" },
        { content: "who reads issues nothing", trigger: "body:not(:has(.o_ai_issue))" },
        { trigger: ".o_ai_pdf" },
        { trigger: ".o_ai_xlsx" },
    ],
});

tours.add("ai_bookkeeper_bank_findings", {
    steps: () => [
        { content: "the statement that does not join", trigger: `${row("leads to")} td[name=about]:contains(Statement)` },
        { content: "a double, and what to do", trigger: `${row("came another way")} button[name=action_set_aside]`, run: "click" },
        { trigger: ".modal-footer .btn-primary", run: "click" },
        { content: "it left the open ones", trigger: `.o_list_view:not(:has(${row("came another way")}))` },
        { content: "the missing statement may be imported from here", trigger: `${row("leads to")} button[name=action_import_missing]`, run: "click" },
        { trigger: ".modal .o_form_view .o_field_widget[name=journal_id] input", run: "press Escape" },
    ],
});
