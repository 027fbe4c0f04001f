"""Payments that settle the balance sheet: taxes, funds, loans, cards, employees, owners and sister companies."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from odoo import Command

from .scenario import Case, Scenario

_QUARTERS = (("Q4 2025", "2025-12-31"), ("Q1 2026", "2026-03-31"))


def _amount(rng, least=20_000, most=900_000) -> Decimal:
    return Decimal(rng.randint(least, most)) / 100


def _iban(rng) -> str:
    return "DE" + "".join(str(rng.randint(0, 9)) for _digit in range(20))


def _kept(books, kind, claims, **values):
    """A counterpart that a person keeps. ``claims``: (topic, accounts, {more})"""
    rows = [
        Command.create({"topic": topic, "account_ids": [Command.set(accounts.ids)], **more})
        for topic, accounts, more in claims
    ]
    return books.env["ai.counterpart"].create(
        {"name": f"{kind} {values.get('account_numbers', '')[-4:]}", "kind": kind, "claim_ids": rows, **values}
    )


def _noise(books, rng, amount, day) -> None:
    """A vendor's bill and a customer's credit of the same amount: neither is meant."""
    books.bill(books.partner(books.name(rng)), amount, day, tax=False)
    books.document(books.partner(books.name(rng)), amount, day, "out_refund", tax=False)


def vat_of_a_quarter(books, rng) -> Case:
    """Two quarters are owed; the text names which one is paid, in one of several languages."""
    vat = books.account("VAT to pay", "liability_current")
    sums = [_amount(rng), _amount(rng)]
    for (_name, day), amount in zip(_QUARTERS, sums, strict=True):
        books.entry([(books.expense, amount), (vat, -amount)], day)
    place = rng.randrange(2)
    iban = _iban(rng)
    _kept(books, "tax_office", [("vat", vat, {})], account_numbers=iban)
    _noise(books, rng, sums[place], "2026-04-02")
    told = _QUARTERS[place][0]
    text = rng.choice(("VAT {}", "BTW {} betaling", "UMSATZSTEUER {}", "TVA {} REF 4711", "GST RETURN {}")).format(told)
    line = books.line(text, -sums[place], "2026-04-20", account_number=iban)
    return Case({(vat, None): sums[place]}, lines=line)


def vat_without_closing(books, rng) -> Case:
    """Nobody closed the month: VAT due and VAT to recover are cleared together by what both make."""
    out, into = books.account("VAT out", "liability_current"), books.account("VAT in", "asset_current")
    due, back = _amount(rng, 100_000, 900_000), _amount(rng, 1_000, 90_000)
    books.entry([(books.expense, due), (out, -due)], "2026-03-12")
    books.entry([(into, back), (books.income, -back)], "2026-03-25")
    iban = _iban(rng)
    _kept(books, "tax_office", [("vat", out | into, {})], account_numbers=iban)
    _noise(books, rng, due - back, "2026-04-02")
    line = books.line("VAT 03/2026", -(due - back), "2026-04-10", account_number=iban)
    return Case({(out, None): due, (into, None): -back}, lines=line)


def two_taxes_at_once(books, rng) -> Case:
    """One debit for VAT and payroll tax."""
    vat, wages = (
        books.account("VAT to pay", "liability_current"),
        books.account("payroll tax to pay", "liability_current"),
    )
    sums = {vat: _amount(rng), wages: _amount(rng)}
    for account, amount in sums.items():
        books.entry([(books.expense, amount), (account, -amount)], "2026-03-31")
    iban = _iban(rng)
    _kept(books, "tax_office", [("vat", vat, {}), ("payroll_tax", wages, {})], account_numbers=iban)
    line = books.line("COLLECTED BY DIRECT DEBIT", -sum(sums.values()), "2026-04-10", account_number=iban)
    return Case({(account, None): amount for account, amount in sums.items()}, lines=line)


def vat_refund(books, rng) -> Case:
    """The office pays back; an invoice of the same amount is open too."""
    vat = books.account("VAT to pay", "liability_current")
    amount = _amount(rng)
    books.entry([(vat, amount), (books.income, -amount)], "2026-03-31")
    books.invoice(books.partner(books.name(rng)), amount, "2026-04-01", tax=False)
    iban = _iban(rng)
    _kept(books, "tax_office", [("vat", vat, {})], account_numbers=iban)
    line = books.line("VAT REFUND Q1 2026", amount, "2026-05-02", account_number=iban)
    return Case({(vat, None): -amount}, lines=line)


def too_much_or_too_little(books, rng) -> Case:
    """Some euros more or less than is owed: penalty, estimate or part? Nobody can know."""
    vat, penalty = books.account("VAT to pay", "liability_current"), books.account("penalties", "expense")
    amount, off = _amount(rng), Decimal(rng.randint(100, 9_900)) / 100
    books.entry([(books.expense, amount), (vat, -amount)], "2026-03-31")
    iban = _iban(rng)
    _kept(books, "tax_office", [("vat", vat, {})], account_numbers=iban, penalty_account_id=penalty.id)
    line = books.line("VAT Q1 2026", -(amount + rng.choice((off, -off))), "2026-04-20", account_number=iban)
    return Case({}, lines=line, ask=True)


def paid_twice(books, rng) -> Case:
    """The same tax is paid a second time."""
    vat = books.account("VAT to pay", "liability_current")
    amount = _amount(rng)
    books.entry([(books.expense, amount), (vat, -amount)], "2026-03-31")
    iban = _iban(rng)
    _kept(books, "tax_office", [("vat", vat, {})], account_numbers=iban)
    first = books.line("VAT Q1 2026", -amount, "2026-04-20", account_number=iban)
    books.propose(first).action_accept()
    line = books.line("VAT Q1 2026", -amount, "2026-04-22", account_number=iban)
    return Case({}, lines=line, ask=True)


def social_fund_by_reference(books, rng) -> Case:
    """The text carries the fund's structured reference and nothing else; the month before is paid already."""
    owed = books.account("social security to pay", "liability_current")
    before, amount = _amount(rng), _amount(rng)
    books.entry([(books.expense, before), (owed, -before)], "2026-02-28")
    books.entry([(owed, before), (books.income, -before)], "2026-03-10", journal=books.bank)
    books.entry([(books.expense, amount), (owed, -amount)], "2026-03-31")
    reference = "".join(str(rng.randint(0, 9)) for _digit in range(12))
    _kept(books, "social_fund", [("social", owed, {"references": reference})], bank_names="National Fund")
    _noise(books, rng, amount, "2026-04-02")
    told = f"+++{reference[:3]}/{reference[3:7]}/{reference[7:]}+++"
    line = books.line(told, -amount, "2026-04-12")
    return Case({(owed, None): amount}, lines=line)


