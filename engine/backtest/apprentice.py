"""Who learns along: on each day of a replay it knows what people had decided by then, and no more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from ..coding import Rule, Splits
from ..coding.payee import Payers
from ..learning import Example, Learner
from .clock import Known, Moment, was_known


@dataclass(frozen=True, slots=True)
class Decision:
    """What a decided bank line teaches. ``payer``: (partner, account number, name, text), where people put a partner
    on it; ``example`` and ``lines``: its coding, where it is one."""

    key: int
    known: Known
    payer: tuple[int, str, str, str] | None = None
    example: Example | None = None
    lines: Sequence[Mapping[str, Any]] = ()


class Apprentice:
    """Learner, payers and splits, taught in order of the days on which decisions became known."""

    def __init__(
        self, learner: Learner, decisions: Iterable[Decision], rules: Sequence[tuple[Known, Rule]] = ()
    ) -> None:
        self.learner, self.payers, self.splits = learner, Payers(), Splits()
        self._coming = sorted(decisions, key=lambda decision: (decision.known.day, decision.key), reverse=True)
        self._held: list[Decision] = []
        self._rules = list(rules)
        self._hits: list[tuple[Known, int, bool]] = []
        self._support: dict[int, tuple[int, int]] = {}

    def advance(self, moment: Moment) -> None:
        """Learn all that was known at ``moment`` and is not learned yet."""
        due, self._held = self._held, []
        while self._coming and self._coming[-1].known.day <= moment.day:
            due.append(self._coming.pop())
        taught = []
        for decision in due:
            (taught if was_known(decision.known, moment) else self._held).append(decision)
        for decision in taught:
            if decision.payer is not None:
                self.payers.learn(*decision.payer)
            if decision.example is not None:
                self.splits.learn(decision.example, decision.lines)
        self.learner.learn_many(decision.example for decision in taught if decision.example is not None)
        self._count_hits(moment)

    def _count_hits(self, moment: Moment) -> None:
        open_hits = []
        for known, rule, is_right in self._hits:
            if was_known(known, moment):
                count, right = self._support.get(rule, (0, 0))
                self._support[rule] = count + 1, right + is_right
            else:
                open_hits.append((known, rule, is_right))
        self._hits = open_hits

    def rules(self, moment: Moment) -> tuple[Rule, ...]:
        """The rules that stood then, with the record that they had in the replay."""
        return tuple(
            replace(rule, support=self._support.get(rule.key, (0, 0)))
            for known, rule in self._rules
            if was_known(known, moment)
        )

    def judge(self, rule: int, known: Known, is_right: bool) -> None:
        """A rule's proposal was right or wrong, which is known from ``known`` on."""
        self._hits.append((known, rule, is_right))


def known_of_change(changed: Any) -> Known:
    """Of what carries no day of its own: the moment of its last change."""
    return Known(changed.date() if changed else date.min, changed)
