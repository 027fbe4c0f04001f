"""Items in another currency than the line: settled whole at the bank's rate, if that rate is believable.

Three rates are known: the document's (in the items), the bank's (line amount against the original amount, when the bank
tells it, else against the item), and the table's. The bank's is what is booked; the table's judges it.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from ..facts import Rate
from ..proposal import Counterpart, WriteOff
from .currency_fee import told_fee
from .scene import Scene

TOLD, UNTOLD, FAR, STALE, TOLD_PART = "currency_told", "currency", "currency_far", "currency_stale", "currency_part"


class Exchange(NamedTuple):
    """``kind``: TOLD and UNTOLD may be proposed, the others are only asked. ``deviation`` in percent of the table.

    ``write_offs``: the bank's fee for converting, where its text tells one.
    """

    kind: str
    counterparts: list[Counterpart]
    notes: list[tuple[str, dict]]
    deviation: float
    write_offs: tuple[WriteOff, ...] = ()


def table_rate(scene: Scene, currency: str) -> tuple[Decimal | None, str]:
    """Units of ``currency`` per unit of the company's on the line's date, and why there is none.

    The reason is empty, ``rate_missing`` or ``rate_stale``.
    """
    settings, line = scene.book.settings, scene.line
    if currency == settings.currency:
        return Decimal(1), ""
    rate: Rate | None = scene.book.facts.rates.get((currency, line.date))
    if rate is None or not rate.rate:
        return None, "rate_missing"
    if (line.date - rate.date).days > settings.rate_max_age_days:
        return None, "rate_stale"
    return rate.rate, ""


def exchange(scene: Scene, numbers: tuple[int, ...], quoted: bool) -> Exchange | None:
    """How the line settles these items of one other currency; None when it can't be.

    ``quoted``: the text names them, so that even an unbelievable rate is worth a question.
    Without a fresh rate a reason is noted on the scene.
    """
    book, line = scene.book, scene.line
    currency = book.items[numbers[0]].currency
    total = sum(book.residual[n] for n in numbers)
    if not total or (total > 0) != (scene.amount > 0):
        return None
    told = _told(scene, currency)
    if told is not None and told != total:
        return _told_part(scene, numbers, told, total) if quoted else None
    fee = told_fee(scene, total)
    gross = scene.amount + (fee.minor if fee else 0)
    offs = (fee.write_off,) if fee else ()
    expected, why = expect(scene, total, currency)
    if expected is None:
        _note(scene, why, currency)
        if told is None:
            return None
        words = {"currency": currency, "date": line.date.isoformat()}
        return Exchange(STALE, _spread(scene, numbers, gross), [(why, words)], 0.0, offs)
    deviation = abs(float(book.places.major(gross, line.currency) / expected) - 1) * 100
    notes = [
        (
            "rate",
            {
                "currency": currency,
                "amount": str(book.places.major(total, currency)),
                "expected": str(round(expected, 2)),
                "deviation": f"{deviation:.1f}",
            },
        )
    ]
    if fee:
        notes.append(("fee_told", {"amount": str(-fee.write_off.amount)}))
    counterparts = _spread(scene, numbers, gross)
    if deviation <= float(book.settings.rate_limit_percent):
        return Exchange(TOLD if told is not None else UNTOLD, counterparts, notes, deviation, offs)
    if told is None and (not quoted or deviation > 15):
        return None
    return Exchange(FAR, counterparts, [*notes, ("rate_far", {"deviation": f"{deviation:.1f}"})], deviation, offs)


def expect(scene: Scene, total: int, currency: str, shown: str = "") -> tuple[Decimal | None, str]:
    """What a line should show for ``total`` of ``currency`` by the table; (None, why) without a fresh rate.

    ``shown``: the currency of that line; the scene's own if left out.
    """
    theirs, why = table_rate(scene, currency)
    ours, why_ours = table_rate(scene, shown or scene.line.currency)
    if theirs is None or ours is None:
        return None, why or why_ours
    return scene.book.places.major(total, currency) / theirs * ours, ""


def _note(scene: Scene, why: str, currency: str) -> None:
    note = (why, {"currency": currency, "date": scene.line.date.isoformat()})
    if note not in scene.notes:
        scene.notes.append(note)


def _told(scene: Scene, currency: str) -> int | None:
    """The original amount in ``currency`` that the bank names, in minor units with the line's sign."""
    line = scene.line
    if line.foreign_currency != currency or line.foreign_amount is None:
        return None
    minor = abs(scene.book.places.minor(line.foreign_amount, currency))
    return minor if scene.amount > 0 else -minor


def _spread(scene: Scene, numbers: tuple[int, ...], gross: int) -> list[Counterpart]:
    """``gross`` (minor units of the line) over the items in proportion; the last takes what rounding leaves."""
    book, line = scene.book, scene.line
    total = sum(book.residual[n] for n in numbers)
    left, counterparts = gross, []
    for place, n in enumerate(numbers):
        part = left if place == len(numbers) - 1 else round(gross * book.residual[n] / total)
        left -= part
        item = book.items[n]
        counterparts.append(
            Counterpart(
                item.key,
                book.places.major(part, line.currency),
                book.places.major(book.residual[n], item.currency),
                item.currency,
            )
        )
    return counterparts


def _told_part(scene: Scene, numbers: tuple[int, ...], told: int, total: int) -> Exchange | None:
    """The bank names a smaller original amount: a part of the one quoted item."""
    if len(numbers) != 1 or abs(told) > abs(total):
        return None
    book, line = scene.book, scene.line
    item = book.items[numbers[0]]
    part = Counterpart(
        item.key, book.places.major(scene.amount, line.currency), book.places.major(told, item.currency), item.currency
    )
    open_ = book.places.major(abs(total - told), item.currency)
    return Exchange(TOLD_PART, [part], [("partial", {"open": f"{open_} {item.currency}"})], 0.0)
