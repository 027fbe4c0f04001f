"""Reconciliation statements and statements' integrity: random accounts, of which the generator keeps the truth itself.

Nothing of the truth is read from the addon: amounts are summed while the books are made.
"""

from __future__ import annotations

import base64
from datetime import date, timedelta
from decimal import Decimal

from .scenario import Case, Scenario

ZERO = Decimal(0)
BEGIN = date(2026, 1, 1)


def _amount(rng, low=1_00, high=900_00) -> Decimal:
    return Decimal(rng.randint(low, high)) / 100


def _day(rng, first, last) -> date:
    return first + timedelta(days=rng.randint(0, (last - first).days))


class Account:
    """A bank account over four months, and what is true of it."""

    def __init__(self, books, rng, currency=None, rate=Decimal(1)) -> None:
        self.books, self.rng, self.rate = books, rng, rate
        self.journal = books.journal("STMT", currency)
        self.env = books.env
        self.capital = books.account("capital", "equity")
        self.opening = _amount(rng, 1_000_00, 90_000_00)
        self.lines = []  # (day, amount)
        self.statements = []  # (record, start, end)
        self.entries = []  # (day, amount)
        self.balance = self.opening
        self.misc = self.env["account.journal"].search(
            [("type", "=", "general"), ("company_id", "=", books.company.id)], limit=1
        )

    def hand(self, amount, day) -> None:
        """An entry on the bank account that is no statement line."""
        account = self.journal.default_account_id
        move = self.env["account.move"].create(
            {
                "journal_id": self.misc.id,
                "date": day,
                "line_ids": [
                    (0, 0, self._item(account, amount)),
                    (0, 0, self._item(self.capital, -amount)),
                ],
            }
        )
        move.action_post()
        self.entries.append((day, amount))

    def _item(self, account, amount):
        values = {"account_id": account.id, "balance": float(round(amount / self.rate, 2)), "name": "Entry"}
        if self.journal.currency_id:
            values |= {"currency_id": self.journal.currency_id.id, "amount_currency": float(amount)}
        return values

    def month(self, number, lost=False, short=ZERO) -> None:
        """A month's statement: not imported if ``lost``; ``short``: what its told end has more than its lines."""
        first = date(2026, number, 1)
        made = []
        start = self.balance
        for _line in range(self.rng.randint(1, 5)):
            amount = _amount(self.rng) * self.rng.choice((1, -1))
            day = _day(self.rng, first, first + timedelta(days=26))
            self.balance += amount
            if not lost:
                made.append(self.books.line(f"Movement {self.rng.randint(1, 9999)}", amount, day, journal=self.journal))
                self.lines.append((day, amount))
        self.balance += short
        if not lost:
            record = self.env["account.bank.statement"].create(
                {
                    "name": f"2026/{number:03d}",
                    "balance_start": float(start),
                    "balance_end_real": float(self.balance),
                    "line_ids": [(6, 0, [line.id for line in made])],
                }
            )
            self.statements.append((record, start, self.balance))

    # --- the truth ---

    def bank(self, day) -> Decimal:
        """What the last statement until a month's end told."""
        told = [end for record, _start, end in self.statements if record.date <= day]
        return told[-1]

    def ledger(self, day) -> Decimal:
        return sum((amount for at, amount in [*self.lines, *self.entries] if at <= day), ZERO)

    def sheet(self, day):
        return self.env["ai.bank.reconciliation"].statement(self.journal.id, day.isoformat())


def _end(number) -> date:
    return date(2026, number + 1, 1) - timedelta(days=1)


def _compare(what, found, wanted) -> list[str]:
    same = {key: Decimal(found.get(key, "0")) for key in {*found, *wanted}}
    true = {key: Decimal(wanted.get(key, "0")) for key in same}
    return [f"{what} {key}: {same[key]}, true is {true[key]}" for key in sorted(same) if same[key] != true[key]]


def _head(sheet) -> dict:
    figures = sheet["figures"]
    return {"bank": figures["bank"]["balance"], "ledger": figures["ledger"], "difference": figures["difference"]}


