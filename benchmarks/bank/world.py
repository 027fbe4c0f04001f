"""The state of a year while it is being generated, and the few verbs that scenarios need."""

from __future__ import annotations

import heapq
import random
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from decimal import Decimal

from .company import rate_on
from .documents import Drafter, Numbers
from .ledger import Ledger, Open
from .noise import Noise, Writer
from .values import (
    Allocation,
    Booking,
    Company,
    Difference,
    Document,
    Journal,
    Line,
    Partner,
    Payment,
    Settlement,
    Truth,
)


class World:
    """One company while its year passes; scenarios read it and emit lines with their truth."""

    def __init__(
        self,
        rng: random.Random,
        company: Company,
        partners: dict[int, Partner],
        rates: dict[tuple[str, date], Decimal],
        noise: Noise,
    ) -> None:
        self.rng, self.company, self.partners, self.rates = rng, company, partners, rates
        self.numbers = Numbers()
        self.drafter = Drafter(rng, company, self.numbers)
        self.writer = Writer(rng, noise)
        self.ledger = Ledger(partners)
        self.documents: dict[int, Document] = {}
        self.payments: list[Payment] = []
        self.lines: list[Line] = []
        self.truths: dict[int, Truth] = {}
        self.reopened: dict[int, date] = {}  # items by the day a returned payment made them due again
        self.day = date.min
        self._agenda: list[tuple[date, int, Callable[[], bool]]] = []
        self._journals = {journal.key: journal for journal in company.journals}

    # --- time ---------------------------------------------------------------

    def later(self, days: int, event: Callable[[], bool]) -> None:
        """Run ``event`` on the first working day after ``days`` days."""
        day = self.day + timedelta(days=days)
        while day.weekday() >= 5:
            day += timedelta(days=1)
        heapq.heappush(self._agenda, (day, self.numbers.take("agenda"), event))

    def run_agenda(self) -> None:
        """Everything that falls due today."""
        while self._agenda and self._agenda[0][0] <= self.day:
            heapq.heappop(self._agenda)[2]()

    # --- documents and payments -----------------------------------------------

    def issue(self, kind: str, partner: Partner, lines=None, term: str | None = None) -> Document | None:
        """Post a document today; None when its currency has no usable rate."""
        rate = Decimal(1)
        if partner.currency != self.company.currency:
            found = rate_on(self.rates, partner.currency, self.day)
            if not found:
                return None
            rate = found[0]
        document = self.drafter.document(kind, partner, self.day, rate, lines, term)
        if document.total <= 0:
            return None
        self.documents[document.key] = document
        self.ledger.issue(document)
        return document

    def register(self, partner: int, items: list[Open], journal: int, batch: str = "") -> Payment:
        """Register a payment of whole items today."""
        amount = sum((item.residual for item in items), Decimal("0.00"))
        number = self.numbers.take(("payment", journal))
        payment = Payment(
            key=self.numbers.take("item"),
            partner=partner,
            date=self.day,
            amount=amount,
            currency=items[0].currency,
            journal=journal,
            name=f"P{self.journal(journal).code}/{self.day.year}/{number:05d}",
            memo=" ".join(dict.fromkeys(self.quotable(self.documents[item.document]) for item in items)),
            batch=batch,
            allocations=tuple(Allocation(self.numbers.take("item"), item.key, item.residual) for item in items),
        )
        self.payments.append(payment)
        self.ledger.register(payment)
        return payment

    @staticmethod
    def quotable(document: Document) -> str:
        """The number that the two sides use for a document."""
        return document.reference if document.kind in ("bill", "refund") else document.number

    # --- looking up -------------------------------------------------------------

    def journal(self, key: int) -> Journal:
        return self._journals[key]

    def pick(
        self,
        kinds: Iterable[str],
        fits: Callable[[Open], bool] = lambda item: True,
        currency: str | None = "EUR",
    ) -> Open | None:
        """An open item that is likely to be paid about now."""
        kinds = set(kinds)
        items = [
            item
            for item in self.ledger.open.values()
            if item.kind in kinds
            and item.date < self.day
            and (currency is None or item.currency == currency)
            and self._due_first(item)
            and fits(item)
        ]
        if not items:
            return None
        return self.rng.choices(items, [self._likely(item) for item in items])[0]

    def _due_first(self, item: Open) -> bool:
        """Instalments are paid in due order."""
        document = self.documents.get(item.document)
        return not document or not any(part.key < item.key and part.key in self.ledger.open for part in document.parts)

    def _likely(self, item: Open) -> float:
        delay = self.partners[item.partner].habit.delay if item.partner else 0
        gap = (self.day - item.due).days - delay
        return 1 / (1 + abs(gap) / 5) if gap < 0 else 1 / (1 + gap / 30)

    def document_of(self, item: Open) -> Document | None:
        return self.documents.get(item.document)

    def quoted_documents(self, items: list[Open]) -> list[Document]:
        """The documents behind items, each once, in order."""
        documents = [self.document_of(item) for item in items]
        return list({document.key: document for document in documents if document}.values())

    # --- emitting -----------------------------------------------------------------

    def settlement(self, item: Open, amount: Decimal | None = None, item_amount: Decimal | None = None) -> Settlement:
        """``amount`` (of the line, default the residual) settles ``item_amount`` of the item."""
        amount = item.residual if amount is None else amount
        return Settlement(
            self.numbers.take("item"),
            item.key,
            amount,
            amount if item_amount is None else item_amount,
        )

    def difference(self, reason: str, amount: Decimal, **more) -> Difference:
        return Difference(self.numbers.take("item"), reason, amount, **more)

    def emit(
        self,
        scenario: str,
        case: str,
        journal: int,
        booking: Booking,
        visible: dict,
        *,
        code: str = "",
        foreign: tuple[Decimal, str] | None = None,
    ) -> Line:
        """Put a line on a statement today and book its truth."""
        line = Line(
            key=len(self.lines) + 1,
            journal=journal,
            date=self.day,
            amount=booking.total(),
            currency=self.journal(journal).currency,
            code=code,
            foreign_amount=foreign[0] if foreign else None,
            foreign_currency=foreign[1] if foreign else None,
            **visible,
        )
        if not line.amount:
            raise ValueError(f"{scenario}: a line of nothing")
        self.lines.append(line)
        self.truths[line.key] = Truth(line.key, case, booking, scenario)
        self.ledger.book(line, booking)
        self.reopened.update({item: self.day for s in booking.settlements for item in s.reopens})
        return line
