import { Component } from "@odoo/owl";
import { money } from "../core/format";

/** All bank journals on a day: what the bank says, what the ledger says. */
export class ReconciliationOverview extends Component {
    static template = "ai_bookkeeper.ReconciliationOverview";
    static props = { rows: Array, onOpen: Function };

    amount(row, name) {
        return money(Number(row[name]), row.currency_id);
    }

    differs(row) {
        return Number(row.difference) !== 0;
    }

    get hasCompanies() {
        return new Set(this.props.rows.map((row) => row.company)).size > 1;
    }
}
