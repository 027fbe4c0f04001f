import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");
const job = (text) => `.o_list_view .o_data_row:contains("${text}")`;

tours.add("ai_bookkeeper_sync_dashboard", {
    steps: () => [
        { trigger: ".o_ai_sync_dashboard [data-tile=done] .o_ai_figure:contains(2)" },
        { trigger: ".o_ai_sync_dashboard [data-tile=stopped] .o_ai_figure.text-danger:contains(1)" },
        { trigger: ".o_ai_sync_dashboard .o_ai_chart canvas" },
        { trigger: ".o_ai_trouble[data-kind=late]:contains(Jobs wait too long)" },
        { trigger: ".o_ai_sync_watch button .badge:contains(1)", run: "click" },
        { trigger: ".o_ai_sync_watch_menu:contains(Jobs wait too long)" },
        { trigger: ".o_ai_sync_dashboard [data-period='1']", run: "click" },
        { trigger: ".o_ai_sync_dashboard [data-period='1'].active" },
        { trigger: ".o_ai_sync_dashboard [aria-busy=false]" },
        { trigger: ".o_ai_sync_depth tr[data-kind=deliver]:contains(1)" },
        { content: "the list behind a reason", trigger: ".o_ai_sync_reasons tr[data-reason=http_404] .btn-link", run: "click" },
        { trigger: job("The address answers 404.") },
    ],
});

tours.add("ai_bookkeeper_sync_queue", {
    steps: () => [
        { content: "done ones are not in the way", trigger: ".o_list_view:not(:has(.o_data_row .badge:contains(Done)))" },
        { trigger: `${job("The address answers 404.")} .badge.text-bg-danger:contains(Needs attention)` },
        { trigger: `${job("The address answers 404.")} td[name=summary]`, run: "click" },
        { trigger: ".o_form_view .alert-danger:contains(The address answers 404.):contains(Look at the address.)" },
        { trigger: ".o_form_view .alert-danger button[name=action_open_record]" },
        { trigger: ".o_form_view .alert-danger button[name=action_retry]", run: "click" },
        { trigger: ".o_form_view .alert-info:contains(Waits for its turn)" },
        { trigger: ".o_form_view button[name=action_open_event]", run: "click" },
        { trigger: ".o_form_view h2:contains(Partners: changed)" },
        { trigger: ".o_form_view button[name=action_open_jobs]:contains(1)" },
    ],
});

tours.add("ai_bookkeeper_sync_auditor", {
    steps: () => [
        { trigger: job("The address answers 404.") },
        { content: "who audits changes nothing", trigger: ".o_list_view:not(:has(button[name=action_retry]))" },
        { trigger: `${job("The address answers 404.")} td[name=summary]`, run: "click" },
        { trigger: ".o_form_view .alert-danger:not(:has(button[name=action_retry]))" },
        { trigger: ".o_form_view:not(:has(button[name=action_cancel]))" },
    ],
});

tours.add("ai_bookkeeper_sync_cancel", {
    steps: () => [
        { trigger: `${job("The address answers 404.")} .o_list_record_selector input`, run: "click" },
        { trigger: "button[name=action_cancel]", run: "click" },
        { trigger: ".modal .btn-primary", run: "click" },
        { trigger: ".o_list_view:not(:has(.o_data_row:contains(The address answers 404.)))" },
    ],
});

tours.add("ai_bookkeeper_sync_alarm", {
    steps: () => [
        { trigger: `${job("Jobs wait too long")} td[name=summary]`, run: "click" },
        { trigger: ".o_form_view .alert-danger:contains(wait for their turn)" },
        { trigger: ".o_form_view .alert-danger button[name=action_fix]:contains(Show Them)", run: "click" },
        { trigger: ".o_list_view .o_data_row:contains(Waits for its turn)" },
    ],
});

tours.add("ai_bookkeeper_sync_token", {
    steps: () => [
        { trigger: "div[name=metrics_state]:contains(Closed)" },
        { trigger: "button[name=action_make_metrics_token]", run: "click" },
        { trigger: ".modal .alert-warning:contains(Copy this token now)" },
        { trigger: ".modal .o_ai_metrics_token:contains(_), .modal .o_ai_metrics_token" },
        { trigger: ".modal div[name=example]:contains(scrape_configs)" },
        { trigger: ".modal .btn-primary", run: "click" },
        { trigger: "body:not(:has(.modal))" },
    ],
});

tours.add("ai_bookkeeper_sync_empty", {
    steps: () => [{ trigger: ".o_ai_sync_dashboard .o_nocontent_help:contains(Nothing is synced yet)" }],
});
