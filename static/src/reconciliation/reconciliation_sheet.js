import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { money } from "../core/format";

const isZero = (text) => Number(text) === 0;

/** One statement: the proof of the ledger's balance by the bank's, what waits, and every item. */
export class ReconciliationSheet extends Component {
    static template = "ai_bookkeeper.ReconciliationSheet";
    static props = {
        sheet: Object,
        loadRows: Function,
        onEntry: Function,
        onStatement: Function,
        onVersion: Function,
    };

    setup() {
        this.state = useState({ busy: "" });
    }

    get sheet() {
        return this.props.sheet;
    }

    get figures() {
        return this.sheet.figures;
    }

    amount(text) {
        return money(Number(text), this.sheet.currency_id);
    }

    companyAmount(text) {
        return money(Number(text), this.sheet.company_currency_id);
    }

    get isAgreed() {
        return isZero(this.figures.difference);
    }

    /** What the books hold: the ledger, payments on their way, less what nobody explained. */
    get waiting() {
        const named = (name, side, sign) => {
            const section = this.sheet.sections.find((each) => each.name === name && each.side === side);
            return section && { ...section, key: name + side, amount: sign * Number(section.amount) || 0 };
        };
        return [
            named("outstanding", "in", 1),
            named("outstanding", "out", 1),
            named("unmatched", "in", -1),
            named("unmatched", "out", -1),
            named("suspense", "", 1),
        ].filter(Boolean);
    }

    cleared(section) {
        const rows = this.sheet.since?.cleared || [];
        return rows.find((row) => row.name === section.name && row.side === section.side);
    }

    clearedText(section) {
        const row = this.cleared(section);
        return (
            row &&
            _t("%(count)s cleared since (%(amount)s), %(open)s still open (%(left)s)", {
                count: row.count,
                amount: this.amount(row.amount),
                open: row.open_count,
                left: this.amount(row.open_amount),
            })
        );
    }

    show(key) {
        document.getElementById(`o_ai_section_${key}`)?.scrollIntoView({ behavior: "smooth" });
    }

    async more(section) {
        this.state.busy = section.name + section.side;
        try {
            section.rows.push(...(await this.props.loadRows(section)));
        } finally {
            this.state.busy = "";
        }
    }

    moreText(section) {
        return _t("Show more (%s left)", section.count - section.rows.length);
    }
}
