"""Payment runs with and without their file, collections with returns, wage runs: one bank line for many payments."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from .scenario import Case, Scenario

DAY = date(2026, 3, 20)
_BULK = (
    "SEPA BATCH {count} TX",
    "SAMMELUEBERWEISUNG {count} POSTEN",
    "PAYMENT RUN",
    "VIREMENTS GROUPES",
    "BULK PAYMENT {count}",
)
_WAGES = ("SALARIES MARCH", "LOHNZAHLUNG 03/2026", "SALAIRES MARS", "NET WAGES", "NOMINA MARZO")
_COLLECTED = ("SEPA DD COLLECTION", "SAMMELLASTSCHRIFT {count} POSTEN", "DIRECT DEBIT BATCH {count} TX")
_RETURNED = ("RETURN DIRECT DEBIT", "RUECKLASTSCHRIFT", "UNPAID DIRECT DEBIT")
_REASONS = ("AC04", "AM04", "MD01", "MS03")
OWN = "BE71096123456769"


def _amount(rng, least=2_000, most=900_000) -> Decimal:
    return Decimal(rng.randint(least, most)) / 100


def _words(rng, texts, count) -> str:
    noise = rng.choice(("", f" REF {rng.randint(10**6, 10**7)}", " THANK YOU"))
    return rng.choice(texts).format(count=count) + noise


def _day(days) -> str:
    return (DAY + timedelta(days=days)).isoformat()


class _Sent:
    """Bills or invoices that are paid or collected together, and what else stands open."""

    def __init__(self, books, rng, incoming=False, count=None, decoys=3) -> None:
        self.books, self.rng, self.incoming = books, rng, incoming
        make = books.invoice if incoming else books.bill
        count = count or rng.randint(3, 8)
        self.partners = [books.partner(books.name(rng), iban=_iban(rng)) for _number in range(count)]
        amounts = [_amount(rng) for _number in range(count)]
        if rng.random() < 0.3:
            amounts[1] = amounts[0]  # two alike, of different partners
        due = _day(rng.randint(-4, 0))
        self.moves = [
            make(partner, net, _day(-30), due=due, ref=f"R{rng.randint(1000, 9999)}-{number}")
            for number, (partner, net) in enumerate(zip(self.partners, amounts, strict=True))
        ]
        for _number in range(decoys):
            # What nobody paid: long overdue, or due much later, of the same or another partner.
            stranger = books.partner(books.name(rng))
            partner, net = rng.choice([(rng.choice(self.partners), _amount(rng)), (stranger, amounts[0])])
            days = rng.choice((-60, -45, 15, 19, 40))
            make(partner, net, _day(-70), due=_day(days), ref=f"D{rng.randint(1, 10**6)}")
        self.totals = [Decimal(str(move.amount_total)) for move in self.moves]
        self.account = books.receivable if incoming else books.payable
        self.sign = 1 if incoming else -1

    @property
    def orders(self):
        return [
            {
                "end_to_end": f"E2E{self.rng.randint(10**8, 10**9)}",
                "amount": f"{total:.2f}",
                "name": partner.name.upper(),
                "account": partner.bank_ids.acc_number,
                "text": self.rng.choice((move.name, move.ref or "", "")),
                "currency": self.books.company.currency_id.name,
            }
            for move, partner, total in zip(self.moves, self.partners, self.totals, strict=True)
        ]

    def line(self, text, total):
        return self.books.line(text, self.sign * total, DAY.isoformat())

    def settled(self, places=None):
        """{(account, partner): change} of paying these documents, all or some."""
        found = {}
        for place, (partner, total) in enumerate(zip(self.partners, self.totals, strict=True)):
            if places is None or place in places:
                key = (self.account, partner)
                found[key] = found.get(key, Decimal(0)) - self.sign * total
        return found

    def left(self, places):
        return {
            self.books.item(move): Decimal(0) if place in places else self.sign * total
            for place, (move, total) in enumerate(zip(self.moves, self.totals, strict=True))
        }


def _iban(rng) -> str:
    """A Belgian account number with right check digits."""
    base = rng.randint(10**9, 10**10 - 1)
    national = f"{base}{base % 97 or 97:02d}"
    check = 98 - int(f"{national}111400") % 97
    return f"BE{check:02d}{national}"


def _take(books, data) -> None:
    if not books.bank.bank_account_id:
        account = books.env["res.partner.bank"].create({"acc_number": OWN, "partner_id": books.company.partner_id.id})
        books.bank.bank_account_id = account
    books.env["ai.payment.run.take"]._take("file.xml", data)


def _credit(orders, rng, **values):
    from ....readers.payment_file.tests.samples import credit_file

    name, message = f"PAY-{rng.randint(10**5, 10**6)}", f"MSG{rng.randint(10**8, 10**9)}"
    return name, credit_file(orders, name=name, message=message, date=DAY.isoformat(), account=OWN, **values)


def _debit(orders, rng):
    from ....readers.payment_file.tests.samples import debit_file

    name, message = f"COLL-{rng.randint(10**5, 10**6)}", f"MSG{rng.randint(10**8, 10**9)}"
    return name, debit_file(orders, name=name, message=message, date=DAY.isoformat(), account=OWN)


# --- payments ---


def run_with_file(books, rng) -> Case:
    """The whole file, on a debit that says nothing or names the batch."""
    sent = _Sent(books, rng)
    name, data = _credit(sent.orders, rng)
    _take(books, data)
    line = sent.line(rng.choice((name, "DEBIT", _words(rng, _BULK, len(sent.moves)))), sum(sent.totals))
    return Case(sent.settled(), lines=line, open=sent.left(range(len(sent.moves))))


def run_in_part(books, rng) -> Case:
    """One payee was refused: the debit names the batch and is smaller."""
    sent = _Sent(books, rng, count=rng.randint(4, 9))
    name, data = _credit(sent.orders, rng)
    _take(books, data)
    out = rng.randrange(len(sent.moves))
    kept = [place for place in range(len(sent.moves)) if place != out]
    line = sent.line(f"BATCH {name}", sum(sent.totals) - sent.totals[out])
    alike = any(sent.totals[place] == sent.totals[out] for place in kept)
    if alike or _sums_alike(sent.totals, sent.totals[out]):
        return Case({}, lines=line, ask=True)
    return Case(sent.settled(kept), lines=line, open=sent.left(kept))


def _sums_alike(totals, wanted) -> bool:
    """Whether leaving out one payment is not the only way to leave out that sum by one payment."""
    return sum(total == wanted for total in totals) > 1


def run_without_file(books, rng) -> Case:
    """All bills due around the day, and the bank says that it is a batch."""
    sent = _Sent(books, rng)
    due = sent.moves[0].invoice_date_due
    others = books.env["account.move"].search([("move_type", "=", "in_invoice"), ("invoice_date_due", "=", due)])
    line = sent.line(_words(rng, _BULK, len(sent.moves)), sum(sent.totals))
    return Case(sent.settled(), lines=line, ask=len(others) != len(sent.moves))


def run_comes_back(books, rng) -> Case:
    """The whole file was debited; one payment came back days later with its end-to-end id."""
    sent = _Sent(books, rng)
    orders = sent.orders
    _name, data = _credit(orders, rng)
    _take(books, data)
    sent_line = sent.line("DEBIT", sum(sent.totals))
    back = rng.randrange(len(sent.moves))
    returned = books.line(
        f"RETURN {rng.choice(_REASONS)}",
        sent.totals[back],
        _day(3),
        transaction_details={"references": [orders[back]["end_to_end"]]},
        transaction_type="PMNT-RCDT-RRTN AC04",
    )
    kept = [place for place in range(len(sent.moves)) if place != back]
    return Case(
        sent.settled(kept),
        lines=sent_line + returned,
        open=sent.left(kept),
        steps=(lambda: books.propose(sent_line), lambda: books.propose(returned)),
    )


def run_without_file_two_ways(books, rng) -> Case:
    """A twin of one of the bills is due the same day and was not paid: which one was, nobody can know."""
    sent = _Sent(books, rng, decoys=0)
    twin = sent.moves[0]
    books.bill(books.partner(books.name(rng)), twin.amount_untaxed, _day(-30), due=twin.invoice_date_due, ref="T1")
    line = sent.line(_words(rng, ("SAMMELUEBERWEISUNG", "PAYMENT RUN", "BULK PAYMENT"), 0), sum(sent.totals))
    return Case({}, lines=line, ask=True)


def batch_in_part(books, rng) -> Case:
    """Payments were registered with one reference; one was refused, the debit names the batch."""
    sent = _Sent(books, rng, count=rng.randint(4, 8))
    wizard = books.env["account.payment.register"]
    batch = f"BATCH/{rng.randint(10**4, 10**5)}"
    payments = books.env["account.payment"]
    for move in sent.moves:
        asked = wizard.with_context(active_model="account.move", active_ids=move.ids)
        payments += asked.create({"payment_date": _day(-2), "journal_id": books.bank.id})._create_payments()
    payments.write({"payment_reference": batch})
    out = rng.randrange(len(sent.moves))
    kept = [place for place in range(len(sent.moves)) if place != out]
    line = sent.line(f"SEPA {batch}", sum(sent.totals) - sent.totals[out])
    if _sums_alike(sent.totals, sent.totals[out]):
        return Case({}, lines=line, ask=True)
    outstanding = payments.outstanding_account_id
    return Case({(outstanding, None): sum(sent.totals[place] for place in kept)}, lines=line)


# --- collections ---


def return_without_file(books, rng) -> Case:
    """No file was read: the sum named its invoices, the return names one by number, by name, or nothing."""
    sent = _Sent(books, rng, incoming=True, count=rng.randint(3, 5), decoys=1)
    numbers = " ".join(move.name for move in sent.moves)
    collected = sent.line(f"SEPA DD COLLECTION {numbers}", sum(sent.totals))
    back, how = rng.randrange(len(sent.moves)), rng.choice(("number", "name", "nothing"))
    told = {"number": sent.moves[back].name, "name": "", "nothing": ""}[how]
    returned = books.line(
        f"{rng.choice(_RETURNED)} {told}".strip(),
        -sent.totals[back],
        _day(5),
        transaction_type="PMNT-IDDT-UPDD AM04",
        partner_name=sent.partners[back].name if how == "name" else False,
    )
    kept = [place for place in range(len(sent.moves)) if place != back]
    steps = (lambda: books.propose(collected), lambda: books.propose(returned))
    if how != "nothing" or not _sums_alike(sent.totals, sent.totals[back]):
        return Case(sent.settled(kept), lines=collected + returned, open=sent.left(kept), steps=steps)
    # Booked is the sum; of two alike, which one came back is asked.
    left = -sent.totals[back]
    return Case(sent.settled(), lines=collected + returned, steps=steps, left=left)


def collection_with_return(books, rng) -> Case:
    """A collection by its file, one debit of which is returned with a fee: own cost, or charged on."""
    sent = _Sent(books, rng, incoming=True)
    orders = sent.orders
    _name, data = _debit(orders, rng)
    _take(books, data)
    fee_account = books.account("bank fees", "expense")
    charged = rng.random() < 0.5
    books.company.write({"ai_fee_account_id": fee_account.id, "ai_charges_return_fee": charged})
    collected = sent.line(_words(rng, _COLLECTED, len(sent.moves)), sum(sent.totals))
    back, fee = rng.randrange(len(sent.moves)), _amount(rng, 150, 900)
    returned = books.line(
        f"{rng.choice(_RETURNED)} {rng.choice(_REASONS)}",
        -sent.totals[back] - fee,
        _day(4),
        transaction_details={"references": [orders[back]["end_to_end"]]},
        transaction_type="PMNT-IDDT-UPDD",
    )
    kept = [place for place in range(len(sent.moves)) if place != back]
    balances = sent.settled(kept)
    key = (books.receivable, sent.partners[back]) if charged else (fee_account, None)
    balances[key] = balances.get(key, Decimal(0)) + fee
    return Case(
        balances,
        lines=collected + returned,
        open=sent.left(kept),
        steps=(lambda: books.propose(collected), lambda: books.propose(returned)),
    )


def collection_in_part(books, rng) -> Case:
    """One debit was refused before the credit, which names the batch."""
    sent = _Sent(books, rng, incoming=True, count=rng.randint(4, 8))
    name, data = _debit(sent.orders, rng)
    _take(books, data)
    out = rng.randrange(len(sent.moves))
    kept = [place for place in range(len(sent.moves)) if place != out]
    line = sent.line(f"SEPA DD {name}", sum(sent.totals) - sent.totals[out])
    if _sums_alike(sent.totals, sent.totals[out]):
        return Case({}, lines=line, ask=True)
    return Case(sent.settled(kept), lines=line, open=sent.left(kept))


# --- wages ---


class _Payroll:
    def __init__(self, books, rng, named=True) -> None:
        self.books = books
        self.net = books.account("net wages payable", reconcile=True)
        others = [
            books.account(name) for name in ("payroll tax payable", "social security payable", "garnishments payable")
        ]
        cost = books.account("gross wages", "expense")
        self.people = [
            books.env["res.partner"].create({"name": f"{rng.choice(_FIRST)} {rng.choice(_LAST)}{number}"})
            for number in range(rng.randint(2, 9))
        ]
        self.nets = [_amount(rng, 120_000, 480_000) for _person in self.people]
        taxes = [_amount(rng, 50_000, 400_000) for _account in others]
        rows = [(cost, sum(self.nets) + sum(taxes))]
        rows += [(account, -amount) for account, amount in zip(others, taxes, strict=True)]
        if named:
            rows += [(self.net, -net, person) for person, net in zip(self.people, self.nets, strict=True)]
        else:
            rows.append((self.net, -sum(self.nets)))
        books.entry(rows, _day(-rng.randint(1, 6)), ref="Payroll")


_FIRST = ("Ann", "Ben", "Cem", "Dora", "Eli", "Fay", "Gus", "Hana", "Ivo", "Jana")
_LAST = ("Peeters", "Claes", "Yilmaz", "Schmidt", "Rossi", "Dubois", "Novak", "Jansen")


def wages_at_once(books, rng) -> Case:
    """One debit for everybody, with or without cents of rounding; taxes stay."""
    payroll = _Payroll(books, rng, named=rng.random() < 0.7)
    rounding = books.account("rounding differences", "expense")
    books.company.ai_rounding_account_id = rounding
    cents = Decimal(rng.choice((0, 0, 1, -2, 3))) / 100
    total = sum(payroll.nets) + cents
    line = books.line(_words(rng, _WAGES, len(payroll.nets)), -total, DAY.isoformat())
    return Case({(payroll.net, None): sum(payroll.nets), (rounding, None): cents}, lines=line)


def wages_one_each(books, rng) -> Case:
    """A debit for each employee, against named accruals or one sum."""
    payroll = _Payroll(books, rng, named=rng.random() < 0.5)
    lines = books.env["account.bank.statement.line"]
    for person, net in zip(payroll.people, payroll.nets, strict=True):
        lines += books.line(
            _words(rng, ("SALARY MARCH", "LOHN 03", "SALAIRE"), 1), -net, DAY.isoformat(), partner_name=person.name
        )
    return Case(
        {(payroll.net, None): sum(payroll.nets)},
        lines=lines,
        steps=tuple(lambda line=line: books.propose(line) for line in lines),
    )


def wages_returned(books, rng) -> Case:
    """Everybody's wages on one debit; one payment comes back and is owed again."""
    payroll = _Payroll(books, rng)
    paid = books.line(_words(rng, _WAGES, len(payroll.nets)), -sum(payroll.nets), DAY.isoformat())
    back = rng.randrange(len(payroll.people))
    returned = books.line(
        f"RETURN {rng.choice(_REASONS)} SALARY",
        payroll.nets[back],
        _day(2),
        partner_name=payroll.people[back].name,
        transaction_type="PMNT-RCDT-RRTN",
    )
    return Case(
        {(payroll.net, None): sum(payroll.nets) - payroll.nets[back]},
        lines=paid + returned,
        steps=(lambda: books.propose(paid), lambda: books.propose(returned)),
    )


SCENARIOS = (
    Scenario("payment run, with its file", run_with_file),
    Scenario("payment run, one refused", run_in_part),
    Scenario("payment run, without a file", run_without_file),
    Scenario("payment run, without a file, two ways", run_without_file_two_ways),
    Scenario("payment run, registered, one refused", batch_in_part),
    Scenario("payment run, one comes back", run_comes_back),
    Scenario("collection, one returned with fee", collection_with_return),
    Scenario("collection, one refused", collection_in_part),
    Scenario("collection, returned without a file", return_without_file),
    Scenario("wages, one debit", wages_at_once),
    Scenario("wages, one each", wages_one_each),
    Scenario("wages, one comes back", wages_returned),
)
