import { Component, onMounted, useEffect, useExternalListener, useRef, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { useDebounced, useThrottleForAnimation } from "@web/core/utils/timing";
import { money, shortDate } from "../core/format";

const ROW = 54;
const HEAD = 34;
/** Rows kept ready above and below what is seen. */
const BUFFER = 10;

/** The queue: thousands of lines, of which only those in sight are drawn. */
export class DeskQueue extends Component {
    static template = "ai_bookkeeper.DeskQueue";
    static props = { store: Object, emptyText: String };

    setup() {
        this.store = this.props.store;
        this.state = useState(this.store.state);
        this.view = useState({ from: 0, to: 40 });
        this.listRef = useRef("list");
        this.money = money;
        this.shortDate = shortDate;
        this.onScroll = useThrottleForAnimation(() => this.look());
        this.readSoon = useDebounced(() => this.read(), 60);
        useExternalListener(window, "resize", this.onScroll);
        onMounted(() => this.look());
        useEffect(
            () => this.look(),
            () => [this.state.entries]
        );
        useEffect(
            () => this.reveal(),
            () => [this.state.selectedId, this.state.entries]
        );
    }

    /** Where each entry begins; computed once for each arrangement. */
    get tops() {
        const { entries } = this.state;
        if (this.arranged !== entries) {
            this.arranged = entries;
            this.places = new Map();
            let top = 0;
            this.allTops = entries.map((entry, index) => {
                const here = top;
                top += entry.group ? HEAD : ROW;
                this.places.set(entry.key, index);
                return here;
            });
            this.height = top;
        }
        return this.allTops;
    }

    get totalHeight() {
        return this.tops && this.height;
    }

    indexAt(top) {
        const { tops } = this;
        let low = 0;
        let high = tops.length;
        while (low < high) {
            const middle = (low + high) >> 1;
            if (tops[middle] <= top) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return Math.max(low - 1, 0);
    }

    look() {
        const list = this.listRef.el;
        if (!list) {
            return;
        }
        const from = Math.max(this.indexAt(list.scrollTop) - BUFFER, 0);
        const to = Math.min(this.indexAt(list.scrollTop + list.clientHeight) + 1 + BUFFER, this.state.entries.length);
        if (from !== this.view.from || to !== this.view.to) {
            Object.assign(this.view, { from, to });
        }
        this.readSoon();
    }

    read() {
        const ids = this.shown.map(({ entry }) => entry.id).filter(Boolean);
        this.store.ensureRows(ids);
    }

    get shown() {
        const { tops } = this;
        const { from, to } = this.view;
        return this.state.entries.slice(from, to).map((entry, index) => ({ entry, top: tops[from + index] }));
    }

    /** Scroll as little as shows the selected line. */
    reveal() {
        const list = this.listRef.el;
        const { tops } = this;
        const index = this.places.get(this.state.selectedId);
        if (!list || index === undefined) {
            return;
        }
        const top = tops[index];
        if (top < list.scrollTop + HEAD) {
            list.scrollTop = Math.max(top - HEAD, 0);
        } else if (top + ROW > list.scrollTop + list.clientHeight) {
            list.scrollTop = top + ROW - list.clientHeight;
        }
    }

    rowOf(id) {
        return this.state.rows[id];
    }

    /** What is special about a line, in one word beside it. */
    chip(row) {
        const { id, state, is_question: isQuestion } = row;
        if (this.state.problems[id]) {
            return { label: _t("Not booked"), className: "text-bg-danger" };
        }
        if (state === "failed") {
            return { label: _t("Failed"), className: "text-bg-danger" };
        }
        return state === "pending" && isQuestion ? { label: _t("Asks"), className: "text-bg-warning" } : null;
    }

    get hasCompanies() {
        return this.store.companyIds.length > 1;
    }

    isWholeGroup(group) {
        return group.ids.every((id) => this.state.checked[id]);
    }
}
