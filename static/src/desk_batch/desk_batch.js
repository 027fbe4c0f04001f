import { Component, onWillStart, useEffect, useRef, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { useHotkey } from "@web/core/hotkeys/hotkey_hook";
import { _t } from "@web/core/l10n/translation";
import { money, shortDate } from "../core/format";
import { explain } from "../desk/desk_reader";

const VERBS = {
    accept: _t("Accept %s"),
    sign_off: _t("Sign off %s"),
};
const SHOWN = 12;

/** Many at once: what they are together, what stands out, what stays out and why; then one key, and one to undo. */
export class DeskBatch extends Component {
    static template = "ai_bookkeeper.DeskBatch";
    static components = { Dialog };
    static props = {
        close: Function,
        store: Object,
        ids: Array,
        verb: String,
        title: { type: String, optional: true },
        more: { type: Number, optional: true },
        /** A batch that was decided before and is to be undone. */
        entry: { type: Object, optional: true },
    };
    static defaultProps = { more: 0, title: "" };

    setup() {
        this.store = this.props.store;
        this.money = money;
        this.shortDate = shortDate;
        this.shown = SHOWN;
        this.state = useState({
            phase: this.props.entry ? "undo" : "look",
            companies: [],
            failed: "",
            progress: { done: 0, total: this.props.ids.length, troubles: [], left: [], cancelled: false },
        });
        this.entry = this.props.entry;
        useHotkey("enter", () => this.goOn());
        useHotkey("a", () => this.state.phase === "look" && this.accept());
        useHotkey("u", () => this.canUndo && this.undo());
        onWillStart(() => {
            if (!this.entry) {
                this.look();
            }
        });
        // The key that goes on is also where the focus is, in every phase.
        const mainRef = useRef("main");
        useEffect(
            () => mainRef.el?.focus(),
            () => [this.state.phase, this.state.loading]
        );
    }

    async look() {
        this.state.failed = "";
        this.state.loading = true;
        try {
            this.state.companies = await this.store.call("batch_preview", [this.props.ids]);
        } catch (error) {
            this.state.failed = explain(error);
        } finally {
            this.state.loading = false;
        }
    }

    get ids() {
        return this.state.companies.flatMap((company) => company.ids);
    }

    get excluded() {
        return this.state.companies.flatMap((company) => company.excluded);
    }

    /** {why: rows} of what stays out. */
    get excludedByReason() {
        const found = new Map();
        for (const row of this.excluded) {
            found.set(row.why, [...(found.get(row.why) || []), row]);
        }
        return [...found.entries()].map(([why, rows]) => ({ why, rows }));
    }

    get verb() {
        return VERBS[this.props.verb].replace("%s", this.ids.length.toLocaleString());
    }

    get percent() {
        const { done, total } = this.state.progress;
        return total ? Math.round((100 * done) / total) : 0;
    }

    get isRunning() {
        return ["running", "undoing"].includes(this.state.phase);
    }

    get canUndo() {
        return this.entry && ["done", "undo"].includes(this.state.phase);
    }

    goOn() {
        const { phase } = this.state;
        if (phase === "look") {
            this.accept();
        } else if (phase === "undo") {
            this.undo();
        } else if (!this.isRunning) {
            this.props.close();
        }
    }

    async accept() {
        if (!this.ids.length || this.state.phase !== "look") {
            return;
        }
        this.state.phase = "running";
        this.started = performance.now();
        this.entry = await this.store.decideMany(this.ids, this.props.verb, this.state.progress, this.props.title);
        this.state.seconds = (performance.now() - this.started) / 1000;
        this.state.phase = "done";
    }

    async undo() {
        this.state.phase = "undoing";
        const { progress } = this.state;
        Object.assign(progress, { done: 0, total: this.entry.ids.length });
        const back = await this.store.undo(this.entry, (done) => (progress.done = done));
        this.entry = null;
        this.state.back = back.length;
        this.state.phase = "undone";
    }

    cancel() {
        this.state.progress.cancelled = true;
    }
}
