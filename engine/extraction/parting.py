"""Which lines bear which of two taxes, where the document prints neither rates on lines nor bases: by arithmetic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from .reading import Item, TaxPart

CENT = Decimal("0.01")
#: With more lines, several partings fit by chance.
_MOST = 14


def part(items: tuple[Item, ...], taxes: tuple[TaxPart, ...]) -> tuple[tuple[Item, ...], tuple[TaxPart, ...]]:
    """(items with their rates, taxes with their bases) when exactly one parting of the lines gives both taxes to the
    cent; both unchanged when none does, or several.

    :param items: net of tax
    """
    if len(taxes) != 2 or all(one.base is not None for one in taxes) or not 2 <= len(items) <= _MOST:
        return items, taxes
    if any(item.total is None or item.tax_rate is not None for item in items) or taxes[0].rate == taxes[1].rate:
        return items, taxes
    fitting = _partings([item.total for item in items], *taxes)
    bases = {base for base, _lines in fitting}
    if len(bases) != 1:
        return items, taxes
    first, second = taxes
    base = bases.pop()
    rest = sum(item.total for item in items) - base
    taxes = (replace(first, base=base), replace(second, base=rest))
    if len(fitting) > 1:
        return items, taxes
    [(_base, lines)] = fitting
    rated = tuple(
        replace(item, tax_rate=first.rate if lines >> at & 1 else second.rate) for at, item in enumerate(items)
    )
    return rated, taxes


def _partings(totals: Sequence[Decimal], first: TaxPart, second: TaxPart) -> list[tuple[Decimal, int]]:
    """(base of the first tax, its lines as bits) of all partings in which both taxes are right to the cent."""
    sums = [Decimal(0)]
    for total in totals:
        sums += [known + total for known in sums]
    whole = sums[-1]
    return [
        (base, lines)
        for lines, base in enumerate(sums)
        if 0 < lines < len(sums) - 1 and _gives(base, first) and _gives(whole - base, second)
    ]


def _gives(base: Decimal, part: TaxPart) -> bool:
    return (base * part.rate / 100).quantize(CENT, ROUND_HALF_UP) == part.tax
