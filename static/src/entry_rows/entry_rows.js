import { Component } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";
import { money, shortDate } from "../core/format";

/** The entry that accepting posts, item by item, and the money on account that pays a document. */
export class EntryRows extends Component {
    static template = "ai_bookkeeper.EntryRows";
    static props = { entry: Object, compact: { type: Boolean, optional: true } };

    setup() {
        this.action = useService("action");
        this.money = money;
        this.shortDate = shortDate;
    }

    get currencyId() {
        return this.props.entry.currency_id;
    }

    /** Entries of several days show the day of each item. */
    get showsDays() {
        return new Set(this.props.entry.rows.map((row) => row.date)).size > 1;
    }

    open(row) {
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "account.move",
            res_id: row.move_id,
            views: [[false, "form"]],
        });
    }
}
