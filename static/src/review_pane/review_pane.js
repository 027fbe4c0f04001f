import { Component, onWillStart, onWillUpdateProps, useState } from "@odoo/owl";
import { useHotkey } from "@web/core/hotkeys/hotkey_hook";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { ByHandDialog } from "../by_hand/by_hand_dialog";
import { useDecisions } from "../core/decisions_hook";
import { TARGETS } from "../core/targets";
import { isWaiting, SuggestionCard } from "../suggestion_card/suggestion_card";

const CHOICE_KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];

/** The card of the selected line beside the list, and the keys that decide. */
export class ReviewPane extends Component {
    static template = "ai_bookkeeper.ReviewPane";
    static components = { SuggestionCard };
    static props = {
        resModel: String,
        resId: { type: [Number, Boolean] },
        onDecided: Function,
        onOpenForm: Function,
        onHelp: Function,
    };

    setup() {
        this.orm = useService("orm");
        this.dialog = useService("dialog");
        this.keepLast = new KeepLast();
        this.state = useState({ values: null, loading: false, failed: false, busy: false });
        this.decisions = useDecisions(async (resId, verb) => {
            const selectedId = await this.props.onDecided(resId, verb);
            if (selectedId === this.props.resId) {
                // Not awaited: the person may move on before it is read.
                this.load(selectedId);
            }
        });
        onWillStart(() => {
            this.load(this.props.resId);
        });
        onWillUpdateProps((nextProps) => {
            if (nextProps.resId !== this.props.resId) {
                this.load(nextProps.resId);
            }
        });
        this.registerKeys();
    }

    registerKeys() {
        const when = (isAllowed, act) => () => this.isReady && isAllowed() && act();
        const isPending = () => isWaiting(this.card);
        useHotkey("a", when(() => isPending() && !this.card.is_question, () => this.decide("accept")));
        useHotkey("r", when(isPending, () => this.decide("reject", false)));
        useHotkey("u", when(() => this.card.state === "applied", () => this.undo()));
        useHotkey("e", when(() => this.target.isOpen(this.state.values), () => this.matchByHand()));
        for (const [index, key] of CHOICE_KEYS.entries()) {
            const choice = () => this.card.is_question && this.card.alternatives?.[index];
            useHotkey(key, when(() => isPending() && choice(), () => this.choose(choice())));
        }
    }

    get target() {
        return TARGETS[this.props.resModel];
    }

    get card() {
        return this.target.toCard(this.state.values);
    }

    /** Nothing is decided on a card that is not the selected line's. */
    get isReady() {
        const { values, loading, busy } = this.state;
        return values && values.id === this.props.resId && !loading && !busy && this.decisions.canDecide;
    }

    async load(resId) {
        if (!resId) {
            this.state.values = null;
            return;
        }
        this.state.loading = true;
        this.state.failed = false;
        const { specification } = this.target;
        const reading = this.orm.silent.webRead(this.props.resModel, [resId], { specification });
        try {
            const [values] = await this.keepLast.add(reading);
            this.state.values = values || null;
            this.state.failed = !values;
        } catch (error) {
            this.state.values = null;
            this.state.failed = true;
            throw error;
        } finally {
            this.state.loading = false;
        }
    }

    get subject() {
        const { resModel, resId } = this.props;
        const suggestionId = this.target.suggestionId(this.state.values);
        return { resModel, resId, suggestionId, title: this.card.text };
    }

    async once(act) {
        if (this.state.busy) {
            return;
        }
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

    choose(choice) {
        return this.decide("choose", choice.key);
    }

    undo() {
        return this.once(() => this.decisions.undo(this.subject));
    }

    matchByHand() {
        const { subject } = this;
        this.dialog.add(ByHandDialog, {
            lineId: this.target.statementLineId(this.state.values),
            onBooked: (suggestionId) => this.decisions.settle({ ...subject, suggestionId }, "by_hand"),
        });
    }
}