def _annuity(principal, rate, count) -> list[tuple[Decimal, Decimal, Decimal]]:
    """(payment, interest, redemption) of equal monthly payments, reckoned here by itself."""
    monthly = rate / Decimal(1200)
    cent = Decimal("0.01")
    payment = (principal * monthly / (1 - (1 + monthly) ** -count)).quantize(cent, ROUND_HALF_UP)
    rows, owed = [], principal
    for number in range(count):
        interest = (owed * monthly).quantize(cent, ROUND_HALF_UP)
        redeemed = owed if number == count - 1 else payment - interest
        rows.append((interest + redeemed, interest, redeemed))
        owed -= redeemed
    return rows


def _loan(books, rng):
    account, interest = books.account("bank loan", "liability_non_current"), books.account("interest paid", "expense")
    principal, rate, count = Decimal(rng.randint(50, 900)) * 100, Decimal(rng.randint(10, 90)) / 10, rng.randint(12, 60)
    iban = _iban(rng)
    lender = _kept(books, "lender", [("loan", account, {})], account_numbers=iban)
    loan = books.env["ai.loan"].create(
        {
            "name": "Investment",
            "counterpart_id": lender.id,
            "principal": float(principal),
            "account_id": account.id,
            "interest_account_id": interest.id,
            "rate": float(rate),
            "start": "2025-12-31",
            "first": "2026-01-31",
            "count": count,
        }
    )
    loan.action_start()
    books.entry([(books.expense, principal), (account, -principal)], "2025-12-31")
    return account, interest, iban, _annuity(principal, rate, count), loan


def instalments(books, rng) -> Case:
    """The first three instalments of a loan, on the days when the bank debits them."""
    account, interest, iban, rows, _loan_record = _loan(books, rng)
    days = ("2026-02-02", "2026-02-28", "2026-03-31")
    lines = [
        books.line(f"LOAN {number}", -payment, day, account_number=iban)
        for number, (day, (payment, _interest, _redeemed)) in enumerate(zip(days, rows, strict=False), 1)
    ]
    for line in lines[:2]:
        books.propose(line).action_accept()
    _payment, last_interest, last_redeemed = rows[2]
    return Case({(account, None): last_redeemed, (interest, None): last_interest}, lines=lines[2])


def instalment_after_an_unknown_extra(books, rng) -> Case:
    """Somebody redeemed more than the plan knows: interest is less, and by how much the lender must say."""
    account, _interest, iban, rows, _record = _loan(books, rng)
    extra = rows[0][2]
    books.entry([(account, extra), (books.income, -extra)], "2026-01-20")
    line = books.line("LOAN 1", -rows[0][0], "2026-01-31", account_number=iban)
    return Case({}, lines=line, ask=True)


def card_bill(books, rng) -> Case:
    """The card's balance of the day of its bill is paid; more was bought since."""
    card = books.account("credit card", "liability_credit_card")
    bought = [_amount(rng, 1_000, 50_000) for _number in range(6)]
    for place, amount in enumerate(bought):
        books.entry([(books.expense, amount), (card, -amount)], f"2026-03-{3 + 4 * place:02d}")
    iban = _iban(rng)
    _kept(books, "card_issuer", [("card", card, {})], account_numbers=iban)
    billed = sum(bought[:4])
    _noise(books, rng, billed, "2026-03-10")
    line = books.line("CARD STATEMENT", -billed, "2026-03-28", account_number=iban)
    return Case({(card, None): billed}, lines=line)


