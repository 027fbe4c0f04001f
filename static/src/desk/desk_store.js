import { markRaw, reactive } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";

const MODEL = "ai.suggestion";
/** Rows read at once. */
const SLICE = 80;
/** Cards read ahead of the selected one, so that the next is there before it is asked for. */
const AHEAD = 6;
/** Suggestions a call of a batch decides. */
export const BATCH_SLICE = 40;
/** A larger group is reviewed in parts of so many. */
export const BATCH_LIMIT = 500;
const WAITING = ["pending", "accepted", "failed"];
const OPEN_AGAIN = ["pending", "failed"];

export const METHODS = {
    accept: "action_accept",
    reject: "action_reject",
    choose: "action_choose",
    sign_off: "action_sign_off",
    send_back: "action_send_back",
};

export const DONE = {
    accept: _t("Booked"),
    reject: _t("Rejected"),
    choose: _t("Booked"),
    sign_off: _t("Signed off"),
    send_back: _t("Sent back"),
    by_hand: _t("Booked by hand"),
    undo: _t("Undone"),
};

/** What went wrong, in words that say what to do next. */
export function explain(error) {
    const message = error?.data?.message || error?.message || "";
    return message || _t("The server could not be reached. Check the connection and decide again.");
}

/**
 * What the desk knows: the queue as ids in groups, rows and cards read in slices, and decisions that count at once
 * here while the server follows in order. A decision that the server refuses brings its line back with the reason.
 */
export class DeskStore {
    /**
     * @param {Object} services
     * @param {Object} services.orm
     * @param {number[]} services.companyIds every company that the person may see
     */
    constructor({ orm, companyIds = [] }) {
        this.orm = orm.silent || orm;
        this.companyIds = companyIds;
        this.chain = Promise.resolve();
        this.history = [];
        this.mine = new Set();
        this.seen = new Set();
        this.opened = new Set();
        this.fresh = new Set();
        this.reading = new Map();
        this.cardsComing = new Set();
        this.loadNumber = 0;
        this.ids = [];
        this.order = new Map();
        this.state = reactive({
            setup: null,
            sections: [],
            section: "pending",
            groupBy: "",
            order: "date",
            domain: [],
            count: 0,
            groups: markRaw([]),
            entries: markRaw([]),
            rows: {},
            cards: {},
            effects: {},
            problems: {},
            notices: {},
            checked: {},
            selectedId: false,
            flying: 0,
            news: 0,
            loading: true,
            failed: "",
            said: "",
        });
    }

    // --- reading ---------------------------------------------------------------------------------------------

    context(companyId) {
        const ids = companyId ? [companyId, ...this.companyIds.filter((id) => id !== companyId)] : this.companyIds;
        return ids.length ? { allowed_company_ids: ids } : {};
    }

    call(method, args = [], kwargs = {}) {
        const { companyId, context, ...others } = kwargs;
        return this.orm.call(MODEL, method, args, {
            ...others,
            context: { ...this.context(companyId), ...context },
        });
    }

    async open() {
        this.state.setup = await this.call("desk_open");
        this.state.sections = this.state.setup.sections;
    }

    has(feature) {
        return Boolean(this.state.setup?.features.includes(feature));
    }

    get canDecide() {
        return Boolean(this.state.setup?.can_decide);
    }

    /** Read the queue anew; the selected line stays selected if it is still there. */
    async load(changes = {}) {
        const { state } = this;
        Object.assign(state, changes, { loading: true, failed: "", news: 0 });
        this.fresh.clear();
        const number = ++this.loadNumber;
        try {
            const found = await this.call("desk_queue", [], {
                section: state.section,
                domain: state.domain,
                group_by: state.groupBy || null,
                order: state.order,
            });
            if (number !== this.loadNumber) {
                return;
            }
            this.show(found);
        } catch (error) {
            if (number === this.loadNumber) {
                state.failed = explain(error);
            }
        } finally {
            if (number === this.loadNumber) {
                state.loading = false;
            }
        }
        this.refreshCounts();
    }

    show(found) {
        const { state } = this;
        const folded = new Set(state.groups.filter((group) => group.folded).map((group) => group.key));
        const groups = found.groups.map((group) => ({
            ...group,
            ids: group.ids.filter((id) => !this.mine.has(id)),
            folded: folded.has(group.key),
        }));
        this.putRows(found.rows || []);
        state.count = found.count;
        state.groups = markRaw(groups.filter((group) => group.ids.length));
        state.checked = {};
        this.arrange();
        if (!this.order.has(state.selectedId)) {
            this.select(this.ids[0] || false);
        } else {
            this.readAhead();
        }
    }