def agreed(books, rng) -> Case:
    """An opening entry, four months, payments on their way, at any month's end: the difference is nothing."""
    account = Account(books, rng)
    account.hand(account.opening, BEGIN - timedelta(days=1))
    for number in range(1, 5):
        account.month(number)
    payments = []
    for _payment in range(rng.randint(0, 3)):
        bill = books.bill(books.partner(books.name(rng)), _amount(rng), "2026-01-02")
        day = _day(rng, BEGIN, _end(4))
        wizard = books.env["account.payment.register"].with_context(active_model="account.move", active_ids=bill.ids)
        wizard.create({"payment_date": day, "journal_id": account.journal.id})._create_payments()
        payments.append((day, Decimal(str(bill.amount_total))))

    def check():
        wrong = []
        for number in range(1, 5):
            day = _end(number)
            sheet = account.sheet(day)
            wanted = {"bank": account.bank(day), "ledger": account.bank(day), "difference": ZERO}
            wrong += _compare(f"{day}", _head(sheet), wanted)
            sections = sheet["figures"]["sections"]
            waiting = -sum((amount for at, amount in payments if at <= day), ZERO)
            moved = sum((amount for at, amount in account.lines if at <= day), ZERO)
            found = {name: sections[name]["amount"] for name in ("outstanding", "unmatched")}
            wrong += _compare(f"{day}", found, {"outstanding": waiting, "unmatched": moved})
        return wrong

    return Case({}, check=check)


def explained(books, rng, currency=None, rate=Decimal(1)) -> Case:
    """A wrong opening, a lost statement, a statement that does not add up, entries by hand: each in its amount."""
    account = Account(books, rng, currency, rate)
    off = rng.choice((ZERO, _amount(rng), -_amount(rng)))
    account.hand(account.opening + off, BEGIN - timedelta(days=rng.randint(1, 300)))
    lost, short = rng.choice((None, 2, 3)), rng.choice((ZERO, _amount(rng)))
    short_month = rng.choice((1, 4))
    gap = ZERO
    for number in range(1, 5):
        before = account.balance
        account.month(number, lost=number == lost, short=short if number == short_month else ZERO)
        if number == lost:
            gap = account.balance - before
    by_hand = [_amount(rng) * rng.choice((1, -1)) for _entry in range(rng.randint(0, 3))]
    for amount in by_hand:
        account.hand(amount, _day(rng, date(2026, 4, 28), _end(4)))

    def check():
        sheet = account.sheet(_end(4))
        reasons = {reason["code"]: reason["amount"] for reason in sheet["figures"]["reasons"]}
        wanted = {"opening": off, "gap": -gap, "rest": -short, "entries": sum(by_hand, ZERO)}
        bank, ledger = account.bank(_end(4)), account.ledger(_end(4))
        wrong = _compare("reason", reasons, wanted)
        return wrong + _compare("figure", _head(sheet), {"bank": bank, "ledger": ledger, "difference": ledger - bank})

    return Case({}, check=check)


def foreign(books, rng) -> Case:
    """The same on an account in another currency, in its own money."""
    rate = Decimal(rng.choice(("0.5", "2", "4")))
    currency = books.currency("CHF", [("2025-01-01", rate)])
    return explained(books, rng, currency, rate)


def issued(books, rng) -> Case:
    """Issued, then lines are explained and somebody books into the month: the figures stay, what changed is told."""
    account = Account(books, rng)
    account.hand(account.opening, BEGIN - timedelta(days=1))
    account.month(1)
    reconciliations = books.env["ai.bank.reconciliation"]
    before = reconciliations.issue(account.journal.id, _end(1).isoformat())
    records = account.statements[0][0].line_ids
    coded = [line for line in records if rng.random() < 0.5]
    for line in coded:
        account_id = (books.income if line.amount > 0 else books.expense).id
        line.ai_book_by_hand({"write_off": [{"account_id": account_id, "amount": f"{line.amount:.2f}"}]})
    late = rng.choice((ZERO, _amount(rng)))
    if late:
        account.hand(late, _day(rng, date(2026, 1, 28), _end(1)))

    def check():
        sheet = account.sheet(_end(1))
        wrong = _compare("issued", _head(sheet), _head(before))
        cleared = sum((Decimal(row["amount"]) for row in sheet["since"]["cleared"]), ZERO)
        wanted = sum((Decimal(str(round(line.amount, 2))) for line in coded), ZERO)
        wrong += _compare("cleared since", {"amount": cleared}, {"amount": wanted})
        if bool(sheet["since"]["changes"]) != bool(late):
            wrong.append(f"changed since: {sheet['since']['changes']}, booked later was {late}")
        return wrong + ([] if sheet["issued"]["is_intact"] else ["not as it was issued"])

    # What was coded is what a person did; the statement books nothing.
    return Case({}, check=check)


