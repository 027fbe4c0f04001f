import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");
const knows = ".o_field_widget[name=knowledge]:contains(Bill number: beside «OUR SIGN»)";

tours.add("ai_bookkeeper_layouts", {
    steps: () => [
        { trigger: ".o_data_row:contains(Paper Mill Ltd) td[name=partner_id]", run: "click" },
        { content: "what it knows", trigger: `.o_form_view ${knows}` },
        { content: "and whence", trigger: ".o_data_row:contains(first.pdf):contains(Bill number: Q/77-A)" },
        { content: "reviewers forget nothing", trigger: ".o_form_view:not(:has(button[name=action_forget]))" },
        { trigger: "button[name=action_switch_off]", run: "click" },
        { content: "it may be used again", trigger: "button[name=action_switch_on]" },
    ],
});

tours.add("ai_bookkeeper_layouts_forget", {
    steps: () => [
        { trigger: ".o_data_row:contains(Paper Mill Ltd) td[name=partner_id]", run: "click" },
        { trigger: "button[name=action_forget]", run: "click" },
        { trigger: ".modal-footer .btn-primary", run: "click" },
        { content: "nothing is left", trigger: ".o_view_nocontent:contains(Nothing learned yet), .o_form_view" },
    ],
});
