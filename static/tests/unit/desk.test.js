import { BATCH_SLICE, DeskStore } from "@ai_bookkeeper/desk/desk_store";
import { DeskBatch } from "@ai_bookkeeper/desk_batch/desk_batch";
import { DeskQueue } from "@ai_bookkeeper/desk_queue/desk_queue";
import { CodingFacts } from "@ai_bookkeeper/coding_facts/coding_facts";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { describe, expect, test } from "@odoo/hoot";
import { press, queryAllTexts } from "@odoo/hoot-dom";
import { advanceTime, animationFrame, tick } from "@odoo/hoot-mock";
import { getService, makeMockEnv, mountWithCleanup } from "@web/../tests/web_test_helpers";
import { MainComponentsContainer } from "@web/core/main_components_container";

defineMailModels();
describe.current.tags("desktop");

/** A server of so many pending suggestions; `refuse` is {id: message}. */
function server(count, { refuse = {}, companies = 1 } = {}) {
    const states = Object.fromEntries(Array.from({ length: count }, (_, index) => [index + 1, "pending"]));
    const calls = [];
    const row = (id) => ({
        id,
        label: `Line ${id}`,
        partner: "",
        state: states[id],
        amount: id,
        currency_id: 1,
        date: "2026-03-16",
        company_id: (id % companies) + 1,
        company: "My company",
        error: "",
    });
    const pending = () => Object.keys(states).map(Number).filter((id) => states[id] === "pending");
    const decide = (state) => (ids) => {
        const refused = ids.filter((id) => refuse[id]);
        ids.filter((id) => !refuse[id]).forEach((id) => (states[id] = state));
        if (refused.length) {
            return { tag: "display_notification", params: { message: refused.map((id) => refuse[id]).join("\n") } };
        }
        return true;
    };
    const methods = {
        desk_open: () => ({ can_decide: true, features: [], groups: [], sections: [] }),
        desk_counts: () => [{ name: "pending", label: "To decide", count: pending().length }],
        desk_queue: () => ({ count: pending().length, groups: [{ key: "", label: "", ids: pending() }], rows: pending().slice(0, 40).map(row), cards: [] }),
        desk_rows: (ids) => ids.map(row),
        desk_cards: (ids) => ids.map((id) => ({ id, row: row(id), card: { state: states[id] }, documents: [] })),
        desk_successors: (ids) => Object.fromEntries(ids.map((id) => [id, id])),
        action_opened: () => true,
        action_accept: decide("applied"),
        action_reject: decide("rejected"),
        action_undo: decide("pending"),
    };
    const orm = {
        async call(model, method, [ids, ...args] = [], kwargs = {}) {
            calls.push([method, ids, kwargs.context]);
            await tick();
            const answer = methods[method](ids, ...args);
            if (answer instanceof Error) {
                throw answer;
            }
            return answer;
        },
    };
    return { orm, calls, states, methods };
}

async function desk(count, options) {
    await makeMockEnv();
    const back = server(count, options);
    const store = new DeskStore({ orm: back.orm, companyIds: [1, 2] });
    await store.open();
    await store.load();
    return { ...back, store };
}

const named = (calls, name) => calls.filter(([method]) => method === name);

test("a decision moves on at once, and the server follows in order", async () => {
    const { store, calls, states } = await desk(5);
    expect(store.state.selectedId).toBe(1);
    const first = store.decide(1, "accept");
    const second = store.decide(2, "reject", [false]);
    expect(store.ids).toEqual([3, 4, 5]);
    expect(store.state.selectedId).toBe(3);
    expect(named(calls, "action_accept")).toHaveLength(0, { message: "nothing waited for the server" });
    expect(await first).toBe(true);
    expect(await second).toBe(true);
    const decided = calls.map(([method]) => method).filter((method) => /accept|reject/.test(method));
    expect(decided).toEqual(["action_accept", "action_reject"]);
    expect([states[1], states[2]]).toEqual(["applied", "rejected"]);
});

test("what the server refuses comes back to its place, with the reason", async () => {
    const { store } = await desk(4, { refuse: { 2: "The period is locked." } });
    store.onTrouble = (title, message) => expect.step(`${title}: ${message}`);
    store.decide(1, "accept");
    expect(await store.decide(2, "accept")).toBe(false);
    expect(store.ids).toEqual([2, 3, 4]);
    expect(store.state.problems[2]).toBe("The period is locked.");
    expect(store.history).toHaveLength(1, { message: "only what was booked can be undone" });
    expect.verifySteps(["Line 2: The period is locked."]);
});

