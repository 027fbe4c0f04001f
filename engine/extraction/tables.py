"""The summary of taxes by rate: rows whose rate times base is their tax."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from . import line_words
from .figures import Figure, decimal_mark, figures, folded
from .page import Page
from .reading import Item, TaxPart
from .rows import Row, rows

CENT = Decimal("0.01")
#: A tax may be rounded line by line: this many cents are no difference.
_ROUNDED = 2 * CENT
#: More rows than this are no summary of taxes.
_MOST = 12
#: Rates that are told from tax and net alone, when no rate is printed.
_USUAL = tuple(
    Decimal(rate)
    for rate in """5 5.5 6 7 7.7 8 8.1 8.5 9 10 11 12 13 13.5 14 15 16 17 18 19 20 21 22 23 24 25 25.5 27 28""".split()
)
#: Taxes that are levied side by side on one base.
_SIDE_BY_SIDE = ("CGST", "SGST", "UTGST", "GST", "PST", "QST", "TPS", "TVQ", "CESS", "STATE", "COUNTY", "CITY")


def read_taxes(
    pages: Sequence[Page], net: Decimal | None, tax: Decimal | None, total: Decimal | None
) -> tuple[TaxPart, ...]:
    """Bases and taxes by rate, as far as they add up to the document's amounts.

    :param net: what is known of the document's amounts; None: not known
    """
    return taxes_of(rows(pages), net, tax, total)


def taxes_of(
    found: Sequence[Row], net: Decimal | None, tax: Decimal | None, total: Decimal | None
) -> tuple[TaxPart, ...]:
    """The same, of rows."""
    net, tax = _completed(net, tax, total)
    mark = decimal_mark(found)
    read = {row.index: figures(row, mark) for row in found}
    candidates = _distinct(part for row in found for part in _parts(row, read[row.index], net, tax))
    negated = [TaxPart(part.rate, part.base and -part.base, -part.tax) for part in candidates]
    for parts in (candidates, negated):
        chosen = _fitting(parts, net, tax)
        if chosen is not None:
            return chosen
    return _single(_rates(read.values()), net, tax)


def _completed(
    net: Decimal | None, tax: Decimal | None, total: Decimal | None
) -> tuple[Decimal | None, Decimal | None]:
    """The amounts, each made of the others where it is missing."""
    if net is None and None not in (tax, total):
        net = total - tax
    if tax is None and None not in (net, total):
        tax = total - net
    return net, tax


def _parts(
    row: Row, found: Sequence[Figure], net: Decimal | None, tax: Decimal | None
) -> Iterator[tuple[TaxPart, str]]:
    """(part, its word) of a row: rate x base = tax; a tax beside its rate when it is the whole base that is taxed."""
    amounts = [figure for figure in found if figure.is_amount]
    text = folded(row)
    printed = [figure.value for figure in found if figure.percent]
    bare = [figure.value for figure in found if not figure.percent and figure.places <= 2 and 0 < figure.value <= 40]
    word = next((word for word in _SIDE_BY_SIDE if line_words.says(text, word)), "")
    for rate in dict.fromkeys(printed or bare):
        for base, part in combinations(amounts, 2):
            for large, small in ((base.value, part.value), (part.value, base.value)):
                if abs(large) > abs(small) and large and _is_tax(rate, large, small):
                    yield TaxPart(rate, large, small), word
    if len(printed) == 1 and line_words.says(text, line_words.TAXES):
        for amount in amounts:
            if net is not None and printed[0] and _is_tax(printed[0], net, amount.value):
                yield TaxPart(printed[0], net, amount.value), word
            elif len(amounts) == 1 and bool(printed[0]) == bool(amount.value):
                yield TaxPart(printed[0], None, amount.value), word


def _is_tax(rate: Decimal, base: Decimal, tax: Decimal) -> bool:
    if not tax:
        return not rate
    return abs(base * rate / 100 - tax) <= _ROUNDED and abs(tax) > 2 * CENT


def _distinct(parts: Iterable[tuple[TaxPart, str]]) -> list[TaxPart]:
    """Each part once; twice where two taxes are levied on one base under two names."""
    return [part for part, _word in list(dict.fromkeys(parts))][:_MOST]


def with_bases(taxes: tuple[TaxPart, ...], items: Sequence[Item]) -> tuple[TaxPart, ...]:
    """Bases that are printed nowhere, from lines that tell their rate."""
    if any(item.tax_rate is None or item.total is None for item in items):
        return taxes
    sums: dict[Decimal, Decimal] = {}
    for item in items:
        sums[item.tax_rate] = sums.get(item.tax_rate, Decimal(0)) + item.total
    return tuple(
        replace(part, base=sums[part.rate])
        if part.base is None and part.rate in sums and _is_tax(part.rate, sums[part.rate], part.tax)
        else part
        for part in taxes
    )


def _base(part: TaxPart) -> Decimal:
    """The base, worked out of the tax where it is not printed."""
    if part.base is not None or not part.rate:
        return part.base or Decimal(0)
    return (part.tax * 100 / part.rate).quantize(CENT)


def _slack(part: TaxPart) -> Decimal:
    """By how much a base may be off: a worked out one by half a cent of its tax."""
    return CENT if part.base is not None or not part.rate else CENT * 50 / part.rate + CENT


def _fitting(parts: Sequence[TaxPart], net: Decimal | None, tax: Decimal | None) -> tuple[TaxPart, ...] | None:
    """Those of ``parts`` that together are the document's tax; the largest such set that also adds up to its net."""
    if tax is None:
        return None
    best: tuple[tuple[bool, bool, int], tuple[TaxPart, ...]] | None = None
    for count in range(1, min(len(parts), 6) + 1):
        for chosen in combinations(parts, count):
            if abs(sum(part.tax for part in chosen) - tax) > CENT * count:
                continue
            bases = sum(map(_base, chosen))
            slack = sum(map(_slack, chosen))
            side_by_side = len({part.base for part in chosen}) == 1 and count > 1
            exact = net is None or abs(bases - net) <= slack or side_by_side and chosen[0].base == net
            told = all(part.base is not None for part in chosen)
            free = any(not part.rate for part in chosen)
            if not exact and (bases > net + slack or not (told or free)):
                continue
            rank = (exact, told, -count)
            if best is None or rank > best[0]:
                rest = () if exact or free else (TaxPart(Decimal(0), net - bases, Decimal("0.00")),)
                best = rank, (*chosen, *rest)
    return best and tuple(sorted(best[1], key=lambda part: part.rate))


def _rates(read: Iterable[Sequence[Figure]]) -> tuple[Decimal, ...]:
    """Rates that are printed with a percent sign, anywhere."""
    percents = (figure.value for found in read for figure in found if figure.percent and figure.value > 0)
    return tuple(dict.fromkeys(percents))


def _single(rates: Sequence[Decimal], net: Decimal | None, tax: Decimal | None) -> tuple[TaxPart, ...]:
    """One rate for all: a printed one, else a usual one where the amounts are large enough to tell."""
    if net is None or tax is None or not net:
        return ()
    if not tax:
        return (TaxPart(Decimal(0), net, tax),)
    fitting = [rate for rate in rates if _is_tax(rate, net, tax)]
    if not fitting and abs(net) * Decimal("0.005") > CENT:
        fitting = [rate for rate in _USUAL if abs(net * rate / 100 - tax) <= CENT]
    return (TaxPart(fitting[0], net, tax),) if len(fitting) == 1 else ()
