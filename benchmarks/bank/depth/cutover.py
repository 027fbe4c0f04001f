"""Bank accounts that were kept by hand: the file comes, the cut-over is accepted, the lines are matched.

The truth does not know how: on the bank account stands what the bank says, what people had booked stays booked once,
what nobody had booked stands on the suspense account, and what the bank has not shown yet is outstanding.
"""

from __future__ import annotations

import base64
from datetime import date, timedelta
from decimal import Decimal

from .books import LINE, cents
from .scenario import Case, Scenario

_START = date(2026, 1, 1)
_TEXTS = ("Rent", "Insurance", "Card payment", "Transfer", "Standing order", "Invoice", "Salary", "Subscription")


class _Hand:
    """An account kept by hand, and the movements that the bank knows of: (day, amount, text)."""

    def __init__(self, books, rng, opening=None) -> None:
        self.books, self.rng = books, rng
        self.opening = _amount(rng) * 10 if opening is None else opening
        self.moves: list[tuple[date, Decimal, str]] = []
        self.outstanding = books.account("outstanding", "asset_current", reconcile=True)
        methods = books.bank.inbound_payment_method_line_ids + books.bank.outbound_payment_method_line_ids
        methods.payment_account_id = self.outstanding
        self.bank = books.bank.default_account_id
        self.equity = books.account("capital", "equity")
        books.entry([(self.bank, self.opening), (self.equity, -self.opening)], "2025-12-31", ref="Opening")

    def moved(self, day, amount=None, text=None):
        """The bank moves money."""
        amount = _signed(self.rng) if amount is None else amount
        text = text or f"{self.rng.choice(_TEXTS)} {self.rng.randint(100, 999)}"
        self.moves.append((day, amount, text))
        return day, amount, text

    def booked(self, day, amount, text, account=None, **values):
        """Somebody books it by hand."""
        rows = [(self.bank, amount), (account or self.books.expense, -amount)]
        return self.books.entry(rows, day, ref=text, **values)

    def month(self, number, count, book=True):
        """``count`` movements of a month; each booked within two days, and in the same month."""
        for _each in range(count):
            day = _START + timedelta(days=30 * number + self.rng.randint(4, 24))
            day, amount, text = self.moved(day)
            if book:
                self.booked(day + timedelta(days=self.rng.randint(-2, 2)), amount, text)

    def closing(self):
        return self.opening + sum(amount for _day, amount, _text in self.moves)

    def file(self):
        """The bank's statement, as CAMT."""
        entries = "".join(
            f"<Ntry><Amt Ccy='{self.books.company.currency_id.name}'>{abs(amount)}</Amt>"
            f"<CdtDbtInd>{'DBIT' if amount < 0 else 'CRDT'}</CdtDbtInd><Sts>BOOK</Sts>"
            f"<BookgDt><Dt>{day}</Dt></BookgDt><AcctSvcrRef>R{number}</AcctSvcrRef>"
            f"<NtryDtls><TxDtls><RmtInf><Ustrd>{text}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>"
            for number, (day, amount, text) in enumerate(sorted(self.moves))
        )
        name = self.books.company.currency_id.name
        balances = "".join(
            f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy='{name}'>{abs(amount)}</Amt>"
            f"<CdtDbtInd>{'DBIT' if amount < 0 else 'CRDT'}</CdtDbtInd><Dt><Dt>{self.moves[0][0]}</Dt></Dt></Bal>"
            for code, amount in (("OPBD", self.opening), ("CLBD", self.closing()))
        )
        return (
            '<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>'
            f"<GrpHdr><MsgId>M</MsgId></GrpHdr><Stmt><Id>S</Id><Acct><Id><Othr><Id>12345678</Id></Othr></Id>"
            f"<Ccy>{name}</Ccy></Acct>{balances}{entries}</Stmt></BkToCstmrStmt></Document>"
        ).encode()

    # --- the steps ---

    def offer(self):
        """Import the file; what it waits for."""
        env = self.books.env
        content = base64.b64encode(self.file()).decode()
        found = env["ai.bank.import"].import_file(self.books.bank.id, "bank.xml", content)
        self.record = env["ai.bank.import"].browse(found)
        return self.record.cut_over_id.suggestion_id

    def match(self):
        lines = self.books.env[LINE].search([("journal_id", "=", self.books.bank.id), ("is_reconciled", "=", False)])
        return self.books.propose(lines) if lines else self.books.env["ai.suggestion"]

    def case(self, new=Decimal(0), waits=Decimal(0), steps=None, **values):
        """The truth: what stood on the ledger before, and what it must be.

        :param new: sum of what nobody had booked; it stands on suspense
        :param waits: sum of what was booked and not shown by the bank
        """
        before = sum(cents(item.balance) for item in self._items())
        return Case(
            {
                (self.bank, None): self.closing() - before,
                (self.books.suspense, None): -new,
                (self.outstanding, None): waits,
            },
            steps=steps or (self.offer, self.match),
            **values,
        )

    def _items(self):
        domain = [("account_id", "=", self.bank.id), ("parent_state", "=", "posted")]
        return self.books.env["account.move.line"].search(domain)


def _amount(rng) -> Decimal:
    return Decimal(rng.randint(1_000, 400_000)) / 100


def _signed(rng) -> Decimal:
    return _amount(rng) * rng.choice((1, -1, -1))


def mid_year(books, rng) -> Case:
    """Two months are booked, the third in part, the fourth not at all."""
    hand = _Hand(books, rng)
    for number in range(2):
        hand.month(number, rng.randint(4, 8))
    hand.month(2, rng.randint(2, 4))
    count = len(hand.moves)
    hand.month(2, rng.randint(1, 3), book=False)
    hand.month(3, rng.randint(2, 5), book=False)
    return hand.case(new=sum(amount for _day, amount, _text in hand.moves[count:]))


