"""Groups of open items that one line may settle together: quoted ones, sums, and what people pay in one go."""

from __future__ import annotations

from . import references as ref
from .differences import granted
from .scene import Scene
from .subsets import WHOLE, luck, patterns

_SETS = 8
_SIZES = 5
Found = list[tuple[tuple[int, ...], dict[str, float]]]


def quoted_sets(scene: Scene) -> Found:
    """Sets of the items that the text names, the whole list first."""
    strong = _quoted(scene, ref.PART)
    every = _quoted(scene, ref.SHORT)
    sets: dict[tuple[int, ...], dict[str, float]] = {}
    for numbers in (strong, every):
        if not numbers or len(numbers) > 80:
            continue
        for chosen in _document_sets(scene, numbers):
            sets.setdefault(chosen, {})
        if 2 <= len(numbers) <= WHOLE:
            for chosen in _sums(scene, tuple(numbers)):
                sets.setdefault(chosen, {})
    for chosen in _with_credits(scene, strong or every):
        sets.setdefault(chosen, {"with_credit": 1.0})
    return list(sets.items())


def _quoted(scene: Scene, lowest: int) -> list[int]:
    """Free items that are quoted at least so well; weak quotes only for named partners or the line's amount."""
    book, found = scene.book, []
    named = set(scene.partners())
    pool = set(scene.quotes)
    if lowest < ref.PART:
        for partner in named:
            pool.update(book.open_of(partner)[:200])
    for n in sorted(pool):
        item = book.items[n]
        if not book.free(n) or item.kind in ("payment", "transfer") or item.currency != scene.line.currency:
            continue
        if item.provider is not None:
            continue
        level = scene.level(n).level
        if level < lowest:
            continue
        if level >= ref.PART or item.partner in named or book.residual[n] == scene.amount:
            found.append(n)
    if lowest < ref.PART and len(found) > WHOLE:
        best = max(scene.level(n).level for n in found)
        found = [n for n in found if scene.level(n).level == best]
    return _by_due(scene, found)


def _by_due(scene: Scene, numbers: list[int]) -> list[int]:
    return sorted(numbers, key=scene.book.rank.__getitem__)


def _document_sets(scene: Scene, numbers: list[int]) -> list[tuple[int, ...]]:
    """All quoted items; of one document with instalments also the next ones; each side alone."""
    book = scene.book
    sets = [tuple(numbers)]
    documents: dict[tuple, list[int]] = {}
    for n in numbers:
        documents.setdefault((book.items[n].kind, book.items[n].document), []).append(n)
    firsts = tuple(parts[0] for parts in documents.values())
    sets.append(firsts)
    if len(documents) == 1:
        sets += [tuple(numbers[:size]) for size in range(1, len(numbers))]
        sets += [(n,) for n in numbers[1:6]]
    same = tuple(n for n in numbers if (book.residual[n] > 0) == (scene.amount > 0))
    sets.append(same)
    if len(same) <= 6:
        sets += [(n,) for n in same]
    left, chosen = abs(scene.amount), []
    for n in same:
        if left <= 0:
            break
        chosen.append(n)
        left -= abs(book.residual[n])
    sets.append(tuple(chosen))
    return [chosen for chosen in dict.fromkeys(sets) if chosen]


def _sums(scene: Scene, numbers: tuple[int, ...]) -> list[tuple[int, ...]]:
    pool = scene.book.pool(numbers)
    return [tuple(numbers[place] for place in subset) for subset in pool.find(scene.amount).subsets[:_SETS]]


def _with_credits(scene: Scene, quoted: list[int]) -> list[tuple[int, ...]]:
    """The quoted items with unquoted ones of the same partner that make the sum: credit notes first, then any."""
    book = scene.book
    if not quoted or len(quoted) > 40:
        return []
    partner = book.partner_of(quoted)
    total = sum(book.residual[n] for n in quoted)
    if partner is None or total == scene.amount:
        return []
    chosen = set(quoted)
    others = [n for n in book.open_of(partner) if n not in chosen and book.items[n].currency == scene.line.currency]
    others = [n for n in others if book.items[n].document not in {book.items[q].document for q in quoted}]
    others = sorted(others, key=lambda n: (book.residual[n] > 0) == (scene.amount > 0))[:WHOLE]
    if not others:
        return []
    found = book.pool(tuple(others)).find(scene.amount - total, smallest=1).subsets
    return [tuple(quoted) + tuple(others[place] for place in subset) for subset in found[:_SETS]]


