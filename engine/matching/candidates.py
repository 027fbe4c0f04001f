"""All readings of one line that are worth weighing, from the open and settled items of a run."""

from __future__ import annotations

from math import log

from . import references as ref
from .bulk import bulk_drafts
from .collected import member_drafts
from .currency import FAR, STALE, exchange
from .describe import describe
from .differences import EXACT, explain, late
from .doubts import doubt
from .draft import Draft, build
from .items import Book
from .payouts import payout_drafts
from .registered import registered_drafts
from .rests import rests
from .returns import return_drafts, twice_drafts
from .runs import Runs
from .scene import ADVANCE_WORDS, PLAIN_WORDS, REFUND_WORDS, Scene
from .scoring import score
from .sets import partner_sets, quoted_sets
from .settling import account_for, claims_of, explained
from .transfers import Legs, transfer_drafts
from .wages import name_cases, wage_drafts

_BARE = 6
_ALIKE = 12


class Finder:
    """Finds drafts; holds what is shared by the lines of a run."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.legs = Legs(book)
        self.runs = Runs(book)

    def drafts(self, scene: Scene) -> list[Draft]:
        """The readings of a line, each booking once, unsorted."""
        if not scene.amount:
            return []
        drafts = [describe(scene, draft) for draft in registered_drafts(scene)]
        drafts += self._of_quotes(scene)
        drafts += self._of_partners(scene, drafts)
        drafts += self._bare(scene, drafts)
        drafts += self._in_currency(scene)
        drafts += transfer_drafts(scene, self.legs) + return_drafts(scene) + twice_drafts(scene)
        sent = self.runs.drafts(scene)
        # Where a file says what was paid, due dates say nothing more.
        drafts += sent or bulk_drafts(scene)
        drafts += member_drafts(scene, drafts) + wage_drafts(scene, self.runs.wages)
        drafts += payout_drafts(scene)
        drafts += rests(scene, drafts)
        drafts = [draft for draft in drafts if not draft.features.get("instalment_swapped")]
        for draft in drafts:
            _words(scene, draft)
        drafts = _unique(scene, name_cases(scene, drafts))
        doubt(drafts)
        self._finish(drafts)
        return drafts

    def _finish(self, drafts: list[Draft]) -> None:
        """Order and crowds: of many unquoted items that fit alike each is less likely; all together aren't more."""
        crowds: dict[tuple, list[Draft]] = {}
        for draft in drafts:
            draft.order = tuple(self.book.rank.get(n, n) for n in draft.items)
            if draft.items and not draft.features.get("quoted"):
                crowds.setdefault((draft.case, draft.amount_kind, draft.match.partner), []).append(draft)
        for crowd in crowds.values():
            if len(crowd) > 2:
                for draft in crowd:
                    draft.features["crowd"] = log(len(crowd) / 2)

    def _of_quotes(self, scene: Scene) -> list[Draft]:
        """The documents that the text names, whole or with a difference."""
        drafts = []
        for numbers, features in quoted_sets(scene):
            account = account_for(scene, numbers)
            drafts += explained(scene, numbers, explain(scene, numbers, account), features)
        return drafts

    def _of_partners(self, scene: Scene, known: list[Draft]) -> list[Draft]:
        """Items of the partners that the line may be of: one, several, with a difference."""
        settled = any(d.amount_kind == EXACT and d.ticks.get("reference") == "yes" for d in known)
        drafts = []
        for partner in scene.partners():
            numbers = self.book.open_of(partner)
            alike: dict[int, int] = {}
            for n in numbers:
                residual = self.book.residual[n]
                if self.book.items[n].currency == scene.line.currency and not self._crowded(scene, n, alike):
                    alike[residual] = alike.get(residual, 0) + 1
                    whole_only = not late(scene, n)
                    drafts += explained(scene, (n,), explain(scene, (n,), None, whole_only), {})
            if not settled:
                for chosen, features in partner_sets(scene, numbers):
                    whole = explain(scene, chosen, None, whole_only=True)
                    drafts += explained(scene, chosen, whole, features)
        return drafts

    @staticmethod
    def _crowded(scene: Scene, n: int, alike: dict[int, int]) -> bool:
        """Whether enough items of that amount are weighed and this one isn't quoted."""
        return alike.get(scene.book.residual[n], 0) >= _ALIKE and scene.level(n).level < ref.TAIL

    def _bare(self, scene: Scene, known: list[Draft]) -> list[Draft]:
        """Items of that amount whoever's they are: what the partner's name or a number must confirm."""
        seen = {d.items for d in known}
        same = self.book.of_amount(scene.line.currency, scene.amount, scene.partners(), scene.quotes)
        numbers = [n for n in same if (n,) not in seen and self.book.items[n].kind not in ("payment", "transfer")]
        quoted = [n for n in numbers if scene.level(n).level]
        drafts = []
        for n in (quoted or numbers)[:_BARE]:
            found = explain(scene, (n,), None)
            drafts += explained(scene, (n,), found, {"bare_count": min(len(numbers), 6) / 6})
        return drafts

    def _in_currency(self, scene: Scene) -> list[Draft]:
        """Items in another currency: each alone, and all that are quoted together."""
        drafts, seen = [], set()
        for numbers in self._foreign_sets(scene):
            if numbers in seen:
                continue
            seen.add(numbers)
            quoted = all(scene.level(n).level >= ref.PART for n in numbers)
            found = exchange(scene, numbers, quoted)
            if found is None:
                continue
            match = build(scene.line.amount, found.counterparts, list(found.write_offs), self.book.partner_of(numbers))
            draft = Draft("currency", match, numbers, claims_of(numbers), found.kind, reasons=list(found.notes))
            draft.features["rate_gap"] = min(found.deviation, 10.0)
            draft.ask = found.kind in (FAR, STALE)
            drafts.append(describe(scene, draft))
        return drafts

    def _foreign_sets(self, scene: Scene) -> list[tuple[int, ...]]:
        book, line = self.book, scene.line
        groups: dict[tuple, list[int]] = {}
        for n in sorted(n for n in scene.quotes if book.free(n)):
            item = book.items[n]
            if item.currency != line.currency and item.kind not in ("payment", "transfer") and item.provider is None:
                groups.setdefault((item.partner, item.currency), []).append(n)
        sets = [tuple(group) for group in groups.values()]
        sets += [(n,) for group in groups.values() for n in group]
        for partner in scene.partners():
            mine = [n for n in book.open_of(partner) if book.items[n].currency != line.currency]
            sets += [(n,) for n in mine[:60]]
            for currency in sorted({book.items[n].currency for n in mine}):
                same = tuple(n for n in mine if book.items[n].currency == currency)
                if 1 < len(same) <= 40 and len({book.items[n].account for n in same}) == 1:
                    sets.append(same)
        return sets


def _words(scene: Scene, draft: Draft) -> None:
    """What the words of the text say about any draft of this kind."""
    features = draft.features
    if draft.case not in ("returned", "transfer", "payout"):
        features["said_return"] = float(scene.is_return())
        if draft.case != "refund":
            features["said_refund"] = float(scene.spoken(REFUND_WORDS))
        if draft.case != "on_account":
            features["said_advance"] = float(scene.spoken(ADVANCE_WORDS))
        features["said_plain"] = float(scene.spoken(PLAIN_WORDS))
        features["said_own"] = float(bool(scene.own) or scene.own_text)


def _unique(scene: Scene, drafts: list[Draft]) -> list[Draft]:
    """Each booking once, the one with more reasons; rejected ones dropped and noted."""
    rejected = scene.book.facts.rejected.get(scene.line.key, frozenset())
    best: dict[tuple, Draft] = {}
    for draft in drafts:
        if rejected and draft.match.fingerprint() in rejected:
            scene.notes.append(("rejected", {}))
            continue
        held = best.get(draft.booking)
        if held is None or score(draft.features) > score(held.features):
            draft.details = draft.details or (held.details if held else {})
            best[draft.booking] = draft
        else:
            held.details = held.details or draft.details
    return list(best.values())
