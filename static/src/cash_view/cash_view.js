import { Component, onWillStart, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { formatFloat, formatInteger } from "@web/views/fields/formatters";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { money, shortDate } from "../core/format";
import { FigureChart, Tile } from "../dashboard/parts";
import { cashChart } from "./cash_chart";

const INS = ["receivable", "registered_in", "recurring_in", "unknown_in"];
const OUTS = ["payable", "registered_out", "wages", "tax", "recurring_out", "unknown_out"];

/** Thirteen weeks of the bank ahead; each week opens what makes it. */
export class CashView extends Component {
    static template = "ai_bookkeeper.CashView";
    static components = { FigureChart, Layout, Tile };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.keepLast = new KeepLast();
        this.state = useState({ figures: null, loading: true, week: null, rows: [] });
        onWillStart(() => this.load(null));
    }

    get display() {
        return { controlPanel: {} };
    }

    get figures() {
        return this.state.figures;
    }

    async load(scope) {
        this.state.loading = true;
        try {
            const figures = await this.keepLast.add(this.orm.call("ai.cash.view", "figures", [], { scope }));
            this.chart = figures.weeks.length ? cashChart(figures) : null;
            Object.assign(this.state, { figures, week: null, rows: [] });
        } finally {
            this.state.loading = false;
        }
    }

    setScope(event) {
        return this.load(event.target.value);
    }

    get ins() {
        return this.rowsOf(INS);
    }

    get outs() {
        return this.rowsOf(OUTS);
    }

    /** Rows that hold anything in any week. */
    rowsOf(names) {
        const used = names.filter((name) => this.figures.weeks.some((week) => week.rows[name]));
        return used.map((name) => ({ name, label: this.figures.labels[name] }));
    }

    money(amount) {
        return money(amount, this.figures.currency_id);
    }

    /** In the table: whole units, for thirteen columns have to fit. */
    short(amount) {
        return amount ? formatInteger(Math.round(amount)) : "";
    }

    date(iso) {
        return shortDate(iso);
    }

    get lowest() {
        return this.figures.weeks.reduce((least, week) => (week.balance < least.balance ? week : least));
    }

    get lowestNote() {
        const { low } = this.lowest;
        const week = _t("in the week of %s", shortDate(this.lowest.start));
        return low === null ? week : _t("%(week)s, low: %(low)s", { week, low: this.money(low) });
    }

    get last() {
        return this.figures.weeks[this.figures.weeks.length - 1];
    }

    get lastNote() {
        const { low, high } = this.last;
        return low === null
            ? _t("no range yet")
            : _t("%(low)s to %(high)s", { low: this.money(low), high: this.money(high) });
    }

    get openingNote() {
        return this.figures.known ? _t("bank known until %s", shortDate(this.figures.known)) : _t("no bank line yet");
    }

    percent(value) {
        return value === null || value === undefined ? "–" : `${formatFloat(value * 100, { digits: [16, 0] })} %`;
    }

    get errorText() {
        const { test } = this.figures;
        return test.state === "measured" ? this.percent(test.ours.median) : "–";
    }

    get errorNote() {
        const { test } = this.figures;
        if (test.state === "waiting") {
            return _t("being measured, look again in a while");
        }
        if (test.state === "young") {
            return _t("needs half a year of bank lines");
        }
        return _t("of a week's turnover, middle of %s weeks", formatInteger(test.ours.n));
    }

    get errorRows() {
        const { test } = this.figures;
        const weeks = { 1: _t("This week"), 3: _t("Weeks 2 and 3"), 6: _t("Weeks 4 to 6"), 13: _t("Weeks 7 to 13") };
        const near = Object.entries(test.by_week).map(([week, error]) => ({ label: weeks[week], error }));
        const rows = [
            { label: _t("Cash view, all weeks"), error: test.ours, isOurs: true },
            ...near,
            { label: _t("Peer: mean of the last 13 weeks"), error: test.average },
        ];
        if (test.last_year.n) {
            rows.push(
                { label: _t("Peer: same week a year before"), error: test.last_year },
                { label: _t("Cash view over those weeks"), error: test.ours_last_year }
            );
        }
        return rows;
    }

    async openWeek(number) {
        if (this.state.week === number) {
            this.state.week = null;
            return;
        }
        const rows = await this.keepLast.add(this.orm.call("ai.cash.view", "week", [this.figures.scope, number]));
        Object.assign(this.state, { week: number, rows });
    }

    get weekTitle() {
        const { start, end } = this.figures.weeks[this.state.week];
        return _t("What makes %(start)s to %(end)s", { start: shortDate(start), end: shortDate(end) });
    }

    canOpen(row) {
        return Boolean(row.model);
    }

    range(row) {
        return row.low !== undefined && row.low !== row.high
            ? _t("%(low)s to %(high)s", { low: this.money(row.low), high: this.money(row.high) })
            : "";
    }

    openRow(row) {
        const found = { type: "ir.actions.act_window", name: row.name, res_model: row.model };
        if (row.id) {
            return this.action.doAction({ ...found, res_id: row.id, views: [[false, "form"]] });
        }
        const views = [
            [false, "list"],
            [false, "form"],
        ];
        return this.action.doAction({ ...found, domain: row.domain, views });
    }

    get fileUrl() {
        return `/ai_bookkeeper/cash_view?scope=${encodeURIComponent(this.figures.scope)}`;
    }

    openExpected() {
        return this.action.doAction("ai_bookkeeper.ai_expected_payment_action");
    }
}

registry.category("actions").add("ai_bookkeeper.cash_view", CashView);
