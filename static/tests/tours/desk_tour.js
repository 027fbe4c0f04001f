import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

const line = (text) => `.o_ai_queue_row:contains("${text}")`;
const selected = (text) => ({
    content: `${text} is before the person`,
    trigger: `.o_ai_desk_card[aria-busy=false] .o_ai_text:contains("${text}")`,
});
const key = (name, content = `the key ${name}`) => ({ content, trigger: "body", run: `press ${name}` });
const isGone = (text) => ({ content: `${text} has left`, trigger: `.o_ai_queue_list:not(:has(${line(text)}))` });
const said = (text) => ({ content: `said aloud: ${text}`, trigger: `.o_ai_desk [role=status]:contains("${text}")` });
const settled = { content: "the server has followed", trigger: ".o_ai_desk_action:not(:has(.o_ai_flying))" };

tours.add("ai_bookkeeper_desk", {
    steps: () => [
        { content: "first in the menu", trigger: ".o_menu_sections .o_nav_entry:first:contains(Review Desk)" },
        { content: "what waits, in the top bar", trigger: ".o_ai_desk_count:contains(6)" },
        selected("SEPA CREDIT"),
        { trigger: ".o_ai_beside_tabs .nav-link.active:contains(INV)" },
        { content: "balances before and after", trigger: ".o_ai_effect tr:contains(Azure Interior)" },
        key("j"),
        selected("Virement"),
        key("k"),
        selected("SEPA CREDIT"),
        key("d", "the next document"),
        { trigger: ".o_ai_line_facts:contains(AZURE INTERIOR BV)" },

        key("a"),
        isGone("SEPA CREDIT"),
        said("Accepted: SEPA CREDIT"),
        selected("Virement"),
        key("a", "a question cannot be accepted"),
        said("choose one of its answers"),
        key("2", "it is answered by number"),
        isGone("Virement"),
        selected("GE-3001"),
        key("r"),
        isGone("GE-3001"),
        selected("GE-3003"),
        settled,

        key("u", "undo the rejection"),
        selected("GE-3001"),
        key("u", "undo the answer"),
        selected("Virement"),
        { trigger: line("GE-3001") },
        settled,

        key("shift+r", "a reason is asked for"),
        { trigger: ".o-dropdown--menu .dropdown-item:contains(Wrong partner)", run: "click" },
        isGone("Virement"),
        settled,
        key("u"),
        selected("Virement"),

        { content: "search", trigger: "body", run: "press /" },
        { trigger: ".o_searchview_input:focus", run: "edit PAPERWORKS" },
        { trigger: ".o_searchview_autocomplete .o-dropdown-item:contains(Text, Partner or Reference)", run: "click" },
        selected("PAPERWORKS"),
        isGone("GE-3001"),
        { trigger: ".o_searchview_facet .o_facet_remove", run: "click" },
        { trigger: line("GE-3001") },

        { content: "groups", trigger: ".o_ai_group_by", run: "select confidence_band" },
        { trigger: ".o_ai_queue_group:contains(Questions)" },
        { content: "a line of the other group", trigger: line("GE-3001"), run: "click" },
        selected("GE-3001"),
        key("x"),
        { trigger: line("GE-3003"), run: "click" },
        key("x"),
        { trigger: ".o_ai_batch:contains(Review selection)" },
        key("g"),
        { content: "the batch is explained", trigger: ".o_ai_batch_dialog .o_ai_batch_totals:contains(to book)" },
        { trigger: ".o_ai_batch_dialog .o_ai_batch_odd:contains(the first time for this partner)" },
        { trigger: ".o_ai_batch_accept:contains(Accept 2)" },
        key("Enter"),
        { trigger: ".o_ai_batch_dialog .o_ai_batch_result:contains(2 done)" },
        key("Enter"),
        isGone("GE-3001"),
        isGone("GE-3003"),
        settled,
        key("shift+u", "the group is undone"),
        { trigger: ".o_ai_batch_dialog [data-phase=undo]" },
        key("Enter"),
        { trigger: ".o_ai_batch_dialog .o_ai_batch_result:contains(2 wait again)" },
        key("Enter"),
        { trigger: line("GE-3001") },
        { trigger: line("GE-3003") },

        key("?"),
        { trigger: ".modal .o_ai_shortcuts:contains(Undo the last group)" },
        { trigger: ".modal .btn-close", run: "click" },
        { content: "the form of the document", trigger: line("PAPERWORKS"), run: "click" },
        selected("PAPERWORKS"),
        key("o"),
        { trigger: ".o_form_view .o_field_widget[name=ref]:contains(PW-20931), .o_form_view:contains(PW-20931)" },
        { trigger: ".o_back_button, .breadcrumb-item a", run: "click" },
        selected("PAPERWORKS"),
        { content: "grouped as before", trigger: ".o_ai_queue_group" },
    ],
});

tours.add("ai_bookkeeper_desk_empty", {
    steps: () => [
        { trigger: ".o_ai_desk_empty:contains(Nothing waits)" },
        { trigger: ".o_ai_section[data-section=questions]", run: "click" },
        { trigger: ".o_ai_desk_empty:contains(No question waits)" },
    ],
});

