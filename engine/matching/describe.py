"""Features, ticks, reasons and marks of a draft that settles open items."""

from __future__ import annotations

from ..dates import days
from . import references as ref
from .draft import Draft
from .scene import Scene

_EARLY_DAYS = 3
_LATE = 120
_REFERENCE_CODES = {ref.SHORT: "reference_short", ref.TYPO: "reference_typo", ref.YEAR: "reference_year"}
_NAME_TICKS = {"exact": "yes", "payer_name": "yes", "given": "yes", "fuzzy": "near", "weak": "near", "other": "no"}


def describe(scene: Scene, draft: Draft) -> Draft:
    """``draft`` with what speaks for and against it filled in."""
    _references(scene, draft)
    _partner(scene, draft)
    _dates(scene, draft)
    kind = draft.amount_kind
    draft.features[f"amount_{kind}"] = 1.0
    draft.ticks["amount"] = {"exact": "yes", "currency_told": "yes", "partial": "no", "over": "no"}.get(kind, "near")
    if kind == "exact":
        count = len(draft.items)
        draft.reasons.insert(0, ("amount", {}) if count == 1 else ("sum", {"count": count}))
    bare = not draft.features.get("quoted") and draft.features.get("who_none", draft.features.get("who_other", 0.0))
    if bare:
        draft.features["bare"] = 1.0
    return draft


def _references(scene: Scene, draft: Draft) -> None:
    quotes = [scene.level(n) for n in draft.items]
    said = [quote for quote in quotes if quote.level > ref.NONE]
    share = len(said) / len(quotes) if quotes else 0.0
    if not said:
        draft.features["ref_none"] = 1.0
        draft.ticks["reference"] = "no" if _others(scene, draft) else "missing"
    else:
        low = min(quote.level for quote in said)
        draft.features[f"ref_{ref.LEVELS[low]}"] = share
        draft.features["quoted"] = 1.0
        draft.ticks["reference"] = "yes" if share == 1 and low >= ref.TAIL else "near"
        draft.marks += sorted({(q.start, q.end) for q in said if q.start >= 0})
        _name_reference(scene, draft, quotes, said)
        if share < 1:
            draft.features["ref_some"] = 1 - share
    draft.features["quotes_others"] = float(min(_others(scene, draft), 2))
    if len(draft.items) > 1 and share == 1 and said and min(q.level for q in said) >= ref.TAIL:
        draft.features["all_quoted"] = 1.0


def _name_reference(scene: Scene, draft: Draft, quotes: list, said: list) -> None:
    if len(draft.items) == 1:
        item = scene.book.items[draft.items[0]]
        name = item.label or next((text for text in item.names if text), "")
        draft.reasons.append((_REFERENCE_CODES.get(said[0].level, "reference"), {"name": name}))
    else:
        draft.reasons.append(("references", {"count": len(said), "total": len(quotes)}))


def _others(scene: Scene, draft: Draft) -> int:
    """How many other documents the text names clearly, which this draft leaves out."""
    if draft.features.get("batch_named_full"):
        return 0
    book, mine = scene.book, set(draft.items)
    documents = {(book.items[n].kind, book.items[n].document) for n in mine}
    own_names = {name for n in mine for name in book.items[n].names if name}
    others = set()
    for n, quote in scene.quotes.items():
        item = book.items[n]
        left_out = n not in mine and (item.kind, item.document) not in documents and own_names.isdisjoint(item.names)
        if left_out and quote.level >= ref.PART and not _overlaps(scene, draft, quote):
            others.add((item.kind, item.document))
    for n, quote in scene.settled.items():
        item = book.settled[n]
        if (
            quote.level >= ref.FULL
            and (item.kind, item.document) not in documents
            and not _overlaps(scene, draft, quote)
            and own_names.isdisjoint(item.names)
        ):
            others.add((item.kind, item.document))
    return len(others)


def _overlaps(scene: Scene, draft: Draft, quote: ref.Quote) -> bool:
    """Whether a quote stands where an equally good quote of the draft's own items stands."""
    for n in draft.items:
        mine = scene.level(n)
        if mine.level >= quote.level and (mine.start < 0 or (mine.start < quote.end and quote.start < mine.end)):
            return True
    return False


def _partner(scene: Scene, draft: Draft) -> None:
    relations = {}
    for n in draft.items:
        partner = scene.book.items[n].partner
        relations[partner] = relations.get(partner) or scene.relation(partner)
    if len(relations) > 1:
        draft.features["who_many"] = 1.0
        named = sum(relation not in ("none", "other") for relation in relations.values())
        draft.features["who_many_named"] = named / len(relations)
        draft.ticks["name"] = "yes" if named == len(relations) else "near" if named else "missing"
        return
    if not relations:
        return
    partner, relation = next(iter(relations.items()))
    draft.features[f"who_{relation}"] = 1.0
    draft.ticks["iban"] = (
        "yes" if relation == "iban" else "no" if relation == "other" and _iban_of_other(scene, partner) else "missing"
    )
    draft.ticks["name"] = _NAME_TICKS.get(relation, "missing")
    if relation != "none":
        code = "partner_fuzzy" if relation == "weak" else f"partner_{relation}"
        draft.reasons.append((code, {}))
    guess = scene.guesses.get(partner)
    if guess is not None and 0 <= guess.start < guess.end <= len(scene.line.text) and not scene.line.partner_name:
        draft.marks.append((guess.start, guess.end))


def _iban_of_other(scene: Scene, partner: int | None) -> bool:
    return any(guess.how == "iban" and guess.party != partner for guess in scene.guesses.values())


def _dates(scene: Scene, draft: Draft) -> None:
    if not draft.items:
        return
    book, line = scene.book, scene.line
    first = max((book.items[n] for n in draft.items), key=lambda item: item.date)
    early = days(line.date, first.date)
    gaps = [days(book.items[n].due or book.items[n].date, line.date) for n in draft.items]
    gap = sum(gaps) // len(gaps)
    draft.features["date_early"] = 1.0 if early > _EARLY_DAYS else 0.0
    draft.features["date_soon"] = 1.0 if 0 < early <= _EARLY_DAYS else 0.0
    draft.features["date_late"] = 1.0 if gap > _LATE else 0.0
    draft.features["date_far"] = 1.0 if gap < -75 else 0.0
    party = book.parties.get(book.partner_of(draft.items) or 0)
    usual = party.usual_delay if party and party.usual_delay is not None else 0
    draft.features["date_gap"] = min(abs(gap - usual), 90) / 30
    if early > _EARLY_DAYS:
        draft.ticks["date"] = "no"
        draft.reasons.append(("date_early", {}))
        return
    near = abs(gap - usual) <= 10
    draft.ticks["date"] = "yes" if near else "near"
    if party and party.usual_delay is not None and abs(gap - usual) <= 3:
        draft.reasons.append(("date_usual", {}))
    elif gap >= 0:
        draft.reasons.append(("date_due", {"days": gap}))