    async refreshCounts() {
        try {
            this.state.sections = await this.call("desk_counts", [], { domain: this.state.domain });
        } catch {
            // The counts are a help; the queue itself tells when the server is gone.
        }
    }

    /** Flatten the groups into what the list shows, and remember each id's place. */
    arrange() {
        const entries = [];
        const ids = [];
        const withHeads = Boolean(this.state.groupBy);
        for (const group of this.state.groups) {
            if (withHeads) {
                entries.push({ key: `g${group.key}`, group });
            }
            if (!withHeads || !group.folded) {
                for (const id of group.ids) {
                    entries.push({ key: id, id });
                    ids.push(id);
                }
            }
        }
        this.ids = ids;
        this.order = new Map(ids.map((id, index) => [id, index]));
        this.state.entries = markRaw(entries);
    }

    putRows(rows) {
        for (const row of rows) {
            this.state.rows[row.id] = row;
        }
    }

    async readRows(ids) {
        const rows = await this.call("desk_rows", [ids]);
        this.putRows(rows);
        return rows;
    }

    /** Rows of these ids that are not known yet, each asked for once. */
    async ensureRows(ids) {
        const missing = ids.filter((id) => !this.state.rows[id] && !this.reading.has(id)).slice(0, SLICE);
        if (!missing.length) {
            return;
        }
        missing.forEach((id) => this.reading.set(id, true));
        try {
            const rows = await this.readRows(missing);
            const found = new Set(rows.map((row) => row.id));
            this.take(missing.filter((id) => !found.has(id)));
        } finally {
            missing.forEach((id) => this.reading.delete(id));
        }
    }

    async readCards(ids) {
        const cards = await this.call("desk_cards", [ids]);
        for (const card of cards) {
            this.state.cards[card.id] = card;
            this.state.rows[card.id] = card.row;
        }
        const found = new Set(cards.map((card) => card.id));
        this.take(ids.filter((id) => !found.has(id)));
        return cards;
    }

    /** The selected card now, and those that come next in one call. */
    async readAhead() {
        const { selectedId } = this.state;
        const place = this.order.get(selectedId);
        if (place === undefined) {
            return;
        }
        const known = (id) => this.state.cards[id] || this.cardsComing.has(id);
        const next = this.ids.slice(place, place + AHEAD);
        const missing = next.filter((id) => !known(id));
        if (!missing.length || (known(selectedId) && missing.length < AHEAD / 2 && this.ids.length > place + AHEAD)) {
            return;
        }
        // The selected card must not wait for the cards behind it.
        const urgent = known(selectedId) ? [] : [selectedId];
        const later = this.ids.slice(place, place + 2 * AHEAD).filter((id) => !known(id) && !urgent.includes(id));
        await Promise.all([urgent, later].filter((ids) => ids.length).map((ids) => this.fetchCards(ids)));
    }

    async fetchCards(ids) {
        ids.forEach((id) => this.cardsComing.add(id));
        try {
            await this.readCards(ids);
        } catch (error) {
            if (ids.includes(this.state.selectedId)) {
                this.state.problems[this.state.selectedId] = explain(error);
            }
        } finally {
            ids.forEach((id) => this.cardsComing.delete(id));
        }
    }

    /** Forget what is known of these and read it anew. */
    async refresh(ids) {
        for (const id of ids) {
            delete this.state.cards[id];
            delete this.state.effects[id];
        }
        const rows = await this.readRows(ids);
        const found = new Map(rows.map((row) => [row.id, row]));
        this.take(ids.filter((id) => !this.belongs(found.get(id))));
        this.readAhead();
        this.refreshCounts();
    }

    /** Whether a row still belongs to the section that is shown. */
    belongs(row) {
        if (!row) {
            return false;
        }
        const states = {
            pending: ["pending"],
            questions: ["pending"],
            second: ["accepted"],
            batch: ["accepted"],
            failed: ["failed"],
        }[this.state.section];
        return !states || states.includes(row.state);
    }

    async loadEffect(id) {
        if (!this.state.effects[id]) {
            this.state.effects[id] = await this.call("desk_effect", [[id]], {
                companyId: this.state.rows[id]?.company_id,
            });
        }
        return this.state.effects[id];
    }

    // --- moving ----------------------------------------------------------------------------------------------

    get selected() {
        return this.state.cards[this.state.selectedId] || null;
    }

