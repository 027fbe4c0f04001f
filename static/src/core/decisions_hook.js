import { onWillStart, status, useComponent } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { user } from "@web/core/user";
import { offerRule } from "../rule_offer/rule_offer";
import { TARGETS } from "./targets";

const REVIEWER = "ai_bookkeeper.ai_bookkeeper_group_reviewer";

const DONE = {
    accept: _t("Booked"),
    choose: _t("Booked"),
    by_hand: _t("Booked by hand"),
    reject: _t("Rejected"),
    undo: _t("Undone"),
};

/**
 * Decide on a bank line or a suggestion: one call of the model, one small message, and instead of a question
 * beforehand an Undo afterwards.
 *
 * A subject is `{resModel, resId, suggestionId, title}`.
 *
 * @param {(resId: number, verb: string) => any} onDecided
 */
export function useDecisions(onDecided) {
    const component = useComponent();
    // Not through useService: Undo still works after the screen that offered it is gone.
    const { orm, notification } = component.env.services;
    const decisions = { canDecide: false };

    onWillStart(async () => {
        decisions.canDecide = await user.hasGroup(REVIEWER);
    });

    function announce(subject, verb) {
        const undo = {
            name: _t("Undo"),
            icon: "fa-undo",
            onClick: () => {
                close();
                decisions.undo(subject);
            },
        };
        const close = notification.add(subject.title || "", {
            title: DONE[verb],
            type: "success",
            autocloseDelay: 8000,
            buttons: verb === "undo" || !subject.suggestionId ? [] : [undo],
        });
    }

    /** Above an amount two people decide: what the first one books by hand is not booked yet. */
    async function waitsForSecond(subject, verb) {
        if (verb !== "by_hand") {
            return false;
        }
        const [suggestion] = await orm.read("ai.suggestion", [subject.suggestionId], ["state"]);
        return suggestion?.state === "accepted";
    }

    /** Say what was done, and let the screen follow. */
    decisions.settle = async (subject, verb) => {
        if (await waitsForSecond(subject, verb)) {
            const message = _t("Not booked yet: it is so large that a second person must accept it.");
            notification.add(message, { type: "info" });
        } else if (DONE[verb]) {
            announce(subject, verb);
        }
        const follow = (what) => status(component) !== "destroyed" && onDecided(subject.resId, what);
        await follow(verb);
        if (subject.suggestionId) {
            offerRule(component.env.services, verb, [subject.suggestionId], () => follow("looked"));
        }
    };

    async function call(subject, verb, model, method, args) {
        const result = await orm.call(model, method, args);
        if (result?.tag === "display_notification") {
            // Shown here instead of run as an action, whose reload would lose the place in the list.
            const { message, title, type } = result.params;
            notification.add(message, { title, type: type || "warning" });
            return decisions.settle(subject, "refused");
        }
        return decisions.settle(subject, verb);
    }

    decisions.decide = (subject, verb, args = []) => {
        const { resModel, resId } = subject;
        return call(subject, verb, resModel, TARGETS[resModel].methods[verb], [[resId], ...args]);
    };

    /**
     * Always of the suggestion itself: a line no longer knows the one that was rejected. Where more than the matching
     * changes, a dialog shows first what it does.
     */
    decisions.undo = async (subject) => {
        const args = [[subject.suggestionId]];
        const result = await orm.call("ai.suggestion", "action_undo_ask", args);
        if (result?.type !== "ir.actions.act_window") {
            return decisions.settle(subject, "undo");
        }
        return component.env.services.action.doAction(result, {
            onClose: () => decisions.settle(subject, "looked"),
        });
    };

    return decisions;
}
