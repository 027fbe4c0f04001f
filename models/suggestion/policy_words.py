"""Why a policy asks or accepts, in words: one sentence a reason code of ``engine.policy``."""

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

POLICY_OUTCOMES = {
    "asked": _lt("asked: %(why)s"),
    "accepted": _lt("accepted: %(why)s"),
}

POLICY_REASONS = {
    # why it asks
    "no_policy": _lt("no policy is for this"),
    "paused": _lt("paused"),
    "question": _lt("question"),
    "assist": _lt("the policy says that everything asks"),
    "by_hand": _lt("proposed by hand"),
    "edited": _lt("edited by a person"),
    "agent": _lt("proposed by an agent"),
    "taken_back": _lt("a person took back what was booked or proposed here before"),
    "finding": _lt("something speaks against booking it: see its findings"),
    "unmeasured": _lt("its confidence is not measured"),
    "rule_not_released": _lt("the rule was not released by a manager"),
    "binding": _lt("posting binds in law in this journal"),
    "gate_closed": _lt("autopilot's gate is not open"),
    "gate_drift": _lt("autopilot's gate closed: habits changed"),
    "gate_undone": _lt("autopilot's gate closed: people took back too much"),
    "gate_review": _lt("autopilot's gate closed after a review"),
    "gate_held": _lt("a manager holds autopilot's gate closed"),
    "over_earned": _lt("over %(amount)s, which is all that was earned so far"),
    "new_vendor": _lt("new vendor"),
    "new_partner": _lt("new partner"),
    "no_partner": _lt("no partner"),
    "no_amount": _lt("no exchange rate for its amount"),
    "over": _lt("over %(amount)s"),
    "confidence": _lt("confidence %(confidence)s under %(minimum)s"),
    "second_approval": _lt("over %(amount)s two people decide"),
    "sent_back": _lt("sent back by a reviewer"),
    "facts_moved": _lt("its facts changed after it was accepted"),
    # why it is accepted
    "confidence_met": _lt("confidence %(confidence)s of at least %(minimum)s"),
}
