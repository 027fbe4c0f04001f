import { Component, onWillStart, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";
import { MultiRecordSelector } from "@web/core/record_selectors/multi_record_selector";
import { RecordSelector } from "@web/core/record_selectors/record_selector";
import { KeepLast } from "@web/core/utils/concurrency";
import { useAutofocus, useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";
import { AmountInput } from "../amount_input/amount_input";
import { money, places, roundTo, shortDate } from "../core/format";
import { OpenItemList } from "../open_item_list/open_item_list";

const LINE = {
    payment_ref: {},
    amount: {},
    date: {},
    currency_id: { fields: {} },
    company_id: { fields: {} },
    partner_id: { fields: {} },
};

/** Match a bank line with open items, and code the rest to accounts, by hand. */
export class ByHandDialog extends Component {
    static template = "ai_bookkeeper.ByHandDialog";
    static components = { AmountInput, Dialog, MultiRecordSelector, OpenItemList, RecordSelector };
    static props = { close: Function, lineId: Number, onBooked: Function };

    setup() {
        this.orm = useService("orm");
        this.money = money;
        this.shortDate = shortDate;
        this.keepLast = new KeepLast();
        this.title = _t("Match by hand");
        this.searchRef = useAutofocus({ refName: "search" });
        this.searchSoon = useDebounced(() => this.search(), 250);
        this.nextKey = 1;
        this.state = useState({
            line: null,
            text: "",
            items: [],
            searching: false,
            picked: [],
            codings: [],
            partnerId: false,
            busy: false,
        });
        onWillStart(() => this.load());
    }

    async load() {
        const reading = this.orm.webRead("account.bank.statement.line", [this.props.lineId], { specification: LINE });
        const [[line]] = await Promise.all([reading, this.search()]);
        this.state.line = line;
        this.state.partnerId = line.partner_id?.id || false;
    }

    async search() {
        this.state.searching = true;
        try {
            this.state.items = await this.keepLast.add(
                this.orm.silent.call("account.bank.statement.line", "ai_open_items", [this.props.lineId], {
                    search: this.state.text,
                })
            );
        } finally {
            this.state.searching = false;
        }
    }

    get currencyId() {
        return this.state.line.currency_id.id;
    }

    /** What the picked items and accounts don't explain yet. */
    get left() {
        const parts = [...this.state.picked, ...this.state.codings].map((part) => part.amount);
        return roundTo(
            parts.reduce((rest, amount) => rest - amount, this.state.line.amount),
            this.currencyId
        );
    }

    get pickedIds() {
        return this.state.picked.map((pick) => pick.item.id);
    }

    get canBook() {
        const { picked, codings, busy } = this.state;
        const isComplete = codings.every((coding) => coding.accountId && coding.amount);
        return !busy && picked.length + codings.length > 0 && picked.every((pick) => pick.amount) && isComplete;
    }

    get accountDomain() {
        return [
            ["company_ids", "parent_of", [this.state.line.company_id.id]],
            ["account_type", "!=", "off_balance"],
        ];
    }

    get taxDomain() {
        return [
            ["company_id", "parent_of", [this.state.line.company_id.id]],
            ["type_tax_use", "!=", "none"],
        ];
    }

    /** An item is picked whole, or as far as the line still reaches; a click more puts it back. */
    toggle(item) {
        const { picked } = this.state;
        const index = picked.findIndex((pick) => pick.item.id === item.id);
        if (index >= 0) {
            picked.splice(index, 1);
            return;
        }
        const residual = Number(item.residual_line);
        const { left } = this;
        const isWithin = left * residual <= 0 || Math.abs(residual) <= Math.abs(left);
        picked.push({ item, amount: isWithin ? residual : left });
    }

    /** What a picked item keeps open, in the line's currency. */
    leaves(pick) {
        return roundTo(pick.item.residual_line - pick.amount, this.currencyId);
    }

    addCoding() {
        this.state.codings.push({
            key: this.nextKey++,
            accountId: false,
            taxIds: [],
            amount: this.left,
            label: this.state.line.payment_ref || "",
        });
    }

    remove(rows, row) {
        rows.splice(rows.indexOf(row), 1);
    }

    get values() {
        const digits = places(this.currencyId);
        return {
            partner_id: this.state.partnerId,
            counterparts: this.state.picked.map((pick) => ({
                move_line_id: pick.item.id,
                amount: pick.amount.toFixed(digits),
            })),
            write_off: this.state.codings.map((coding) => ({
                account_id: coding.accountId,
                amount: coding.amount.toFixed(digits),
                tax_ids: coding.taxIds,
                label: coding.label,
            })),
        };
    }

    async book() {
        if (!this.canBook) {
            return;
        }
        this.state.busy = true;
        try {
            const suggestionId = await this.orm.call("account.bank.statement.line", "ai_book_by_hand", [
                this.props.lineId,
                this.values,
            ]);
            this.props.close();
            this.props.onBooked(suggestionId);
        } finally {
            this.state.busy = false;
        }
    }
}