tours.add("ai_bookkeeper_desk_auditor", {
    steps: () => [
        selected("SEPA CREDIT"),
        { content: "reads, decides nothing", trigger: ".o_ai_desk:not(:has(.o_ai_actions, .o_ai_batch))" },
        key("a"),
        selected("SEPA CREDIT"),
    ],
});

// --- times -------------------------------------------------------------------------------------------------------

const now = () => performance.now();
const tell = (name, value) => console.log(`[desk] ${name} ${Math.round(value)}`);
/** A step may last a minute; what is slow on a busy machine gets five of them, and goes on as soon as it is there. */
const patiently = (selector, text = "") =>
    Array.from({ length: 5 }, (_unused, number) => ({
        content: `part ${number + 1} of waiting for ${selector} ${text}`,
        trigger: "body",
        timeout: 60000,
        async run() {
            const end = now() + 50000;
            while (now() < end && !document.querySelector(selector)?.textContent.includes(text)) {
                await new Promise((resolve) => setTimeout(resolve, 100));
            }
        },
    }));
const selectedId = () => document.querySelector(".o_ai_queue_row.o_ai_selected")?.dataset.id;
/** The queue and the card are drawn one after the other: what is shown may still be the line before. */
const isShown = () =>
    document.querySelector(`.o_ai_desk_card[aria-busy=false][data-id="${selectedId()}"] .o_ai_card:not(.o_ai_card_busy)`);

async function until(test, limit) {
    const end = now() + limit;
    while (!test()) {
        if (now() > end) {
            throw new Error(`the desk did not follow within ${limit} ms`);
        }
        await new Promise(requestAnimationFrame);
    }
}

const open = () => [
    {
        content: "from anywhere by the top bar",
        trigger: ".o_ai_desk_systray button",
        run() {
            window.deskStarted = now();
            this.anchor.click();
        },
    },
    {
        content: "the first can be decided",
        trigger: ".o_ai_desk",
        timeout: 60000,
        async run() {
            await until(() => isShown() && document.querySelector(".o_ai_accept:enabled"), 30000);
            tell("opened", now() - window.deskStarted);
        },
    },
    { content: "of thousands", trigger: ".o_ai_section[data-section=pending] .badge:contains(10,000)" },
    { content: "elsewhere", trigger: ".o_menu_sections .o_nav_entry:contains(Bank Lines)", run: "click" },
    { content: "there", trigger: ".o_list_view" },
];

tours.add("ai_bookkeeper_desk_opens", {
    steps: () => [...open(), ...open(), ...open(), ...open(), ...open()],
});

tours.add("ai_bookkeeper_desk_thirty", {
    steps: () => [
        {
            content: "thirty decisions, by keys only",
            trigger: ".o_ai_desk_card[aria-busy=false] .o_ai_accept",
            timeout: 60000,
            async run() {
                let clicks = 0;
                const count = () => clicks++;
                window.addEventListener("pointerdown", count, true);
                const decided = new Set();
                for (let number = 1; number <= 30; number++) {
                    const before = selectedId();
                    const started = now();
                    document.activeElement.dispatchEvent(
                        new KeyboardEvent("keydown", { key: number % 5 ? "a" : "r", bubbles: true })
                    );
                    await until(() => selectedId() !== before && isShown(), 5000);
                    tell("decision", now() - started);
                    decided.add(before);
                }
                window.removeEventListener("pointerdown", count, true);
                tell("clicks", clicks);
                tell("decided", decided.size);
            },
        },
        { ...settled, timeout: 60000 },
        { content: "nothing came back", trigger: ".o_ai_desk:not(:has(.o_ai_queue_row .text-bg-danger))" },
    ],
});

tours.add("ai_bookkeeper_desk_group", {
    steps: () => [
        { trigger: ".o_ai_desk_card[aria-busy=false] .o_ai_accept" },
        { trigger: ".o_searchview_input", run: "edit Batch" },
        { trigger: ".o_searchview_autocomplete .o-dropdown-item:contains(Text, Partner or Reference)", run: "click" },
        { content: "two hundred fit", trigger: ".o_ai_batch:contains(200)" },
        {
            trigger: ".o_ai_queue_list",
            run() {
                window.deskStarted = now();
                document.activeElement.blur();
            },
        },
        key("g"),
        {
            trigger: ".o_ai_batch_accept:contains(Accept 200):enabled",
            run() {
                tell("previewed", now() - window.deskStarted);
                window.deskStarted = now();
            },
        },
        key("Enter"),
        { content: "it tells how far it is", trigger: ".o_ai_batch_dialog .progress", timeout: 20000 },
        {
            content: "in steps",
            trigger: '.o_ai_batch_dialog [role=status]:contains("of 200"):not(:contains("Booking 0 of"))',
            timeout: 60000,
        },
        ...patiently(".o_ai_batch_result"),
        {
            trigger: ".o_ai_batch_result:contains(200 done)",
            run: () => tell("accepted", now() - window.deskStarted),
        },
        key("u", "one key undoes them"),
        ...patiently(".o_ai_batch_result", "wait again"),
        {
            trigger: ".o_ai_batch_result:contains(200 wait again)",
            run: () => tell("undone", now() - window.deskStarted),
        },
    ],
});
