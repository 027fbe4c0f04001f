import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { money } from "../core/format";

/** What people booked and what the machine would have, row by row, with the machine's reasons. */
export class BacktestBeside extends Component {
    static template = "ai_bookkeeper.BacktestBeside";
    static props = { ...standardFieldProps };

    get beside() {
        return this.props.record.data[this.props.name];
    }

    amount(value) {
        return value === null ? "" : money(Number(value), this.beside.currency_id);
    }

    differs(row) {
        return Number(row.booked || 0) !== Number(row.machine || 0);
    }
}

registry.category("fields").add("ai_backtest_beside", {
    component: BacktestBeside,
    supportedTypes: ["json", "jsonb"],
});
