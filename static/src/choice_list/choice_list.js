import { Component } from "@odoo/owl";
import { money, shortDate } from "../core/format";
import { DifferenceTable } from "../difference_table/difference_table";
import { EntryRows } from "../entry_rows/entry_rows";

/** The answers to a question, each a big button that books it. */
export class ChoiceList extends Component {
    static template = "ai_bookkeeper.ChoiceList";
    static components = { DifferenceTable, EntryRows };
    static props = {
        alternatives: Array,
        currencyId: { type: [Number, Boolean], optional: true },
        sign: Number,
        disabled: Boolean,
        onChoose: Function,
    };

    setup() {
        this.money = money;
        this.shortDate = shortDate;
    }

    amount(value, document) {
        return money(value * this.props.sign || 0, document.currency_id);
    }

    /** What speaks for this answer, without what all of them have in common. */
    reasons(choice) {
        const others = this.props.alternatives.filter((other) => other !== choice);
        const isShared = (reason) => others.length && others.every((other) => other.reasons?.includes(reason));
        return (choice.reasons || []).filter((reason) => !isShared(reason));
    }
}
