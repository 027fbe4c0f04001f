import { Component } from "@odoo/owl";
import { money } from "../core/format";

/** What the documents don't explain, and the account that each part goes to, with its tax. */
export class DifferenceTable extends Component {
    static template = "ai_bookkeeper.DifferenceTable";
    static props = {
        differences: Array,
        sign: Number,
        currencyId: { type: [Number, Boolean], optional: true },
        compact: { type: Boolean, optional: true },
    };

    /** In the line's direction, as the documents are. */
    amount(value) {
        return money(value * this.props.sign || 0, this.props.currencyId);
    }
}