def partner_sets(scene: Scene, numbers: list[int]) -> Found:
    """Several items of one partner that add up to the line: by account, then over both sides of the partner."""
    book, found = scene.book, []
    mine = [n for n in numbers if book.items[n].currency == scene.line.currency]
    accounts = sorted({book.items[n].account for n in mine})
    for account in accounts:
        side = tuple(n for n in mine if book.items[n].account == account)
        found += _side_sets(scene, side)
    if len(accounts) > 1 and len(mine) <= WHOLE:
        for subset in book.pool(tuple(mine)).find(scene.amount).subsets[:_SETS]:
            chosen = tuple(mine[place] for place in subset)
            if len({book.items[n].account for n in chosen}) > 1:
                found.append((chosen, _set_features(scene, tuple(mine), subset, "none") | {"both_sides": 1.0}))
    return found


def _side_sets(scene: Scene, side: tuple[int, ...]) -> Found:
    book = scene.book
    if len(side) < 2:
        return []
    items = [book.items[n] for n in side]
    shapes = patterns([(i.due or i.date).toordinal() for i in items], [i.date.toordinal() for i in items], scene.day)
    pattern_of: dict[tuple[int, ...], str] = {}
    for name in ("fifo", "date", "due", "all"):
        for subset in shapes[name]:
            pattern_of[subset] = name
    hits = book.pool(side).find(scene.amount)
    chosen = dict.fromkeys(hits.subsets)
    wanted = {scene.amount}
    for subset in pattern_of:
        if sum(book.residual[side[place]] for place in subset) in wanted:
            chosen.setdefault(subset)
    chosen = dict.fromkeys(minimal(scene, side, list(chosen)))
    ranked = sorted(chosen, key=lambda s: _rank(s, pattern_of, len(side)))
    found: Found = []
    for subset in ranked[:_SETS]:
        features = _set_features(scene, side, subset, pattern_of.get(subset, "none"))
        features["sums"] = min(len(chosen), 20) / 4
        found.append((tuple(side[place] for place in subset), features))
    return found + _discounted_sets(scene, side)


def minimal(scene: Scene, side: tuple[int, ...], subsets: list[tuple[int, ...]]) -> list[tuple[int, ...]]:
    """Without sums that only add an invoice and a credit note of the same amount to a smaller one."""
    residual, sign = scene.book.residual, scene.sign
    if all((residual[n] > 0) == (sign > 0) for n in side):
        return subsets
    singles = {place for place, n in enumerate(side) if residual[n] == scene.amount}
    sets = [set(subset) for subset in subsets]
    return [
        subset
        for subset, mine in zip(subsets, sets, strict=True)
        if not (len(mine) > 1 and mine & singles) and not any(other < mine for other in sets)
    ]


def _rank(subset: tuple[int, ...], pattern_of: dict[tuple[int, ...], str], count: int) -> tuple:
    order = {"all": 0, "due": 1, "date": 1, "fifo": 2}
    return (order.get(pattern_of.get(subset, ""), 3), min(len(subset), count - len(subset)), subset)


def _set_features(scene: Scene, side: tuple[int, ...], subset: tuple[int, ...], pattern: str) -> dict[str, float]:
    """A pattern makes a large sum as likely as a small one, and an accident unlikely: few subsets have one."""
    amounts = [scene.book.residual[n] for n in side]
    size = len(subset) if pattern == "none" else 1
    return {f"set_{pattern}": 1.0, "luck": max(luck(amounts, size), -5.0), "set_size": float(min(size - 1, _SIZES))}


def _discounted_sets(scene: Scene, side: tuple[int, ...]) -> Found:
    """Two or more items of which those that grant a discount take it."""
    book = scene.book
    taken = granted(scene, side)
    if not taken or len(side) > WHOLE:
        return []
    pool = book.pool_of([book.residual[n] + taken.get(n, 0) for n in side])
    found: Found = []
    for subset in pool.find(scene.amount).subsets[:_SETS]:
        chosen = tuple(side[place] for place in subset)
        if any(n in taken for n in chosen):
            found.append((chosen, _set_features(scene, side, subset, "none")))
    return found
