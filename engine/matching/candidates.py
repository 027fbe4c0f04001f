"""All readings of one line that are worth weighing, from the open and settled items of a run."""

from __future__ import annotations

from math import log

from .. import vocabulary as v
from ..proposal import WriteOff
from . import references as ref
from .currency import FAR, STALE, exchange
from .describe import describe
from .differences import EXACT, OVER, PART, Explained, explain, granted, late
from .doubts import doubt
from .draft import Draft, build
from .items import CREDIT_KINDS, Book
from .registered import registered_drafts
from .returns import return_drafts, twice_drafts
from .scene import ADVANCE_WORDS, PLAIN_WORDS, REFUND_WORDS, Scene
from .scoring import score
from .sets import partner_sets, quoted_sets
from .transfers import Legs, transfer_drafts

_CASE_OF = {
    "exact": "one",
    "discount": "discount",
    "withholding": "withholding",
    "rounding": "rounding",
    "fee": "fee",
    "partial": "partial",
    "over": "overpayment",
}
_BARE = 6
_ALIKE = 12


class Finder:
    """Finds drafts; holds what is shared by the lines of a run."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.legs = Legs(book)

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
        drafts += self._rests(scene, drafts)
        drafts = [draft for draft in drafts if not draft.features.get("instalment_swapped")]
        for draft in drafts:
            _words(scene, draft)
        drafts = _unique(scene, drafts)
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
            account = self.account_for(scene, numbers)
            drafts += self._explained(scene, numbers, explain(scene, numbers, account), features)
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
                    drafts += self._explained(scene, (n,), explain(scene, (n,), None, whole_only), {})
            if not settled:
                for chosen, features in partner_sets(scene, numbers):
                    whole = explain(scene, chosen, None, whole_only=True)
                    drafts += self._explained(scene, chosen, whole, features)
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
            drafts += self._explained(scene, (n,), found, {"bare_count": min(len(numbers), 6) / 6})
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
            match = build(scene.line.amount, found.counterparts, [], self.book.partner_of(numbers))
            draft = Draft("currency", match, numbers, _claims(numbers), found.kind, reasons=list(found.notes))
            draft.features["rate_gap"] = min(found.deviation, 10.0)
            draft.ask = found.kind in (FAR, STALE)
            drafts.append(describe(scene, draft))
        return drafts

    def _foreign_sets(self, scene: Scene) -> list[tuple[int, ...]]:
        book, line = self.book, scene.line
        groups: dict[tuple, list[int]] = {}
        for n in sorted(n for n in scene.quotes if book.free(n)):
            item = book.items[n]
            if item.currency != line.currency and item.kind not in ("payment", "transfer"):
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

    def _rests(self, scene: Scene, known: list[Draft]) -> list[Draft]:
        """What a line of a sure partner is when no item fits: a part, too much, or a payment on account."""
        partner = scene.sure_partner()
        if partner is None or any(_whole(d) for d in known if d.match.partner == partner):
            return []
        numbers = [
            n
            for n in self.book.open_of(partner)
            if self.book.items[n].currency == scene.line.currency and (self.book.residual[n] > 0) == (scene.amount > 0)
        ]
        drafts, seen = [], {d.items for d in known}
        for chosen, features in self._oldest(scene, numbers):
            if chosen not in seen:
                account = self.account_for(scene, chosen)
                drafts += self._explained(scene, chosen, explain(scene, chosen, account), features)
        account = self._account(scene, partner)
        if account is not None:
            unpaid = [n for n in self.book.open_of(partner) if (self.book.residual[n] > 0) == (scene.amount > 0)]
            drafts.append(self._on_account(scene, partner, account, len(unpaid)))
        return drafts

    def _oldest(self, scene: Scene, numbers: list[int]) -> list[tuple[tuple[int, ...], dict[str, float]]]:
        """The items that the line would fill up oldest first, and single ones that it is a part of."""
        if not numbers:
            return []
        chosen, left = [], abs(scene.amount)
        for n in numbers:
            if left <= 0:
                break
            chosen.append(n)
            left -= abs(self.book.residual[n])
        alone = 1.0 if len(numbers) == 1 else 0.0
        sets = [(tuple(chosen), {"only_item": alone, "rest_oldest": 1.0 - alone})]
        parts = [n for n in numbers if abs(self.book.residual[n]) > abs(scene.amount)]
        sets += [((n,), {"rest_other": 1.0}) for n in parts[:3] if (n,) != tuple(chosen)]
        return sets

    def _account(self, scene: Scene, partner: int) -> int | None:
        """The partner's receivable for money in of a customer, payable for money out to a vendor."""
        party = self.book.parties.get(partner)
        if party is None:
            return None
        if scene.amount > 0:
            return party.receivable if party.is_customer or not party.is_vendor else None
        return party.payable if party.is_vendor or not party.is_customer else None

    def _on_account(self, scene: Scene, partner: int, account: int, open_items: int) -> Draft:
        off = WriteOff(account, scene.line.amount, v.ON_ACCOUNT)
        draft = Draft("on_account", build(scene.line.amount, [], [off], partner), amount_kind="on_account")
        describe(scene, draft)
        relation = scene.relation(partner)
        advance = scene.spoken(ADVANCE_WORDS)
        party = self.book.parties[partner]
        draft.features.update(
            {
                f"who_{relation}": 1.0,
                "account_open": 1.0 if open_items else 0.0,
                "account_advance": float(advance),
                "account_side": 1.0 if (party.is_customer if scene.amount > 0 else party.is_vendor) else 0.0,
                "account_quotes": 1.0 if scene.quotes or scene.settled else 0.0,
            }
        )
        draft.ticks = {
            "name": "yes" if relation in ("exact", "given", "payer_name") else "near",
            "amount": "missing",
            "iban": "yes" if relation == "iban" else "missing",
            "reference": "missing",
        }
        draft.reasons.append((f"partner_{relation}", {}))
        draft.reasons.append(("advance" if advance else "on_account", {}))
        return draft

    def account_for(self, scene: Scene, numbers: tuple[int, ...]) -> int | None:
        """Where a rest is owed back: the one partner's account on that side."""
        partner = self.book.partner_of(numbers)
        if partner is None:
            return None
        accounts = {self.book.items[n].account for n in numbers if (self.book.residual[n] > 0) == (scene.amount > 0)}
        return accounts.pop() if len(accounts) == 1 else None

    def _explained(
        self, scene: Scene, numbers: tuple[int, ...], found: list[Explained], features: dict[str, float]
    ) -> list[Draft]:
        drafts = []
        for each in found:
            match = build(scene.line.amount, each.counterparts, each.write_offs, self.book.partner_of(numbers))
            draft = Draft(
                self._case(scene, numbers, each.kind),
                match,
                numbers,
                _claims(numbers),
                each.kind,
                dict(features),
                list(each.notes),
            )
            if each.kind == "fee":
                draft.amount_kind = "fee_told" if each.told else "fee"
            self._shape(scene, draft, each.kind)
            drafts.append(describe(scene, draft))
        return drafts

    def _case(self, scene: Scene, numbers: tuple[int, ...], kind: str) -> str:
        if kind != EXACT:
            return _CASE_OF[kind]
        items = [self.book.items[n] for n in numbers]
        if len({item.partner for item in items}) > 1:
            return "batch" if scene.amount > 0 else "payment_run"
        if all(_is_refund(item.kind, scene.amount) for item in items):
            return "refund"
        return "one" if len(items) == 1 else "several"

    def _shape(self, scene: Scene, draft: Draft, kind: str) -> None:
        """Features that depend on what kind of items these are."""
        book = self.book
        if len(draft.items) == 1:
            n = draft.items[0]
            parts = book.instalments(n)
            if len(parts) > 1:
                first = parts[0] == n
                draft.features["instalment_next" if first else "instalment_later"] = 1.0
                if first:
                    label = book.items[n].label or next(iter(book.items[n].names), "")
                    draft.reasons.append(("next_instalment", {"name": label}))
            if kind == PART and late(scene, n):
                draft.features["late_discount"] = 1.0
                draft.reasons.append(("late_discount", {"until": book.items[n].discount.until.isoformat()}))
        if kind == OVER:
            rest = abs(scene.amount) - abs(sum(book.residual[n] for n in draft.items))
            draft.features["over_round"] = float(scene.amount % 1000 == 0 or rest % 1000 == 0)
            draft.features["over_large"] = min(2 * rest / abs(scene.amount), 1.0)
        if kind == PART:
            draft.features["part_round"] = float(scene.amount % 1000 == 0)
        _due_order(scene, draft)
        if kind != "discount" and granted(scene, draft.items):
            draft.features["discount_unused"] = 1.0
        if len(draft.items) > 1 and all(book.items[n].kind in CREDIT_KINDS for n in draft.items):
            draft.features["only_credit"] = 1.0