def cheques(books, rng) -> Case:
    """Booked in one month and shown in the next; one the bank never shows in this file."""
    hand = _Hand(books, rng)
    hand.month(0, rng.randint(3, 6))
    for _number in range(rng.randint(1, 3)):
        amount = -_amount(rng)
        text = f"Cheque {rng.randint(1000, 9999)}"
        hand.booked(date(2026, 1, rng.randint(20, 28)), amount, text)
        hand.moved(date(2026, 2, rng.randint(3, 20)), amount, text)
    hand.month(1, rng.randint(3, 6))
    waits = -_amount(rng)
    hand.booked(date(2026, 2, 27), waits, "Cheque 9001")
    new = hand.moved(date(2026, 2, 28))[1]
    return hand.case(new=new, waits=waits)


def sums(books, rng) -> Case:
    """A payment run booked bill by bill, and card sales booked as one sum a week."""
    hand = _Hand(books, rng)
    hand.month(0, rng.randint(2, 5))
    vendor = books.partner(books.name(rng))
    parts = [-_amount(rng) for _each in range(rng.randint(2, 4))]
    for part in parts:
        hand.books.entry([(hand.bank, part, vendor), (books.payable, -part, vendor)], "2026-02-10", ref="Bills")
    hand.moved(date(2026, 2, 10), sum(parts), "Collective transfer")
    sales = [_amount(rng) for _each in range(rng.randint(2, 3))]
    hand.booked(date(2026, 2, 16), sum(sales), "Card sales", account=books.income)
    for number, part in enumerate(sales):
        hand.moved(date(2026, 2, 14 + number), part, f"Card acquirer {number}")
    new = hand.moved(date(2026, 2, 25))[1]
    return hand.case(new=new)


def same_amounts(books, rng) -> Case:
    """Rent every month and a weekly standing order, booked up to some week: the amounts say nothing, the days do."""
    hand = _Hand(books, rng)
    rent, weekly = -_amount(rng), -_amount(rng)
    stop = rng.randint(5, 9)
    new = Decimal(0)
    for week in range(12):
        day = _START + timedelta(days=3 + 7 * week)
        hand.moved(day, weekly, "Standing order cleaning")
        if week < stop:
            hand.booked(day, weekly, "Cleaning")
        else:
            new += weekly
    for month in range(3):
        day = date(2026, month + 1, 2)
        hand.moved(day, rent, "Rent")
        if (day - _START).days < 7 * stop:
            hand.booked(day, rent, "Rent")
        else:
            new += rent
    return hand.case(new=new)


def reversed_and_unbooked_fees(books, rng) -> Case:
    """Mistakes that were reversed, and the bank's fees, which nobody ever booked."""
    hand = _Hand(books, rng)
    new = Decimal(0)
    for number in range(2):
        hand.month(number, rng.randint(3, 6))
        fee = -Decimal(rng.randint(300, 1500)) / 100
        new += hand.moved(_START + timedelta(days=30 * number + 28), fee, "Account fee")[1]
    wrong = hand.booked(date(2026, 2, rng.randint(5, 20)), -_amount(rng), "Typing mistake")
    wrong._reverse_moves([{"date": date(2026, 2, 21)}], cancel=True)
    return hand.case(new=new)


def registered_payments(books, rng) -> Case:
    """Payments registered in Odoo whose outstanding account is the bank account itself."""
    hand = _Hand(books, rng)
    hand.month(0, rng.randint(2, 4))
    methods = books.bank.inbound_payment_method_line_ids
    methods.payment_account_id = hand.bank
    for _number in range(rng.randint(1, 3)):
        customer = books.partner(books.name(rng))
        invoice = books.invoice(customer, _amount(rng), "2026-01-15")
        wizard = books.env["account.payment.register"].with_context(active_model="account.move", active_ids=invoice.ids)
        day = date(2026, 2, rng.randint(3, 20))
        wizard.create({"payment_date": day, "journal_id": books.bank.id})._create_payments()
        shown = day + timedelta(days=rng.randint(0, 2))
        hand.moved(shown, cents(invoice.amount_total), f"{customer.name} {invoice.name}")
    methods[:1].payment_account_id = hand.bank
    methods[1:].payment_account_id = hand.outstanding
    outbound = books.bank.outbound_payment_method_line_ids
    outbound.payment_account_id = hand.outstanding
    new = hand.moved(date(2026, 2, 26))[1]
    return hand.case(new=new)


def one_of_two(books, rng) -> Case:
    """The same cost booked twice, on both sides of the end of the month, and shown once: nobody knows which."""
    hand = _Hand(books, rng)
    amount = -_amount(rng)
    hand.month(0, rng.randint(0, 3))
    hand.booked(date(2026, 1, 31), amount, "Cleaning")
    hand.booked(date(2026, 2, 2), amount, "Cleaning")
    hand.moved(date(2026, 2, 1), amount, "Cleaning")

    def offer():
        found = hand.offer()
        hand.record.cut_over_id.action_set_day("2026-02-01")
        # Accepting is refused while it asks.
        return found.browse() if hand.record.cut_over_id.asked_count else found

    return hand.case(steps=(offer,), ask=True)


SCENARIOS = (
    Scenario("cut-over in mid-year", mid_year),
    Scenario("cut-over with cheques on their way", cheques),
    Scenario("cut-over with sums on either side", sums),
    Scenario("cut-over among equal amounts", same_amounts),
    Scenario("cut-over with reversals and fees", reversed_and_unbooked_fees),
    Scenario("cut-over after registered payments", registered_payments),
    Scenario("cut-over that must be asked", one_of_two),
)
