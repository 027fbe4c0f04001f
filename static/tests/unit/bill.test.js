import { BillCard } from "@ai_bookkeeper/bill_card/bill_card";
import { shownValue, typedValue } from "@ai_bookkeeper/bill_fields/bill_fields";
import { half, toDrafts, toRows } from "@ai_bookkeeper/bill_lines/line_drafts";
import { BillPages } from "@ai_bookkeeper/bill_pages/bill_pages";
import { between } from "@ai_bookkeeper/bill_pages/picking";
import { around, BillStore } from "@ai_bookkeeper/bill_store/bill_store";
import { BillUpload, Uploads } from "@ai_bookkeeper/bill_upload/bill_upload";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { describe, expect, test } from "@odoo/hoot";
import { click, edit, press, queryOne, waitUntil } from "@odoo/hoot-dom";
import { animationFrame, runAllTimers } from "@odoo/hoot-mock";
import { Component, xml } from "@odoo/owl";
import { defineModels, fields, makeMockEnv, models, mountWithCleanup } from "@web/../tests/web_test_helpers";

class Account extends models.Model {
    _name = "account.account";
    name = fields.Char();
    _records = [{ id: 4, name: "600 Paper" }];
}

class Tax extends models.Model {
    _name = "account.tax";
    name = fields.Char();
    _records = [{ id: 7, name: "15%" }];
}

defineMailModels();
defineModels([Account, Tax]);
describe.current.tags("desktop");

const field = (name, value, more = {}) => ({
    name,
    label: name,
    type: "text",
    value,
    booked: "",
    box: null,
    source: "text",
    source_label: "from the text",
    confidence: 0.99,
    sure: true,
    is_always: true,
    ...more,
});

const line = (amount, more = {}) => ({
    source: { label: "Paper", account_id: 4, tax_ids: [7], quantity: "2", price_unit: "50.00", amount },
    label: "Paper",
    account_id: 4,
    account: "600 Paper",
    tax_ids: [7],
    taxes: "15%",
    analytic: [],
    quantity: "2",
    amount,
    reasons: ["Booked there before"],
    ...more,
});

const card = {
    id: 31,
    kind: "bill_document",
    state: "pending",
    is_question: false,
    currency_id: 1,
    amount: -115,
    text: "Paper Mill",
    reasons: ["The VAT ID is the vendor's"],
    support_text: "",
    alternatives: [],
    error: null,
    move_type_label: "Vendor Bill",
    can_edit: true,
    proposal: { version: 1, partner_id: 9, net: "100.00", lines: [line("100.00").source] },
    lines: [line("100.00")],
    sums: { net: "100.00", tax: "15.00", total: "115.00", booked_tax: "15.00", unit: "0.01" },
    vendor: { id: 9, name: "Paper Mill Ltd", new: null, reasons: [], alternatives: [] },
    facts: [{ code: "vendor", label: "Vendor", tone: "ok", text: "Since March", model: false, res_id: false }],
    findings: [],
};

const screen = (changes = {}, more = {}) => ({
    document: {
        id: 5,
        name: "bill.pdf",
        state: "read",
        state_label: "Read",
        progress: "decide",
        progress_label: "To decide",
        kind_label: "Bill",
        source: "text",
        error: "",
        move_id: 70,
        move_state: "draft",
        move_name: "",
        company_id: 1,
        company: "Us",
        journal: "Purchases",
        media_type: "application/pdf",
        attachment_id: 12,
        picture_id: 12,
        pages: [{ number: 1, ratio: 1.41 }],
        ...changes,
    },
    fields: [
        field("vendor", "Paper Mill Ltd"),
        field("number", "PM-7", { box: [1, 0.6, 0.1, 0.7, 0.12] }),
        field("date", "", { type: "date", sure: false }),
        field("total", "115.00", { type: "amount" }),
    ],
    problems: [],
    suggestion_id: 31,
    card,
    can_decide: true,
    ...more,
});

/** A store over a server that only notes what it is asked. */
function store(answers = {}, shown = screen()) {
    const orm = {
        call: async (model, method, args) => {
            if (!["screen", "page_words"].includes(method)) {
                expect.step(`${method} ${JSON.stringify(args)}`);
            }
            if (answers[method]) {
                return answers[method](...args);
            }
            return method === "screen" ? shown : [];
        },
    };
    return new BillStore({ orm });
}

async function mountCard(bill, props = {}) {
    await bill.load(5);
    await mountWithCleanup(BillCard, {
        props: {
            store: bill,
            onAccept: () => expect.step("accept"),
            onReject: (reason) => expect.step(`reject ${reason}`),
            onChoose: (choice) => expect.step(`choose ${choice.key}`),
            onUndo: () => expect.step("undo"),
            ...props,
        },
    });
}

