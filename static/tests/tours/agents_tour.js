import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");
const shownKey = () => document.querySelector(".modal .o_ai_agent_key, .modal [name=key]").innerText.trim();
let firstKey = "";

tours.add("ai_bookkeeper_agents", {
    steps: () => [
        { content: "the empty state says what to do", trigger: ".o_view_nocontent:contains(No outside agent yet)" },
        { trigger: "button:contains(New Agent)", run: "click" },
        { trigger: ".modal .o_field_widget[name=name] input", run: "edit Bank assistant" },
        { content: "the kinds that exist", trigger: ".modal .o_field_widget[name=kind_ids] .o_tag:contains(Bank match)" },
        {
            content: "everything is hidden at first",
            trigger: ".modal:has(.o_field_widget[name=mask_names] input:checked):has(.o_field_widget[name=mask_texts] input:checked)",
        },
        { trigger: ".modal .o_field_widget[name=rate_limit] input", run: "edit 30" },
        { trigger: ".modal button[name=action_create]", run: "click" },
        {
            content: "the key, once",
            trigger: ".modal:contains(Nobody can show it again) .o_field_widget[name=key]",
            run: () => {
                firstKey = shownKey();
                if (!/^[0-9a-f]{40}/.test(firstKey)) {
                    throw new Error(`no key is shown: ${firstKey}`);
                }
            },
        },
        { content: "a ready example", trigger: ".modal .o_field_widget[name=example]:contains(curl):contains(/json/2/)" },
        { content: "with a button to copy", trigger: ".modal .o_field_widget[name=key] .o_clipboard_button" },
        { trigger: ".modal footer button:contains(I Have Copied It)", run: "click" },
        { trigger: "body:not(:has(.modal))" },
        { content: "the list shows it", trigger: ".o_data_row:contains(Bank assistant) .badge:contains(Active)" },
        { trigger: ".o_data_row:contains(Bank assistant) .o_data_cell[name=name]", run: "click" },
        { trigger: ".o_form_view .o_field_widget[name=key_ids] .o_data_row .badge:contains(Active)" },
        { trigger: ".o_form_view .o_field_widget[name=mask_ibans] input", run: "click" },
        { trigger: ".o_form_button_save", run: "click" },
        { trigger: ".o_form_view:not(:has(.o_form_button_save:visible))" },
        { content: "rotate", trigger: "button[name=action_rotate]", run: "click" },
        { trigger: ".modal .o_field_widget[name=overlap]" },
        { trigger: ".modal button[name=action_rotate]", run: "click" },
        {
            content: "another key",
            trigger: ".modal .o_field_widget[name=key]",
            run: () => {
                if (shownKey() === firstKey) {
                    throw new Error("the same key again");
                }
            },
        },
        { trigger: ".modal footer button:contains(I Have Copied It)", run: "click" },
        { trigger: "body:not(:has(.modal))" },
        { content: "both work until the overlap ends", trigger: ".o_field_widget[name=key_ids]:has(.o_data_row:eq(1))" },
        { content: "revoke", trigger: "button[name=action_revoke]", run: "click" },
        { trigger: ".modal:contains(Its calls are refused), .modal:contains(calls are refused)" },
        { trigger: ".modal footer .btn-primary", run: "click" },
        { trigger: ".o_form_view .ribbon:contains(Revoked)" },
        { trigger: ".o_field_widget[name=key_ids] .o_data_row:eq(0) .badge:contains(Revoked)" },
    ],
});

tours.add("ai_bookkeeper_agents_auditor", {
    steps: () => [
        { trigger: ".o_data_row:contains(Reader) .o_data_cell[name=name]", run: "click" },
        { trigger: ".o_form_view:not(:has(button[name=action_rotate])):not(:has(button[name=action_revoke]))" },
        { trigger: "button[name=action_open_readings]", run: "click" },
        { trigger: ".o_data_row:contains(Reader) .o_data_cell[name=at]", run: "click" },
        { content: "word for word", trigger: ".o_form_view:not(:has(button[name=action_erase])) .o_field_widget[name=payload_text]:contains(candidates)" },
    ],
});