def joined(books, rng) -> Case:
    """Statements with gaps, rests and none of both: exactly those are found."""
    account = Account(books, rng)
    wanted = set()
    lost = rng.choice((None, 2, 3))
    for number in range(1, 5):
        short = rng.choice((ZERO, ZERO, _amount(rng)))
        account.month(number, lost=number == lost, short=ZERO if number == lost else short)
        if number == lost:
            moved = account.balance - account.statements[-1][2]
        elif short:
            wanted.add((account.statements[-1][0].id, "statement_rest"))
    if lost and moved:
        after = next(record for record, _start, _end in account.statements if record.name > f"2026/{lost:03d}")
        wanted.add((after.id, "statement_gap"))

    def check():
        books.env["ai.statement.check"]._check_journal(account.journal, is_all=True)
        findings = books.env["ai.finding"].search(
            [
                ("res_model", "=", "account.bank.statement"),
                ("res_id", "in", [record.id for record, _start, _end in account.statements]),
                ("state", "=", "open"),
            ]
        )
        found = {(finding.res_id, finding.code) for finding in findings}
        return [f"not as it is: {sorted(found ^ wanted)}"] if found != wanted else []

    return Case({}, check=check)


def doubled(books, rng) -> Case:
    """A file, and a person who had entered some of its lines before, beside genuine twins and near ones; what is found
    is set aside, and the bank account holds what the bank holds."""
    journal = books.journal("DBL")
    lines = []
    for number in range(rng.randint(3, 8)):
        payee = books.name(rng)
        lines.append(
            [_day(rng, BEGIN, _end(1)), _amount(rng) * rng.choice((1, -1)), f"{payee} invoice {7000 + number}"]
        )
    # A genuine twin: twice in the file itself.
    lines.append(list(rng.choice(lines)))
    entered = [tuple(line) for line in rng.sample(lines[:-1], rng.randint(1, 2))]
    near = rng.choice(lines[:-1])
    balance = sum((amount for _day_, amount, _text in lines), ZERO)
    # Another day, another customer: not the movement of the file.
    other = (near[0] + timedelta(days=6), near[1], f"{books.name(rng)} order {rng.randint(100, 999)}")
    text = "Date;Text;Amount\n" + "".join(f"{day:%d.%m.%Y};{words};{amount}\n" for day, amount, words in lines)
    before, after = (entered, []) if rng.random() < 0.3 else ([], entered)

    def enter(found):
        for day, amount, words in found:
            books.line(words.upper(), amount, day, journal=journal)

    enter([*before, other])
    content = base64.b64encode(text.encode()).decode()
    mapping = {"date": 0, "texts": [1], "amount": 2, "date_format": "DMY", "decimal_mark": "."}
    books.env["ai.bank.import"].import_file(journal.id, "lines.csv", content, mapping=mapping)
    enter(after)

    def set_aside():
        books.env["ai.statement.check"]._check_journal(journal, is_all=True)
        lines_of = books.env["account.bank.statement.line"].search([("journal_id", "=", journal.id)])
        found = books.env["ai.finding"].search(
            [("res_id", "in", lines_of.ids), ("code", "=", "line_double"), ("state", "=", "open")]
        )
        for finding in found:
            finding.action_set_aside()

    def check():
        set_aside()
        items = books.env["account.move.line"].search(
            [("account_id", "=", journal.default_account_id.id), ("parent_state", "=", "posted")]
        )
        held = Decimal(str(round(sum(items.mapped("balance")), 2)))
        return _compare("bank", {"balance": held}, {"balance": balance + other[1]})

    twice = sum((amount for _day_, amount, _words in after), ZERO)
    truth = {(journal.default_account_id, None): -twice, (journal.suspense_account_id, None): twice}
    return Case(truth if after else {}, check=check)


SCENARIOS = (
    Scenario("a reconciliation that agrees, at any month's end", agreed),
    Scenario("a difference explained line by line", explained),
    Scenario("the same in another currency", foreign),
    Scenario("issued, and asked again later", issued),
    Scenario("statements that do not join", joined),
    Scenario("lines entered twice by two ways", doubled),
)