test("words between two are those of the line, or of the rectangle over several lines", () => {
    const words = [
        ["Paper", 0.1, 0.1, 0.2, 0.12],
        ["Mill", 0.21, 0.101, 0.3, 0.121],
        ["Total", 0.6, 0.1, 0.7, 0.12],
        ["Ltd", 0.1, 0.13, 0.2, 0.15],
        ["115.00", 0.6, 0.13, 0.7, 0.15],
    ];
    expect(between(words, 0, 1)).toEqual([0, 1]);
    expect(between(words, 1, 0)).toEqual([0, 1]);
    expect(between(words, 0, 2)).toEqual([0, 1, 2]);
    expect(between(words, 0, 3)).toEqual([0, 3]);
    expect(between(words, 0, 9)).toEqual([]);
    expect(around([[1, 0.1, 0.1, 0.2, 0.12], [1, 0.21, 0.09, 0.3, 0.11]])).toEqual([1, 0.1, 0.09, 0.3, 0.12]);
});

test("amounts and dates are shown in the reader's notation and sent in normal form", async () => {
    await makeMockEnv();
    expect(shownValue({ type: "amount", value: "1234.5" })).toBe("1,234.50");
    expect(shownValue({ type: "date", value: "no date" })).toBe("no date");
    expect(typedValue({ type: "amount" }, "1,234.5")).toBe("1234.50");
    expect(typedValue({ type: "amount" }, "twelve")).toBe("twelve");
    expect(typedValue({ type: "date" }, "03/16/2026")).toBe("2026-03-16");
    expect(typedValue({ type: "text" }, "PM-7")).toBe("PM-7");
});

test("lines that nobody changed stay as they were; halves add up", () => {
    const [draft] = toDrafts([line("100.01")]);
    expect(toRows([draft])[0]).toEqual({ ...line("100.01").source });
    const parts = half(draft, 2);
    expect(parts.map(({ amount }) => amount)).toEqual(["50.01", "50.00"]);
    expect(toRows(parts)[1]).toEqual({
        label: "Paper",
        account_id: 4,
        tax_ids: [7],
        quantity: "1",
        price_unit: "50.00",
        amount: "50.00",
    });
});

test("a clicked word fills the focused field, with its box", async () => {
    const words = [["PM-8", 0.6, 0.1, 0.7, 0.12], ["2026", 0.71, 0.1, 0.8, 0.12]];
    const bill = store({ page_words: () => words });
    await bill.load(5);
    await mountWithCleanup(BillPages, { props: { store: bill } });
    await bill.readWords(1);
    await animationFrame();
    expect(".o_ai_word").toHaveCount(2);
    expect(".o_ai_box").toHaveCount(1);
    await click(".o_ai_word:first");
    expect.verifySteps([]);
    bill.focus("number");
    await animationFrame();
    expect(".o_ai_box_focused").toHaveCount(1);
    expect(".o_ai_pick_hint").toHaveText(/number/);
    await click(".o_ai_word:first");
    await animationFrame();
    expect.verifySteps([`correct [[5],{"number":{"value":"PM-8","box":[1,0.6,0.1,0.7,0.12]}}]`]);
    expect(bill.state.filled).toBe("number");
});

test("who only reads changes nothing by clicking", async () => {
    const bill = store({ page_words: () => [["PM-8", 0.6, 0.1, 0.7, 0.12]] }, screen({}, { can_decide: false }));
    await mountCard(bill);
    expect(".o_ai_actions").toHaveCount(0);
    expect(".o_ai_bill_field input:not([readonly])").toHaveCount(0);
    bill.focus("number");
    expect(bill.pick([["PM-8", 0.6, 0.1, 0.7, 0.12]], 1)).toBe(false);
    expect.verifySteps([]);
});

test("what is booked is not corrected before it is undone", async () => {
    const bill = store({}, screen({}, { card: { ...card, state: "applied", can_edit: false } }));
    await mountCard(bill);
    expect(".o_ai_bill_field input:not([readonly])").toHaveCount(0);
    expect(".o_ai_read_again, .o_ai_not_bill, .o_ai_lines_edit").toHaveCount(0);
    await click(".o_ai_undo");
    expect.verifySteps(["undo"]);
});

test("a typed value is sent when the field is left, Escape takes it back", async () => {
    const bill = store();
    await mountCard(bill);
    await click("[data-name=number] input");
    await edit("PM-9", { confirm: "enter" });
    await animationFrame();
    expect.verifySteps([`correct [[5],{"number":{"value":"PM-9","box":null}}]`]);
    await click("[data-name=number] input");
    await edit("wrong", { confirm: false });
    await press("Escape");
    await animationFrame();
    expect.verifySteps([]);
    expect(queryOne("[data-name=number] input").value).toBe("PM-7");
});

