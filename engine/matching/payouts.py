"""Payouts of payment providers: what stands for the bank on a provider's clearing account, whole, several or in part.

With a settlement file one item stands there for each payout. Without one there are only the sales: they are proposed
when a single set of them makes the line. What a provider pays and nothing explains is asked, never coded to revenue.
"""

from __future__ import annotations

from itertools import combinations

from ..facts import OpenItem, PayoutProvider
from ..proposal import Counterpart, WriteOff
from ..text import squeeze
from . import references as ref
from .draft import Draft, build
from .scene import Scene

#: A bank line and its payout: days before and after.
_EARLY, _LATE = 3, 21
#: The sales of a payout whose file is missing.
_SALES_DAYS = 35
_POOL = 22
_TOGETHER = 4
_CHOICES = 3
_SHORTEST_NAME = 4


def payout_drafts(scene: Scene) -> list[Draft]:
    """Readings of the line as payouts, of every provider that has something on its clearing account or is named."""
    drafts: list[Draft] = []
    for provider in scene.book.facts.providers:
        named = names_provider(scene, provider)
        numbers = [n for n in scene.book.clearing.get(provider.key, ()) if _fits(scene, n)]
        nets = [n for n in numbers if scene.book.items[n].payout and _in_time(scene, n)]
        found = _whole(scene, provider, nets, named)
        found += _together(scene, provider, nets, named)
        if not found:
            found = _part(scene, provider, nets, named)
        if named and not found:
            sales = [n for n in numbers if not scene.book.items[n].payout]
            found = _sales(scene, provider, sales) or _unread(scene, provider)
        drafts += found
    return drafts


def names_provider(scene: Scene, provider: PayoutProvider) -> str:
    """How the line names the provider: ``iban``, ``exact`` or not at all."""
    number = squeeze(provider.account_number)
    if number and number == squeeze(scene.line.account_number):
        return "iban"
    if provider.partner is not None and scene.sure_partner() == provider.partner:
        return "exact"
    name, text = squeeze(scene.line.partner_name), squeeze(scene.line.text[:1000])
    flat = [squeeze(each) for each in provider.names]
    known = [each for each in flat if len(each) >= _SHORTEST_NAME]
    return "exact" if any(each in text or each in name for each in known) else ""


def _fits(scene: Scene, n: int) -> bool:
    item = scene.book.items[n]
    return scene.book.free(n) and item.currency == scene.line.currency


def _in_time(scene: Scene, n: int) -> bool:
    return -_EARLY <= (scene.line.date - scene.book.items[n].date).days <= _LATE


def _whole(scene: Scene, provider: PayoutProvider, nets: list[int], named: str) -> list[Draft]:
    same = [n for n in nets if scene.book.residual[n] == scene.amount]
    same.sort(key=lambda n: (-scene.level(n).level, abs((scene.line.date - scene.book.items[n].date).days), n))
    drafts = []
    for n in same[:_CHOICES]:
        item = scene.book.items[n]
        quoted = scene.level(n).level >= ref.PART
        code = "payout_bank_named" if quoted else "payout_bank"
        features = {"registered_count": min(len(same), 6) / 6}
        draft = _draft(scene, provider, (n,), named, features, [(code, {"name": item.payout})])
        draft.ask = not named and not quoted
        drafts.append(draft)
    return drafts


def _together(scene: Scene, provider: PayoutProvider, nets: list[int], named: str) -> list[Draft]:
    """Two to four payouts in one line; the only ones that make it, of a provider that it names."""
    residual = scene.book.residual
    if not named or len(nets) > _POOL:
        return []
    sums = [
        chosen
        for size in range(2, _TOGETHER + 1)
        for chosen in combinations(nets, size)
        if sum(residual[n] for n in chosen) == scene.amount
    ]
    drafts = []
    for chosen in sums[:_CHOICES]:
        reasons = [("payout_bank_sum", {"count": len(chosen), "name": provider.label})]
        draft = _draft(scene, provider, chosen, named, {"registered_sum": 1.0}, reasons)
        draft.ask = len(sums) > 1
        drafts.append(draft)
    return drafts


