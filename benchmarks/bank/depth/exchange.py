"""Currencies: invoices paid at the bank's rate, foreign accounts, transfers between currencies, rates that are missing.

The truth is reckoned from the amounts that the scenario draws: what a document was worth on its day, what the bank
moved, and the difference as exchange result; never from what the addon or Odoo made of it.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from .scenario import Case, Scenario

_CENT = Decimal("0.01")
DAY, PAID = "2026-03-02", "2026-03-20"


def _money(amount: Decimal) -> Decimal:
    return amount.quantize(_CENT, ROUND_HALF_UP)


def _rate(rng, low=110, high=240) -> Decimal:
    return Decimal(rng.randint(low, high)) / 100


def _near(rng, rate: Decimal) -> Decimal:
    """A bank's rate: the table's with a margin of up to one and a half percent."""
    return rate * (1 + Decimal(rng.randint(-150, 150)) / 10000)


def _currency(books, rng, name="CHF", paid=None):
    """A currency with a rate when invoiced and another, fresh one, when paid."""
    first = _rate(rng)
    second = paid or (first * (1 + Decimal(rng.choice((-8, -5, -3, 3, 5, 8))) / 100)).quantize(Decimal("0.0001"))
    return books.currency(name, [("2026-01-01", first), (DAY, first), (PAID, second)]), first, second


def _net(rng) -> Decimal:
    return Decimal(rng.randint(20_000, 900_000)) / 100


def _result(books, difference: Decimal) -> dict:
    """``difference``: what the ledger still needs, a debit (loss) positive."""
    company = books.company
    loss, gain = company.expense_currency_exchange_account_id, company.income_currency_exchange_account_id
    return {(loss if difference > 0 else gain, None): difference} if difference else {}


def _worth(item) -> Decimal:
    return Decimal(str(item.balance))


def _foreign_document(books, rng, currency, make, text_of):
    partner = books.partner(books.name(rng))
    move = make(partner, _net(rng), DAY, currency_id=currency.id)
    decoy_partner = books.partner(books.name(rng))
    decoy = make(decoy_partner, _net(rng), DAY, currency_id=currency.id)
    return partner, move, books.item(move), books.item(decoy), text_of(partner, move)


def _in_full(books, rng, make, account, sign):
    currency, _first, second = _currency(books, rng)
    partner, move, item, decoy, text = _foreign_document(books, rng, currency, make, lambda p, m: f"{p.name} {m.name}")
    foreign = Decimal(str(move.amount_total))
    amount = _money(foreign / _near(rng, second))
    line = books.line(text, sign * amount, PAID)
    worth = _worth(item)
    balances = {(account, partner): -worth, **_result(books, worth - sign * amount)}
    return Case(balances, lines=line, open={item: Decimal(0), decoy: Decimal(str(decoy.amount_residual_currency))})


def invoice_in_ours(books, rng):
    """A foreign invoice, its number quoted, paid in the company's currency at the bank's rate."""
    return _in_full(books, rng, books.invoice, books.receivable, 1)


def bill_in_ours(books, rng):
    """A foreign bill paid from the company's own account."""
    return _in_full(books, rng, books.bill, books.payable, -1)


def told_in_part(books, rng):
    """The bank names the original amount, a part of the invoice."""
    currency, first, second = _currency(books, rng)
    partner, move, item, decoy, text = _foreign_document(
        books, rng, currency, books.invoice, lambda p, m: f"{p.name} part of {m.name}"
    )
    total = Decimal(str(move.amount_total))
    part = _money(total * Decimal(rng.randint(20, 80)) / 100)
    amount = _money(part / _near(rng, second))
    line = books.line(text, amount, PAID, foreign_currency_id=currency.id, amount_currency=float(part))
    worth = _money(_worth(item) * part / total)
    balances = {(books.receivable, partner): -worth, **_result(books, worth - amount)}
    return Case(balances, lines=line, open={item: total - part, decoy: Decimal(str(decoy.amount_residual_currency))})


def on_its_own_account(books, rng):
    """A foreign invoice on an account of its currency: the difference between the two days is exchange result."""
    currency, _first, second = _currency(books, rng)
    journal = books.journal("DXF", currency)
    partner, move, item, decoy, text = _foreign_document(
        books, rng, currency, books.invoice, lambda p, m: f"{p.name} {m.name}"
    )
    foreign = Decimal(str(move.amount_total))
    line = books.line(text, foreign, PAID, journal=journal)
    worth = _worth(item)
    balances = {(books.receivable, partner): -worth, **_result(books, worth - _money(foreign / second))}
    return Case(balances, lines=line, open={item: Decimal(0), decoy: Decimal(str(decoy.amount_residual_currency))})


def ours_on_a_foreign_account(books, rng):
    """An invoice in the company's currency, paid in another to an account of that one."""
    currency, _first, second = _currency(books, rng)
    journal = books.journal("DXF", currency)
    partner = books.partner(books.name(rng))
    move = books.invoice(partner, _net(rng), DAY)
    item = books.item(move)
    total = Decimal(str(move.amount_total))
    amount = _money(total * _near(rng, second))
    line = books.line(f"{partner.name} {move.name}", amount, PAID, journal=journal)
    balances = {(books.receivable, partner): -total, **_result(books, total - _money(amount / second))}
    return Case(balances, lines=line, open={item: Decimal(0)})


