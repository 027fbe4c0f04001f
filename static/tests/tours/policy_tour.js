import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");
const result = (text) => `.modal .o_field_widget[name=result_html]:contains("${text}")`;

tours.add("ai_bookkeeper_policy_dry_run", {
    steps: () => [
        { trigger: ".o_ai_pause:contains(working)" },
        { trigger: ".o_list_buttons button:contains(Try Out), .o_control_panel button:contains(Try Out)", run: "click" },
        { content: "what to do is said first", trigger: ".modal p:contains(Set what the policy says)" },
        { trigger: ".modal .o_field_widget[name=name] input", run: "edit Up to 500" },
        { trigger: ".modal .o_field_widget[name=max_amount] input", run: "edit 500 && press Tab" },
        { trigger: ".modal button[name=action_try]", run: "click" },
        { trigger: result("would have accepted") },
        { content: "a cap that asks for all of them", trigger: ".modal .o_field_widget[name=max_amount] input", run: "edit 1 && press Tab" },
        { trigger: ".modal button[name=action_try]", run: "click" },
        { trigger: result("over 1.00") },
        {
            content: "the dialog is replaced by its successor",
            trigger: ".modal .o_field_widget[name=max_amount] input:value(1.00)",
            run: () => new Promise((done) => setTimeout(done, 500)),
        },
        { trigger: ".modal .o_field_widget[name=max_amount] input", run: "edit 5000 && press Tab" },
        { trigger: ".modal .o_field_widget[name=max_amount] input:value(5,000.00)" },
        { trigger: ".modal button[name=action_save]", run: "click" },
        { content: "are you sure", trigger: ".modal .modal-body:contains(decides what is proposed)" },
        { trigger: ".modal:contains(decides what is proposed) .btn-primary", run: "click" },
        { trigger: ".o_breadcrumb:contains(Up to 500)" },
        { trigger: "button[name=action_apply_to_waiting]", run: "click" },
        { trigger: ".modal .btn-primary", run: "click" },
        { trigger: ".o_notification:contains(accepted into the batch)" },
        { trigger: ".breadcrumb-item a, .o_back_button", run: "click" },
        { content: "one switch", trigger: ".o_ai_pause_all", run: "click" },
        { trigger: ".modal:contains(From now on nothing) .btn-primary", run: "click" },
        { trigger: ".o_ai_pause.alert-danger:contains(Paused)" },
        { trigger: ".o_ai_resume", run: "click" },
        { trigger: ".o_ai_pause:contains(working)" },
    ],
});

tours.add("ai_bookkeeper_sign_off", {
    steps: () => [
        { trigger: ".o_ai_review_list .o_data_row:contains(SEPA CREDIT)" },
        { trigger: ".o_ai_review_pane .o_ai_card[data-state=accepted]" },
        { trigger: ".o_data_row:contains(SEPA CREDIT) .o_list_record_selector input", run: "click" },
        { trigger: "button[name=action_send_back]", run: "click" },
        { content: "it asks again", trigger: ".o_list_view:not(:has(.o_data_row:contains(SEPA CREDIT)))" },
        { trigger: "button[name=action_sign_off_all]", run: "click" },
        { trigger: ".modal:contains(in your name) .btn-primary", run: "click" },
        { trigger: ".o_view_nocontent:contains(Nothing waits to be signed off)" },
    ],
});

tours.add("ai_bookkeeper_journal_binding", {
    steps: () => [
        { trigger: ".o_form_view .alert:contains(hash):contains(Policies ask here)" },
        { trigger: "button[name=action_ai_open_to_policies]", run: "click" },
        { trigger: ".modal .btn-primary", run: "click" },
        { trigger: ".alert:contains(policies may accept here)" },
        { trigger: "button[name=action_ai_close_to_policies]", run: "click" },
        { trigger: ".alert:contains(Policies ask here)" },
    ],
});
