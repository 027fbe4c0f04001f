"""Who decides a suggestion: the first policy that is for it; its limits say whether a person is asked.

A policy is *for* suggestions by company, kind, journal and chosen partners. What else it says (mode, cap, known
partners, confidence, agents) are limits: past one of them a person is asked, and no later policy is looked at. So a
looser policy further down never accepts what a stricter one above it held back.

A policy on autopilot states no confidence: what its gates have earned (``engine.autonomy``) says from which on, and up
to which amount, it accepts alone.

Amounts are ``Decimal`` in the company's currency at the record's date, without sign.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from decimal import Decimal
from typing import Any

ASSIST = "assist"
SUPERVISED = "supervised"
AUTOPILOT = "autopilot"

ALL_PARTNERS = "all"
KNOWN_PARTNERS = "known"
CHOSEN_PARTNERS = "chosen"


@dataclass(frozen=True, slots=True)
class Situation:
    """What is known of a suggestion when it is proposed; stored with it, so that a dry run has no hindsight.

    ``new`` is empty, ``vendor`` or ``partner``: whose first document this is. ``confidence`` is None when it was not
    measured, ``amount`` when there is no exchange rate. ``binds`` names the law by which posting binds in a journal
    that the booking touches and that no manager opened; empty when none does. ``rule_released`` is None when no rule
    speaks. ``tier``: what proposed it (rule, match, memory, prediction). ``taken_back``: a person undid or rejected
    what was proposed for the same record before. ``finding``: code of an open finding about it.
    """

    kind: str
    company: int
    journal: int | None = None
    partner: int | None = None
    amount: Decimal | None = None
    confidence: float | None = None
    origin: str = "engine"
    is_question: bool = False
    is_edited: bool = False
    new: str = ""
    binds: str = ""
    rule_released: bool | None = None
    tier: str = ""
    taken_back: bool = False
    finding: str = ""

    def to_json(self) -> dict[str, Any]:
        values = asdict(self)
        values["amount"] = None if self.amount is None else str(self.amount)
        return values

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Situation:
        known = {field.name for field in fields(cls)}
        amount = values.get("amount")
        kept = {name: value for name, value in values.items() if name in known}
        return cls(**{**kept, "amount": None if amount is None else Decimal(amount)})


@dataclass(frozen=True, slots=True)
class Gate:
    """What autopilot has earned: it accepts from ``threshold`` on, up to ``cap`` (0: as far as the policy goes).
    ``why``: code of why it must ask, empty when the gate is open."""

    threshold: float = 1.0
    cap: Decimal = Decimal(0)
    why: str = ""


@dataclass(frozen=True, slots=True)
class Policy:
    """One policy. Empty sets mean all; a cap or second approval of 0 means none.

    ``companies``: the company it is for, with its branches. ``gates``: what autopilot has earned, by kind, journal and
    tier; where nothing was earned it asks.
    """

    key: int
    mode: str = ASSIST
    companies: frozenset[int] = frozenset()
    kind: str = ""
    journals: frozenset[int] = frozenset()
    partner_scope: str = ALL_PARTNERS
    partners: frozenset[int] = frozenset()
    max_amount: Decimal = Decimal(0)
    min_confidence: float = 0.95
    second_approval_amount: Decimal = Decimal(0)
    agents: bool = False
    gates: Mapping[tuple[str, int | None, str], Gate] = field(default_factory=dict)

    def is_for(self, situation: Situation) -> bool:
        """Whether this policy decides: company, kind, journal and chosen partners."""
        return (
            (not self.companies or situation.company in self.companies)
            and (not self.kind or situation.kind == self.kind)
            and (not self.journals or situation.journal in self.journals)
            and (self.partner_scope != CHOSEN_PARTNERS or situation.partner in self.partners)
        )

    def gate(self, situation: Situation) -> Gate:
        """From which confidence and up to which amount this policy accepts such a suggestion."""
        if self.mode != AUTOPILOT:
            return Gate(self.min_confidence)
        found = self.gates.get((situation.kind, situation.journal, situation.tier))
        return found or Gate(why="gate_closed")

    def needs_second(self, amount: Decimal | None) -> bool:
        """Whether two people decide; an amount that nobody knows counts as too large."""
        if not self.second_approval_amount:
            return False
        return amount is None or amount > self.second_approval_amount


@dataclass(frozen=True, slots=True)
class Decision:
    """``accepted`` into the day's batch (``at_once``: without a batch), or a person is asked. Why, as code and
    values; ``policy`` is None when none is for it."""

    policy: int | None
    accepted: bool
    code: str
    values: dict[str, str]
    at_once: bool = False

    @property
    def outcome(self) -> str:
        return "accepted" if self.accepted else "asked"

    @property
    def reason(self) -> list[Any]:
        return [self.code, self.values]


def first_for(situation: Situation, policies: Iterable[Policy]) -> Policy | None:
    """The policy that decides, the first in order that is for it."""
    return next((policy for policy in policies if policy.is_for(situation)), None)


def decide(situation: Situation, policies: Sequence[Policy], paused: bool = False) -> Decision:
    """Accept or ask, with the reason that a controller would name first."""
    policy = first_for(situation, policies)
    if policy is None:
        return Decision(None, False, "no_policy", {})
    if paused:
        return Decision(policy.key, False, "paused", {})
    code, values = _why_ask(situation, policy)
    if code:
        return Decision(policy.key, False, code, values)
    met = {
        "confidence": _two_places(situation.confidence),
        "minimum": _two_places(policy.gate(situation).threshold),
    }
    return Decision(policy.key, True, "confidence_met", met, at_once=policy.mode == AUTOPILOT)


def _why_ask(situation: Situation, policy: Policy) -> tuple[str, dict[str, str]]:
    return (
        _nature(situation, policy)
        or _law_and_mode(situation, policy)
        or _partner(situation, policy)
        or _amount(situation, policy)
        or _confidence(situation, policy)
        or ("", {})
    )


def _nature(situation, policy):
    """What is asked under every policy, and what only a person or an agent said."""
    if situation.is_question:
        return "question", {}
    if policy.mode == ASSIST:
        return "assist", {}
    if situation.is_edited:
        return "edited", {}
    if situation.origin == "user":
        return "by_hand", {}
    if situation.origin == "agent" and not policy.agents:
        return "agent", {}
    if situation.taken_back:
        return "taken_back", {}
    if situation.rule_released is False:
        return "rule_not_released", {}
    return ("finding", {}) if situation.finding else None


def _law_and_mode(situation, policy):
    if situation.binds:
        return "binding", {"law": situation.binds}
    why = policy.gate(situation).why
    return (why, {}) if why else None


def _partner(situation, policy):
    if situation.new:
        return f"new_{situation.new}", {}
    if policy.partner_scope == KNOWN_PARTNERS and not situation.partner:
        return "no_partner", {}
    return None


def _amount(situation, policy):
    earned = policy.gate(situation).cap
    if situation.amount is None:
        return ("no_amount", {}) if policy.max_amount or policy.second_approval_amount or earned else None
    if policy.max_amount and situation.amount > policy.max_amount:
        return "over", {"amount": str(policy.max_amount)}
    if earned and situation.amount > earned:
        return "over_earned", {"amount": str(earned)}
    if policy.needs_second(situation.amount):
        return "second_approval", {"amount": str(policy.second_approval_amount)}
    return None


def _confidence(situation, policy):
    if situation.confidence is None:
        return "unmeasured", {}
    minimum = policy.gate(situation).threshold
    if situation.confidence < minimum:
        values = {"confidence": _floor(situation.confidence), "minimum": _two_places(minimum)}
        return "confidence", values
    return None


def _two_places(share: float | None) -> str:
    return f"{share or 0.0:.2f}" if round(share or 0.0, 2) == round(share or 0.0, 4) else f"{share:.4f}"


def _floor(share: float) -> str:
    """Rounded down: 0.9499 must not read as 0.95."""
    return f"{int(share * 100 + 1e-9) / 100:.2f}"
