import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { formatFloat, formatInteger } from "@web/views/fields/formatters";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { money } from "../core/format";

/** What a backtest says per kind, tier, journal and month; each row opens its lines. */
export class BacktestFigures extends Component {
    static template = "ai_bookkeeper.BacktestFigures";
    static props = { ...standardFieldProps };

    setup() {
        this.action = useService("action");
    }

    get report() {
        return this.props.record.data[this.props.name];
    }

    count(value) {
        return formatInteger(value);
    }

    percent(share, digits = 1) {
        return share === null ? "" : `${formatFloat(100 * share, { digits: [16, digits] })} %`;
    }

    amount(value) {
        return money(Number(value), this.report.currency_id);
    }

    /** The lines of one row. */
    open(row) {
        const domain = [["backtest_id", "=", this.props.record.resId]];
        if (row.field === "month") {
            const [year, month] = row.key.split("-").map(Number);
            const next = month === 12 ? `${year + 1}-01-01` : `${year}-${String(month + 1).padStart(2, "0")}-01`;
            domain.push(["date", ">=", `${row.key}-01`], ["date", "<", next]);
        } else {
            domain.push([row.field, "=", row.key || false]);
        }
        return this.action.doAction({
            type: "ir.actions.act_window",
            name: row.label,
            res_model: "ai.backtest.line",
            domain,
            views: [
                [false, "list"],
                [false, "form"],
            ],
        });
    }
}

registry.category("fields").add("ai_backtest_figures", {
    component: BacktestFigures,
    supportedTypes: ["json", "jsonb"],
});
