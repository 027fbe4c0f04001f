"""What the engines answer for a bank line: a proposal, a question, or nothing with a reason.

The JSON forms are the contract of ``ai.suggestion.proposal`` and ``.evidence`` (version 1): amounts are decimal
strings in the line's currency with the line's own sign; counterparts + write-offs + remainder = the line's amount.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

VERSION = 1


@dataclass(frozen=True, slots=True)
class Counterpart:
    """``amount`` of the line settles item ``item``.

    In another currency ``item_amount`` (same sign as ``amount``, in ``item_currency``) says how much of the item.
    ``reopens``: the settled items that this payment item had paid and that are opened again (returned debit).
    """

    item: int
    amount: Decimal
    item_amount: Decimal | None = None
    item_currency: str | None = None
    reopens: tuple[int, ...] = ()

    def to_json(self) -> dict[str, Any]:
        values: dict[str, Any] = {"move_line_id": self.item, "amount": str(self.amount)}
        if self.item_amount is not None:
            values["item_amount"] = str(self.item_amount)
            values["item_currency"] = self.item_currency
        if self.reopens:
            values["reopens"] = list(self.reopens)
        return values


@dataclass(frozen=True, slots=True)
class WriteOff:
    """``amount`` (tax included, the line's sign) goes to ``account``. ``item``: the document a discount belongs to.

    ``pair``: for a transfer, the key of the bank line on the other side.
    """

    account: int
    amount: Decimal
    reason: str
    label: str = ""
    taxes: tuple[int, ...] = ()
    item: int | None = None
    pair: int | None = None

    def to_json(self) -> dict[str, Any]:
        values: dict[str, Any] = {
            "account_id": self.account,
            "amount": str(self.amount),
            "tax_ids": list(self.taxes),
            "label": self.label,
            "reason": self.reason,
        }
        if self.item is not None:
            values["move_line_id"] = self.item
        if self.pair is not None:
            values["pair_line_id"] = self.pair
        return values


@dataclass(frozen=True, slots=True)
class Match:
    """One reading of a bank line."""

    counterparts: tuple[Counterpart, ...]
    write_offs: tuple[WriteOff, ...]
    remainder: Decimal
    partner: int | None

    def to_json(self) -> dict[str, Any]:
        return {
            "version": VERSION,
            "counterparts": [counterpart.to_json() for counterpart in self.counterparts],
            "write_off": [write_off.to_json() for write_off in self.write_offs],
            "remainder": str(self.remainder),
            "partner_id": self.partner,
        }

    def fingerprint(self) -> str:
        """The same for the same booking: what a rejection remembers."""
        return fingerprint(self.to_json())


@dataclass(frozen=True, slots=True)
class CodingRow:
    """``amount`` (tax included, the line's sign) goes to ``account``. ``analytic``: (key, percentage) pairs."""

    account: int
    amount: Decimal
    taxes: tuple[int, ...] = ()
    analytic: tuple[tuple[str, float], ...] = ()
    label: str = ""

    def to_json(self) -> dict[str, Any]:
        values: dict[str, Any] = {
            "account_id": self.account,
            "amount": str(self.amount),
            "tax_ids": list(self.taxes),
            "label": self.label,
        }
        if self.analytic:
            values["analytic_distribution"] = dict(self.analytic)
        return values


@dataclass(frozen=True, slots=True)
class Coding:
    """A bank line on accounts. Rows and remainder make the line's amount."""

    rows: tuple[CodingRow, ...]
    remainder: Decimal
    partner: int | None

    def to_json(self) -> dict[str, Any]:
        return {
            "version": VERSION,
            "lines": [row.to_json() for row in self.rows],
            "remainder": str(self.remainder),
            "partner_id": self.partner,
        }

    def fingerprint(self) -> str:
        """The same for the same booking: what a rejection remembers."""
        return fingerprint(self.to_json())


@dataclass(frozen=True, slots=True)
class Reading:
    """A match, or a coding, with what speaks for it.

    ``case`` is one of ``vocabulary.CASES``. ``confidence`` is 0..1. ``ticks`` maps ``vocabulary.TICKS`` to
    ``vocabulary.TICK_VALUES``. ``reasons`` are (code, values) pairs: the models turn them into the user's language.
    ``marks`` are [start, end) spans of the bank text that matched. ``lost`` says why it isn't the first, as (code,
    values).
    ``support`` is (n, right): how many readings of this confidence were measured and how many of them were right.
    ``tier``, ``rule`` and ``details`` are said of codings only: who speaks, the rule's key, what the card shows.
    """

    match: Match | Coding
    case: str
    confidence: float
    ticks: dict[str, str]
    reasons: tuple[tuple[str, dict[str, Any]], ...] = ()
    marks: tuple[tuple[int, int], ...] = ()
    lost: tuple[str, dict[str, Any]] | None = None
    support: tuple[int, int] = (0, 0)
    tier: str = ""
    rule: int | None = None
    details: dict[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """Stable name of this alternative, the same in every run."""
        return self.match.fingerprint()[:12]

    def to_json(self) -> dict[str, Any]:
        told = {"tier": self.tier, "rule": self.rule, "details": self.details}
        return {
            "key": self.key,
            "case": self.case,
            "confidence": round(self.confidence, 4),
            "ticks": dict(self.ticks),
            "reasons": [[code, values] for code, values in self.reasons],
            "marks": [list(mark) for mark in self.marks],
            "lost": list(self.lost) if self.lost else None,
            "support": list(self.support),
            "proposal": self.match.to_json(),
            **{name: value for name, value in told.items() if value},
        }


@dataclass(frozen=True, slots=True)
class Answer:
    """An engine's answer for one line.

    ``outcome`` is ``proposed`` (``readings[0]`` is it, the rest are the losing alternatives), ``asked`` (the
    readings are the choices) or ``nothing`` (``reasons`` says what would decide it). ``margin`` is the
    first reading's confidence minus the second's.
    """

    line: int
    outcome: str
    readings: tuple[Reading, ...] = ()
    margin: float = 1.0
    reasons: tuple[tuple[str, dict[str, Any]], ...] = ()
    partner: int | None = None


def fingerprint(proposal: dict[str, Any]) -> str:
    """SHA-256 over what would be booked, independent of the order of lines and of labels."""
    core = {
        "counterparts": sorted((c["move_line_id"], c["amount"]) for c in proposal.get("counterparts", [])),
        "write_off": sorted(
            (w["account_id"], w["amount"], sorted(w.get("tax_ids", []))) for w in proposal.get("write_off", [])
        ),
        "lines": sorted(_line_core(line) for line in proposal.get("lines", [])),
        "partner": proposal.get("partner_id"),
    }
    return hashlib.sha256(json.dumps(core, sort_keys=True, default=str).encode()).hexdigest()


def _line_core(line: dict[str, Any]) -> list[Any]:
    analytic = [sorted(line["analytic_distribution"].items())] if line.get("analytic_distribution") else []
    return [line["account_id"], line["amount"], sorted(line.get("tax_ids") or []), *analytic]
