"""The learner: one decision at a time, in the order in which people took them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from .case import Case, Example, Prediction

VERSION = 1


class Learner:
    """Learns incrementally; its snapshot is JSON, never code.

    :param names: {label: words that describe it}, names of accounts: what a cold start can go by
    """

    def __init__(self, names: Mapping[str, str] | None = None):
        self._names = dict(names or {})
        self._payees: dict[str, Counter[str]] = defaultdict(Counter)
        self._last: dict[tuple[str, str], date] = {}
        self._seen = self._right = 0

    def learn(self, example: Example) -> None:
        """One decision more; how good the guess before it was is measured on the way."""
        guess = self.predict(example.case)
        if guess.label is not None:
            self._seen += 1
            self._right += guess.label == example.label
        self._payees[example.case.payee][example.label] += example.weight
        self._last[example.case.payee, example.label] = example.case.date

    def learn_many(self, examples: Iterable[Example]) -> None:
        """Examples in order of date, as if one by one."""
        for example in examples:
            self.learn(example)

    def forget(self, example: Example) -> None:
        """Take a decision back that was learned: undone, coded anew, or corrected."""
        counts = self._payees[example.case.payee]
        counts[example.label] = max(0.0, counts[example.label] - example.weight)
        if not counts[example.label]:
            del counts[example.label]

    def predict(self, case: Case) -> Prediction:
        """What is known of ``case``, from what was learned so far."""
        counts = self._payees.get(case.payee)
        if not case.payee or not counts:
            return Prediction(case.key)
        total = sum(counts.values())
        ranked = tuple((label, count / total) for label, count in counts.most_common(5))
        margin = ranked[0][1] - (ranked[1][1] if len(ranked) > 1 else 0.0)
        return Prediction(
            case.key,
            tier="memory",
            ranked=ranked,
            confidence=ranked[0][1] * (self._right + 1) / (self._seen + 2),
            margin=margin,
            support=(self._seen, self._right),
            history=tuple((label, round(n), self._last[case.payee, label]) for label, n in counts.most_common(5)),
            is_contradictory=margin < 0.34,
        )

    def predict_many(self, cases: Iterable[Case]) -> list[Prediction]:
        """One prediction a case, in their order."""
        return [self.predict(case) for case in cases]

    def to_json(self) -> dict[str, Any]:
        """The snapshot: plain values, bounded in size."""
        return {
            "version": VERSION,
            "names": self._names,
            "payees": {payee: dict(counts) for payee, counts in self._payees.items() if counts},
            "last": [[payee, label, day.isoformat()] for (payee, label), day in self._last.items()],
            "measured": [self._seen, self._right],
        }

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Learner:
        """:raise ValueError: for a snapshot of another version"""
        if values.get("version") != VERSION:
            raise ValueError(f"a snapshot of version {values.get('version')!r}, not {VERSION}")
        learner = cls(values["names"])
        for payee, counts in values["payees"].items():
            learner._payees[payee] = Counter(counts)
        learner._last = {(payee, label): date.fromisoformat(day) for payee, label, day in values["last"]}
        learner._seen, learner._right = values["measured"]
        return learner
