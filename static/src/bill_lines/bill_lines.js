import { Component, useState } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";
import { MultiRecordSelector } from "@web/core/record_selectors/multi_record_selector";
import { RecordSelector } from "@web/core/record_selectors/record_selector";
import { AmountInput } from "../amount_input/amount_input";
import { money, places, roundTo } from "../core/format";
import { AnalyticDialog } from "./analytic_dialog";
import { half, toDrafts } from "./line_drafts";

/** What would be booked, line by line; edited here it becomes the proposal. */
export class BillLines extends Component {
    static template = "ai_bookkeeper.BillLines";
    static components = { AmountInput, MultiRecordSelector, RecordSelector };
    static props = { store: Object };

    setup() {
        this.store = this.props.store;
        this.state = useState(this.store.state);
        this.dialog = useService("dialog");
        this.money = money;
    }

    get card() {
        return this.state.screen.card;
    }

    get currencyId() {
        return this.card.currency_id;
    }

    get lines() {
        return this.state.lines || this.card.lines;
    }

    get isEditing() {
        return Boolean(this.state.lines);
    }

    figure(text) {
        return money(Number(text), this.currencyId);
    }

    amount(line) {
        return Number(line.amount);
    }

    get sum() {
        return roundTo(
            this.lines.reduce((sum, line) => sum + this.amount(line), 0),
            this.currencyId
        );
    }

    get hasTotal() {
        return this.card.sums.total !== "";
    }

    /** What the lines and the taxes of the proposal miss of the document's total; rounding of taxes is no miss. */
    get gap() {
        if (!this.hasTotal || !this.lines.length) {
            return 0;
        }
        const { total, booked_tax: tax, unit } = this.card.sums;
        const gap = roundTo(Number(total) - Number(tax) - this.sum, this.currencyId);
        return Math.abs(gap) > Number(unit) * (this.lines.length + 1) + 1e-9 ? gap : 0;
    }

    get isComplete() {
        return this.lines.length > 0 && this.lines.every((line) => line.account_id);
    }

    get accountDomain() {
        const { company_id: companyId } = this.state.screen.document;
        return [
            ["company_ids", "parent_of", [companyId]],
            ["account_type", "not in", ["asset_receivable", "liability_payable", "off_balance"]],
        ];
    }

    get taxDomain() {
        const { company_id: companyId } = this.state.screen.document;
        return [
            ["company_id", "parent_of", [companyId]],
            ["type_tax_use", "=", "purchase"],
        ];
    }

    // --- editing ---------------------------------------------------------------------------------------------

    start() {
        if (this.store.canEdit && !this.isEditing) {
            this.state.lines = toDrafts(this.card.lines);
        }
    }

    discard() {
        this.state.lines = null;
    }

    add() {
        this.start();
        const last = this.state.lines.at(-1);
        this.state.lines.push({
            key: `n${Date.now()}`,
            source: {},
            label: last?.label || "",
            account_id: last?.account_id || false,
            tax_ids: [...(last?.tax_ids || [])],
            analytic: [],
            amount: this.gap.toFixed(places(this.currencyId)),
        });
    }

    /** Two lines instead of one: half of it each, to be changed. */
    split(line) {
        this.start();
        const index = this.state.lines.findIndex((found) => found.key === line.key);
        this.state.lines.splice(index, 1, ...half(this.state.lines[index], places(this.currencyId)));
    }

    remove(line) {
        this.state.lines = this.state.lines.filter((found) => found.key !== line.key);
    }

    setAmount(line, amount) {
        line.amount = amount.toFixed(places(this.currencyId));
        line.isAmountSet = true;
    }

    editAnalytic(line) {
        this.dialog.add(AnalyticDialog, {
            parts: line.analytic,
            companyId: this.state.screen.document.company_id,
            onSave: (parts) => {
                line.analytic = parts;
            },
        });
    }

    save() {
        return this.store.saveLines();
    }
}
