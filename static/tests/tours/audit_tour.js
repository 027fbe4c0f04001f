import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

tours.add("ai_bookkeeper_audit_check", {
    steps: () => [
        { trigger: ".o_view_nocontent:contains(Not checked yet)" },
        { trigger: "button:contains(Check Now)", run: "click" },
        { trigger: ".modal textarea", run: "edit nonsense" },
        { trigger: ".modal button[name=action_check]", run: "click" },
        { content: "what is no anchor is told", trigger: ".modal:contains(This is no anchor)" },
        { trigger: ".modal:contains(This is no anchor) .btn-primary", run: "click" },
        { trigger: ".modal textarea", run: "clear" },
        { trigger: ".modal button[name=action_check]", run: "click" },
        { trigger: ".o_form_view .alert-success:contains(The audit log is whole)" },
    ],
});

tours.add("ai_bookkeeper_audit_export", {
    steps: () => [
        { trigger: ".o_view_nocontent:contains(Nothing exported yet)" },
        { trigger: "button:contains(New Export)", run: "click" },
        { trigger: ".modal .o_field_widget[name=date_from] button", run: "click" },
        { trigger: ".modal .o_field_widget[name=date_from] input", run: "edit 01/01/2020" },
        { trigger: ".modal .o_field_widget[name=date_to] button", run: "click" },
        { trigger: ".modal .o_field_widget[name=date_to] input", run: "edit 12/31/2030" },
        { trigger: ".modal button[name=action_export]", run: "click" },
        { trigger: ".o_form_view button[name=action_download]:visible" },
        { trigger: ".o_form_view .o_field_widget[name=manifest_digest]:not(:empty)" },
    ],
});

tours.add("ai_bookkeeper_audit_anchors", {
    steps: () => [
        { trigger: ".o_view_nocontent:contains(No head has left)" },
        { trigger: "button:contains(Send Now)", run: "click" },
        { content: "why nothing was sent is told", trigger: ".o_notification:contains(No place outside is set)" },
        { trigger: ".o_data_row:contains(Nowhere) .badge:contains(Failed)" },
    ],
});

tours.add("ai_bookkeeper_audit_erase", {
    steps: () => [
        { trigger: ".modal .o_field_widget[name=partner_ids] input", run: "edit Azure" },
        { trigger: ".o-autocomplete--dropdown-item:contains(Azure)", run: "click" },
        { trigger: ".modal .alert-warning:contains(texts will be emptied)" },
        { trigger: ".modal .o_field_widget[name=reason] input", run: "edit Request 7" },
        { trigger: ".modal button[name=action_erase]", run: "click" },
        { trigger: ".modal:contains(Erase these texts) .btn-primary", run: "click" },
        { trigger: ".o_notification:contains(texts were erased)" },
    ],
});
