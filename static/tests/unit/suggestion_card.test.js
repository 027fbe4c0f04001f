import { segments } from "@ai_bookkeeper/marked_text/marked_text";
import { SuggestionCard } from "@ai_bookkeeper/suggestion_card/suggestion_card";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { describe, expect, test } from "@odoo/hoot";
import { click } from "@odoo/hoot-dom";
import { mountWithCleanup } from "@web/../tests/web_test_helpers";

defineMailModels();
describe.current.tags("desktop");

const card = {
    state: "pending",
    amount: 100,
    currency_id: 1,
    date: "2026-03-16",
    text: "<b>INV-7</b> thanks",
    marks: [[3, 8]],
    ticks: { reference: "yes", amount: "near", iban: "no" },
    partner: { id: 3, name: "Azure" },
    documents: [
        { move_line_id: 1, move_id: 2, name: "INV-7", open: 100, amount: 100, leaves: 0, currency_id: 1 },
    ],
    leaves: 0,
    leaves_text: "leaves 0.00 open",
    reasons: ["The text names INV-7"],
    support_text: "of 214 like this, 213 were right",
    alternatives: [],
};

const mount = (changes, props = {}) =>
    mountWithCleanup(SuggestionCard, {
        props: {
            card: { ...card, ...changes },
            busy: false,
            canDecide: true,
            canMatchByHand: true,
            onAccept: () => expect.step("accept"),
            onReject: () => expect.step("reject"),
            onChoose: (choice) => expect.step(`choose ${choice.key}`),
            onUndo: () => expect.step("undo"),
            onByHand: () => expect.step("by hand"),
            ...props,
        },
    });

test("marks count characters, overlap and never leave the text", () => {
    expect(segments("abc", [])).toEqual([{ text: "abc", marked: false }]);
    expect(segments("a😀b", [[1, 2]])).toEqual([
        { text: "a", marked: false },
        { text: "😀", marked: true },
        { text: "b", marked: false },
    ]);
    expect(segments("abcd", [[2, 9], [1, 3]]).map((part) => part.text)).toEqual(["a", "bc", "d"]);
    expect(segments("", [[0, 3]])).toEqual([]);
});

test("a proposal shows its evidence; the bank's text stays text", async () => {
    await mount({});
    expect(".o_ai_text b").toHaveCount(0);
    expect(".o_ai_text mark").toHaveText("INV-7");
    expect(".o_ai_ticks li").toHaveCount(5);
    expect("[data-tick=name]").toHaveAttribute("data-value", "missing");
    expect(".o_ai_support").toHaveText("of 214 like this, 213 were right");
    expect(".o_ai_leaves").toHaveText("leaves 0.00 open");
    await click(".o_ai_accept");
    await click(".o_ai_reject");
    expect.verifySteps(["accept", "reject"]);
});

test("a question can only be answered, not accepted", async () => {
    const choice = (key) => ({ key, title: key, case_label: "One open item", documents: [], differences: [] });
    await mount({ is_question: true, documents: [], alternatives: [choice("one"), choice("two")] });
    expect(".o_ai_accept").toHaveCount(0);
    expect(".o_ai_choice").toHaveCount(2);
    await click(".o_ai_choice[data-key=two]");
    expect.verifySteps(["choose two"]);
});

test("what is booked can be undone; a reader gets no buttons", async () => {
    await mount({ state: "applied", decided: "Accepted by Ann" });
    expect(".o_ai_accept, .o_ai_by_hand").toHaveCount(0);
    await click(".o_ai_undo");
    expect.verifySteps(["undo"]);
});

test("without the right to decide there are no buttons", async () => {
    await mount({}, { canDecide: false });
    expect(".o_ai_actions").toHaveCount(0);
});

test("a line without a suggestion says what would decide it", async () => {
    await mount({ state: undefined, status: "nothing", finding: "A name would decide it.", documents: [], reasons: [] });
    expect(".o_ai_finding").toHaveText(/A name would decide it/);
    await click(".o_ai_by_hand");
    expect.verifySteps(["by hand"]);
});
