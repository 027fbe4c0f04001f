import { Component } from "@odoo/owl";
import { money, shortDate } from "../core/format";

/** Whom a payment settles with: what is owed, what differs, and what the sister's own books show of it. */
export class SettlingFacts extends Component {
    static template = "ai_bookkeeper.SettlingFacts";
    static props = { settling: Object };

    setup() {
        this.money = money;
        this.shortDate = shortDate;
    }

    get period() {
        return this.props.settling.period?.map((day) => shortDate(day)).join(" – ");
    }

    amount(value) {
        return money(value || 0, this.props.settling.currency_id);
    }
}
