"""Which rule speaks for a line, and what it books."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from ..text import fold, words
from .facts import CodingLine, Rule
from .payee import payee_key

#: Of a text, what a pattern is tried on: with at most two open repetitions the work stays below a millisecond.
PATTERN_TEXT = 200
PATTERN_LIMIT = 200
OPEN_REPETITIONS = 2
OPTIONS = 4
GROUPS = 3
#: A hundred percent, and what rounding thirds may add to it.
WHOLE = Decimal("100.001")

_ESCAPED = re.compile(r"\\.")
_CLASS = re.compile(r"\[\^?\]?[^\]]*\]")
_REPEATED_GROUP = re.compile(r"\)\s*[*+{]")
_REPETITION = re.compile(r"[*+{]")
_OPTION = re.compile(r"(?<!\()\?")
_BACKREFERENCE = re.compile(r"\\[1-9]|\(\?P=|\(\?\(")


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the conditions look at, worked out once a line."""

    line: CodingLine
    text: str
    folded: str
    words: frozenset[str]
    name: str


def _see(line: CodingLine) -> _Seen:
    case = line.case
    text = f"{case.text} {case.name}" if case.name and case.name not in case.text else case.text
    found = frozenset(word.text for word in words(text))
    return _Seen(line, text, _spaced(text), found, payee_key(None, "", case.name, ""))


def _spaced(text: str) -> str:
    return " ".join(fold(text).split())


def applies(rule: Rule, line: CodingLine) -> bool:
    """Whether all conditions of ``rule`` hold for ``line``."""
    return _holds(rule, _see(line))


def first(rules: Iterable[Rule], line: CodingLine) -> Rule | None:
    """The first rule in order whose conditions hold. Many lines: ask a ``Book``."""
    seen = _see(line)
    return next((rule for rule in rules if _holds(rule, seen)), None)


def _holds(rule: Rule, seen: _Seen) -> bool:
    line = seen.line
    return (
        (not rule.journals or line.journal in rule.journals)
        and _amount_holds(rule, line.case.amount, line.case.currency)
        and _party_holds(rule, seen)
        and all(token in seen.words for token in rule.tokens)
        and _text_holds(rule, seen)
    )


def _amount_holds(rule, amount, currency):
    if rule.sign and (amount > 0) != (rule.sign > 0):
        return False
    if rule.currency and rule.currency != currency and _speaks_of_amounts(rule):
        return False
    size = abs(amount)
    return (rule.least is None or size >= rule.least) and (rule.most is None or size <= rule.most)


def _speaks_of_amounts(rule):
    return rule.least is not None or rule.most is not None or any(amount is not None for amount in rule.fixed)


def _party_holds(rule, seen):
    partner = seen.line.partner
    if rule.partner is not None and partner != rule.partner:
        return False
    if rule.partners and partner not in rule.partners:
        return False
    # A partner that is known meanwhile still bears the name by which the rule knew it.
    return rule.payee is None or rule.payee in (seen.line.case.payee, seen.name)


def _text_holds(rule, seen):
    return (
        (not rule.phrase or _spaced(rule.phrase) in seen.folded)
        and (not rule.without or _spaced(rule.without) not in seen.folded)
        and (not rule.pattern or _found(rule.pattern, seen.text))
    )


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _found(pattern, text):
    return _compiled(pattern).search(text[:PATTERN_TEXT]) is not None


def is_safe_pattern(pattern: str) -> bool:
    """Whether ``pattern`` can be tried on anybody's text in bounded time.

    No repeated groups and few repetitions, options and groups: what is left cannot backtrack exponentially.
    """
    plain = _CLASS.sub("x", _ESCAPED.sub("x", pattern))
    if len(pattern) > PATTERN_LIMIT or _BACKREFERENCE.search(pattern) or _REPEATED_GROUP.search(plain):
        return False
    if len(_REPETITION.findall(plain)) > OPEN_REPETITIONS or len(_OPTION.findall(plain)) > OPTIONS:
        return False
    if plain.count("(") > GROUPS:
        return False
    try:
        re.compile(pattern)
    except (re.error, OverflowError, RecursionError):
        return False
    return True


class Book:
    """Rules in order, found by a word or partner that they ask for: those that cannot hold cost nothing."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules: Sequence[Rule] = tuple(rules)
        self._by_word: dict[str, list[int]] = {}
        self._by_partner: dict[int, list[int]] = {}
        self._always: list[int] = []
        for place, rule in enumerate(self.rules):
            if rule.tokens:
                self._by_word.setdefault(max(rule.tokens, key=len), []).append(place)
            elif rule.partner is not None:
                self._by_partner.setdefault(rule.partner, []).append(place)
            else:
                self._always.append(place)

    def first(self, line: CodingLine) -> Rule | None:
        """The first rule in order that holds for ``line``."""
        return next(self._holding(line), None)

    def all(self, line: CodingLine) -> list[Rule]:
        """All rules that hold for ``line``, in order."""
        return list(self._holding(line))

    def _holding(self, line: CodingLine) -> Iterator[Rule]:
        seen = _see(line)
        places = list(self._always)
        for word in seen.words:
            places += self._by_word.get(word, ())
        if line.partner is not None:
            places += self._by_partner.get(line.partner, ())
        return (self.rules[place] for place in sorted(places) if _holds(self.rules[place], seen))


def amounts(rule: Rule, amount: Decimal, places: int = 2) -> tuple[Decimal, ...] | None:
    """What each part of the rule's template gets of ``amount`` (with its sign); what is left stays open.

    None when the rule cannot book this amount: its fixed amounts take more than there is.
    """
    unit = Decimal(1).scaleb(-places)
    sign = 1 if amount >= 0 else -1
    fixed = [*rule.fixed, *([None] * (len(rule.shares) - len(rule.fixed)))]
    shares = [share for share, each in zip(rule.shares, fixed, strict=True) if each is None]
    rest = amount - sum((sign * each for each in fixed if each is not None), Decimal(0))
    if rest * sign < 0 or sum(shares) > WHOLE:
        return None
    shared = iter(_shared(rest, shares, unit))
    found = tuple(next(shared) if each is None else (sign * each).quantize(unit) for each in fixed)
    return found if all(found) else None


def _shared(rest, shares, unit):
    """``rest`` by percent, rounded so that the parts make up the rounded whole: each takes what is due up to it."""
    given, due, found = Decimal(0), Decimal(0), []
    for share in shares:
        due += share
        upto = (rest * due / 100).quantize(unit, rounding=ROUND_HALF_UP)
        found.append(upto - given)
        given = upto
    return found
