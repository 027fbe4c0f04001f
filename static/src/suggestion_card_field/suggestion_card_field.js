import { Component, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { ByHandDialog } from "../by_hand/by_hand_dialog";
import { useDecisions } from "../core/decisions_hook";
import { TARGETS } from "../core/targets";
import { SuggestionCard } from "../suggestion_card/suggestion_card";

/** The card in the form of a suggestion or of a bank line. */
export class SuggestionCardField extends Component {
    static template = "ai_bookkeeper.SuggestionCardField";
    static components = { SuggestionCard };
    static props = { ...standardFieldProps };

    setup() {
        this.dialog = useService("dialog");
        this.state = useState({ busy: false });
        this.decisions = useDecisions(() => this.props.record.load());
    }

    get target() {
        return TARGETS[this.props.record.resModel];
    }

    get values() {
        const { data, resId } = this.props.record;
        const dates = Object.entries(data).filter(([, value]) => value?.toISODate);
        return { ...data, ...Object.fromEntries(dates.map(([name, value]) => [name, value.toISODate()])), id: resId };
    }

    get card() {
        return this.target.toCard(this.values);
    }

    get subject() {
        const { resModel, resId } = this.props.record;
        return { resModel, resId, suggestionId: this.target.suggestionId(this.values), title: this.card.text };
    }

    async once(act) {
        this.state.busy = true;
        try {
            await act();
        } finally {
            this.state.busy = false;
        }
    }

    decide(verb, ...args) {
        return this.once(() => this.decisions.decide(this.subject, verb, args));
    }

    undo() {
        return this.once(() => this.decisions.undo(this.subject));
    }

    matchByHand() {
        const { subject } = this;
        this.dialog.add(ByHandDialog, {
            lineId: this.target.statementLineId(this.values),
            onBooked: (suggestionId) => this.decisions.settle({ ...subject, suggestionId }, "by_hand"),
        });
    }
}

registry.category("fields").add("ai_suggestion_card", {
    component: SuggestionCardField,
    supportedTypes: ["json"],
    fieldDependencies: ({ name }) =>
        name === "card"
            ? []
            : [
                  { name: "ai_status", type: "selection", selection: [] },
                  { name: "ai_suggestion_id", type: "many2one", relation: "ai.suggestion" },
                  { name: "ai_finding_text", type: "char" },
                  { name: "partner_name", type: "char" },
                  { name: "payment_ref", type: "char" },
                  { name: "date", type: "date" },
                  { name: "amount", type: "monetary" },
              ],
});