test("what the server refuses is said, and the value stays to be corrected", async () => {
    const refuse = () => {
        throw new Error("This is no date.");
    };
    const bill = store({ correct: refuse });
    await mountCard(bill);
    await click("[data-name=date] input");
    await edit("yesterday", { confirm: "enter" });
    await animationFrame();
    expect.verifySteps([`correct [[5],{"date":{"value":"yesterday","box":null}}]`]);
    expect(".o_ai_bill_problem").toHaveText("This is no date.");
    expect(queryOne("[data-name=date] input").value).toBe("yesterday");
});

test("lines are edited apart and become the proposal", async () => {
    const bill = store();
    await mountCard(bill);
    expect(".o_ai_bill_line").toHaveCount(1);
    await click(".o_ai_lines_edit");
    await animationFrame();
    await click(".o_ai_bill_line [title='Split into two']");
    await animationFrame();
    expect(".o_ai_bill_line").toHaveCount(2);
    await click(".o_ai_lines_save");
    await animationFrame();
    const rows = ["50.00", "50.00"].map((amount) => ({
        label: "Paper",
        account_id: 4,
        tax_ids: [7],
        quantity: "1",
        price_unit: amount,
        amount,
    }));
    expect.verifySteps([
        `action_edit ${JSON.stringify([[31], { version: 1, partner_id: 9, net: "100.00", lines: rows }])}`,
    ]);
});

test("a finding that stops is dismissed with a reason only", async () => {
    const finding = { id: 3, code: "duplicate", severity: "stop", state: "open", text: "<b>Twin</b>", reason: "", twin: null, actions: [] };
    const bill = store({}, screen({}, { card: { ...card, findings: [finding] } }));
    await mountCard(bill);
    expect(".o_ai_bill_finding b").toHaveCount(0);
    expect(".o_ai_bill_finding").toHaveText(/<b>Twin<\/b>/);
    expect(".o_ai_accept .fa-hand-stop-o").toHaveCount(1);
});

test("each state of a document says what to do", async () => {
    const failed = screen({ state: "failed", progress: "failed", error: "The file is damaged." }, { card: null, fields: [] });
    const bill = store({}, failed);
    await mountCard(bill);
    expect(".o_ai_bill_failed").toHaveText(/The file is damaged/);
    expect(".o_ai_accept").toHaveCount(0);
    await click(".o_ai_read_again");
    await animationFrame();
    expect.verifySteps(["read_again [[5]]"]);
    Object.assign(bill.state.screen.document, { state: "not_bill", progress: "not_bill" });
    await animationFrame();
    await click(".o_ai_is_bill");
    await animationFrame();
    expect.verifySteps(["action_is_bill [[5]]"]);
});

test("a document that is being read is asked for until it is", async () => {
    let asked = 0;
    const bill = store({ screen: () => screen({ state: ++asked < 3 ? "reading" : "read" }) });
    await bill.load(5);
    await runAllTimers();
    await runAllTimers();
    await animationFrame();
    expect(bill.document.state).toBe("read");
    expect(asked).toBe(3);
    bill.stop();
});

test("many files are sent one after the other, and each tells what became of it", async () => {
    let number = 0;
    const sending = [];
    const orm = {
        call: async (model, method, args) => {
            if (method === "screen_states") {
                return args[0].map((id) => ({ id, state: id === 2 ? "failed" : "read", error: id === 2 ? "Damaged." : "", vendor: "V", number: "1" }));
            }
            await new Promise((resolve) => sending.push(resolve));
            if (args[0] === "bad.pdf") {
                throw new Error("bad.pdf is empty.");
            }
            return { document_id: ++number, move_id: 1, error: false };
        },
    };
    const uploads = new Uploads({ orm, onChanged: () => expect.step("changed") });
    class Parent extends Component {
        static components = { BillUpload };
        static template = xml`<BillUpload uploads="props.uploads" onOpen="() => {}"/>`;
        static props = ["uploads"];
    }
    await mountWithCleanup(Parent, { props: { uploads } });
    const files = ["a.pdf", "bad.pdf", "b.pdf", "c.pdf"].map((name) => new File(["x"], name));
    uploads.add(files, 1);
    for (const count of [2, 2]) {
        await waitUntil(() => sending.length === count);
        await animationFrame();
        expect(sending).toHaveLength(2, { message: "no more than two on their way" });
        sending.splice(0).forEach((resolve) => resolve());
    }
    await expect.waitForSteps(["changed"]);
    await animationFrame();
    expect("[data-state=refused]").toHaveText(/bad.pdf is empty/);
    await runAllTimers();
    await expect.waitForSteps(["changed"]);
    await animationFrame();
    expect("[data-state=failed]").toHaveText(/Damaged/);
    expect("[data-state=read]").toHaveCount(2);
    expect(".o_ai_upload b").toHaveText("4 of 4 read");
});