def _due_order(scene: Scene, draft: Draft) -> None:
    """An instalment that is left out though a later one of its document is paid."""
    book, chosen = scene.book, set(draft.items)
    for n in draft.items:
        parts = book.instalments(n)
        earlier = [m for m in parts[: parts.index(n)] if m not in chosen] if n in parts else []
        if earlier:
            draft.features["instalment_gap"] = 1.0
            if any(book.residual[m] == book.residual[n] for m in earlier):
                draft.features["instalment_swapped"] = 1.0


def _words(scene: Scene, draft: Draft) -> None:
    """What the words of the text say about any draft of this kind."""
    features = draft.features
    if draft.case not in ("returned", "transfer"):
        features["said_return"] = float(scene.is_return())
        if draft.case != "refund":
            features["said_refund"] = float(scene.spoken(REFUND_WORDS))
        if draft.case != "on_account":
            features["said_advance"] = float(scene.spoken(ADVANCE_WORDS))
        features["said_plain"] = float(scene.spoken(PLAIN_WORDS))
        features["said_own"] = float(bool(scene.own) or scene.own_text)


def _whole(draft: Draft) -> bool:
    return draft.amount_kind in (EXACT, "discount", "withholding", "rounding", "currency_told", "currency") and bool(
        draft.items
    )


def _is_refund(kind: str, amount: int) -> bool:
    return kind == ("refund" if amount > 0 else "credit_note")


def _claims(numbers: tuple[int, ...]) -> frozenset[object]:
    return frozenset(("item", n) for n in numbers)


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
            best[draft.booking] = draft
    return list(best.values())