    select(id) {
        this.state.selectedId = id;
        if (id) {
            this.readAhead();
        }
    }

    move(step) {
        const place = this.order.get(this.state.selectedId) ?? -1;
        const id = this.ids[Math.min(Math.max(place + step, 0), this.ids.length - 1)];
        if (id) {
            this.select(id);
        }
    }

    moveGroup(step) {
        const { groups } = this.state;
        const index = groups.findIndex((group) => group.ids.includes(this.state.selectedId));
        const next = groups[index + step];
        if (next) {
            next.folded = false;
            this.arrange();
            this.select(next.ids[0]);
        }
    }

    fold(group) {
        group.folded = !group.folded;
        this.arrange();
    }

    check(id) {
        if (this.state.checked[id]) {
            delete this.state.checked[id];
        } else if (id) {
            this.state.checked[id] = true;
        }
    }

    checkGroup(group) {
        const all = group.ids.every((id) => this.state.checked[id]);
        for (const id of group.ids) {
            if (all) {
                delete this.state.checked[id];
            } else {
                this.state.checked[id] = true;
            }
        }
    }

    get checkedIds() {
        return this.ids.filter((id) => this.state.checked[id]);
    }

    groupOf(id) {
        return this.state.groups.find((group) => group.ids.includes(id));
    }

    /** Take ids out of the queue; the one after the selected is selected. Returns where they were. */
    take(ids) {
        if (!ids.length) {
            return [];
        }
        const gone = new Set(ids);
        const { state } = this;
        const place = this.order.get(state.selectedId) ?? 0;
        const next = gone.has(state.selectedId)
            ? this.ids.slice(place).find((id) => !gone.has(id)) ||
              this.ids.slice(0, place).reverse().find((id) => !gone.has(id)) ||
              false
            : state.selectedId;
        const places = [];
        for (const group of state.groups) {
            group.ids.forEach((id, index) => gone.has(id) && places.push({ id, group, index }));
            group.ids = group.ids.filter((id) => !gone.has(id));
            group.count = group.ids.length;
        }
        state.count -= places.length;
        state.groups = markRaw(state.groups.filter((group) => group.ids.length));
        for (const id of ids) {
            delete state.checked[id];
        }
        this.arrange();
        if (next !== state.selectedId) {
            this.select(next);
        }
        return places;
    }

    /** Bring an id back to where its line was, or to the top. */
    putBack(id, place) {
        if (this.order.has(id)) {
            return;
        }
        const { state } = this;
        let group = state.groups.find((found) => found === place?.group || found.key === place?.group.key);
        if (!group) {
            group = { ...(place?.group || { key: "", label: "" }), ids: [], folded: false };
            state.groups = markRaw([group, ...state.groups]);
        }
        group.ids = [...group.ids];
        group.ids.splice(place?.index ?? 0, 0, id);
        group.count = group.ids.length;
        group.folded = false;
        state.count += 1;
        this.arrange();
    }

    // --- deciding --------------------------------------------------------------------------------------------

    /** Calls follow one another in the order of the decisions. */
    enqueue(act) {
        this.state.flying += 1;
        const done = this.chain.then(act).finally(() => {
            this.state.flying -= 1;
        });
        this.chain = done.catch(() => {});
        return done;
    }

    /** Tell the server which cards a person had before them, before what they decided. */
    async flushOpened() {
        const ids = [...this.opened].filter((id) => !this.seen.has(id));
        this.opened.clear();
        if (ids.length) {
            ids.forEach((id) => this.seen.add(id));
            await this.call("action_opened", [ids]);
        }
    }

    noteOpened(id) {
        if (id && !this.seen.has(id)) {
            this.opened.add(id);
        }
    }

    /**
     * Decide one line: it leaves at once. Resolves to whether the server agreed.
     *
     * @param {number} id
     * @param {string} verb of METHODS
     * @param {Array} args for the method
     */
    decide(id, verb, args = []) {
        const row = this.state.rows[id] || {};
        this.noteOpened(id);
        delete this.state.problems[id];
        this.mine.add(id);
        const [place] = this.take([id]);
        const entry = { ids: [id], verb, places: { [id]: place }, title: row.label || "" };
        this.history.push(entry);
        this.say(`${DONE[verb]}: ${entry.title}`);
        return this.enqueue(() => this.send(entry, id, verb, args, row.company_id));
    }

