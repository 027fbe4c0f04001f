import { Component, onWillStart, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { formatFloat, formatInteger } from "@web/views/fields/formatters";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { money } from "../core/format";
import { FigureChart, PeriodPicker, Tile } from "./parts";
import { PERIODS, periodDates } from "./periods";
import { weekChart } from "./week_chart";

const COUNTS = [
    { name: "person", label: _t("By people") },
    { name: "policy", label: _t("By policy") },
    { name: "edited", label: _t("Edited") },
    { name: "rejected", label: _t("Rejected") },
    { name: "undone", label: _t("Undone") },
    { name: "changed_outside", label: _t("Changed outside") },
];

/** How the bookkeeping goes: figures by kind, week and team, each a door to the list behind it. */
export class Dashboard extends Component {
    static template = "ai_bookkeeper.Dashboard";
    static components = { FigureChart, Layout, PeriodPicker, Tile };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.keepLast = new KeepLast();
        this.periods = PERIODS;
        this.counts = COUNTS;
        this.state = useState({ period: "90", journalId: 0, figures: null, loading: true });
        onWillStart(() => this.load());
    }

    get display() {
        return { controlPanel: {} };
    }

    get filter() {
        return { ...periodDates(this.state.period), journal_id: this.state.journalId || null };
    }

    async load() {
        this.state.loading = true;
        const reading = this.orm.call("ai.dashboard", "figures", [], this.filter);
        try {
            const figures = await this.keepLast.add(reading);
            this.weekChart = weekChart(figures.weeks);
            this.state.figures = figures;
        } finally {
            this.state.loading = false;
        }
    }

    setPeriod(key) {
        this.state.period = key;
        this.load();
    }

    setJournal(event) {
        this.state.journalId = Number(event.target.value);
        this.load();
    }

    get isEmpty() {
        const { totals } = this.state.figures;
        return !totals.decided && !totals.pending;
    }

    number(value) {
        return formatInteger(value || 0);
    }

    get decidedNote() {
        const { person, policy } = this.state.figures.totals;
        return _t("%(person)s by people, %(policy)s by policy", { person: this.number(person), policy: this.number(policy) });
    }

    get waitingNote() {
        return _t("%s suggestions", this.number(this.state.figures.totals.pending));
    }

    get reopenedNote() {
        const { reopened, booked } = this.state.figures.totals;
        return _t("%(reopened)s of %(booked)s booked", { reopened: this.number(reopened), booked: this.number(booked) });
    }

    get total() {
        return money(this.state.figures.totals.pending_value, this.state.figures.currency_id);
    }

    value(row) {
        return row.pending ? money(row.pending_value, this.state.figures.currency_id) : "";
    }

    ratio(value, digits = 1) {
        return value === null ? "–" : formatFloat(value, { digits: [16, digits] });
    }

    share(row) {
        return row.reopened_share === null ? "–" : `${this.ratio(row.reopened_share, 2)} %`;
    }

    async open(measure, { kind = null, journalId = null } = {}) {
        const { since, until, journal_id } = this.filter;
        const values = { measure, since, until, journal_id: journalId || journal_id, kind };
        this.action.doAction(await this.orm.call("ai.dashboard", "drill_down", [], values));
    }
}

registry.category("actions").add("ai_bookkeeper.dashboard", Dashboard);
