"""What does not join: statements with a gap or an overlap, lines that do not add up, numbers that were left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from ..anomaly import WARN, Finding
from .chain import Told

GAP, REST, OVERLAP, NUMBER = "statement_gap", "statement_rest", "statement_overlap", "statement_number"
JOIN_CODES = (GAP, REST, OVERLAP, NUMBER)
STATEMENT = "account.bank.statement"
#: So many statements in a row must have counted up by one before a number that is left out means anything.
PROVEN = 2
_NUMBERS = re.compile(r"\d+")


def joins(statements: Sequence[Told], currency: str) -> dict[int, list[Finding]]:
    """{statement id: what does not join}; ``statements`` of one journal in the order of their first lines."""
    found: dict[int, list[Finding]] = {}
    steps = 0
    place = None
    for before, told in zip([None, *statements], statements, strict=False):
        problems = [*_rest(told, currency)]
        if before is not None:
            problems += [*_gap(before, told, currency), *_overlap(before, told)]
            step, at = _step(before.name, told.name)
            if step == 1:
                steps, place = (steps + 1 if at == place else 1), at
            else:
                is_proven = steps >= PROVEN and at == place
                if step and step > 1 and is_proven and not any(each.code == GAP for each in problems):
                    problems.append(_left_out(before, told, step - 1))
                steps = 0
        if problems:
            found[told.id] = problems
    return found


def _rest(told: Told, currency: str) -> Iterator[Finding]:
    rest = told.end - told.start - told.moved
    if rest:
        values = {"expected": told.end - told.start, "found": told.moved, "gap": rest}
        yield Finding(REST, WARN, _texts(values, currency), key=f"{REST}:{rest}")


def _gap(before: Told, told: Told, currency: str) -> Iterator[Finding]:
    expected = before.end + before.loose
    if told.start != expected:
        gap = told.start - expected
        values = {"expected": expected, "found": told.start, "gap": gap}
        yield Finding(GAP, WARN, _texts(values, currency), (STATEMENT, before.id), f"{GAP}:{before.id}:{gap}")


def _overlap(before: Told, told: Told) -> Iterator[Finding]:
    """Two statements of one day are usual; days inside the other one are not."""
    if told.first_day < before.last_day:
        values = {"first": told.first_day.isoformat(), "last": before.last_day.isoformat()}
        yield Finding(OVERLAP, WARN, values, (STATEMENT, before.id), f"{OVERLAP}:{before.id}")


def _left_out(before: Told, told: Told, count: int) -> Finding:
    return Finding(NUMBER, WARN, {"count": count}, (STATEMENT, before.id), f"{NUMBER}:{before.id}:{count}")


def _step(before: str, name: str) -> tuple[int | None, int | None]:
    """(by how much the one number that differs went up, which number it is); (None, None) for other names."""
    if _NUMBERS.sub("#", before) != _NUMBERS.sub("#", name):
        return None, None
    olds, news = _NUMBERS.findall(before), _NUMBERS.findall(name)
    places = [place for place, (old, new) in enumerate(zip(olds, news, strict=True)) if int(old) != int(new)]
    if len(places) != 1:
        return None, None
    return int(news[places[0]]) - int(olds[places[0]]), places[0]


def _texts(values: dict[str, Decimal], currency: str) -> dict[str, str]:
    return {**{name: str(value) for name, value in values.items()}, "currency": currency}
