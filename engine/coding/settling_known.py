"""Whose bank line it is: a counterpart that a person keeps, by account number, reference, partner or name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from ..facts import BankLine
from ..text import core_name, squeeze, words
from .settling_facts import Counterpart, Known

#: A reference shorter than this stands in too many texts.
_REFERENCE = 8
#: A name of one word shorter than this proves nothing in a text.
_WORD = 6
NUMBER, REFERENCE, PARTNER, NAME, TEXT = (
    "counterpart_account",
    "counterpart_reference",
    "counterpart_partner",
    "counterpart_name",
    "counterpart_text",
)


class People:
    """The counterparts of a company, by what their payments carry."""

    def __init__(self, counterparts: Sequence[Counterpart]) -> None:
        self._by_number: dict[str, list[Counterpart]] = defaultdict(list)
        self._by_partner: dict[int, list[Counterpart]] = defaultdict(list)
        self._by_name: dict[frozenset[str], list[Counterpart]] = defaultdict(list)
        self._references: list[tuple[str, Counterpart]] = []
        self._phrases: list[tuple[tuple[str, ...], Counterpart]] = []
        for each in counterparts:
            for number in each.numbers:
                self._by_number[number].append(each)
            if each.partner:
                self._by_partner[each.partner].append(each)
            for name in each.names:
                self._by_name[frozenset(name)].append(each)
                if len(name) > 1 or len(name[0]) >= _WORD:
                    self._phrases.append((name, each))
            self._references += [(reference, each) for reference in _references_of(each)]

    def known(self, line: BankLine, partner: int | None = None) -> Known | None:
        """:param partner: that is surely behind the line, if the line does not carry it"""
        how: dict[str, dict[int, Counterpart]] = defaultdict(dict)
        quoted = self._quoted(line)
        for _reference, each in quoted:
            how[REFERENCE][each.key] = each
        for each in self._by_number.get(line.account_number, ()) if line.account_number else ():
            how[NUMBER][each.key] = each
        for each in self._by_partner.get(line.partner or partner or 0, ()):
            how[PARTNER][each.key] = each
        if line.partner_name:
            for each in self._by_name.get(frozenset(core_name(line.partner_name)), ()):
                how[NAME][each.key] = each
        if not how:
            for each in self._named_in(line):
                how[TEXT][each.key] = each
        if not how:
            return None
        return self._agreed(line, how, tuple(reference for reference, _each in quoted))

    def _agreed(self, line, how, references):
        """Who all that is known agrees on; where it agrees on nobody, what proves more decides, and is not sure."""
        keys = [set(found) for found in how.values()]
        common = set.intersection(*keys)
        proof = next(code for code in (REFERENCE, NUMBER, PARTNER, NAME, TEXT) if code in how)
        people = {key: each for found in how.values() for key, each in found.items()}
        chosen = common or set(how[proof])
        found = tuple(people[key] for key in sorted(chosen))
        sure = bool(common) and proof != TEXT and not (proof == NAME and self._pays_elsewhere(line, found))
        codes = tuple(code for code in (REFERENCE, NUMBER, PARTNER, NAME, TEXT) if set(how.get(code, ())) & chosen)
        return Known(found, codes, sure, references)

    def _pays_elsewhere(self, line, found):
        """The name is right and the account number is none of those that are known: somebody should look."""
        return bool(line.account_number) and any(each.numbers for each in found)

    def _quoted(self, line):
        told = [squeeze(reference) for reference in line.references]
        whole = squeeze(line.text)
        return [
            (reference, each)
            for reference, each in self._references
            if any(reference in one for one in told) or reference in whole
        ]

    def _named_in(self, line) -> Iterable[Counterpart]:
        told = [word.text for word in words(line.text)]
        for name, each in self._phrases:
            size = len(name)
            if any(tuple(told[n : n + size]) == name for n in range(len(told) - size + 1)):
                yield each


def _references_of(counterpart: Counterpart) -> list[str]:
    told = [reference for claim in counterpart.claims for reference in claim.references]
    told += [reference for loan in counterpart.loans for reference in loan.references]
    return [reference for reference in dict.fromkeys(map(squeeze, told)) if len(reference) >= _REFERENCE]


def recognise(lines: Sequence[BankLine], counterparts: Sequence[Counterpart], partners=None) -> dict[int, Known]:
    """{line key: who is on its other side}; lines of others are left out.

    :param partners: {line key: partner that is surely behind it}
    """
    if not counterparts:
        return {}
    people = People(counterparts)
    found = {line.key: people.known(line, (partners or {}).get(line.key)) for line in lines}
    return {key: known for key, known in found.items() if known}
