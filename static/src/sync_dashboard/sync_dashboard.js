import { Component, onWillStart, onWillUnmount, useState } from "@odoo/owl";
import { deserializeDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { formatFloat, formatInteger } from "@web/views/fields/formatters";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { FigureChart, PeriodPicker, Tile } from "../dashboard/parts";
import { latencyChart, throughputChart } from "./sync_charts";

const PERIODS = [
    { key: 1, label: _t("Last hour") },
    { key: 24, label: _t("24 hours") },
    { key: 168, label: _t("7 days") },
    { key: 720, label: _t("30 days") },
];
const EVERY_MS = 30 * 1000;
const HEALTH = { well: "text-bg-success", shaky: "text-bg-warning", open: "text-bg-danger", off: "text-bg-secondary" };

/** "48 s", "12 min", "5 h", "3 d": long enough ago needs no more digits. */
export function age(seconds) {
    if (seconds === null || seconds === undefined) {
        return "–";
    }
    if (seconds < 1) {
        return _t("%s ms", Math.round(seconds * 1000));
    }
    if (seconds < 120) {
        return _t("%s s", seconds < 10 ? formatFloat(seconds, { digits: [16, 1] }) : Math.round(seconds));
    }
    if (seconds < 2 * 3600) {
        return _t("%s min", Math.round(seconds / 60));
    }
    return seconds < 48 * 3600 ? _t("%s h", Math.round(seconds / 3600)) : _t("%s d", Math.round(seconds / 86400));
}

/** How syncing goes: what was done and how fast, what failed, what waits, who is alive; each a door to its list. */
export class SyncDashboard extends Component {
    static template = "ai_bookkeeper.SyncDashboard";
    static components = { FigureChart, Layout, PeriodPicker, Tile };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.keepLast = new KeepLast();
        this.periods = PERIODS;
        this.age = age;
        this.state = useState({ hours: 24, figures: null, loading: true });
        onWillStart(() => this.load());
        const timer = setInterval(() => this.isLive && this.load(this.orm.silent), EVERY_MS);
        onWillUnmount(() => clearInterval(timer));
    }

    /** Weeks and months change too little, and cost too much, to be read anew all the time. */
    get isLive() {
        return !document.hidden && this.state.hours <= 24;
    }

    get display() {
        return { controlPanel: {} };
    }

    async load(orm = this.orm) {
        this.state.loading = true;
        const { hours } = this.state;
        try {
            const figures = await this.keepLast.add(orm.call("sync.dashboard", "figures", [], { hours }));
            this.throughput = throughputChart(figures.columns, hours);
            this.latency = latencyChart(figures.columns, hours);
            this.state.figures = figures;
        } finally {
            this.state.loading = false;
        }
    }

    setHours(hours) {
        this.state.hours = hours;
        this.load();
    }

    get isEmpty() {
        const { totals, depth, events, endpoints } = this.state.figures;
        return !(totals.done + totals.failed + totals.cancelled + depth.open + depth.stopped + events.count + endpoints.length);
    }

    get hasEnds() {
        const { totals } = this.state.figures;
        return totals.done + totals.failed > 0;
    }

    number(value) {
        return formatInteger(value || 0);
    }

    moment(text) {
        return text ? deserializeDateTime(text).toLocaleString(luxon.DateTime.DATETIME_SHORT) : "";
    }

    get waitingNote() {
        const { oldest_seconds } = this.state.figures.depth;
        return oldest_seconds === null ? _t("nothing waits") : _t("the oldest for %s", age(oldest_seconds));
    }

    get eventsNote() {
        const { count, seconds } = this.state.figures.events;
        return count ? _t("the oldest for %s", age(seconds)) : _t("all were passed on");
    }

    get latencyNote() {
        const { p50, p99 } = this.state.figures.totals;
        return p50 === null ? _t("nothing was done") : _t("half within %(half)s, 99 of 100 within %(most)s", { half: age(p50), most: age(p99) });
    }

    get lateTicks() {
        return this.state.figures.ticks.filter((tick) => tick.is_late);
    }

    get tickFigure() {
        return this.lateTicks.length ? _t("No sign of life") : _t("Alive");
    }

    get tickNote() {
        const runner = this.state.figures.ticks.find((tick) => tick.key === "runner");
        return this.lateTicks.length ? this.lateTicks.map((tick) => tick.label).join(", ") : _t("last ran %s ago", age(runner.seconds));
    }

    healthClass(endpoint) {
        return HEALTH[endpoint.state];
    }

    async open(measure, key = null) {
        const values = { measure, hours: this.state.hours, key };
        this.action.doAction(await this.orm.call("sync.dashboard", "drill_down", [], values));
    }

    openRecord(res_model, res_id) {
        this.action.doAction({ type: "ir.actions.act_window", res_model, res_id, views: [[false, "form"]] });
    }

    async resume() {
        const { pause } = this.state.figures;
        await this.orm.call("sync.pause", "resume", [], { all_companies: pause.all });
        await this.load();
    }

    async fix(trouble) {
        const action = await this.orm.call("sync.trouble", "action_fix", [[trouble.id]]);
        await (action ? this.action.doAction(action) : this.load());
    }
}

registry.category("actions").add("ai_bookkeeper.sync_dashboard", SyncDashboard);
