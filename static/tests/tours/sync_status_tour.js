import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

const chip = (text, state) => `.o_data_row:contains("${text}") .o_sync_chip[data-state=${state}]`;
const details = ".o_sync_chip_details";

tours.add("ai_bookkeeper_sync_chips", {
    steps: () => [
        { content: "refused", trigger: chip("SYNC/FAILED", "failed") },
        { content: "acknowledged", trigger: chip("SYNC/SYNCED", "synced") },
        { content: "nobody was told", trigger: chip("SYNC/NONE", "none") },
        { trigger: chip("SYNC/FAILED", "failed"), run: "click" },
        { content: "the reason", trigger: `${details}:contains(The shop refused it)` },
        { content: "what to do", trigger: `${details}:contains(Ask the shop)` },
        { trigger: `${details} button:contains(Retry)`, run: "click" },
        { content: "it waits again", trigger: chip("SYNC/FAILED", "pending") },
        { content: "the screen below was not left", trigger: ".o_list_view" },

        // Filter and group.
        { trigger: ".o_searchview_dropdown_toggler", run: "click" },
        { trigger: ".o_filter_menu .o_menu_item:contains(/^Synced$/)", run: "click" },
        { trigger: ".o_facet_values:contains(Synced)" },
        { content: "only those", trigger: ".o_list_view:not(:has(.o_sync_chip:not([data-state=synced])))" },
        { trigger: ".o_group_by_menu .o_menu_item:contains(/^Sync$/)", run: "click" },
        { trigger: ".o_group_header:contains(Synced)", run: "click" },
        { trigger: chip("SYNC/SYNCED", "synced") },
        { trigger: ".o_data_row:contains(SYNC/SYNCED) td[name=name]", run: "click" },

        // The form.
        { trigger: ".o_form_view .o_sync_chip[data-state=synced]", run: "click" },
        { trigger: `${details}:contains(Acknowledged)` },
        { trigger: `${details} button:contains(Sync Now)`, run: "click" },
        { trigger: ".o_notification:contains(Asked for)" },
        { trigger: ".o_form_view .o_sync_chip[data-state=pending]" },
        { content: "its jobs", trigger: ".oe_stat_button[name=action_sync_open_jobs]", run: "click" },
        { trigger: ".o_breadcrumb:contains(Sync)" },
        { trigger: ".o_list_view" },
    ],
});

tours.add("ai_bookkeeper_sync_unseen", {
    steps: () => [
        { trigger: ".o_data_row:contains(SYNC/FAILED)" },
        { trigger: ".o_list_view:not(:has(.o_sync_chip))" },
        { trigger: ".o_searchview_dropdown_toggler", run: "click" },
        { trigger: ".o_group_by_menu:not(:has(.o_menu_item:contains(/^Sync$/)))" },
        { trigger: ".o_data_row:contains(SYNC/FAILED) td[name=name]", run: "click" },
        { trigger: ".o_form_view:not(:has(.o_sync_chip)) .o_field_widget[name=partner_id]" },
    ],
});

tours.add("ai_bookkeeper_sync_pause", {
    steps: () => [
        { trigger: ".modal .o_field_widget[name=reason] input", run: "edit Year end" },
        { trigger: ".modal button[name=action_pause]", run: "click" },
        { trigger: "body:not(:has(.modal))" },
        { content: "told on every screen", trigger: ".o_ai_sync_pause button:contains(Syncing paused)", run: "click" },
        { trigger: ".o_ai_sync_pause_menu:contains(Year end) .o-dropdown-item:contains(Resume)", run: "click" },
        { trigger: ".modal .alert:contains(Year end)" },
        { trigger: ".modal button[name=action_resume]", run: "click" },
        { trigger: "body:not(:has(.modal)):not(:has(.o_ai_sync_pause))" },
    ],
});
