"""What was counted in a run, as a table for people and as values for programs."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import ClassVar

from .intervals import interval, share

HIGH = 0.95


@dataclass(slots=True)
class Tally:
    """Counts of one run; tallies add up over seeds."""

    lines: int = 0
    decidable: Counter = field(default_factory=Counter)  # by case
    right: Counter = field(default_factory=Counter)
    asked: Counter = field(default_factory=Counter)
    silent: Counter = field(default_factory=Counter)
    wrong: Counter = field(default_factory=Counter)
    asked_with: Counter = field(default_factory=Counter)  # questions whose choices hold the truth
    misleading: int = 0  # one reading fits, but it is not what happened: nobody could know
    followed: int = 0
    undecidable: int = 0
    left: int = 0
    lucky: int = 0
    high: int = 0
    high_right: int = 0
    profit_and_loss: int = 0
    bins: dict[int, list[float]] = field(default_factory=lambda: defaultdict(lambda: [0, 0, 0.0]))
    misses: list[dict] = field(default_factory=list)

    COUNTS: ClassVar = (
        "lines",
        "misleading",
        "followed",
        "undecidable",
        "left",
        "lucky",
        "high",
        "high_right",
        "profit_and_loss",
    )
    COUNTERS: ClassVar = ("decidable", "right", "asked", "silent", "wrong", "asked_with")

    def add(self, values: dict) -> None:
        """Add counts that came as JSON from another process."""
        for name in self.COUNTS:
            setattr(self, name, getattr(self, name) + values[name])
        for name in self.COUNTERS:
            getattr(self, name).update(values[name])
        for index, entry in values["bins"].items():
            self.bins[int(index)] = [a + b for a, b in zip(self.bins[int(index)], entry, strict=True)]


def report(tally: Tally) -> str:
    """The table that people read."""
    decidable, right = sum(tally.decidable.values()), sum(tally.right.values())
    rows = [
        f"lines {tally.lines:,}, decidable {decidable:,}, undecidable {tally.undecidable:,}",
        f"right at first place, decidable        {share(right, decidable)}",
        f"precision at confidence >= {HIGH}        {share(tally.high_right, tally.high)}",
        f"undecidable asked or left alone        {share(tally.left, tally.undecidable)}"
        f"   (of the guesses {tally.lucky} hit)",
        f"misleading lines {tally.misleading}, of which {tally.followed} followed",
        f"profit and loss while an item fits     {tally.profit_and_loss}",
        "",
        f"{'case':14}{'n':>6}{'right':>8}{'asked':>8}{'silent':>8}{'wrong':>8}   right",
    ]
    for case in sorted(tally.decidable, key=lambda case: -tally.decidable[case]):
        n = tally.decidable[case]
        rows.append(
            f"{case:14}{n:>6}{tally.right[case]:>8}{tally.asked[case]:>8}{tally.silent[case]:>8}"
            f"{tally.wrong[case]:>8}   {share(tally.right[case], n)}"
        )
    rows += ["", "confidence     proposals   said    right"]
    for index in sorted(tally.bins):
        count, hits, said = tally.bins[index]
        rows.append(f"{index / 20:.2f}-{(index + 1) / 20:.2f}{count:>14}{said / count:>8.3f}{hits / count:>9.3f}")
    return "\n".join(rows)


def figures(tally: Tally) -> dict:
    """The same as values, for ``--json``."""

    def part(successes: int, n: int) -> dict:
        low, high = interval(successes, n)
        return {
            "n": n,
            "k": successes,
            "share": successes / n if n else None,
            "low": low,
            "high": high,
        }

    decidable, right = sum(tally.decidable.values()), sum(tally.right.values())
    return {
        "lines": tally.lines,
        "undecidable": tally.undecidable,
        "right": part(right, decidable),
        "precision_at_0.95": part(tally.high_right, tally.high),
        "misleading": tally.misleading,
        "misleading_followed": tally.followed,
        "undecidable_left": part(tally.left, tally.undecidable),
        "profit_and_loss_while_item_fits": tally.profit_and_loss,
        "cases": {
            case: {
                **part(tally.right[case], n),
                "asked": tally.asked[case],
                "silent": tally.silent[case],
                "wrong": tally.wrong[case],
            }
            for case, n in tally.decidable.items()
        },
        "reliability": [
            {"from": index / 20, "n": int(count), "said": said / count, "right": hits / count}
            for index, (count, hits, said) in sorted(tally.bins.items())
        ],
    }
