import { Component } from "@odoo/owl";
import { TARGETS } from "../core/targets";
import { SuggestionCard } from "../suggestion_card/suggestion_card";
import { patch } from "@web/core/utils/patch";
import { user } from "@web/core/user";

/** Who was asked about this line, and what they said; an answer that is one of the alternatives can be taken. */
export class QuestionList extends Component {
    static template = "ai_bookkeeper.QuestionList";
    static props = {
        questions: Array,
        alternatives: Array,
        canDecide: Boolean,
        busy: Boolean,
        onChoose: Function,
    };

    chip(question) {
        const classes = { answered: "text-bg-success", sent: "text-bg-info", collected: "text-bg-info" };
        return classes[question.state] || "text-bg-secondary";
    }

    /** The alternative that the answer stands for, if it is still one. */
    alternative(question) {
        return question.choice && this.props.alternatives.find((choice) => choice.key === question.choice);
    }
}

SuggestionCard.components = { ...SuggestionCard.components, QuestionList };

patch(SuggestionCard.prototype, {
    get canAskPeople() {
        return this.props.canDecide && !this.isSettled && Boolean(this.subject);
    },

    get subject() {
        if (this.card.line_id) {
            return { active_model: "account.bank.statement.line", active_ids: [this.card.line_id] };
        }
        if (this.card.id && this.isPending) {
            return { active_model: "ai.suggestion", active_ids: [this.card.id] };
        }
        return null;
    },

    openPeopleDialog(name) {
        return this.action.doAction(`ai_bookkeeper.${name}`, {
            additionalContext: { ...user.context, ...this.subject },
        });
    },
});

const line = TARGETS["account.bank.statement.line"];
line.specification.ai_questions = {};
const toCard = line.toCard;
line.toCard = (values) => {
    const card = toCard(values);
    // A line without a suggestion has no card of its own.
    return card.id ? card : { ...card, line_id: values.id, questions: values.ai_questions || [] };
};
