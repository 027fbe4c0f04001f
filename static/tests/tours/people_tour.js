import { registry } from "@web/core/registry";
import { select } from "./tour_steps";

const tours = registry.category("web_tour.tours");

tours.add("ai_bookkeeper_ask", {
    steps: () => [
        ...select("POS 4412"),
        { trigger: ".o_ai_review_pane .o_ai_ask", run: "click" },
        { content: "the line is shown", trigger: ".modal .o_data_row:contains(POS 4412)" },
        { trigger: ".modal div[name=partner_id] input", run: "edit Clara" },
        { trigger: ".o-autocomplete--dropdown-menu .dropdown-item:contains(Clara Client)", run: "click" },
        { trigger: ".modal div[name=email]:contains(clara@client.example)" },
        { trigger: ".modal div[name=question] input", run: "edit What did you buy there?" },
        { trigger: ".modal div[name=answer_1] input", run: "edit Fuel for the van" },
        { trigger: ".modal div[name=send_now] input", run: "click" },
        { trigger: ".modal button[name=action_ask]", run: "click" },
        { trigger: "body:not(:has(.modal))" },
        { trigger: ".o_notification:contains(Clara Client)" },
    ],
});

tours.add("ai_bookkeeper_answer", {
    steps: () => [
        { trigger: ".o_ai_question:contains(SHELL STATION):contains(What did you buy there?)" },
        { trigger: ".o_ai_question details[open]" },
        { trigger: ".o_ai_question label:contains(Fuel for the van)", run: "click" },
        { trigger: ".o_ai_question textarea", run: "edit The blue one" },
        {
            trigger: ".o_ai_question input[type=file]",
            run: ({ anchor }) => {
                const files = new DataTransfer();
                files.items.add(new File(["%PDF-1.4 receipt"], "receipt.pdf", { type: "application/pdf" }));
                anchor.files = files.files;
            },
        },
        { trigger: ".o_ai_question .o_ai_send", run: "click", expectUnloadPage: true },
        { trigger: ".o_ai_thanks" },
        { trigger: ".o_ai_given:contains(Fuel for the van):contains(The blue one):contains(receipt.pdf)" },
    ],
});

tours.add("ai_bookkeeper_answered", {
    steps: () => [
        ...select("POS 4412"),
        { trigger: ".o_ai_asked[data-state=answered] .o_ai_answer:contains(Fuel for the van)" },
        { trigger: ".o_ai_asked .o_ai_note:contains(The blue one)" },
        { trigger: ".o_ai_asked a:contains(receipt.pdf)" },
    ],
});

tours.add("ai_bookkeeper_park", {
    steps: () => [
        ...select("POS 4412"),
        { trigger: ".o_ai_review_pane .o_ai_park", run: "click" },
        { trigger: ".modal .o_radio_item:contains(Document missing) input", run: "click" },
        { trigger: ".modal div[name=note] input", run: "edit Receipt from Bob" },
        { trigger: ".modal button[name=action_park]", run: "click" },
        { trigger: "body:not(:has(.modal))" },
        { trigger: ".o_notification:contains(parked on)" },
        {
            content: "it is not open any more",
            trigger: ".o_ai_review_list:not(:has(.o_data_row:contains(POS 4412)))",
        },
    ],
});

tours.add("ai_bookkeeper_take_up", {
    steps: () => [
        { trigger: ".o_data_row:contains(POS 4412):contains(Document missing):contains(Receipt from Bob)" },
        { trigger: ".o_data_row:contains(POS 4412) .o_list_record_selector input", run: "click" },
        { trigger: "button[name=action_take_up]", run: "click" },
        { content: "nothing is parked any more", trigger: ".o_view_nocontent:contains(Nothing is parked)" },
    ],
});

tours.add("ai_bookkeeper_figures", {
    steps: () => [
        { trigger: ".o_ai_dashboard [data-tile=decided] .o_ai_figure:contains(1)" },
        { trigger: ".o_ai_dashboard .o_ai_chart canvas" },
        { trigger: ".o_ai_by_kind tr[data-key=bank_coding]" },
        { trigger: ".o_ai_dashboard [data-period='30']", run: "click" },
        { trigger: ".o_ai_dashboard [data-period='30'].active" },
        { trigger: ".o_ai_dashboard [aria-busy=false]" },
        { content: "the list behind the figure", trigger: ".o_ai_by_kind tr[data-key=bank_coding] .btn-link:first", run: "click" },
        { trigger: ".o_list_view .o_data_row:contains(POS 4412)" },
    ],
});
