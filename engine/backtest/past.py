"""The facts of a matching run as they stood at a moment of the past, from all that is known today."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from statistics import median_low
from typing import Any

from ..facts import BankLine, MatchingFacts, MatchingSettings, OpenItem, OwnAccount, Party, Rate, SettledItem
from ..matching import identify, reference_keys
from .clock import Known, Moment, moment_of, was_known

#: As in the facts of today: a guess this sure has its items loaded; days between sides of a transfer, of a payment.
SURE_ENOUGH = 0.6
TRANSFER_DAYS = 12
PAYMENT_DAYS = 60
_DELAYS = 3


@dataclass(frozen=True, slots=True)
class PastLine:
    """A bank line as the bank told it, and what people made of it.

    ``decided``: when that became known; ``booked``: a proposal's JSON whose counterparts also say where they lie
    (``account_id``, ``partner_id``). ``line.partner`` holds only what was there before anybody decided. ``worth``: the
    line in the company's currency. ``document``: when something was attached to it.
    """

    line: BankLine
    known: Known
    decided: Known
    booked: Mapping[str, Any] = field(default_factory=dict)
    worth: Decimal = Decimal(0)
    document: Known | None = None


@dataclass(frozen=True, slots=True)
class Settlement:
    """A part of an item that was settled: what it takes off the residual, signed as the item."""

    known: Known
    amount: Decimal
    company_amount: Decimal


@dataclass(frozen=True, slots=True)
class PastItem:
    """An item as if nothing of it were settled (``item.residual`` is the whole), and what settled it when."""

    item: OpenItem
    known: Known
    settlements: tuple[Settlement, ...] = ()

    def at(self, moment: Moment) -> OpenItem | None:
        """The item as it stood; None when it was not known yet, or settled."""
        if not was_known(self.known, moment):
            return None
        done = [part for part in self.settlements if was_known(part.known, moment)]
        if not done:
            return self.item
        residual = self.item.residual - sum(part.amount for part in done)
        if not residual:
            return None
        company = self.item.residual_company - sum(part.company_amount for part in done)
        return replace(self.item, residual=residual, residual_company=company, discount=None)

    def residuals(self) -> set[Decimal]:
        """Every residual that it ever had, in whatever order its parts became known, and the discounted amount."""
        amounts = {self.item.residual}
        left = self.item.residual
        for part in sorted(self.settlements, key=lambda part: part.known.day):
            left -= part.amount
            amounts |= {left, self.item.residual - part.amount}
        if self.item.discount is not None:
            amounts.add(self.item.discount.amount)
        return amounts


@dataclass(frozen=True, slots=True)
class PastSettled:
    """A settled item and when it was settled; ``delay``: days from its due date until then."""

    settled: SettledItem
    known: Known
    delay: int | None = None


@dataclass(frozen=True, slots=True)
class PastParty:
    """``party`` without accounts and habits; ``sides``: (known, is_customer, is_vendor) of its first items;
    ``accounts``: (known, number)."""

    party: Party
    sides: tuple[tuple[Known, bool, bool], ...]
    accounts: tuple[tuple[Known, str], ...] = ()

    def at(self, moment: Moment) -> Party | None:
        sides = [side for side in self.sides if was_known(side[0], moment)]
        if not sides:
            return None
        numbers = tuple(number for known, number in self.accounts if was_known(known, moment))
        return replace(
            self.party,
            accounts=numbers,
            is_customer=any(side[1] for side in sides),
            is_vendor=any(side[2] for side in sides),
        )


@dataclass(frozen=True, slots=True)
class Payer:
    """What a decided line tells of a partner: the payer's name and account number on it."""

    known: Known
    partner: int
    is_receipt: bool
    names: tuple[str, ...]


def runs(lines: Iterable[tuple[int, Known]]) -> list[tuple[Moment, list[int]]]:
    """Keys of lines by when they would have been looked at, oldest first.

    Lines of one day make one run; of a day's live lines the earliest moment holds for all, so that none knows what
    came between them.
    """
    days: dict[tuple[date, bool], list[tuple[int, Known]]] = defaultdict(list)
    for key, known in lines:
        moment = moment_of(known)
        days[moment.day, moment.at is not None].append((key, known))
    found = []
    for (day, is_live), group in sorted(days.items()):
        at = min(known.created for _key, known in group) if is_live else None
        found.append((Moment(day, at), sorted(key for key, _known in group)))
    return found