def third_currency(books, rng):
    """An invoice in one foreign currency, paid in another."""
    pounds, _first, pound = _currency(books, rng, "GBP")
    francs, _other, franc = _currency(books, rng, "CHF")
    journal = books.journal("DXF", francs)
    partner, move, item, decoy, text = _foreign_document(
        books, rng, pounds, books.invoice, lambda p, m: f"{p.name} {m.name}"
    )
    amount = _money(Decimal(str(move.amount_total)) / pound * _near(rng, franc))
    line = books.line(text, amount, PAID, journal=journal)
    worth = _worth(item)
    balances = {(books.receivable, partner): -worth, **_result(books, worth - _money(amount / franc))}
    return Case(balances, lines=line, open={item: Decimal(0), decoy: Decimal(str(decoy.amount_residual_currency))})


def fee_kept(books, rng):
    """The bank kept a fee for converting and says so."""
    books.company.ai_fee_account_id = books.account("bank charges", "expense")
    currency, _first, second = _currency(books, rng)
    partner, move, item, decoy, text = _foreign_document(
        books, rng, currency, books.invoice, lambda p, m: f"{p.name} {m.name}"
    )
    gross = _money(Decimal(str(move.amount_total)) / _near(rng, second))
    fee = min(_money(gross * Decimal("0.01")), Decimal(15))
    line = books.line(f"{text} CHARGES {fee}", gross - fee, PAID)
    worth = _worth(item)
    balances = {
        (books.receivable, partner): -worth,
        (books.account("bank charges"), None): fee,
        **_result(books, worth - gross),
    }
    return Case(balances, lines=line, open={item: Decimal(0), decoy: Decimal(str(decoy.amount_residual_currency))})


def _transfer(books, rng, sides):
    """``sides``: (journal, amount, its worth) of the leg that leaves and the one that arrives."""
    (out, paid, left), (into, got, came) = sides
    later = rng.choice((PAID, "2026-03-21", "2026-03-23"))
    lines = books.line("OWN TRANSFER BETWEEN ACCOUNTS", -paid, PAID, journal=out)
    lines += books.line("OWN TRANSFER BETWEEN ACCOUNTS", got, later, journal=into)
    # A payment near by that is worth about as much, and is none.
    other = books.partner(books.name(rng))
    books.line(f"{other.name} rent", -paid, PAID, journal=out)
    return Case(_result(books, left - came), lines=lines)


def transfer_out(books, rng):
    """From the company's currency to a foreign account."""
    currency, _first, second = _currency(books, rng)
    paid = _net(rng)
    got = _money(paid * _near(rng, second))
    sides = (books.bank, paid, paid), (books.journal("DXF", currency), got, _money(got / second))
    return _transfer(books, rng, sides)


def transfer_across(books, rng):
    """Between two foreign accounts."""
    pounds, _first, pound = _currency(books, rng, "GBP")
    francs, _other, franc = _currency(books, rng, "CHF")
    paid = _net(rng)
    got = _money(paid / pound * _near(rng, franc))
    sides = (
        (books.journal("DXP", pounds), paid, _money(paid / pound)),
        (books.journal("DXF", francs), got, _money(got / franc)),
    )
    return _transfer(books, rng, sides)


def no_fresh_rate(books, rng):
    """The last rate is a month old: what the line is worth nobody knows yet."""
    first = _rate(rng)
    currency = books.currency("CHF", [("2026-01-01", first), ("2026-02-15", first)])
    journal = books.journal("DXF", currency)
    partner = books.partner(books.name(rng))
    move = books.invoice(partner, _net(rng), DAY, currency_id=currency.id)
    line = books.line(f"{partner.name} {move.name}", move.amount_total, PAID, journal=journal)
    return Case({}, lines=line, ask=True)


def rate_that_no_bank_gives(books, rng):
    """A quoted invoice, but the amount is a tenth off the table: a part, a fee, or another document?"""
    currency, _first, second = _currency(books, rng)
    partner = books.partner(books.name(rng))
    move = books.invoice(partner, _net(rng), DAY, currency_id=currency.id)
    amount = _money(Decimal(str(move.amount_total)) / second * Decimal(rng.choice(("0.88", "0.90", "1.10", "1.12"))))
    line = books.line(f"{partner.name} {move.name}", amount, PAID)
    return Case({}, lines=line, ask=True)


SCENARIOS = (
    Scenario("foreign invoice paid in ours", invoice_in_ours),
    Scenario("foreign bill paid in ours", bill_in_ours),
    Scenario("original amount told, a part", told_in_part),
    Scenario("foreign account, its own currency", on_its_own_account),
    Scenario("our invoice on a foreign account", ours_on_a_foreign_account),
    Scenario("third currency", third_currency),
    Scenario("the bank kept a fee", fee_kept),
    Scenario("transfer to a foreign account", transfer_out),
    Scenario("transfer between foreign accounts", transfer_across),
    Scenario("no fresh rate", no_fresh_rate),
    Scenario("a rate that no bank gives", rate_that_no_bank_gives),
)
