import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");
// Before the router tidies the address up.
const receiver = new URLSearchParams(window.location.search).get("receiver");
const field = (name) => `.o_field_widget[name=${name}]`;

tours.add("ai_bookkeeper_webhook", {
    steps: () => [
        { content: "the empty list says what it is for", trigger: ".o_view_nocontent:contains(Tell another system)" },
        { trigger: ".o_list_button_add", run: "click" },
        { trigger: `${field("name")} input`, run: "edit Web shop" },
        {
            content: "the address comes from the test",
            trigger: `${field("url")} input`,
            run: (helpers) => helpers.edit(receiver),
        },
        { trigger: `${field("all_events")} input`, run: "click" },
        { trigger: ".o_ai_sync_event_names input[name='partner.changed']", run: "click" },
        { content: "a whole group", trigger: ".o_ai_sync_event_names fieldset:contains(Payments) legend input", run: "click" },
        { trigger: ".o_ai_sync_event_names input[name='payment.registered']:checked" },
        { trigger: ".o_ai_sync_event_names fieldset:contains(Payments) legend input", run: "click" },
        { trigger: ".o_ai_sync_event_names input[name='payment.registered']:not(:checked)" },
        { trigger: ".nav-link[name=headers]", run: "click" },
        { trigger: `${field("header_ids")} .o_field_x2many_list_row_add a`, run: "click" },
        { trigger: `${field("header_ids")} ${field("name")} input`, run: "edit X-Api-Key && press Tab" },
        { trigger: `${field("header_ids")} ${field("value")} input`, run: "edit geheim4711" },
        { trigger: ".o_form_button_save", run: "click" },
        { trigger: `${field("header_ids")} .o_data_row:contains(••••):not(:contains(geheim))` },
        { content: "it waits to be started", trigger: ".alert-info:contains(Give the receiver the secret)" },
        { trigger: "button[name=action_secret]:contains(Show Secret)", run: "click" },
        { trigger: ".modal .o_ai_webhook_secret:contains(whsec_)" },
        { trigger: ".modal button:contains(I Have Copied It)", run: "click" },
        { content: "never again", trigger: "button[name=action_secret]:contains(New Secret)" },
        { trigger: "button[name=action_test]", run: "click" },
        { trigger: ".modal .alert-success:contains(accepted it with 200)" },
        { trigger: ".modal:contains(webhook.test):contains(thanks)" },
        { trigger: ".modal .modal-footer button:contains(Close)", run: "click" },
        { trigger: "button[name=action_start]", run: "click" },
        { trigger: ".o_statusbar_status .o_arrow_button_current:contains(On)" },
        { trigger: "button[name=action_pause]", run: "click" },
        { trigger: ".alert-warning:contains(Paused by)" },
        { trigger: "button[name=action_start]", run: "click" },
        { trigger: "button[name=action_resend]", run: "click" },
        { trigger: ".modal button[name=action_count]", run: "click" },
        { trigger: ".modal .alert:contains(1 deliveries would be made)" },
        { trigger: ".modal button[name=action_resend]", run: "click" },
        { trigger: ".o_notification:contains(will be sent again)" },
        { trigger: "button[name=action_open_deliveries]", run: "click" },
        { trigger: ".o_data_row:contains(webhook.test) td[name=event_name]", run: "click" },
        { trigger: ".o_form_view:contains(X-Api-Key: ***):not(:contains(geheim))" },
    ],
});