class Past:
    """All that is known today of a stretch of history, indexed for the questions of each day.

    :param history_days: how far back partners' habits and settled items go
    """

    def __init__(
        self,
        settings: MatchingSettings,
        lines: Sequence[PastLine] = (),
        items: Sequence[PastItem] = (),
        settled: Sequence[PastSettled] = (),
        parties: Sequence[PastParty] = (),
        payers: Sequence[Payer] = (),
        own: Party | None = None,
        own_accounts: Sequence[OwnAccount] = (),
        rates: Mapping[tuple[str, date], Rate] | None = None,
        places: Mapping[str, int] | None = None,
        details: Mapping[int, tuple[int | None, int | None]] | None = None,
    ) -> None:
        self.settings = settings
        self.items, self.settled, self.parties = list(items), list(settled), list(parties)
        self.own, self.own_accounts = own, tuple(own_accounts)
        self.rates, self.places, self.details = rates or {}, places or {}, details or {}
        self.history = timedelta(days=settings.history_days)
        self._lines_by_amount: dict[Decimal, list[PastLine]] = defaultdict(list)
        for line in lines:
            self._lines_by_amount[line.line.amount].append(line)
        self._payers = sorted(payers, key=lambda payer: payer.known.day)
        self._index()

    def _index(self) -> None:
        self._by_partner: dict[int | None, list[int]] = defaultdict(list)
        self._by_amount: dict[Decimal, list[int]] = defaultdict(list)
        self._by_key: dict[str, list[int]] = defaultdict(list)
        self._always: list[int] = []
        self._by_item = {past.item.key: n for n, past in enumerate(self.items)}
        for n, past in enumerate(self.items):
            item = past.item
            if item.kind == "transfer":
                self._always.append(n)
                continue
            self._by_partner[item.partner].append(n)
            for amount in past.residuals():
                self._by_amount[amount].append(n)
            for key in {key for name in item.names for key in reference_keys(name)}:
                self._by_key[key].append(n)
            if item.kind == "payment":
                self._always.append(n)
        self._settled_by_partner: dict[int | None, list[int]] = defaultdict(list)
        self._settled_by_amount: dict[Decimal, list[int]] = defaultdict(list)
        self._settled_by_key: dict[str, list[int]] = defaultdict(list)
        for n, past in enumerate(self.settled):
            self._settled_by_partner[past.settled.partner].append(n)
            self._settled_by_amount[abs(past.settled.amount)].append(n)
            for key in {key for name in past.settled.names for key in reference_keys(name)}:
                self._settled_by_key[key].append(n)

    # --- a day -------------------------------------------------------------------------------------------------------

    def facts(self, moment: Moment, lines: Sequence[PastLine]) -> MatchingFacts:
        """What the matcher would have been told at ``moment`` about ``lines``."""
        bank_lines = tuple(past.line for past in lines)
        since = min(line.date for line in bank_lines) - self.history
        parties = self._parties(moment, since)
        guesses = identify(bank_lines, parties, self.own_accounts)
        partners = {guess.party for found in guesses.values() for guess in found if guess.score >= SURE_ENOUGH}
        keys = {key for line in bank_lines for text in _texts(line) for key in reference_keys(text)}
        amounts = {amount for line in bank_lines for amount in (line.amount, line.foreign_amount) if amount is not None}
        items = self._items(moment, bank_lines, partners, keys, amounts)
        settled = self._settled(moment, since, partners, keys, amounts)
        return MatchingFacts(
            settings=self.settings,
            lines=bank_lines,
            items=items,
            settled=settled,
            parties=self._detailed(moment, since, parties, items, settled, partners),
            own_accounts=self.own_accounts,
            other_lines=self._other_lines(moment, bank_lines),
            rates=self.rates,
            places=self.places,
            guesses=guesses,
        )

    def _items(self, moment, lines, partners, keys, amounts):
        first = min(line.date for line in lines) - timedelta(days=PAYMENT_DAYS)
        journals = {line.journal for line in lines}
        wanted = {n for partner in partners for n in self._by_partner.get(partner, ())}
        wanted.update(n for amount in amounts for n in self._by_amount.get(amount, ()))
        wanted.update(n for key in keys for n in self._by_key.get(key, ()))
        for n in self._always:
            item = self.items[n].item
            if item.kind == "transfer" or (item.journal in journals and item.date >= first):
                wanted.add(n)
        found = (self.items[n].at(moment) for n in sorted(wanted))
        return tuple(item for item in found if item is not None)

    def _settled(self, moment, since, partners, keys, amounts):
        wanted = {n for partner in partners for n in self._settled_by_partner.get(partner, ())}
        wanted.update(n for amount in amounts for n in self._settled_by_amount.get(abs(amount), ()))
        wanted.update(n for key in keys for n in self._settled_by_key.get(key, ()))
        return tuple(
            past.settled
            for past in (self.settled[n] for n in sorted(wanted))
            if past.settled.paid_on >= since and was_known(past.known, moment)
        )

    def _other_lines(self, moment, lines):
        """Lines that waited then, of the opposite amount and near in time: other sides of transfers."""
        near = timedelta(days=TRANSFER_DAYS)
        first, last = min(line.date for line in lines) - near, max(line.date for line in lines) + near
        own = {line.key for line in lines}
        return tuple(
            past.line
            for amount in {-line.amount for line in lines}
            for past in self._lines_by_amount.get(amount, ())
            if past.line.key not in own
            and first <= past.line.date <= last
            and was_known(past.known, moment)
            and not was_known(past.decided, moment)
        )

    def seen(self, moment: Moment, past: PastLine, facts: MatchingFacts) -> dict[str, Any]:
        """What people booked, told by what was there at ``moment``: what they settled with an item that came later,
        or that no matcher looks at, stands on the item's account."""
        known = {item.key for item in facts.items} | {item.payment_item for item in facts.settled}
        counterparts, lines = [], [dict(row) for row in past.booked.get("lines") or ()]
        for row in past.booked.get("counterparts") or ():
            if row["move_line_id"] in known or self._was_open(row["move_line_id"], moment):
                counterparts.append({"move_line_id": row["move_line_id"], "amount": row["amount"]})
            else:
                lines.append({name: row[name] for name in ("account_id", "amount", "partner_id")})
        self._as_told(moment, past.booked.get("told") or (), counterparts, lines)
        return {"counterparts": counterparts, "lines": lines}

    def _as_told(self, moment: Moment, told: Sequence[Mapping[str, Any]], counterparts: list, lines: list) -> None:
        """What people settled then and what was taken apart since, because the money came back, counts as settled."""
        by_account: dict[int, list[Mapping[str, Any]]] = defaultdict(list)
        for row in told:
            if self._was_open(row["move_line_id"], moment):
                by_account[self.items[self._by_item[row["move_line_id"]]].item.account].append(row)
        for account, rows in by_account.items():
            there = [row for row in lines if row["account_id"] == account and not row.get("tax_ids")]
            if there and sum(Decimal(row["amount"]) for row in there) == sum(Decimal(row["amount"]) for row in rows):
                lines[:] = [row for row in lines if row not in there]
                counterparts += [{name: row[name] for name in ("move_line_id", "amount")} for row in rows]

    def _was_open(self, key: int, moment: Moment) -> bool:
        n = self._by_item.get(key)
        return n is not None and was_known(self.items[n].known, moment)

    # --- partners ----------------------------------------------------------------------------------------------------

    def _parties(self, moment, since):
        habits = self._habits(moment, since)
        found = [
            replace(party, **habits.get(party.key, {}))
            for past in self.parties
            if (party := past.at(moment)) is not None
        ]
        return (*found, self.own) if self.own is not None else tuple(found)

    def _habits(self, moment, since):
        counts: dict[int, list] = {}
        for payer in self._payers:
            if payer.known.day > moment.day:
                break
            if payer.known.day >= since and was_known(payer.known, moment):
                row = counts.setdefault(payer.partner, [0, 0, {}])
                row[not payer.is_receipt] += 1
                row[2].update(dict.fromkeys(payer.names))
        return {
            partner: {"receipts": receipts, "payments": payments, "payer_names": tuple(names)}
            for partner, (receipts, payments, names) in counts.items()
        }

    def _detailed(self, moment, since, parties, items, settled, guessed):
        wanted = guessed | {item.partner for item in (*items, *settled) if item.partner}
        return tuple(
            replace(
                party,
                receivable=self.details[party.key][0],
                payable=self.details[party.key][1],
                usual_delay=self._delay(moment, since, party.key),
            )
            if party.key in wanted and party.key in self.details
            else party
            for party in parties
        )

    def _delay(self, moment, since, partner):
        delays = [
            past.delay
            for past in (self.settled[n] for n in self._settled_by_partner.get(partner, ()))
            if past.delay is not None and past.settled.date >= since and was_known(past.known, moment)
        ]
        return median_low(delays) if len(delays) >= _DELAYS else None


def _texts(line: BankLine) -> tuple[str, ...]:
    return (line.text, line.partner_name, *line.references)