test("a server that is gone brings the line back", async () => {
    const { store, methods } = await desk(3);
    methods.action_accept = () => new Error("Connection lost");
    expect(await store.decide(1, "accept")).toBe(false);
    expect(store.ids).toEqual([1, 2, 3]);
    expect(store.state.said).toBe("Connection lost");
});

test("undo waits for the decision before it and brings the line back", async () => {
    const { store, states } = await desk(3);
    store.decide(1, "accept");
    store.decide(2, "accept");
    await store.undoLast();
    expect(store.ids).toEqual([2, 3]);
    expect(store.state.selectedId).toBe(2);
    await store.undoLast();
    expect(store.ids).toEqual([1, 2, 3]);
    expect(Object.values(states)).toEqual(["pending", "pending", "pending"]);
    await store.undoLast();
    expect(store.state.said).toBe("There is nothing to undo.");
});

test("many are decided in slices of one company, each knowing how many it is", async () => {
    const count = 3 * BATCH_SLICE;
    const { store, calls, states } = await desk(count, { companies: 2, refuse: { 4: "No." } });
    await store.ensureRows(store.ids);
    await store.ensureRows(store.ids);
    const progress = {};
    const entry = await store.decideMany([...store.ids], "accept", progress, "all");
    const sent = named(calls, "action_accept");
    expect(sent).toHaveLength(4, { message: "two companies, each more than a slice" });
    expect(sent.every(([, , context]) => context.ai_decided_with === count)).toBe(true);
    expect(new Set(sent.map(([, , context]) => context.ai_click)).size).toBe(1);
    expect(sent.every(([, ids, context]) => ids.every((id) => (id % 2) + 1 === context.allowed_company_ids[0]))).toBe(true);
    expect(entry.ids).toHaveLength(count - 1);
    expect(progress.troubles).toEqual(["No."]);
    expect(store.ids).toEqual([4]);
    await store.undo(entry);
    expect(store.ids).toHaveLength(count);
    expect(Object.values(states).every((state) => state === "pending")).toBe(true);
});

test("a batch stops after the slice in which it is cancelled", async () => {
    const { store, methods, states } = await desk(3 * BATCH_SLICE);
    const progress = {};
    const accept = methods.action_accept;
    methods.action_accept = (ids) => {
        progress.cancelled = true;
        return accept(ids);
    };
    const entry = await store.decideMany([...store.ids], "accept", progress, "all");
    expect(entry.ids).toHaveLength(BATCH_SLICE);
    expect(store.ids).toHaveLength(2 * BATCH_SLICE);
    expect(Object.values(states).filter((state) => state === "applied")).toHaveLength(BATCH_SLICE);
});

test("a colleague's decision is read again and says who", async () => {
    const { store, states, methods } = await desk(3);
    states[2] = "applied";
    const rows = methods.desk_rows;
    methods.desk_rows = (ids) => rows(ids).map((row) => ({ ...row, decided: "Accepted by Ann" }));
    await store.onNews({ count: 1, states: { applied: [2] } });
    expect(store.state.notices[2]).toBe("Accepted by Ann");
    store.decide(1, "accept");
    await store.onNews({ count: 1, states: { applied: [1] } });
    expect(store.state.notices[1]).toBe(undefined, { message: "one's own decision is no news" });
});

test("news are asked for together, and what one may not read is none", async () => {
    const { store, calls, states, methods } = await desk(3);
    const asked = [];
    methods.desk_news = () => ({ count: 1, states: { applied: [2] } });
    const call = store.orm.call;
    store.orm.call = (model, method, args, kwargs) => {
        method === "desk_news" && asked.push(kwargs.tokens);
        return call(model, method, args, kwargs);
    };
    states[2] = "applied";
    store.onLive({ news: "a" });
    store.onLive({ news: "b" });
    await advanceTime(300);
    await settle();
    expect(asked).toEqual([["a", "b"]]);
    expect(store.state.notices[2]).toBe("Gone meanwhile");
    methods.desk_news = () => ({ count: 0, states: {} });
    const before = named(calls, "desk_rows").length;
    store.onLive({ news: "c" });
    await advanceTime(300);
    await settle();
    expect(store.state.news).toBe(0);
    expect(named(calls, "desk_rows")).toHaveLength(before);
});

test("a row that may not be read any more leaves the queue", async () => {
    const { store, methods } = await desk(3);
    methods.desk_rows = () => [];
    await store.onNews({ count: 1, states: { pending: [3] } });
    expect(store.state.notices[3]).toBe("Gone meanwhile");
});

