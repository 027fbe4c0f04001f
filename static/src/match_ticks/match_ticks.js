import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";

const SIGNALS = {
    reference: _t("Reference"),
    amount: _t("Amount"),
    iban: _t("IBAN"),
    name: _t("Name"),
    date: _t("Date"),
};

const AGREEMENTS = {
    yes: { icon: "fa-check", className: "text-success", meaning: _t("agrees") },
    near: { icon: "fa-adjust", className: "text-warning", meaning: _t("agrees nearly") },
    no: { icon: "fa-times", className: "text-danger", meaning: _t("does not agree") },
    missing: { icon: "fa-minus", className: "text-muted", meaning: _t("not known") },
};

/** Five signals, always in the same order: does the bank's line agree with the documents? */
export class MatchTicks extends Component {
    static template = "ai_bookkeeper.MatchTicks";
    static props = { ticks: Object };

    get ticks() {
        return Object.entries(SIGNALS).map(([signal, label]) => {
            const value = this.props.ticks[signal] || "missing";
            const agreement = AGREEMENTS[value];
            return { signal, value, label, ...agreement, title: `${label}: ${agreement.meaning}` };
        });
    }
}
