import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");
const came = (text) => `.o_list_view .o_data_row:contains("${text}")`;

tours.add("ai_bookkeeper_connection_new", {
    steps: () => [
        { content: "the empty list says what it is for", trigger: ".o_nocontent_help:contains(No other system is connected yet)" },
        { trigger: ".o_list_button_add", run: "click" },
        { trigger: ".o_form_view .alert-info:contains(Choose what is connected)" },
        { trigger: ".o_field_widget[name=name] input", run: "edit Bank of the branch" },
        { trigger: ".o_field_widget[name=kind] input", run: "click" },
        { trigger: ".o_select_menu_item:contains(Files: statements and documents)", run: "click" },
        { content: "the form knows what that kind needs", trigger: ".o_notebook a[name=files]" },
        { trigger: ".o_form_button_save", run: "click" },
        { trigger: ".o_form_view .alert-info:contains(Nothing is sent or read yet)" },
        { trigger: ".o_statusbar_buttons button[name=action_connect]:contains(Connect)", run: "click" },
        { content: "files need no key", trigger: ".modal:contains(Nothing is asked for)" },
        { trigger: ".modal button[name=action_connect]", run: "click" },
        { trigger: ".o_statusbar_status .o_arrow_button_current:contains(Connected)" },
        {
            content: "nothing that makes no sense is offered",
            trigger: ".o_statusbar_buttons:not(:has(button:contains(Change Credentials)))",
        },
        { trigger: ".o_field_widget[name=health_text]:contains(nothing was sent, read or received yet)" },
        { trigger: ".o_notebook a[name=hook]", run: "click" },
        { trigger: "button[name=action_hook_open]", run: "click" },
        { content: "the address is shown once", trigger: ".modal .o_field_widget[name=url]:contains(/ai_bookkeeper/hook/)" },
        { trigger: ".modal .o_field_widget[name=secret]:contains(whsec_)" },
        { trigger: ".modal .modal-footer .btn-primary", run: "click" },
        { trigger: "body:not(:has(.modal))" },
        { content: "afterwards only its end is", trigger: ".o_field_widget[name=hook_hint]" },
        { trigger: ".o_form_view:not(:contains(whsec_))" },
        { trigger: "button[name=action_pause]", run: "click" },
        { trigger: ".o_field_widget[name=health_text]:contains(Paused)" },
        { trigger: "button[name=action_resume]", run: "click" },
        { trigger: ".o_statusbar_status .o_arrow_button_current:contains(Connected)" },
        { trigger: "button[name=action_disconnect]", run: "click" },
        { content: "it says before what will be gone", trigger: ".modal:contains(Everything in the books)" },
        { trigger: ".modal .modal-footer .btn-secondary", run: "click" },
        { trigger: "body:not(:has(.modal))" },
    ],
});

tours.add("ai_bookkeeper_connection_read_only", {
    steps: () => [
        { trigger: ".o_list_view:not(:has(.o_list_button_add))" },
        { trigger: `${came("Bank files")} td[name=name]`, run: "click" },
        { trigger: ".o_form_view .o_field_widget[name=health_text]" },
        { trigger: ".o_form_view:not(:has(button[name=action_pause])):not(:has(button[name=action_disconnect]))" },
        { trigger: ".o_notebook a[name=hook]", run: "click" },
        { trigger: ".o_form_view:not(:has(button[name=action_hook_open]))" },
        { trigger: "button[name=action_open_intake]:contains(3)", run: "click" },
        { trigger: `${came("sheet.csv")} .badge:contains(Asks a person)` },
        { trigger: `${came("sheet.csv")} td[name=display_name]`, run: "click" },
        { content: "who audits sees what came", trigger: ".o_form_view .o_field_widget[name=content]:contains(sheet.csv)" },
        { trigger: ".o_form_view:not(:has(button[name=action_drop])):not(:has(button[name=action_import_by_hand]))" },
    ],
});

tours.add("ai_bookkeeper_intake_answer", {
    steps: () => [
        { content: "what is done keeps its content to itself", trigger: `${came("bill.pdf")} td[name=display_name]`, run: "click" },
        { trigger: ".o_form_view .o_field_widget[name=outcome]:contains(Draft Bill)" },
        { trigger: ".o_form_view:not(:has(.o_field_widget[name=content]:contains(bill.pdf)))" },
        { trigger: ".o_back_button, .breadcrumb-item a", run: "click" },
        { content: "the alarm leads there, too", trigger: ".o_ai_sync_watch button", run: "click" },
        { trigger: ".o_ai_sync_watch_menu .dropdown-item:contains(waits for a person), .o_ai_sync_watch_menu:contains(waits for a person) .o-dropdown-item", run: "click" },
        { trigger: ".o_form_view .alert-danger:contains(asks a person 2)" },
        { trigger: ".o_form_view button[name=action_fix]", run: "click" },
        { trigger: `.o_list_view:not(:has(.o_data_row:contains("bill.pdf"))) .o_data_row:contains("march.xml") td[name=display_name]`, run: "click" },
        { trigger: ".o_form_view .alert-warning:contains(journal)" },
        { content: "who is to decide may look into it", trigger: ".o_form_view .o_field_widget[name=content]:contains(march.xml)" },
        { trigger: ".o_statusbar_buttons button:contains(Choose the Journal)", run: "click" },
        { trigger: ".modal .o_field_widget[name=journal_id] input", run: "edit Branch" },
        { trigger: ".o-autocomplete--dropdown-item:contains(Branch Bank)", run: "click" },
        { trigger: ".modal button[name=action_answer]", run: "click" },
        { trigger: "body:not(:has(.modal))" },
        { trigger: ".o_statusbar_status .o_arrow_button_current:contains(Waiting)" },
    ],
});

tours.add("ai_bookkeeper_intake_aside", {
    steps: () => [
        { trigger: `${came("sheet.csv")} td[name=display_name]`, run: "click" },
        { trigger: ".o_form_view .alert-warning:contains(columns)" },
        { trigger: ".o_statusbar_buttons button[name=action_import_by_hand]" },
        { trigger: ".o_statusbar_buttons button[name=action_drop]", run: "click" },
        { trigger: ".modal .modal-footer .btn-primary", run: "click" },
        { trigger: ".o_statusbar_status .o_arrow_button_current:contains(Dropped)" },
        { trigger: ".o_form_view .o_field_widget[name=outcome]:contains(Put aside by)" },
    ],
});
