"""Which reading each line gets when several lines want the same item: the surest first, the rest re-weighed.

Best first with re-weighing: the surest line takes its items (lines that quote them go first, since a name alone could
mean any item of the partner), and every other line loses its readings with them, which may leave it with one
clear answer (or none). Ties go by date and key, so the order of input doesn't matter.

Equal items of one partner (same account, amount and currency) may stand for each other: when exactly as many equal
lines as equal items compete, they are paired in date order, because any pairing leaves the same books.
"""

from __future__ import annotations

import heapq
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, field

from .doubts import doubt_all
from .draft import Draft
from .items import Book
from .scene import Scene
from .scoring import MARGIN, PROPOSE, calibrated, rate

_REFINDS = 4
#: Lines whose doubt is of one class are served by date: of two payments of an invoice the second is the double one.
_CLASSES = (0.01, 0.05, 0.2)
#: A reading this likely was a real answer before its item went to another line.
_WANTED = 0.1
#: At most so sure which of two equal items a line pays when equal lines have different dates: the books come out
#: the same once all are accepted, but not in between.
_ORDERED = 0.94


@dataclass(slots=True)
class Case:
    """A line on its way to an answer. ``lost_to``: drafts whose items another line took, with that line's key."""

    scene: Scene
    drafts: list[Draft]
    chosen: Draft | None = None
    twins: int = 0
    lost_to: list[tuple[Draft, int]] = field(default_factory=list)
    refinds: int = 0
    version: int = 0

    @property
    def key(self) -> int:
        return self.scene.line.key


