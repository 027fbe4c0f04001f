"""Why a line's amount differs from the items it settles: discount, withholding, rounding, fee, part, too much.

Receipt and payment alike, in the line's sign: items + write-offs = the line's amount. A difference
that nothing explains stays open (a part) or is owed back (too much); it is never written off.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from .. import vocabulary as v
from ..money import share
from ..proposal import Counterpart, WriteOff
from .scene import FEE_WORDS, Scene

DISCOUNT, WITHHELD, ROUNDED, FEE, PART, OVER, EXACT = (
    "discount",
    "withholding",
    "rounding",
    "fee",
    "partial",
    "over",
    "exact",
)


class Explained(NamedTuple):
    """One way how the items make the line's amount. ``notes`` are (code, values) reasons."""

    kind: str
    counterparts: list[Counterpart]
    write_offs: list[WriteOff]
    notes: list[tuple[str, dict]]
    told: bool = False


def explain(scene: Scene, numbers: tuple[int, ...], account: int | None, whole_only: bool = False) -> list[Explained]:
    """All explanations of the line by these items (one currency, the line's).

    ``account``: where money that is too much is owed back; None: not proposed. ``whole_only``: no parts, no rest.
    """
    book = scene.book
    total = sum(book.residual[n] for n in numbers)
    difference = scene.amount - total
    if not total or (total > 0) != (scene.amount > 0):
        return []
    if difference == 0:
        return [Explained(EXACT, _wholes(scene, numbers), [], [])]
    found = [
        *_discount(scene, numbers, difference),
        *_withheld(scene, numbers, difference),
        *_rounded(scene, numbers, difference, total),
        *_fee(scene, numbers, difference, total),
    ]
    if not whole_only:
        found += _part(scene, numbers, difference)
        found += _over(scene, numbers, difference, account)
    return found


def _wholes(scene: Scene, numbers: tuple[int, ...]) -> list[Counterpart]:
    book = scene.book
    return [Counterpart(book.items[n].key, book.places.major(book.residual[n], scene.line.currency)) for n in numbers]


def _money(scene: Scene, minor: int) -> Decimal:
    return scene.book.places.major(minor, scene.line.currency)


def _discount(scene: Scene, numbers: tuple[int, ...], difference: int) -> list[Explained]:
    """All items that grant a discount on that date take it, and it is exactly the difference."""
    taken = granted(scene, numbers)
    if not taken or sum(taken.values()) != difference:
        return []
    write_offs = []
    for n, less in taken.items():
        item = scene.book.items[n]
        write_offs.append(
            WriteOff(
                item.discount.account, _money(scene, less), v.CASH_DISCOUNT, taxes=item.discount.taxes, item=item.key
            )
        )
    until = max(scene.book.items[n].discount.until for n in taken)
    notes = [("discount", {"amount": str(_money(scene, abs(difference))), "until": until.isoformat()})]
    return [Explained(DISCOUNT, _wholes(scene, numbers), write_offs, notes)]


def granted(scene: Scene, numbers: tuple[int, ...]) -> dict[int, int]:
    """Items whose discount still stands on the line's date -> what it takes off (signed like a write-off)."""
    book, taken = scene.book, {}
    for n in numbers:
        discount = book.items[n].discount
        if discount is not None and scene.line.date <= discount.until:
            less = book.places.minor(discount.amount, book.items[n].currency) - book.residual[n]
            if less and (less > 0) != (book.residual[n] > 0):
                taken[n] = less
    return taken


def late(scene: Scene, n: int) -> bool:
    """Whether the line is exactly the discounted amount, but after its date."""
    discount = scene.book.items[n].discount
    return (
        discount is not None
        and scene.line.date > discount.until
        and scene.book.places.minor(discount.amount, scene.book.items[n].currency) == scene.amount
    )


def _withheld(scene: Scene, numbers: tuple[int, ...], difference: int) -> list[Explained]:
    """A customer kept one of the configured rates, to the cent, of the totals or of the untaxed bases."""
    settings = scene.book.settings
    if settings.withholding.account is None or scene.amount < 0 or difference >= 0:
        return []
    for rate in settings.withholding_rates:
        kept = {sum(share(base, rate) for base in bases) for bases in _bases(scene, numbers)}
        if -difference in kept:
            off = WriteOff(
                settings.withholding.account,
                _money(scene, difference),
                v.WITHHOLDING,
                settings.withholding.label,
                settings.withholding.taxes,
            )
            notes = [("withholding", {"amount": str(_money(scene, -difference)), "rate": str(rate)})]
            return [Explained(WITHHELD, _wholes(scene, numbers), [off], notes)]
    return []


