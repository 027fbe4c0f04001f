import { rpc } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");
const record = (text) => `.o_kanban_record:contains("${text}")`;
const card = ".o_ai_bill_card[aria-busy=false]";
const input = (name) => `${card} [data-name=${name}] input`;

const open = (text) => [
    { content: `open ${text}`, trigger: record(text), run: "click" },
    { content: "its card is shown", trigger: card },
];

/** Files as if a person had chosen them: of attachments that the test made for it. */
async function choose(names) {
    const found = await rpc("/web/dataset/call_kw/ir.attachment/search_read", {
        model: "ir.attachment",
        method: "search_read",
        args: [[["name", "in", names], ["res_model", "=", false]], ["name", "datas"]],
        kwargs: {},
    });
    const files = new DataTransfer();
    for (const { name, datas } of found) {
        const bytes = Uint8Array.from(atob(datas), (character) => character.charCodeAt(0));
        files.items.add(new File([bytes], name, { type: "application/pdf" }));
    }
    const field = document.querySelector(".o_ai_upload_input");
    field.files = files.files;
    field.dispatchEvent(new Event("change", { bubbles: true }));
}

/** Click a word of the picture as a person does. */
const pick = (text) => ({
    content: `click the word ${text}`,
    trigger: `.o_ai_word[title="${text}"]`,
    run: ({ anchor }) => {
        const at = { bubbles: true, cancelable: true, button: 0 };
        anchor.dispatchEvent(new PointerEvent("pointerdown", at));
        anchor.dispatchEvent(new PointerEvent("pointerup", at));
    },
});

const press = (key, options = {}) => ({
    content: `press ${key}`,
    trigger: card,
    run: () => {
        document.activeElement?.blur?.();
        document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, ...options }));
    },
});

tours.add("ai_bookkeeper_bills_upload", {
    steps: () => [
        { content: "nothing waits, and it says what to do", trigger: ".o_nocontent_help:contains(Drop PDF files)" },
        { trigger: ".o_ai_upload_button", run: () => choose(["mill_1.pdf", "damaged.pdf"]) },
        { content: "each file is followed", trigger: ".o_ai_upload:contains(read) .o_ai_upload_row[data-state=queued]:contains(mill_1.pdf)" },
        { trigger: ".o_ai_upload_row[data-state=queued]:contains(damaged.pdf)" },
        { content: "they are in the queue", trigger: `${record("mill_1.pdf")}:contains(Waits to be read)` },
        { trigger: ".o_ai_upload_close", run: "click" },
        { trigger: "body:not(:has(.o_ai_upload))" },
    ],
});

tours.add("ai_bookkeeper_bills_decide", {
    steps: () => [
        { content: "a failed one says why", trigger: `${record("damaged.pdf")}:contains(kept)` },
        ...open("Paper Mill"),
        { trigger: input("number"), run: "click" },
        { content: "the field waits for a click", trigger: ".o_ai_pick_hint:contains(Bill number)" },
        pick("PX/77-26"),
        { content: "the word fills the field", trigger: `${card} [data-name=number].o_ai_filled input:value(PX/77-26)` },
        { content: "its box is shown", trigger: ".o_ai_box_focused[data-name=number]" },
        { trigger: `${card} .o_ai_bill_facts dd[data-code=sums][data-tone=ok]` },
        { trigger: `${card} .o_ai_accept`, run: "click" },
        { content: "it is booked, and can be undone", trigger: ".o_notification:contains(Undo)" },
    ],
});

tours.add("ai_bookkeeper_bills_second", {
    steps: () => [
        ...open("PX/93-26"),
        { content: "what was learned is told", trigger: `${input("number")}:value(PX/93-26)` },
        { content: "the same vendor as before", trigger: `${card} .o_ai_bill_title:contains(Paper Mill Ltd)` },
        press("a"),
        { trigger: ".o_notification:contains(Undo)" },
    ],
});

tours.add("ai_bookkeeper_bills_lines", {
    steps: () => [
        ...open("Paper Mill"),
        press("l"),
        { trigger: `${card} .o_ai_bill_line [title="Split into two"]`, run: "click" },
        { trigger: `${card} .o_ai_bill_line[data-index="1"]` },
        { trigger: `${card} .o_ai_lines_save`, run: "click" },
        { content: "the lines are the proposal's", trigger: `${card}:not(:has(.o_ai_lines_save)) .o_ai_bill_line[data-index="1"]` },
        { trigger: `${card} .o_ai_not_bill`, run: "click" },
        { trigger: `${card} .o_ai_bill_not` },
        { content: "and back", trigger: `${card} .o_ai_is_bill` },
        { trigger: ".o_ai_desk_help", run: "click" },
        { content: "all keys are listed", trigger: ".modal .o_ai_shortcuts:contains(Dismiss the first finding)" },
    ],
});

tours.add("ai_bookkeeper_bills_form", {
    steps: () => [
        { trigger: ".o_ai_bill_banner[data-progress=failed]:contains(damaged.pdf)" },
        { trigger: ".o_ai_banner_open", run: "click" },
        { trigger: `${card} .o_ai_bill_failed` },
        { trigger: ".o_breadcrumb a:first, .o_back_button", run: "click" },
        { trigger: ".o_ai_banner_again", run: "click" },
        { trigger: ".o_ai_bill_banner[data-progress=queued]" },
    ],
});

tours.add("ai_bookkeeper_bills_auditor", {
    steps: () => [
        { content: "who reads uploads nothing", trigger: "body:not(:has(.o_ai_upload_button))" },
        ...open("Paper Mill"),
        { content: "the picture with its words", trigger: '.o_ai_word[title="PX/77-26"]' },
        { content: "no buttons", trigger: `${card}:not(:has(.o_ai_actions))` },
        { content: "fields are read only", trigger: `${card}:not(:has(.o_ai_bill_field input:not([readonly])))` },
    ],
});

tours.add("ai_bookkeeper_bills_desk", {
    steps: () => [
        { trigger: ".o_ai_queue_row:contains(Paper Mill)", run: "click" },
        { content: "the bill's own card", trigger: `.o_ai_desk ${card}` },
        { content: "its picture beside", trigger: ".o_ai_desk .o_ai_page img" },
        { content: "accept by key", trigger: ".o_ai_desk", run: "press a" },
        { trigger: ".o_ai_queue:not(:has(.o_ai_queue_row:contains(Paper Mill)))" },
        { content: "the server has followed", trigger: "body:not(:has(.o_ai_flying))" },
    ],
});
