/** Steps that several tours share. A line is named by a part of its bank text. */

export const row = (text) => `.o_ai_review_list .o_data_row:contains("${text}")`;

export const chip = (text, status) => ({
    content: `${text} is ${status}`,
    trigger: `${row(text)} td[name=ai_status]:contains("${status}")`,
});

export const select = (text) => [
    { content: `look at ${text}`, trigger: `${row(text)} td[name=payment_ref]`, run: "click" },
    {
        content: "the card beside it is that line's",
        trigger: `.o_ai_review_pane[aria-busy=false] .o_ai_card:not(.o_ai_card_busy) .o_ai_text:contains("${text}")`,
    },
];

export const isSelected = (text) => ({
    content: `${text} is the selected line`,
    trigger: `.o_ai_review_list .o_ai_selected:contains("${text}")`,
});

export const undoToast = (text) => ({
    content: "the toast offers to undo",
    trigger: `.o_notification:contains("${text}") button:contains("Undo")`,
    run: "click",
});
