import { Component } from "@odoo/owl";
import { money } from "../core/format";

/** What the documents don't explain, and the account that each part goes to, with its tax. */
export class DifferenceTable extends Component {
    static template = "ai_bookkeeper.DifferenceTable";
    static props = { differences: Array, currencyId: { type: [Number, Boolean], optional: true } };

    setup() {
        this.money = money;
    }
}
