import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");
const tick = (text) => ({ trigger: `.o_data_row:contains("${text}") .o_list_record_selector input`, run: "click" });

tours.add("ai_bookkeeper_approval_rule", {
    steps: () => [
        { content: "an empty list says what it is for", trigger: ".o_view_nocontent:contains(No bill needs an approval yet)" },
        { trigger: ".o_list_button_add", run: "click" },
        { trigger: "div[name=name] input", run: "edit Purchases from 500" },
        { trigger: "div[name=min_amount] input", run: "edit 500" },
        { trigger: "div[name=approver_ids] input", run: "edit Ada" },
        { trigger: ".o-autocomplete--dropdown-menu .dropdown-item:contains(Ada Boss)", run: "click" },
        { trigger: "div[name=approver_ids] .o_tag:contains(Ada Boss)" },
        { trigger: ".o_form_button_save", run: "click" },
        { content: "the change is on the record", trigger: ".o-mail-Message:contains(created)" },
    ],
});

tours.add("ai_bookkeeper_approval_asked", {
    steps: () => [
        { trigger: ".o_data_row:contains(Ada Boss) td[name=state]:contains(Waits)" },
        tick("Ada Boss"),
        { trigger: "button[name=action_remind]", run: "click" },
        { content: "the list is read again", trigger: ".o_data_row:not(.o_data_row_selected):contains(Ada Boss)" },
        { trigger: ".o_data_row:contains(Ada Boss) td[name=vendor_id]", run: "click" },
        { trigger: ".o_form_view .o_field_widget[name=vendor_id]:contains(Northwind)" },
        { content: "who books does not take the question back", trigger: "body:has(.o_form_view):not(:has(.o_ai_do_without))" },
        { trigger: "button[name=action_open_bill]", run: "click" },
        { trigger: ".o_form_view button[name=action_ai_open_approvals]:contains(Waits for approval)" },
    ],
});

tours.add("ai_bookkeeper_approval_withdrawn", {
    steps: () => [
        tick("Ada Boss"),
        { trigger: ".o_ai_do_without", run: "click" },
        { trigger: ".modal div[name=reason] input", run: "edit approved by telephone" },
        { trigger: ".modal button[name=action_withdraw]", run: "click" },
        { trigger: ".o_view_nocontent:contains(No bill waits)" },
    ],
});

tours.add("ai_bookkeeper_approval_page", {
    steps: () => [
        { trigger: ".o_ai_approval:contains(Northwind)" },
        { content: "refusing needs a reason", trigger: ".o_ai_refuse", run: "click", expectUnloadPage: true },
        { trigger: ".alert-danger:contains(Say why you refuse it)" },
        { trigger: ".o_ai_approve", run: "click", expectUnloadPage: true },
        { trigger: ".o_ai_thanks" },
        { content: "it can't be answered twice", trigger: "body:not(:has(.o_ai_approve))" },
    ],
});