def _part(scene: Scene, provider: PayoutProvider, nets: list[int], named: str) -> list[Draft]:
    """A payout over two lines: quoted, or the other line is there too."""
    book, drafts = scene.book, []
    others = {
        book.places.minor(line.amount, line.currency)
        for line in (*book.facts.lines, *book.facts.other_lines)
        if line.key != scene.line.key and line.currency == scene.line.currency
    }
    for n in nets:
        rest = book.residual[n] - scene.amount
        is_part = rest * scene.amount > 0
        quoted = scene.level(n).level >= ref.PART
        if not is_part or not (quoted or (named and rest in others)):
            continue
        item = book.items[n]
        counterparts = [Counterpart(item.key, scene.line.amount)]
        code = "payout_bank_part" if rest in others else "payout_bank_named"
        draft = _draft(scene, provider, (n,), named, {}, [(code, {"name": item.payout})], counterparts)
        draft.ask = rest not in others
        draft.ticks["amount"] = "near"
        drafts.append(draft)
    return drafts[:_CHOICES]


def _sales(scene: Scene, provider: PayoutProvider, sales: list[int]) -> list[Draft]:
    """Without a file: the only set of what stands on the clearing account that makes the line."""
    book = scene.book
    recent = [n for n in sales if -_EARLY <= (scene.line.date - book.items[n].date).days <= _SALES_DAYS]
    single = [(n,) for n in recent if book.residual[n] == scene.amount]
    hits = book.pool(tuple(recent)).find(scene.amount) if len(recent) >= 2 else None
    sets = single + [tuple(recent[place] for place in subset) for subset in (hits.subsets if hits else ())]
    is_only = len(sets) == 1 and (hits is None or hits.complete)
    drafts = []
    for chosen in sets[:_CHOICES]:
        reasons = [("payout_bank_items", {"count": len(chosen), "name": provider.label})]
        features = {"registered_sum": 1.0} if len(chosen) > 1 else {}
        draft = _draft(scene, provider, chosen, "exact", features, reasons)
        draft.ask = not is_only
        drafts.append(draft)
    return drafts


def _unread(scene: Scene, provider: PayoutProvider) -> list[Draft]:
    """To the clearing account until the settlement file is there: only a person says so."""
    if provider.account is None:
        return []
    post = WriteOff(provider.account, scene.line.amount, "payout", provider.label)
    draft = Draft(
        "payout",
        build(scene.line.amount, [], [post], None),
        claims=frozenset(),
        amount_kind="payout",
        features={"registered": 1.0, "who_exact": 1.0, "ref_none": 1.0},
        reasons=[("payout_bank_unread", {"name": provider.label})],
        ticks={"name": "yes", "amount": "missing", "reference": "missing"},
    )
    draft.ask = True
    return [draft]


def _draft(
    scene: Scene,
    provider: PayoutProvider,
    numbers: tuple[int, ...],
    named: str,
    features: dict[str, float],
    reasons: list[tuple[str, dict]],
    counterparts: list[Counterpart] | None = None,
) -> Draft:
    book = scene.book
    if counterparts is None:
        counterparts = [
            Counterpart(book.items[n].key, book.places.major(book.residual[n], scene.line.currency)) for n in numbers
        ]
    quotes = [scene.level(n) for n in numbers]
    level = min((quote.level for quote in quotes), default=ref.NONE)
    found = {"registered": 1.0, "amount_exact": 1.0, **features, f"who_{named or 'none'}": 1.0}
    if level >= ref.PART:
        found |= {f"ref_{ref.LEVELS[level]}": 1.0, "quoted": 1.0}
    else:
        found["ref_none"] = 1.0
    draft = Draft(
        "payout",
        build(scene.line.amount, counterparts, [], provider.partner),
        numbers,
        frozenset(("item", n) for n in numbers),
        features=found,
        reasons=reasons,
        marks=[(quote.start, quote.end) for quote in quotes if quote.start >= 0],
    )
    draft.ticks = {
        "amount": "yes",
        "reference": "yes" if level >= ref.PART else "missing",
        "name": "yes" if named else "missing",
        "iban": "yes" if named == "iban" else "missing",
        "date": "yes" if all(_in_time(scene, n) for n in numbers) else "near",
    }
    return draft


def is_clearing(item: OpenItem) -> bool:
    """Whether an item stands on a provider's clearing account: only its provider's lines settle it."""
    return item.provider is not None
