import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { money, shortDate } from "../core/format";

const SOURCES = {
    document: _t("Document"),
    bank: _t("Bank"),
    legs: _t("Both sides"),
    booked: _t("Booked at"),
    table: _t("Rate table"),
};

/** Rates side by side, the gain or loss with account and date, what a lock re-dates, and which rate is missing. */
export class ExchangeFacts extends Component {
    static template = "ai_bookkeeper.ExchangeFacts";
    static props = {
        exchange: Object,
        /** The bank line, for the dialog that takes a rate; none: nobody can enter one here. */
        lineId: { type: [Number, Boolean], optional: true },
        isBooked: { type: Boolean, optional: true },
    };

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.money = money;
        this.shortDate = shortDate;
    }

    get exchange() {
        return this.props.exchange;
    }

    sourceOf(row) {
        return SOURCES[row.what];
    }

    get hasResult() {
        return this.exchange.results?.length > 0;
    }

    /** A dozen documents have a dozen rates: the first ones are enough on a card. */
    get rates() {
        const rows = this.exchange.rates || [];
        const documents = rows.filter((row) => row.what === "document");
        return [...documents.slice(0, 4), ...rows.filter((row) => row.what !== "document")];
    }

    get leftOut() {
        return (this.exchange.rates || []).length - this.rates.length;
    }

    async enterRate(row) {
        const method = "action_ai_enter_rate";
        const action = await this.orm.call("account.bank.statement.line", method, [[this.props.lineId], row.currency_id]);
        return this.action.doAction(action);
    }
}
