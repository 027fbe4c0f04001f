import { registry } from "@web/core/registry";
import { chip, row } from "./tour_steps";

async function dropStatement({ anchor }) {
    const reply = await fetch("/ai_bookkeeper/tour_statement.csv");
    const file = new File([await reply.blob()], "statement.csv", { type: "text/csv" });
    const transfer = new DataTransfer();
    transfer.items.add(file);
    anchor.files = transfer.files;
    anchor.dispatchEvent(new Event("change", { bubbles: true }));
}

registry.category("web_tour.tours").add("ai_bookkeeper_import", {
    steps: () => [
        { trigger: ".o_menu_sections button:contains(Statements)", run: "click" },
        { trigger: ".dropdown-item:contains(Import Statement)", run: "click" },
        { trigger: ".modal .o_field_many2many_binary input[type=file]:not(:visible)", run: dropStatement },
        { trigger: ".modal .o_attachment:contains(statement.csv)" },
        { trigger: ".modal .o_field_widget[name=journal_id] input", run: "edit Bank" },
        { trigger: ".ui-autocomplete .dropdown-item:contains(Bank)", run: "click" },
        { trigger: ".modal button[name=action_read]", run: "click" },
        { trigger: ".modal .o_field_widget[name=column_ids] .o_data_row:contains(Description)" },
        { trigger: ".modal button[name=action_import]", run: "click" },
        { trigger: ".o_form_view .o_field_widget[name=created_count]:contains(7)" },
        { trigger: "button[name=action_open_lines].btn-primary", run: "click" },
        { trigger: row("SEPA CREDIT") },
        { content: "all of them", trigger: ".o_ai_review_list thead .o_list_record_selector input", run: "click" },
        { trigger: "button[name=action_ai_propose]", run: "click" },
        chip("SEPA CREDIT", "Proposed"),
        chip("Virement", "Asked"),
        chip("POS 4412", "Nothing found"),
    ],
});