test("news of a line that still waits leave its card there until the new one has come", async () => {
    const { store, methods } = await desk(3);
    await settle();
    expect(store.state.cards[1].id).toBe(1);
    const read = methods.desk_cards;
    let answer;
    methods.desk_cards = (ids) => new Promise((resolve) => (answer = () => resolve(read(ids))));
    await store.onNews({ count: 3, states: { pending: [1, 2, 3] } });
    await settle();
    expect(store.state.cards[1].id).toBe(1, { message: "can be decided meanwhile" });
    const before = store.state.cards[1];
    answer();
    await settle();
    expect(store.state.cards[1]).not.toBe(before, { message: "read again" });
});

test("only the lines in sight are drawn", async () => {
    const { store } = await desk(10000);
    await mountWithCleanup(DeskQueue, { props: { store, emptyText: "" } });
    await animationFrame();
    expect(document.querySelectorAll(".o_ai_queue_row").length).toBeLessThan(80);
    expect(".o_ai_queue_row.o_ai_selected").toHaveAttribute("data-id", "1");
    expect("[role=option][aria-selected=true]").toHaveCount(1);
});

test("a queue with nothing in it says so", async () => {
    const { store } = await desk(0);
    await mountWithCleanup(DeskQueue, { props: { store, emptyText: "Nothing waits." } });
    expect(".o_ai_queue_empty").toHaveText("Nothing waits.");
});

/** Until the calls of a decision are answered and shown. */
async function settle() {
    for (let count = 0; count < 40; count++) {
        await tick();
    }
    await animationFrame();
}

const preview = (ids) => ({
    company_id: 1,
    company: "My company",
    currency_id: 1,
    count: ids.length,
    ids,
    money_in: 30,
    money_out: 0,
    accounts: [{ account_id: 1, account: "400 Receivable", debit: 0, credit: 30 }],
    vat: [],
    largest: [],
    odd: [{ id: 2, label: "Line 2", partner: "", amount: 2, currency_id: 1, date: "2026-03-16", why: ["the first time"] }],
    new_partners: [],
    excluded: [{ id: 3, label: "Line 3", amount: 3, currency_id: 1, code: "locked", why: "The period is locked." }],
});

test("a batch shows what stands out and what stays out; one key accepts, one undoes", async () => {
    const { store, methods, states } = await desk(3);
    methods.batch_preview = () => [preview([1, 2])];
    await mountWithCleanup(MainComponentsContainer);
    getService("dialog").add(DeskBatch, { store, ids: [1, 2, 3], verb: "accept", title: "All" });
    await settle();
    expect(".o_ai_batch_odd").toHaveText(/the first time/);
    expect(".o_ai_batch_excluded summary").toHaveText("1 · The period is locked.");
    expect(".o_ai_batch_accept").toHaveText(/Accept 2/);
    expect(".o_ai_batch_accept").toBeFocused();
    await press("Enter");
    await settle();
    expect(".o_ai_batch_result").toHaveText(/2 done/);
    expect([states[1], states[2], states[3]]).toEqual(["applied", "applied", "pending"]);
    await press("u");
    await settle();
    expect(".o_ai_batch_result").toHaveText("2 wait again.");
    expect([states[1], states[2]]).toEqual(["pending", "pending"]);
});

test("the coding card: net plus VAT is gross, what was booked before, what is missing", async () => {
    const coding = {
        payee: "Shell Station",
        raw: "SHELL 0231 NL",
        is_known: false,
        net: -50.71,
        vat: -10.66,
        gross: -61.37,
        documents: [],
        open_items: [],
        usual: { count: 4, least: 10, most: 20 },
        bookings: [{ line_id: 1, date: "2026-02-01", amount: -20, accounts: ["613 Fuel"], who: "Ann" }],
    };
    await mountWithCleanup(CodingFacts, { props: { coding, sign: -1, currencyId: 1 } });
    expect(queryAllTexts(".o_ai_coding_sums b").map((text) => text.replace(/[^\d.]/g, ""))).toEqual(["50.71", "10.66", "61.37"]);
    expect(".o_ai_coding_facts").toHaveText(/at the bank: SHELL 0231 NL/);
    expect(".o_ai_coding_facts").toHaveText(/No open item fits/);
    expect(".o_ai_coding_facts").toHaveText(/missing/);
    expect(".o_ai_coding_facts").toHaveText(/this one is unusual/);
    expect(".o_ai_coding_bookings").toHaveText(/613 Fuel/);
    expect(".o_ai_coding_bookings").toHaveText(/Ann/);
});