class Assignment:
    """Hands out items to the lines of a run."""

    def __init__(self, book: Book, cases: list[Case], find: Callable[[Scene], list[Draft]]) -> None:
        self._book, self._find = book, find
        self._cases = {case.key: case for case in cases}
        self._wanting: dict[object, set[int]] = {}
        self._heap: list[tuple] = []
        for case in cases:
            case.drafts = rate(case.drafts)
            self._register(case)

    def run(self) -> None:
        """Fill in ``chosen`` of every case that is sure enough."""
        self._drain()
        while self._pair_twins():
            self._drain()

    def _drain(self) -> None:
        while self._heap:
            *_order, key, version = heapq.heappop(self._heap)
            case = self._cases[key]
            if case.version == version and case.chosen is None and sure(case.drafts):
                self._choose(case, case.drafts[0])

    def _register(self, case: Case) -> None:
        case.version += 1
        for draft in case.drafts:
            for claim in draft.claims:
                self._wanting.setdefault(claim, set()).add(case.key)
        if case.drafts:
            first = case.drafts[0]
            named = first.ticks.get("reference") == "yes"
            doubt = bisect_left(_CLASSES, 1 - first.confidence)
            heapq.heappush(self._heap, (not named, doubt, case.scene.line.date, case.key, case.version))

    def _choose(self, case: Case, draft: Draft) -> None:
        case.chosen = draft
        claims = set(draft.claims)
        for claim in claims:
            if claim[0] == "item":
                self._book.taken.add(claim[1])
                self._book.promised[claim[1]] = case.scene.line
        self._book.used.update(claims)
        touched = {key for claim in claims for key in self._wanting.get(claim, ())}
        legs = {claim[1]: case.key for claim in claims if claim[0] == "leg"}
        for other in legs:
            touched |= self._wanting.get(("leg", case.key), set()) | {other}
        for key in sorted(touched - {case.key}):
            other_case = self._cases.get(key)
            if other_case is not None and other_case.chosen is None:
                self._lose(other_case, claims, case.key, legs)

    def _lose(self, case: Case, claims: set[object], winner: int, legs: dict[int, int]) -> None:
        kept, lost = [], []
        for draft in case.drafts:
            leg = next((claim[1] for claim in draft.claims if claim[0] == "leg"), None)
            torn = (
                leg is not None
                and legs
                and ((case.key in legs and leg != legs[case.key]) or (leg in legs.values() and case.key not in legs))
            )
            (lost if torn or not claims.isdisjoint(draft.claims) else kept).append(draft)
        if not lost:
            return
        case.lost_to += [(draft, winner) for draft in lost]
        weighty = any(draft.confidence >= 0.03 for draft in lost)
        if weighty and case.refinds < _REFINDS:
            case.refinds += 1
            kept = self._find(case.scene)
        if any(draft.amount_kind == "exact" and draft.confidence >= _WANTED for draft, _winner in case.lost_to):
            doubt_all(kept)
        case.drafts = rate(kept)
        self._register(case)

    def _pair_twins(self) -> bool:
        """Pair one group of equal lines with as many equal items; whether there was one."""
        groups: dict[tuple, list[Case]] = {}
        for case in self._cases.values():
            if case.chosen is None and case.drafts:
                numbers = self._twin_items(case)
                if len(numbers) > 1:
                    groups.setdefault((case.scene.amount, case.scene.line.currency, numbers), []).append(case)
        for signature in sorted(groups, key=repr):
            cases, numbers = groups[signature], signature[2]
            if len(cases) == len(numbers):
                self._pair(cases, numbers)
                return True
        return False

    def _pair(self, cases: list[Case], numbers: tuple[int, ...]) -> None:
        order = sorted(numbers, key=self._book.rank.__getitem__)
        cases = sorted(cases, key=lambda case: (case.scene.line.date, case.key))
        one_day = len({case.scene.line.date for case in cases}) == 1
        for case, n in zip(cases, order, strict=True):
            twins = [draft for draft in case.drafts if len(draft.items) == 1 and draft.items[0] in numbers]
            mine = next(draft for draft in twins if draft.items == (n,))
            mine.confidence = sum(draft.confidence for draft in twins)
            if not one_day:
                mine.most = _ORDERED
            case.twins = len(numbers)
            case.drafts = [mine, *(draft for draft in case.drafts if draft not in twins)]
            self._choose(case, mine)

    def _twin_items(self, case: Case) -> tuple[int, ...]:
        """The items between which this line can't tell, if they are all the same but for their names and dates."""
        first = case.drafts[0]
        if len(first.items) != 1 or first.amount_kind != "exact" or first.ask:
            return ()
        day, items = case.scene.line.date, self._book.items
        alike = [
            draft
            for draft in case.drafts
            if len(draft.items) == 1
            and draft.amount_kind == "exact"
            and items[draft.items[0]].date <= day
            and twin_key(self._book, draft.items[0]) == twin_key(self._book, first.items[0])
        ]
        together = sum(draft.confidence for draft in alike)
        rest = [draft.confidence for draft in case.drafts if draft not in alike]
        if calibrated(together)[0] < PROPOSE or together - max(rest, default=0.0) < MARGIN:
            return ()
        found = tuple(sorted(draft.items[0] for draft in alike))
        if not found:
            return ()
        item = items[found[0]]
        same = self._book.by_partner_amount.get((item.partner, item.currency, self._book.residual[found[0]]), ())
        whole = sum(
            self._book.free(n) and items[n].date <= day and twin_key(self._book, n) == twin_key(self._book, found[0])
            for n in same
        )
        return found if whole == len(found) else ()


def twin_key(book: Book, n: int) -> tuple:
    """What two items must share to stand for each other: settling either books the same."""
    item = book.items[n]
    discount = (item.discount.amount, item.discount.until) if item.discount else None
    return (
        item.partner,
        item.account,
        item.kind,
        item.currency,
        item.residual,
        item.residual_company,
        item.total,
        discount,
        item.journal,
        item.batch,
    )


def sure(drafts: list[Draft]) -> bool:
    """Whether the first draft is good enough to be proposed."""
    if not drafts or drafts[0].ask:
        return False
    second = drafts[1].confidence if len(drafts) > 1 else 0.0
    return calibrated(drafts[0].confidence)[0] >= PROPOSE and drafts[0].confidence - second >= MARGIN
