"""The learner: one decision at a time, in the order in which people took them.

Counts per context (``tables``), weighed by what each proved to be worth (``mixing``), and a confidence measured on
the learner's own predictions before their outcome was known (``gauge``). Everything it holds is bounded.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import groupby
from typing import Any

from . import explain
from .case import Case, Example, Prediction
from .contexts import NAME, PAYEE, PAYEE_UNIT, ROWS, general_keys, own_keys, spelled, text_keys
from .gauge import Gauge, features
from .mixing import Mix, Weights, novelty
from .outcomes import Drift, Outcomes
from .tables import Row, Table

VERSION = 2
_THIN = 2.5  # decisions on a payee below which its words are asked too
_TOLD = 0.499  # weight from which a payee's label counts for its words
_RANKED = 5


class Learner:
    """Learns incrementally; its snapshot is JSON, never code.

    :param names: {label: words that describe it}, names of accounts: what a cold start can go by
    """

    def __init__(self, names: Mapping[str, str] | None = None):
        self._labels: list[str] = []
        self._numbers: dict[str, int] = {}
        self._tables = {kind: Table(size) for kind, size in ROWS.items()}
        self._weights = Weights()
        self._gauge = Gauge()
        self._outcomes = Outcomes()
        self._set_names(names or {})

    def copy(self) -> Learner:
        """A learner that may be taught without changing this one; it shares what neither changes."""
        twin = Learner.__new__(Learner)
        twin._labels, twin._numbers = list(self._labels), dict(self._numbers)
        twin._tables = {kind: table.copy() for kind, table in self._tables.items()}
        twin._weights, twin._gauge, twin._outcomes = self._weights.copy(), self._gauge.copy(), self._outcomes.copy()
        twin._names, twin._named = self._names, self._named
        return twin

    def _set_names(self, names: Mapping[str, str]) -> None:
        self._names = dict(names)
        self._named: dict[str, Row] = {}
        for label in sorted(self._names):
            for word in spelled(self._names[label]):
                if len(word) > 2:
                    self._named.setdefault(word, Row({}, (), 0)).add(self._number(label), 1.0, 0)

    def _number(self, label: str) -> int:
        number = self._numbers.get(label)
        if number is None:
            number = self._numbers[label] = len(self._labels)
            self._labels.append(label)
        return number

    # === LEARNING === #

    def learn(self, example: Example) -> None:
        """One decision more; how good the guess before it was is measured on the way."""
        self.learn_many((example,))

    def learn_many(self, examples: Iterable[Example]) -> None:
        """Examples in the order in which they were decided.

        Those of one day are measured before any of them is counted: lines of a statement are proposed together, so
        what is said of one cannot know the others.
        """
        for _day, together in groupby(examples, key=lambda example: example.case.date):
            found = [example for example in together if example.weight > 0]
            for example in found:
                self._judge(example)
            for example in found:
                self._count(example)

    def _judge(self, example: Example) -> None:
        label, weight = self._number(example.label), min(example.weight, 1.0)
        mix, payee, unit = self._mix(example.case)
        if mix.labels and not explain.is_majority(mix):
            odds_of = features(mix, payee, unit)
            odds = self._gauge.odds(mix, odds_of)
            confidence, _support = self._gauge.confidence(odds)
            is_right = mix.labels[0] == label
            self._outcomes.add(_tier(mix, payee), confidence, is_right, weight)
            self._gauge.teach(odds_of, odds, is_right, weight)
        mix.teach(self._weights, label, weight)

    def _count(self, example: Example) -> None:
        case, label, weight = example.case, self._number(example.label), min(example.weight, 1.0)
        own, day = own_keys(case), case.date.toordinal()
        payee = self._tables[PAYEE].find(own[0][1])
        before = payee.counts.get(label, 0.0) if payee is not None else 0.0
        payee = self._tables[PAYEE].add(own[0][1], label, weight, day)
        payee.note(label, day)
        for kind, key in own[1:] + general_keys(case):
            self._tables[kind].add(key, label, weight, day)
        if before < _TOLD <= before + weight:
            for kind, key in text_keys(case):
                self._tables[kind].add(key, label, 1.0, day)

    def forget(self, example: Example, is_error: bool = False) -> None:
        """Take a decision back that was learned: its counts are what they would be had it never been learned.

        What it moved of weights and of the confidence's scale (a thousandth of it) stays, with its outcome taken off.

        :param is_error: undone or corrected later: what the learner had said for it counts as wrong
        """
        if example.weight <= 0 or example.label not in self._numbers:
            return
        case, weight, label = example.case, min(example.weight, 1.0), self._numbers[example.label]
        own = own_keys(case)
        payee = self._tables[PAYEE].find(own[0][1])
        before = payee.counts.get(label, 0.0) if payee is not None else 0.0
        if not before:
            return
        for kind, key in own + general_keys(case):
            self._tables[kind].take(key, label, weight)
        if before - weight < _TOLD <= before:
            for kind, key in text_keys(case):
                self._tables[kind].take(key, label, 1.0)
        mix, payee, unit = self._mix(case)
        if mix.labels and not explain.is_majority(mix):
            odds = self._gauge.odds(mix, features(mix, payee, unit))
            self._gauge.untell(odds, mix.labels[0] == label, weight, is_error)

    # === SAYING === #

    def predict(self, case: Case) -> Prediction:
        """What is known of ``case``, from what was learned so far."""
        mix, payee, unit = self._mix(case)
        if not mix.labels:
            return Prediction(case.key, history=self._history(payee))
        if explain.is_majority(mix):
            return Prediction(case.key, history=self._history(payee), doubt="majority")
        confidence, support = self._gauge.confidence(self._gauge.odds(mix, features(mix, payee, unit)))
        doubt = explain.doubt(mix, payee, confidence)
        labels = self._labels
        return Prediction(
            case.key,
            _tier(mix, payee),
            tuple((labels[label], share) for label, share in zip(mix.labels[:_RANKED], mix.shares, strict=False)),
            confidence,
            mix.margin,
            support,
            self._history(payee),
            doubt == "contradictory",
            doubt,
            explain.reasons(mix, case, payee),
        )

    def _mix(self, case: Case) -> tuple[Mix, Row | None, Row | None]:
        """(what the contexts say, the payee's row, the row of the payee in this unit)"""
        tables = self._tables
        keys = own_keys(case)
        payee = tables[PAYEE].find(keys[0][1])
        level = 0 if payee is None else 1 if payee.total < _THIN else 2
        if level < 2:
            keys = keys + general_keys(case) + text_keys(case)
        rows, unit = [], None
        for kind, key in keys:
            row = tables[kind].find(key)
            if row is not None:
                rows.append((kind, key, row))
                if kind == PAYEE_UNIT:
                    unit = row
        if not level and self._named:
            words = dict.fromkeys(spelled(case.name) + spelled(case.text))
            rows += [(NAME, word, self._named[word]) for word in words if word in self._named]
        return Mix(self._weights, rows, level, novelty(payee)), payee, unit

    def _history(self, payee: Row | None) -> tuple[tuple[str, int, date], ...]:
        if payee is None:
            return ()
        counts, days, labels = payee.counts, payee.days or {}, self._labels
        order = counts if len(counts) == 1 else sorted(counts, key=counts.__getitem__, reverse=True)[:_RANKED]
        return tuple((labels[one], round(counts[one]), date.fromordinal(days[one][1])) for one in order if one in days)

    def predict_many(self, cases: Iterable[Case]) -> list[Prediction]:
        """One prediction a case, in their order."""
        return [self.predict(case) for case in cases]

    def reliability(self) -> list[dict[str, Any]]:
        """What was said and what held, measured before each decision was learned: ``Outcomes.reliability``."""
        return self._outcomes.reliability()

    def drift(self) -> Drift:
        """Whether what was lately said with certainty holds less often than it should."""
        return self._outcomes.drift()

    # === SNAPSHOT === #

    def to_json(self) -> dict[str, Any]:
        """The snapshot: plain values, bounded in size. Labels that nothing counts any more are left out."""
        used = sorted({label for table in self._tables.values() for _key, row in table.items() for label in row.counts})
        numbers = {label: number for number, label in enumerate(used)}
        return {
            "version": VERSION,
            "names": self._names,
            "labels": [self._labels[label] for label in used],
            "tables": {kind: table.to_json(numbers) for kind, table in self._tables.items()},
            "weights": self._weights.to_json(),
            "gauge": self._gauge.to_json(),
            "outcomes": self._outcomes.to_json(),
        }

    @classmethod
    def from_json(cls, values: Mapping[str, Any], names: Mapping[str, str] | None = None) -> Learner:
        """:param names: instead of the names in the snapshot

        :raise ValueError: for a snapshot of another version
        """
        if values.get("version") != VERSION:
            raise ValueError(f"a snapshot of version {values.get('version')!r}, not {VERSION}")
        learner = cls()
        for label in values["labels"]:
            learner._number(label)
        learner._tables = {kind: Table.from_json(size, values["tables"][kind]) for kind, size in ROWS.items()}
        learner._weights = Weights.from_json(values["weights"])
        learner._gauge = Gauge.from_json(values["gauge"])
        learner._outcomes = Outcomes.from_json(values["outcomes"])
        learner._set_names(values["names"] if names is None else names)
        return learner


def _tier(mix: Mix, payee: Row | None) -> str:
    return "memory" if payee is not None and mix.labels[0] in payee.counts else "prediction"
