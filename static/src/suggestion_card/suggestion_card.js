import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { ChoiceList } from "../choice_list/choice_list";
import { CodingFacts } from "../coding_facts/coding_facts";
import { money, shortDate } from "../core/format";
import { DifferenceTable } from "../difference_table/difference_table";
import { DocumentTable } from "../document_table/document_table";
import { EntryRows } from "../entry_rows/entry_rows";
import { ExchangeFacts } from "../exchange_facts/exchange_facts";
import { MarkedText } from "../marked_text/marked_text";
import { MatchTicks } from "../match_ticks/match_ticks";
import { RejectMenu } from "../reject_menu/reject_menu";
import { SettlingFacts } from "../settling_facts/settling_facts";

export const CHIPS = {
    question: [_t("Which one?"), "text-bg-warning"],
    doubt: [_t("Is it this?"), "text-bg-warning"],
    pending: [_t("Proposed"), "text-bg-info"],
    accepted: [_t("Accepted, waiting"), "text-bg-info"],
    applied: [_t("Booked"), "text-bg-success"],
    rejected: [_t("Rejected"), "text-bg-secondary"],
    superseded: [_t("Overtaken"), "text-bg-secondary"],
    failed: [_t("Failed"), "text-bg-danger"],
    undone: [_t("Undone"), "text-bg-secondary"],
    todo: [_t("Not looked at yet"), "text-bg-secondary"],
    nothing: [_t("Nothing found"), "text-bg-secondary"],
    reconciled: [_t("Reconciled"), "text-bg-success"],
};

/** Whether a person can decide now: a failed booking can be tried again, an accepted one approved or signed off. */
export function isWaiting(card) {
    return ["pending", "failed", "accepted"].includes(card.state);
}

/** What one bank line is believed to be and why, every part in its fixed place, and the buttons that decide. */
export class SuggestionCard extends Component {
    static template = "ai_bookkeeper.SuggestionCard";
    static components = {
        ChoiceList,
        CodingFacts,
        DifferenceTable,
        DocumentTable,
        EntryRows,
        ExchangeFacts,
        MarkedText,
        MatchTicks,
        RejectMenu,
        SettlingFacts,
    };
    static props = {
        card: Object,
        busy: Boolean,
        canDecide: Boolean,
        canMatchByHand: Boolean,
        onAccept: Function,
        onReject: Function,
        onChoose: Function,
        onUndo: Function,
        onByHand: Function,
        /** The bank line that the card is about, for dialogs of its own. */
        lineId: { type: [Number, Boolean], optional: true },
        onPropose: { type: [Function, { value: null }], optional: true },
        /** Whether digits choose among the other readings too. */
        numbered: { type: Boolean, optional: true },
        /** State of the menu of reasons, for a key that opens it. */
        rejectMenu: { type: Object, optional: true },
        editLabel: { type: String, optional: true },
        /** More actions. */
        slots: { type: Object, optional: true },
    };
    static defaultProps = { numbered: false, editLabel: "by_hand" };

    setup() {
        this.action = useService("action");
        this.money = money;
        this.shortDate = shortDate;
    }

    get card() {
        return this.props.card;
    }

    get currencyId() {
        return this.card.currency_id;
    }

    /** Documents are shown in the line's direction: what a payment settles is positive too. */
    get sign() {
        return this.card.amount < 0 ? -1 : 1;
    }

    get isPending() {
        return isWaiting(this.card);
    }

    get isQuestion() {
        return this.isPending && Boolean(this.card.is_question);
    }

    /** One answer that is not sure enough. */
    get isYesOrNo() {
        return this.card.alternatives?.length === 1;
    }

    get isBooked() {
        return this.card.state === "applied";
    }

    get isSettled() {
        return this.isBooked || this.card.status === "reconciled";
    }

    get chip() {
        const { card } = this;
        const question = this.isYesOrNo ? "doubt" : "question";
        const [label, className] = CHIPS[this.isQuestion ? question : card.state || card.status] || [];
        return label ? { label, className } : null;
    }

    get tags() {
        return this.isQuestion ? [] : [this.card.case_label, this.card.tier_label].filter(Boolean);
    }

    /** The losing readings of a proposal; those of a question are its answers. */
    get others() {
        return this.isQuestion ? [] : this.card.alternatives || [];
    }

    /** Two readings of one document share its number: the case tells them apart. */
    get runnerUp() {
        const { runner_up: runnerUp } = this.card;
        if (!runnerUp || this.isQuestion) {
            return null;
        }
        const reading = this.others.find((other) => other.key === runnerUp.key);
        return { ...runnerUp, case_label: reading?.case_label };
    }

    numberOf(choice) {
        return this.others.indexOf(choice) + 1;
    }

    get runnerUpChoice() {
        return this.others.find((other) => other.key === this.runnerUp.key);
    }

    /** The losing readings behind the second best. */
    get rest() {
        return this.others.filter((other) => other.key !== this.runnerUp?.key);
    }

    get hasRemainder() {
        return Boolean(this.card.state) && !this.isQuestion && Boolean(this.card.remainder);
    }

    openPartner() {
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "res.partner",
            res_id: this.card.partner.id,
            views: [[false, "form"]],
        });
    }
}