    async send(entry, id, verb, args, companyId) {
        try {
            await this.flushOpened();
            const result = await this.call(METHODS[verb], [[id], ...args], { companyId });
            if (result?.tag === "display_notification") {
                return await this.refused(entry, id, result.params.message);
            }
            delete this.state.effects[id];
            this.countDown();
            return true;
        } catch (error) {
            return this.refused(entry, id, explain(error));
        }
    }

    /** The sections' counts follow a decision without a question to the server for each. */
    countDown() {
        clearTimeout(this.countTimer);
        this.countTimer = setTimeout(() => this.refreshCounts(), 1500);
    }

    /** The server did not do it: the line comes back if it still waits, with what is in the way. */
    async refused(entry, id, message) {
        this.history = this.history.filter((found) => found !== entry);
        this.mine.delete(id);
        delete this.state.cards[id];
        let row = null;
        try {
            [row] = await this.readRows([id]);
        } catch {
            row = this.state.rows[id];
        }
        if (row && WAITING.includes(row.state)) {
            this.state.problems[id] = message;
            this.putBack(id, entry.places[id]);
        }
        this.say(message, true);
        this.onTrouble?.(entry.title, message, Boolean(row && WAITING.includes(row.state)));
        this.countDown();
        return false;
    }

    /** Take back the last decision made here, a batch in slices. Resolves to the ids that wait again. */
    async undoLast(onProgress) {
        const entry = this.history.pop();
        if (!entry) {
            this.say(_t("There is nothing to undo."), true);
            return [];
        }
        return this.undo(entry, onProgress);
    }

    async undo(entry, onProgress = () => {}) {
        this.history = this.history.filter((found) => found !== entry);
        const back = [];
        let done = 0;
        for (const ids of this.slices(entry.ids)) {
            try {
                back.push(...(await this.enqueue(() => this.undoSlice(entry, ids))));
            } catch (error) {
                const message = explain(error);
                this.history.push({ ...entry, ids: entry.ids.slice(done) });
                this.say(message, true);
                this.onTrouble?.(entry.title, message, true);
                break;
            }
            done += ids.length;
            onProgress(done, entry.ids.length);
        }
        if (back.length) {
            this.say(back.length === 1 ? `${DONE.undo}: ${entry.title}` : _t("%s undone", back.length));
            this.select(back[0]);
        }
        this.countDown();
        return back;
    }

    async undoSlice(entry, ids) {
        const rows = await this.readRows(ids);
        const companyId = rows[0]?.company_id;
        const by = (test) => rows.filter(test).map((row) => row.id);
        const waiting = by((row) => row.state === "accepted");
        if (waiting.length) {
            await this.call("action_send_back", [waiting], { companyId });
        }
        const booked = by((row) => ["applied", "rejected"].includes(row.state));
        if (booked.length) {
            const asks = entry.ids.length === 1 && this.has("action_undo_ask");
            const context = this.click(entry);
            const result = await this.call(asks ? "action_undo_ask" : "action_undo", [booked], { companyId, context });
            if (result?.type === "ir.actions.act_window") {
                // It touches something filed: the dialog shows that first.
                await this.onAction(result);
            }
        }
        return this.bringBack(entry, ids);
    }

    /** An undone booking is proposed anew: its successor takes the line's place. */
    async bringBack(entry, ids) {
        const successors = await this.call("desk_successors", [ids]);
        const open = ids.map((id) => [id, successors[id]]).filter(([, newId]) => newId);
        ids.forEach((id) => this.mine.delete(id));
        open.forEach(([, newId]) => {
            this.mine.delete(newId);
            delete this.state.cards[newId];
        });
        await this.readRows(open.map(([, newId]) => newId));
        // From the first place on, so that each index is right again when it is used.
        for (const [id, newId] of open.sort(([a], [b]) => (entry.places[a]?.index || 0) - (entry.places[b]?.index || 0))) {
            if (this.belongs(this.state.rows[newId])) {
                this.putBack(newId, entry.places[id]);
            }
        }
        return open.map(([, newId]) => newId);
    }

    /** All slices of one click tell how many it was, and which. */
    click({ click, total, ids }) {
        return { ai_decided_with: total || ids.length, ...(click && { ai_click: click }) };
    }

    /** Slices of one company each, as long as a call should be. */
    slices(ids) {
        const byCompany = new Map();
        for (const id of ids) {
            const companyId = this.state.rows[id]?.company_id || 0;
            byCompany.set(companyId, [...(byCompany.get(companyId) || []), id]);
        }
        return [...byCompany.values()].flatMap((found) =>
            Array.from({ length: Math.ceil(found.length / BATCH_SLICE) }, (_, index) =>
                found.slice(index * BATCH_SLICE, (index + 1) * BATCH_SLICE)
            )
        );
    }

