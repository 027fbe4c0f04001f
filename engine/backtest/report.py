"""Counts of a replay: coverage, precision with its exact interval, and the reliability diagram."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ..intervals import interval

#: Lower ends of the diagram's bins; the last ones are narrow, because gates stand there.
BINS = (0.0, 0.5, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98, 0.99, 1.0)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a replay. ``outcome`` is ``same``, ``differs``, ``asked`` or ``nothing``; ``amount`` without sign,
    ``difference`` what stands elsewhere than people booked it, both in the company's currency."""

    kind: str
    journal: int
    tier: str
    outcome: str
    confidence: float
    amount: Decimal
    difference: Decimal = Decimal(0)
    month: str = ""
    is_accepted: bool = False


def summary(rows: Sequence[Row]) -> dict[str, Any]:
    """What a replay says: in all, and per kind, journal, tier and month."""
    return {
        "all": figures(rows),
        "kinds": _by(rows, "kind"),
        "journals": _by(rows, "journal"),
        "tiers": _by(rows, "tier"),
        "months": _by(rows, "month"),
        "reliability": reliability(rows),
    }


def figures(rows: Iterable[Row]) -> dict[str, Any]:
    """``{lines, proposed, asked, nothing, accepted, right, wrong, coverage, precision, low, high, amount, difference}``

    Accepted are those that reach the confidence of the replay; precision, its exact 95 % interval and the difference
    are theirs. ``proposed_right`` counts all proposals. Amounts are decimal strings.
    """
    rows = list(rows)
    accepted = [row for row in rows if row.is_accepted]
    right = sum(row.outcome == "same" for row in accepted)
    said = [row for row in rows if row.outcome in ("same", "differs")]
    low, high = interval(right, len(accepted))
    return {
        "lines": len(rows),
        "proposed": len(said),
        "proposed_right": sum(row.outcome == "same" for row in said),
        "asked": sum(row.outcome == "asked" for row in rows),
        "nothing": sum(row.outcome == "nothing" for row in rows),
        "accepted": len(accepted),
        "right": right,
        "wrong": len(accepted) - right,
        "coverage": len(accepted) / len(rows) if rows else 0.0,
        "precision": right / len(accepted) if accepted else None,
        "low": low,
        "high": high,
        "amount": str(sum((row.amount for row in accepted), Decimal(0))),
        "difference": str(sum((row.difference for row in accepted), Decimal(0))),
    }


def reliability(rows: Iterable[Row]) -> list[dict[str, Any]]:
    """The diagram: per tier and bin of confidence how many were proposed, how many were right, and the exact interval:
    ``[{tier, low, high, n, right, mean, interval: [low, high]}]``."""
    said = [row for row in rows if row.outcome in ("same", "differs")]
    found = []
    for tier, mine in sorted(_groups(said, "tier").items()):
        for number, least in enumerate(BINS):
            most = BINS[number + 1] if number + 1 < len(BINS) else None
            inside = [row for row in mine if row.confidence >= least and (most is None or row.confidence < most)]
            if inside:
                right = sum(row.outcome == "same" for row in inside)
                found.append(
                    {
                        "tier": tier,
                        "low": least,
                        "high": most or 1.0,
                        "n": len(inside),
                        "right": right,
                        "mean": sum(row.confidence for row in inside) / len(inside),
                        "interval": list(interval(right, len(inside))),
                    }
                )
    return found


def _by(rows: Sequence[Row], name: str) -> list[dict[str, Any]]:
    return [{"key": key, **figures(found)} for key, found in sorted(_groups(rows, name).items(), key=_order)]


def _groups(rows: Iterable[Row], name: str) -> dict[Any, list[Row]]:
    groups: dict[Any, list[Row]] = {}
    for row in rows:
        groups.setdefault(getattr(row, name), []).append(row)
    return groups


def _order(pair: tuple[Any, list[Row]]) -> str:
    return str(pair[0])
