import { Component } from "@odoo/owl";
import { money, shortDate } from "../core/format";

/** What a bookkeeper wants to know before coding a line: who it is, what was done before, is there a document. */
export class CodingFacts extends Component {
    static template = "ai_bookkeeper.CodingFacts";
    static props = { coding: Object, sign: Number, currencyId: Number };

    setup() {
        this.money = money;
        this.shortDate = shortDate;
    }

    signed(amount) {
        return money(amount * this.props.sign || 0, this.props.currencyId);
    }

    get isUnusual() {
        const { usual, gross } = this.props.coding;
        const amount = Math.abs(gross);
        return usual?.count >= 3 && (amount < usual.least / 2 || amount > usual.most * 2);
    }
}
