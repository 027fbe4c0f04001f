import { _t } from "@web/core/l10n/translation";

/** Decisions after which a coding may offer to be a rule. */
const CORRECTIONS = ["choose", "reject", "edit", "by_hand", "review"];

/**
 * After a correction, offer a rule: a small question with one button that opens the dialog, where a person sees what
 * the rule would have coded before it is made.
 *
 * @param {Object} services `orm`, `notification`, `action`
 * @param {string} verb what was decided
 * @param {number[]} ids of suggestions
 * @param {() => any} onMade
 */
export async function offerRule({ orm, notification, action }, verb, ids, onMade = () => {}) {
    if (!CORRECTIONS.includes(verb) || !ids.length) {
        return;
    }
    const offer = await orm.silent.call("ai.suggestion", "rule_offer", [ids]);
    if (!offer) {
        return;
    }
    const close = notification.add(offer.text, {
        className: "o_ai_rule_question",
        autocloseDelay: 15000,
        type: "info",
        buttons: [
            {
                name: _t("Make a Rule"),
                icon: "fa-magic",
                primary: true,
                onClick: () => {
                    close();
                    return action.doAction("ai_bookkeeper.ai_rule_offer_action", {
                        additionalContext: { active_model: "ai.suggestion", active_id: offer.suggestion_id },
                        onClose: onMade,
                    });
                },
            },
        ],
    });
}
