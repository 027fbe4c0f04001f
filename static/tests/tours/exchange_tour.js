import { registry } from "@web/core/registry";
import { chip, row, select } from "./tour_steps";

const tours = registry.category("web_tour.tours");
const RATES = ".o_ai_review_pane .o_ai_exchange";

tours.add("ai_bookkeeper_exchange_card", {
    steps: () => [
        ...select("FOREIGN-1"),
        { content: "the document's rate", trigger: `${RATES} tr:contains(Document):contains(2.0000)` },
        { content: "the bank's rate", trigger: `${RATES} tr:contains(Bank):contains(2.4691)` },
        { content: "the table's rate", trigger: `${RATES} tr:contains(Rate table):contains(2.5000)` },
        { content: "the loss with account and date", trigger: `${RATES} .o_ai_exchange_result:contains(Exchange loss):contains(95.00)` },
        { trigger: ".o_ai_review_pane .o_ai_accept", run: "click" },
        { content: "accepted", trigger: `body:not(:has(${row("FOREIGN-1")})), ${row("FOREIGN-1")} td[name=ai_status]:contains(Reconciled)` },
    ],
});

tours.add("ai_bookkeeper_enter_rate", {
    steps: () => [
        ...select("FOREIGN-2"),
        { content: "which rate is missing", trigger: `${RATES} .o_ai_exchange_missing:contains(NOK)` },
        { trigger: `${RATES} .o_ai_enter_rate`, run: "click" },
        { trigger: ".modal .o_field_widget[name=currency_id]:contains(NOK)" },
        { trigger: ".modal .o_field_widget[name=rate] input", run: "edit 10,5 && press Tab" },
        { content: "read back as a sentence", trigger: ".modal .o_field_widget[name=sentence]:contains(= 10.5 NOK)" },
        { trigger: ".modal button[name=action_enter]", run: "click" },
        { content: "the dialog told what it did", trigger: ".o_notification:contains(The rate is stored)" },
        { trigger: "body:not(:has(.modal))" },
        chip("FOREIGN-2", "Proposed"),
        ...select("FOREIGN-2"),
        { content: "nothing is missing any more", trigger: `${RATES}:not(:has(.o_ai_exchange_missing)) tr:contains(Rate table):contains(10.5000)` },
    ],
});

tours.add("ai_bookkeeper_exchange_read", {
    steps: () => [
        ...select("FOREIGN-2"),
        { content: "who reads enters no rate", trigger: `${RATES} .o_ai_exchange_missing:not(:has(button))` },
    ],
});

tours.add("ai_bookkeeper_rate_provider", {
    steps: () => [
        { trigger: ".o_view_nocontent_smiling_face:contains(No exchange rates are fetched)" },
        { trigger: ".o_list_button_add", run: "click" },
        { trigger: ".o_field_widget[name=name] input, .o_field_widget[name=name] textarea", run: "edit Central bank" },
        { trigger: ".o_field_widget[name=url] input", run: "edit https://192.0.2.1/rates.xml" },
        { trigger: ".alert:contains(no rate is fetched by itself)" },
        { trigger: ".o_form_button_save", run: "click" },
        { trigger: ".o_form_saved button[name=action_fetch], button[name=action_fetch]", run: "click" },
        { content: "what went wrong is told", trigger: ".o_field_widget[name=note]:contains(No rates)" },
        { trigger: ".o_arrow_button_current:contains(Failed), .o_statusbar_status button:contains(Failed)" },
    ],
});
