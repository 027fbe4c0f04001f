import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

tours.add("ai_bookkeeper_cut_over", {
    steps: () => [
        { content: "the import says why it waits", trigger: ".alert:contains(count them twice)" },
        { trigger: "button[name=action_open_cut_over]", run: "click" },
        { content: "a day is proposed", trigger: ".o_field_widget[name=date]" },
        { trigger: ".o_field_widget[name=unexplained]:contains(0.00)" },
        { content: "a pair", trigger: ".o_data_row:contains(Rent February) td[name=fate]" },
        { content: "another day", trigger: "button:contains(Another Day)", run: "click" },
        { trigger: ".modal .o_field_widget[name=date] input", run: "edit 01/31/2026 && press Tab" },
        { trigger: ".modal button[name=action_set]", run: "click" },
        { trigger: "body:not(:has(.modal)) .o_data_row:contains(Account fee) td[name=fate]:contains(New)" },
        { trigger: "button[name=action_accept]", run: "click" },
        { content: "done", trigger: ".o_statusbar_status button[aria-checked=true]:contains(Done)" },
        { trigger: "button[name=action_undo]" },
        { trigger: "button[name=action_open_bank_lines].btn-primary", run: "click" },
        { content: "the lines that were imported", trigger: ".o_data_row:contains(Rent February)" },
    ],
});

tours.add("ai_bookkeeper_cut_over_read", {
    steps: () => [
        { trigger: ".o_data_row td[name=journal_id]:contains(Bank TOUR)", run: "click" },
        { trigger: ".o_data_row:contains(Rent February) td[name=fate]" },
        { content: "who reads decides nothing", trigger: ".o_form_view:not(:has(button[name=action_accept]))" },
    ],
});