def expenses_of_one_employee(books, rng) -> Case:
    """Two employees wait for the same amount; one is paid, and the claim is closed."""
    owed = books.account("expenses to pay back", "liability_payable", reconcile=True)
    amount = _amount(rng, 1_000, 60_000)
    ann, bob = (books.partner(books.name(rng), is_company=False) for _number in range(2))
    items = []
    for person in (ann, bob):
        move = books.entry([(books.expense, amount, person), (owed, -amount, person)], "2026-03-05")
        items.append(move.line_ids.filtered(lambda item: item.account_id == owed))
    iban = _iban(rng)
    _kept(books, "employee", [("expense", owed, {"by_partner": True})], account_numbers=iban, partner_id=ann.id)
    line = books.line(
        rng.choice(("EXPENSES MARCH", "SPESEN 03/2026", "NOTE DE FRAIS")), -amount, "2026-03-20", account_number=iban
    )
    return Case({(owed, ann): amount}, lines=line, open={items[0]: Decimal(0), items[1]: -amount})


def owner_never_costs(books, rng) -> Case:
    """The owner takes or brings money, in words that sound like cost."""
    drawings, brought = (
        books.account("drawings of the owner", "equity"),
        books.account("brought in by the owner", "equity"),
    )
    amount, is_paid = _amount(rng), rng.random() < 0.5
    iban = _iban(rng)
    _kept(
        books, "owner", [("drawings", drawings, {"direction": "out"}), ("contribution", brought, {"direction": "in"})],
        account_numbers=iban,
    )  # fmt: skip
    text = rng.choice(("RENT HOLIDAY FLAT", "SUPERMARKET", "INSURANCE CAR", "FUEL"))
    line = books.line(text, -amount if is_paid else amount, "2026-03-20", account_number=iban)
    return Case({(drawings if is_paid else brought, None): amount if is_paid else -amount}, lines=line)


def sister_company(books, rng) -> Case:
    """Money to a sister company stands on the account between both, whatever it was before."""
    between = books.account("between the companies", "asset_current")
    before, amount = _amount(rng), _amount(rng)
    books.entry([(between, before), (books.income, -before)], "2026-02-01")
    iban = _iban(rng)
    _kept(books, "sister", [("intercompany", between, {})], account_numbers=iban)
    _noise(books, rng, amount, "2026-03-02")
    line = books.line("FUNDING", -amount, "2026-03-20", account_number=iban)
    return Case({(between, None): amount}, lines=line)


def somebody_of_a_like_name(books, rng) -> Case:
    """A vendor's name holds the office's words, its own account number pays its own bill."""
    vat = books.account("VAT to pay", "liability_current")
    amount = _amount(rng)
    books.entry([(books.expense, amount), (vat, -amount)], "2026-03-31")
    _kept(books, "tax_office", [("vat", vat, {})], account_numbers=_iban(rng), bank_names="Finance Ministry")
    iban = _iban(rng)
    vendor = books.partner("Finance Ministry Software GmbH", iban=iban)
    bill = books.bill(vendor, amount, "2026-04-01", tax=False)
    line = books.line(f"{bill.name} VAT SOFTWARE", -amount, "2026-04-20", account_number=iban, partner_name=vendor.name)
    return Case({(books.payable, vendor): amount}, lines=line, open={books.item(bill): Decimal(0)})


def bill_of_the_office(books, rng) -> Case:
    """The office also sends a bill, which the text quotes: that goes before the balance of the same amount."""
    vat = books.account("VAT to pay", "liability_current")
    amount = _amount(rng)
    books.entry([(books.expense, amount), (vat, -amount)], "2026-03-31")
    iban = _iban(rng)
    office = books.partner(books.name(rng), iban=iban)
    _kept(books, "tax_office", [("vat", vat, {})], partner_id=office.id)
    bill = books.bill(office, amount, "2026-04-01", tax=False, ref=f"BESCHEID-{rng.randint(10000, 99999)}")
    line = books.line(bill.ref, -amount, "2026-04-20", account_number=iban)
    return Case({(books.payable, office): amount}, lines=line, open={books.item(bill): Decimal(0)})


SCENARIOS = (
    Scenario("VAT of the quarter that is named", vat_of_a_quarter),
    Scenario("VAT accounts that nobody closed", vat_without_closing),
    Scenario("two taxes in one debit", two_taxes_at_once),
    Scenario("VAT refund", vat_refund),
    Scenario("tax, more or less than is owed", too_much_or_too_little),
    Scenario("tax paid twice", paid_twice),
    Scenario("fund by its reference", social_fund_by_reference),
    Scenario("third instalment by the plan", instalments),
    Scenario("instalment after an unknown repayment", instalment_after_an_unknown_extra),
    Scenario("balance of a card's bill", card_bill),
    Scenario("expenses of one of two employees", expenses_of_one_employee),
    Scenario("owner's money in words of cost", owner_never_costs),
    Scenario("sister company", sister_company),
    Scenario("a vendor of a like name", somebody_of_a_like_name),
    Scenario("a bill of the office itself", bill_of_the_office),
)
