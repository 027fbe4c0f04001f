"""Money between the company's own bank journals: both legs meet on the inter-bank transfer account."""

from __future__ import annotations

from decimal import Decimal

from .. import vocabulary as v
from ..facts import BankLine
from ..proposal import Counterpart, WriteOff
from .currency import expect
from .currency_legs import foreign_legs, rivals
from .draft import Draft, build
from .items import Book
from .scene import TRANSFER_WORDS, Scene

_DAYS = 5
_LEG_DAYS = 10


class Legs:
    """Unreconciled lines of all journals, by currency and amount: the other side of a transfer."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._by_amount: dict[tuple[str, int], list[BankLine]] = {}
        self._lines: dict[int, BankLine] = {}
        for line in (*book.facts.lines, *book.facts.other_lines):
            self._lines.setdefault(line.key, line)
        for line in sorted(self._lines.values(), key=lambda line: (line.date, line.key)):
            minor = book.places.minor(line.amount, line.currency)
            self._by_amount.setdefault((line.currency, minor), []).append(line)
        self._currencies = sorted({own.currency for own in book.facts.own_accounts if own.currency})

    def opposite(self, scene: Scene) -> list[BankLine]:
        """Lines of other journals that show the opposite amount within some days, nearest first."""
        line = scene.line
        found = [
            other
            for other in self._by_amount.get((line.currency, -scene.amount), ())
            if other.journal != line.journal
            and abs((other.date - line.date).days) <= _DAYS
            and ("leg", other.key) not in self._book.used
        ]
        return sorted(found, key=lambda other: (abs((other.date - line.date).days), other.date, other.key))[:6]

    def foreign(self, scene: Scene) -> list[BankLine]:
        """Lines of journals in other currencies that show about as much the other way, nearest first."""
        if len(self._currencies) < 2:
            return []
        free = [line for line in self._lines.values() if ("leg", line.key) not in self._book.used]
        return foreign_legs(scene, free, _DAYS)[:6]

    def is_contested(self, scene: Scene, n: int) -> bool:
        """Whether another line could close the first leg ``n`` too, by its worth."""
        return bool(rivals(scene, n, self._lines.values(), _DAYS))


def transfer_drafts(scene: Scene, legs: Legs) -> list[Draft]:
    """Readings of the line as a leg of a transfer."""
    named = bool(scene.own) or scene.own_text
    worded = scene.own_named or scene.spoken(TRANSFER_WORDS)
    drafts = _second_legs(scene, legs, named, worded)
    if scene.book.settings.transfer_account is None:
        return drafts
    pairs = _pairs(scene, legs, named, worded)
    drafts += pairs
    if not pairs and not drafts and (scene.own or (scene.own_text and worded)):
        drafts.append(_leg(scene, None, named, worded))
    return drafts


def _features(scene: Scene, named: bool, worded: bool) -> dict[str, float]:
    level = "own" if scene.own else "itself" if scene.own_text else "word" if worded else "bare"
    return {f"transfer_{level}": 1.0}


def _reasons(scene: Scene) -> list[tuple[str, dict]]:
    if scene.own:
        return [("own_account", {"journal": scene.own[0]})]
    return [("own_name", {})] if scene.own_text else []


def _second_legs(scene: Scene, legs: Legs, named: bool, worded: bool) -> list[Draft]:
    """The first leg stands on the transfer account: this line closes it."""
    book, line, drafts = scene.book, scene.line, []
    for n in book.transfers:
        item = book.items[n]
        if not book.free(n) or not 0 <= (line.date - item.date).days + 2 <= _LEG_DAYS + 2:
            continue
        counterpart = _close(scene, n)
        if counterpart is None:
            continue
        draft = Draft(
            "transfer",
            build(line.amount, [counterpart], [], None),
            (n,),
            frozenset({("item", n)}),
            features={**_features(scene, named, worded), "transfer_second": 1.0},
            reasons=_reasons(scene),
        )
        draft.reasons.append(("transfer_second", {"date": item.date.isoformat()}))
        draft.ticks = {"amount": "yes", "date": "yes", "iban": "yes" if scene.own else "missing"}
        if item.currency != line.currency:
            draft.ask = legs.is_contested(scene, n)
        drafts.append(draft)
    return drafts


def _close(scene: Scene, n: int) -> Counterpart | None:
    book, line, item = scene.book, scene.line, scene.book.items[n]
    if item.currency == line.currency:
        if book.residual[n] != scene.amount:
            return None
        return Counterpart(item.key, line.amount)
    if (book.residual[n] > 0) != (scene.amount > 0):
        return None
    expected, _why = expect(scene, book.residual[n], item.currency)
    if expected is None or not _near(line.amount, expected, book.settings.rate_limit_percent):
        return None
    return Counterpart(item.key, line.amount, item.residual, item.currency)


def _near(amount: Decimal, expected: Decimal, percent: Decimal) -> bool:
    return abs(amount - expected) <= abs(expected) * percent / 100


def _pairs(scene: Scene, legs: Legs, named: bool, worded: bool) -> list[Draft]:
    drafts = []
    opposites = legs.opposite(scene)
    if not opposites and (named or worded):
        opposites = legs.foreign(scene)
        if len(opposites) > 1:
            # That it is in transit is sure; which line it becomes is seen when the others are booked.
            return [_leg(scene, None, named, worded)]
    fits = [other for other in opposites if not scene.own or other.journal in scene.own]
    for other in fits:
        if not (named or worded) and len(fits) > 1:
            break
        drafts.append(_leg(scene, other, named, worded))
    return drafts


def _leg(scene: Scene, other: BankLine | None, named: bool, worded: bool) -> Draft:
    """The line goes to the transfer account; ``other`` is its opposite where it is already seen."""
    line, settings = scene.line, scene.book.settings
    off = WriteOff(settings.transfer_account, line.amount, v.TRANSFER, pair=other.key if other else None)
    draft = Draft(
        "transfer",
        build(line.amount, [], [off], None),
        features=_features(scene, named, worded),
        reasons=_reasons(scene),
    )
    draft.ticks = {"iban": "yes" if scene.own else "missing"}
    if other is None:
        draft.features["transfer_alone"] = 1.0
        draft.reasons.append(("transfer_alone", {}))
        return draft
    draft.claims = frozenset({("leg", other.key)})
    draft.features["transfer_pair"] = 1.0
    same = other.currency == line.currency
    draft.ticks.update(amount="yes" if same else "near", date="yes" if other.date == line.date else "near")
    if not same:
        draft.reasons.append(("transfer_rate", {"amount": str(abs(other.amount)), "currency": other.currency}))
    draft.reasons.append(
        ("transfer_pair", {"line": other.key, "date": other.date.isoformat(), "journal": other.journal})
    )
    return draft
