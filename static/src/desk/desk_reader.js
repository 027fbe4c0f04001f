import { markRaw, reactive } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";

const MODEL = "ai.suggestion";
/** Rows read at once. */
const SLICE = 80;
/** Cards read ahead of the selected one, so that the next is there before it is asked for. */
const AHEAD = 30;
/** With fewer known ahead, the next are read. */
const LOW = 15;

/** What went wrong, in words that say what to do next. */
export function explain(error) {
    const message = error?.data?.message || error?.message || "";
    return message || _t("The server could not be reached. Check the connection and decide again.");
}

/** What the desk knows: the queue as ids in groups, rows and cards read in slices, and which line is selected. */
export class DeskReader {
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
        this.opened = new Map();
        this.fresh = new Set();
        this.unread = [];
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
        if (!this.state.sections.length) {
            this.state.sections = this.state.setup.sections;
        }
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
        this.putRows(found.rows);
        found.cards.forEach((card) => (this.state.cards[card.id] = card));
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
        const isMissing = (id) => !this.state.cards[id] && !this.cardsComing.has(id);
        const urgent = isMissing(selectedId) ? [selectedId] : [];
        const isLow = this.ids.slice(place, place + LOW).some(isMissing);
        const later = isLow ? this.ids.slice(place + 1, place + AHEAD).filter(isMissing) : [];
        // The selected card does not wait for those behind it.
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

    say(text, isUrgent = false) {
        this.state.said = text;
        this.state.urgent = isUrgent;
    }
}
