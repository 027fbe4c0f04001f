"""Short ways to write facts: a company in euros with customer Acme (1) and vendor Bolt (2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from ...facts import (
    BankLine,
    CashDiscount,
    MatchingFacts,
    MatchingSettings,
    OpenItem,
    OwnAccount,
    Party,
    Rate,
    SettledItem,
    WriteOffAccount,
)
from .. import match

RECEIVABLE, PAYABLE, TRANSFER, FEE, ROUNDING, WITHHOLDING, DISCOUNT, OUTSTANDING = 10, 20, 30, 40, 41, 42, 43, 50
DAY = date(2026, 3, 10)
ACME = Party(1, ("Acme Trading BV",), ("BE68539007547034",), RECEIVABLE, PAYABLE, is_customer=True)
BOLT = Party(2, ("Bolt Supplies GmbH",), ("DE89370400440532013000",), RECEIVABLE, PAYABLE, is_vendor=True)
CORAL = Party(3, ("Coral Reef Foods Ltd",), (), RECEIVABLE, PAYABLE, is_customer=True)
OWN = Party(9, ("Our Company SA",), (), is_own=True)
JOURNALS = (
    OwnAccount(1, "BE71096123456769", ("Current account",), "EUR"),
    OwnAccount(2, "NL91ABNA0417164300", ("Savings account",), "EUR"),
)
SETTINGS = MatchingSettings(
    company=1,
    currency="EUR",
    transfer_account=TRANSFER,
    fee=WriteOffAccount(FEE, (7,), "Bank fee"),
    rounding=WriteOffAccount(ROUNDING),
    withholding=WriteOffAccount(WITHHOLDING),
    withholding_rates=(Decimal("10"),),
)


def money(text) -> Decimal:
    return Decimal(str(text)).quantize(Decimal("0.01"))


def line(amount, text="", key=1, **more) -> BankLine:
    """A bank line on the tenth of March; ``name`` and ``iban`` are the payer's."""
    values = {"company": 1, "journal": 1, "date": DAY, "currency": "EUR"}
    values["partner_name"] = more.pop("name", "")
    values["account_number"] = more.pop("iban", "")
    return BankLine(key=key, amount=money(amount), text=text, **{**values, **more})


def item(key, amount, name="", partner=1, kind=None, days=20, **more) -> OpenItem:
    """An open item dated ``days`` before the line and due thirty days later."""
    amount = money(amount)
    kind = kind or ("invoice" if amount > 0 else "bill")
    account = {"invoice": RECEIVABLE, "credit_note": RECEIVABLE, "payment": OUTSTANDING, "transfer": TRANSFER}
    day = DAY - timedelta(days=days)
    values = {
        "company": 1,
        "account": account.get(kind, PAYABLE),
        "document": key,
        "date": day,
        "due": day + timedelta(days=30),
        "currency": "EUR",
        "residual_company": amount,
        "total": amount,
        "names": (name,) if name else (),
        "label": name,
    }
    return OpenItem(key=key, kind=kind, partner=partner, residual=amount, **{**values, **more})


def paid(key, amount, name="", partner=1, days=30, **more) -> SettledItem:
    """An item that was paid ``days`` before the line by journal item ``key`` + 1000."""
    amount = money(amount)
    kind = "invoice" if amount > 0 else "bill"
    values = {
        "company": 1,
        "account": RECEIVABLE if amount > 0 else PAYABLE,
        "document": key,
        "date": DAY - timedelta(days=days + 30),
        "total": amount,
        "currency": "EUR",
        "paid_on": DAY - timedelta(days=days),
        "payment_item": key + 1000,
        "names": (name,),
        "label": name,
    }
    return SettledItem(key=key, kind=kind, partner=partner, amount=amount, **{**values, **more})


def discount(amount, until=DAY) -> CashDiscount:
    return CashDiscount(money(amount), until, DISCOUNT, (3,))


def rate(currency, value, day=DAY) -> Rate:
    return Rate(currency, Decimal(str(value)), day)


def facts(lines, items=(), settled=(), parties=(ACME, BOLT, CORAL, OWN), settings=None, **more) -> MatchingFacts:
    return MatchingFacts(
        settings=replace(SETTINGS, **(settings or {})),
        lines=tuple(lines),
        items=tuple(items),
        settled=tuple(settled),
        parties=tuple(parties),
        own_accounts=JOURNALS,
        places={"EUR": 2, "USD": 2, "JPY": 0},
        **more,
    )


def answers(lines, items=(), settled=(), **more):
    """The answers, by line key."""
    return {answer.line: answer for answer in match(facts(lines, items, settled, **more))}


def answer(bank_line, items=(), settled=(), **more):
    return answers([bank_line], items, settled, **more)[bank_line.key]


def settles(reading) -> dict[int, str]:
    """Item -> amount of a reading."""
    return {counterpart.item: str(counterpart.amount) for counterpart in reading.match.counterparts}


def writes_off(reading) -> list[tuple[str, int, str]]:
    """(reason, account, amount) of a reading."""
    return [(off.reason, off.account, str(off.amount)) for off in reading.match.write_offs]


def total(reading) -> Decimal:
    booked = [part.amount for part in (*reading.match.counterparts, *reading.match.write_offs)]
    return sum(booked, reading.match.remainder)