def _bases(scene: Scene, numbers: tuple[int, ...]) -> list[list[int]]:
    book = scene.book
    totals = [book.residual[n] for n in numbers]
    bases = [totals]
    untaxed = [book.items[n].untaxed for n in numbers]
    if all(base is not None for base in untaxed):
        bases.append([book.places.minor(base, scene.line.currency) for base in untaxed])
    return bases


def within_caps(scene: Scene, difference: int, total: int, cap: Decimal, percent: Decimal) -> bool:
    """Whether a write-off stays under its own cap and under the company's caps for all write-offs together."""
    settings, size = scene.book.settings, abs(difference)
    amount = company_money(scene, size)
    if amount is None:
        return False
    limit = min(percent, settings.write_off_cap_percent) * abs(total) / 100
    return amount <= min(cap, settings.write_off_cap) and size <= limit


def company_money(scene: Scene, minor: int) -> Decimal | None:
    """Minor units of the line's currency in the company's currency; None without a rate."""
    settings, line = scene.book.settings, scene.line
    amount = scene.book.places.major(minor, line.currency)
    if line.currency == settings.currency:
        return amount
    rate = scene.book.facts.rates.get((line.currency, line.date))
    return amount / rate.rate if rate and rate.rate else None


def _rounded(scene: Scene, numbers: tuple[int, ...], difference: int, total: int) -> list[Explained]:
    settings = scene.book.settings
    if settings.rounding.account is None:
        return []
    if not within_caps(scene, difference, total, settings.rounding_cap, Decimal(100)):
        return []
    off = WriteOff(
        settings.rounding.account,
        _money(scene, difference),
        v.ROUNDING,
        settings.rounding.label,
        settings.rounding.taxes,
    )
    return [
        Explained(ROUNDED, _wholes(scene, numbers), [off], [("rounding", {"amount": str(_money(scene, difference))})])
    ]


def _fee(scene: Scene, numbers: tuple[int, ...], difference: int, total: int) -> list[Explained]:
    """The bank kept a fee of a receipt, or added one to a payment: always money out."""
    settings = scene.book.settings
    if settings.fee.account is None or difference >= 0:
        return []
    if not within_caps(scene, difference, total, settings.fee_cap, settings.fee_cap_percent):
        return []
    if within_caps(scene, difference, total, settings.rounding_cap, Decimal(100)):
        return []
    told = scene.spoken(FEE_WORDS) and scene.tells_amount(difference)
    off = WriteOff(settings.fee.account, _money(scene, difference), v.BANK_FEE, settings.fee.label, settings.fee.taxes)
    code = "fee_told" if told else "fee"
    return [Explained(FEE, _wholes(scene, numbers), [off], [(code, {"amount": str(_money(scene, -difference))})], told)]


def _part(scene: Scene, numbers: tuple[int, ...], difference: int) -> list[Explained]:
    """Less than the items: settled in the order given, the last in part; it stays open."""
    if (difference > 0) == (scene.amount > 0):
        return []
    book, left, counterparts = scene.book, scene.amount, []
    ordered = sorted(numbers, key=lambda n: ((book.residual[n] > 0) == (scene.amount > 0), book.rank[n]))
    for n in ordered:
        residual = book.residual[n]
        same = (residual > 0) == (scene.amount > 0)
        amount = residual if not same or abs(residual) <= abs(left) else left
        if not amount:
            return []  # an item that gets nothing has no place in the reading
        counterparts.append(Counterpart(book.items[n].key, _money(scene, amount)))
        left -= amount
    if left:
        return []
    open_ = _money(scene, abs(difference))
    return [Explained(PART, counterparts, [], [("partial", {"open": str(open_)})])]


def _over(scene: Scene, numbers: tuple[int, ...], difference: int, account: int | None) -> list[Explained]:
    """More than the items: the rest is owed back to the one partner."""
    if account is None or (difference > 0) != (scene.amount > 0):
        return []
    off = WriteOff(account, _money(scene, difference), v.OVERPAID)
    return [
        Explained(OVER, _wholes(scene, numbers), [off], [("overpaid", {"amount": str(_money(scene, abs(difference)))})])
    ]