    /**
     * Decide many, slice by slice. `progress` is an object that the caller shows and may set `cancelled` on.
     *
     * @returns {Object} the entry that `undo` takes back, or null when nothing was decided
     */
    async decideMany(ids, verb, progress, title) {
        const entry = { ids: [], verb, places: {}, title };
        entry.click = `${Date.now()}-${Math.random().toString(36).slice(2)}`;
        entry.total = ids.length;
        Object.assign(progress, { total: ids.length, done: 0, troubles: [], left: [] });
        for (const slice of this.slices(ids)) {
            if (progress.cancelled) {
                break;
            }
            slice.forEach((id) => this.mine.add(id));
            await this.enqueue(() => this.decideSlice(slice, verb, progress, entry));
            progress.done += slice.length;
        }
        const rest = progress.left;
        rest.forEach((id) => this.mine.delete(id));
        if (entry.ids.length) {
            this.history.push(entry);
        }
        this.say(_t("%(done)s of %(total)s: %(verb)s", { done: entry.ids.length, total: ids.length, verb: DONE[verb] }));
        this.countDown();
        return entry.ids.length ? entry : null;
    }

    async decideSlice(slice, verb, progress, entry) {
        const companyId = this.state.rows[slice[0]]?.company_id;
        try {
            const result = await this.call(METHODS[verb], [slice], { companyId, context: this.click(entry) });
            if (result?.tag === "display_notification") {
                progress.troubles.push(...result.params.message.split("\n"));
            }
        } catch (error) {
            progress.troubles.push(explain(error));
            progress.cancelled = !error?.data;
        }
        const before = new Map(slice.map((id) => [id, this.state.rows[id]?.state]));
        const rows = await this.readRows(slice).catch(() => []);
        const left = rows.filter((row) => OPEN_AGAIN.includes(row.state) || row.state === before.get(row.id));
        const leftIds = new Set(left.map((row) => row.id));
        progress.left.push(...leftIds);
        for (const row of left) {
            this.state.problems[row.id] = row.error || "";
            delete this.state.cards[row.id];
        }
        const gone = slice.filter((id) => !leftIds.has(id));
        const done = rows.filter((row) => ["applied", "accepted", "rejected"].includes(row.state) && !leftIds.has(row.id));
        entry.ids.push(...done.map((row) => row.id));
        for (const place of this.take(gone)) {
            entry.places[place.id] = place;
        }
    }

    // --- live ------------------------------------------------------------------------------------------------

    /** A colleague, a policy or the machine changed something: read again what is shown, with one's own rights. */
    async onLive({ states, count }) {
        const changed = Object.values(states || {}).flat().filter((id) => !this.mine.has(id));
        if (!Object.keys(states || {}).length) {
            this.state.news += count;
            return this.countDown();
        }
        const shown = changed.filter((id) => this.order.has(id));
        (states.pending || []).forEach((id) => this.fresh.add(id));
        this.countDown();
        clearTimeout(this.freshTimer);
        // What one's own undo brings back is in the queue by then.
        this.freshTimer = setTimeout(() => this.countFresh(), 1500);
        if (!shown.length) {
            return;
        }
        shown.forEach((id) => delete this.state.cards[id]);
        const rows = await this.readRows(shown);
        const found = new Map(rows.map((row) => [row.id, row]));
        const gone = shown.filter((id) => !this.belongs(found.get(id)));
        for (const id of gone) {
            this.state.notices[id] = found.get(id)?.decided || _t("Gone meanwhile");
        }
        if (gone.includes(this.state.selectedId)) {
            this.say(this.state.notices[this.state.selectedId], true);
        }
        this.readAhead();
        // Long enough to be read, short enough not to be decided again.
        setTimeout(() => {
            gone.forEach((id) => delete this.state.notices[id]);
            this.take(gone);
        }, 2500);
    }

    countFresh() {
        const { state } = this;
        for (const id of this.fresh) {
            if (this.order.has(id) || this.mine.has(id)) {
                this.fresh.delete(id);
            }
        }
        state.news = this.fresh.size;
        if (state.news && !this.ids.length && !state.loading && !state.flying) {
            return this.load();
        }
    }

    say(text, isUrgent = false) {
        this.state.said = text;
        this.state.urgent = isUrgent;
    }
}
