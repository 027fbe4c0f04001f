"""What is the matter with rules: hidden by others, contradicting them or people, never speaking."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .facts import Rule
from .rule_making import Past, Preview
from .rules import Book


def covers(wide: Rule, narrow: Rule) -> bool:
    """Whether ``wide`` holds for every line for which ``narrow`` holds, as far as their conditions tell."""
    return (
        set(wide.tokens) <= set(narrow.tokens)
        and all(_same_or_none(getattr(wide, name), getattr(narrow, name)) for name in ("phrase", "without", "pattern"))
        and all(_same_or_none(getattr(wide, name), getattr(narrow, name)) for name in ("payee", "partner", "sign"))
        and (not wide.journals or bool(narrow.journals) and narrow.journals <= wide.journals)
        and _partners_cover(wide, narrow)
        and _amounts_cover(wide, narrow)
    )


def _same_or_none(wide, narrow):
    return not wide or wide == narrow


def _partners_cover(wide, narrow):
    named = narrow.partners or ({narrow.partner} if narrow.partner else set())
    return not wide.partners or bool(named) and named <= wide.partners


def _amounts_cover(wide, narrow):
    if wide.least is None and wide.most is None and not any(wide.fixed):
        return True
    least_covers = wide.least is None or narrow.least is not None and narrow.least >= wide.least
    most_covers = wide.most is None or narrow.most is not None and narrow.most <= wide.most
    return least_covers and most_covers and not any(wide.fixed) and wide.currency in ("", narrow.currency)


@dataclass(frozen=True, slots=True)
class Finding:
    """What is the matter with a rule. ``code``: ``hidden`` (never speaks, ``by`` stands before it), ``conflict``
    (``by`` would book otherwise, on ``count`` lines of the past), ``contradicted``, ``everything``, ``dead``, or
    empty. ``spoke`` and ``same``: past lines it would have coded being the first to hold, and as people did."""

    rule: int
    code: str = ""
    by: int | None = None
    count: int = 0
    spoke: int = 0
    same: int = 0


def findings(rules: Sequence[Rule], past: Iterable[Past]) -> dict[int, Finding]:
    """{rule key: what the past says of it}, of all rules together and in their order."""
    past = list(past)
    heard: dict[int, list[tuple[Past, Rule]]] = {rule.key: [] for rule in rules}
    overlaps: dict[tuple[int, int], int] = {}
    book = Book(rules)
    for each in past:
        holding = book.all(each.line)
        for place, rule in enumerate(holding):
            if not place:
                heard[rule.key].append((each, rule))
            elif holding[0].template != rule.template:
                pair = rule.key, holding[0].key
                overlaps[pair] = overlaps.get(pair, 0) + 1
    return {
        key: _finding(key, [rule for rule in rules if rule.key == key], rules, heard[key], overlaps, len(past))
        for key in heard
    }


def _finding(key, mine, rules, heard, overlaps, total):
    same = tuple(each for each, rule in heard if each.label == rule.template.label)
    differs = tuple(each for each, rule in heard if each.label != rule.template.label)
    spoke = {"rule": key, "spoke": len(heard), "same": len(same)}
    before = rules[: rules.index(mine[0])]
    hiding = next((rule for rule in before if rule.key != key and all(covers(rule, each) for each in mine)), None)
    if hiding:
        return Finding(code="hidden", by=hiding.key, **spoke)
    breadth = Preview(same, differs, total).breadth
    if breadth:
        return Finding(code=breadth, count=len(differs), **spoke)
    against = {pair[1]: count for pair, count in overlaps.items() if pair[0] == key}
    if against:
        by = max(against, key=lambda other: (against[other], -other))
        return Finding(code="conflict", by=by, count=against[by], **spoke)
    return Finding(code="" if heard or not total else "dead", **spoke)
