import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");
const order = (text) => `.o_field_widget[name=line_ids] .o_data_row:contains("${text}")`;

async function dropFile({ anchor }) {
    const reply = await fetch("/ai_bookkeeper/tour_payments.xml");
    const file = new File([await reply.blob()], "payments.xml", { type: "application/xml" });
    const transfer = new DataTransfer();
    transfer.items.add(file);
    anchor.files = transfer.files;
    anchor.dispatchEvent(new Event("change", { bubbles: true }));
}

tours.add("ai_bookkeeper_payment_files", {
    steps: () => [
        { trigger: ".o_menu_sections button:contains(Statements)", run: "click" },
        { trigger: ".dropdown-item:contains(Payment Files)", run: "click" },
        { content: "empty, it says what to do", trigger: ".o_view_nocontent:contains(No payment file was read yet)" },
        { trigger: ".o_control_panel button:contains(Read Payment File)", run: "click" },
        { trigger: ".modal .o_field_widget[name=data] input[type=file]:not(:visible)", run: dropFile },
        { trigger: ".modal .o_field_widget[name=data] .o_clear_file_button" },
        { trigger: ".modal button[name=action_take]", run: "click" },
        { trigger: ".o_form_view .oe_title:contains(PAY-2026-0077)" },
        { content: "both have their partner", trigger: `${order("Lakeside Paper")} td[name=partner_id]:contains(Lakeside Paper)` },
        { content: "the bank refused one", trigger: `${order("Harbour Cleaning")} button[name=action_refused]`, run: "click" },
        { trigger: `${order("Harbour Cleaning")} td[name=state]:contains(Refused)` },
        { content: "no, it did not", trigger: `${order("Harbour Cleaning")} button[name=action_sent_again]`, run: "click" },
        { trigger: `${order("Harbour Cleaning")} td[name=state]:contains(Sent)` },
        { trigger: ".breadcrumb-item:contains(Payment Files), .o_back_button", run: "click" },
        { trigger: ".o_list_view .o_data_row:contains(PAY-2026-0077) td[name=state]:contains(Sent)" },
    ],
});

tours.add("ai_bookkeeper_payment_files_read", {
    steps: () => [
        { trigger: ".o_list_view .o_data_row:contains(PAY-2026-0077) td[name=name]", run: "click" },
        { trigger: order("Harbour Cleaning") },
        {
            content: "who reads changes nothing",
            trigger: "body:not(:has(button[name=action_refused])):not(:has(button[name=action_remove]))",
        },
    ],
});
