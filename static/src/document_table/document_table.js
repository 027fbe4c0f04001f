import { Component } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";
import { money, shortDate } from "../core/format";

/** The open items that a proposal settles: what is open, what is settled here, what stays. */
export class DocumentTable extends Component {
    static template = "ai_bookkeeper.DocumentTable";
    static props = { documents: Array, sign: Number };

    setup() {
        this.action = useService("action");
        this.shortDate = shortDate;
    }

    /** Several partners in one deposit or payment run: then each row says whose it is. */
    get namesPartners() {
        return new Set(this.props.documents.map((document) => document.partner)).size > 1;
    }

    amount(value, document) {
        return money(value * this.props.sign || 0, document.currency_id);
    }

    open(document) {
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "account.move",
            res_id: document.move_id,
            views: [[false, "form"]],
        });
    }
}
