import { _t } from "@web/core/l10n/translation";
import { DeskReader, explain } from "./desk_reader";

/** Suggestions a call of a batch decides. */
export const BATCH_SLICE = 40;
/** A larger group is reviewed in parts of so many. */
export const BATCH_LIMIT = 500;
/** Cards read again at once after news of them, the nearest first. */
const CARDS = 60;
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
    accept: _t("Accepted"),
    reject: _t("Rejected"),
    choose: _t("Accepted"),
    sign_off: _t("Signed off"),
    send_back: _t("Sent back"),
    by_hand: _t("Booked by hand"),
    undo: _t("Undone"),
};

/**
 * Decisions count at once here while the server follows in order. A decision that the server refuses brings its
 * line back with the reason.
 */
export class DeskStore extends DeskReader {
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
        const opened = [...this.opened].filter(([id]) => !this.seen.has(id));
        this.opened.clear();
        if (opened.length) {
            const ids = opened.map(([id]) => id);
            ids.forEach((id) => this.seen.add(id));
            const looked = opened.map(([id, since]) => [id, (Date.now() - since) / 1000]);
            await this.call("action_opened", [ids, Object.fromEntries(looked)]);
        }
    }

    /** @param {number} ago milliseconds since it came before a person */
    noteOpened(id, ago = 0) {
        if (id && !this.seen.has(id) && !this.opened.has(id)) {
            this.opened.set(id, Date.now() - ago);
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

    /** A colleague, a policy or the machine changed something: what of it one may read is asked for, a moment's together. */
    onLive({ news }) {
        this.unread.push(news);
        this.unreadTimer ??= setTimeout(() => this.readNews(), 200);
    }

    async readNews() {
        const tokens = this.unread.splice(0);
        this.unreadTimer = null;
        try {
            await this.onNews(await this.call("desk_news", [], { tokens }));
        } catch {
            // The next news, or the person's next step, reads again.
        }
    }

    /** Read again what is shown, with one's own rights. */
    async onNews({ states, count }) {
        if (!count) {
            return;
        }
        const changed = Object.values(states).flat().filter((id) => !this.mine.has(id));
        if (!Object.keys(states).length) {
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
        const rows = await this.readRows(shown);
        const found = new Map(rows.map((row) => [row.id, row]));
        const gone = shown.filter((id) => !this.belongs(found.get(id)));
        // A card stays before the person until the new one is there: what still waits can be decided all the time.
        const from = this.order.get(this.state.selectedId) || 0;
        const known = shown
            .filter((id) => this.state.cards[id] && !gone.includes(id))
            .sort((a, b) => Math.abs(this.order.get(a) - from) - Math.abs(this.order.get(b) - from));
        this.fetchCards(known.slice(0, CARDS));
        known.slice(CARDS).forEach((id) => delete this.state.cards[id]);
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
}
