"""Payouts of payment providers: settlement files in many dialects, then the bank line; or a bank line alone."""

from __future__ import annotations

import base64
from datetime import date
from decimal import Decimal

from .scenario import Case, Scenario

_DIALECTS = (
    {
        "mark": ",",
        "point": ".",
        "day": "{:%Y-%m-%d}",
        "fee": 1,
        "heads": ("Type", "Created", "Order", "Customer", "Amount", "Fee", "Fee tax", "Net", "Payout ID"),
        "words": {"sale": "charge", "refund": "refund", "chargeback": "dispute", "reserve_held": "reserve"},
    },
    {
        "mark": ";",
        "point": ",",
        "day": "{:%d.%m.%Y}",
        "fee": -1,
        "heads": ("Typ", "Datum", "Rechnungsnummer", "Kunde", "Brutto", "Entgelt", "MwSt", "Netto", "Auszahlung"),
        "words": {
            "sale": "Zahlung",
            "refund": "Rückerstattung",
            "chargeback": "Rückbelastung",
            "reserve_held": "Einbehalt",
        },
    },
    {
        "mark": "\t",
        "point": ".",
        "day": "{:%d/%m/%Y}",
        "fee": -1,
        "heads": ("Nature", "Date", "Facture", "Client", "Montant brut", "Frais", "TVA", "Montant net", "Virement"),
        "words": {"sale": "Paiement", "refund": "Remboursement", "chargeback": "Litige", "reserve_held": "Retenue"},
    },
)


def _amount(rng, least=2_000, most=90_000) -> Decimal:
    return Decimal(rng.randint(least, most)) / 100


def _fee(amount: Decimal) -> tuple[Decimal, Decimal]:
    """(fee with its tax, its tax): 1.4 % and 0.25, 20 % tax on it."""
    net = (amount * Decimal("0.014") + Decimal("0.25")).quantize(Decimal("0.01"))
    tax = (net / 5).quantize(Decimal("0.01"))
    return net + tax, tax


class _File:
    """A settlement file in one of the dialects, and the sums of its rows."""

    def __init__(self, rng, payout="po_77", names_payout=True) -> None:
        self.rng, self.payout, self.names_payout = rng, payout, names_payout
        self.dialect = rng.choice(_DIALECTS)
        self.rows: list[tuple] = []
        self.net = self.fees = self.taxes = Decimal(0)

    def row(self, kind, amount, reference="", customer="", fee=None) -> None:
        fee, tax = fee or (Decimal(0), Decimal(0))
        self.rows.append((kind, self.rng.randint(2, 6), reference, customer, amount, fee, tax))
        self.net += amount - fee
        self.fees += fee
        self.taxes += tax

    def content(self) -> str:
        dialect = self.dialect
        heads = list(dialect["heads"][: None if self.names_payout else -1])
        lines = [dialect["mark"].join(heads)]
        self.rng.shuffle(self.rows)
        for kind, day, reference, customer, amount, fee, tax in self.rows:
            sign = dialect["fee"]
            cells = [
                dialect["words"][kind],
                dialect["day"].format(date(2026, 3, day)),
                reference,
                customer,
                *(self._number(each) for each in (amount, sign * fee, sign * tax, amount - fee)),
            ]
            lines.append(dialect["mark"].join(cells + ([self.payout] if self.names_payout else [])))
        return base64.b64encode(("\n".join(lines) + "\n").encode()).decode()

    def _number(self, amount: Decimal) -> str:
        return f"{amount:,.2f}".replace(",", "").replace(".", self.dialect["point"])


def _provider(books, **values):
    clearing = books.account("provider clearing", "asset_current", reconcile=True)
    return books.env["ai.payment.provider"].create(
        {
            "name": "Quickpay",
            "clearing_account_id": clearing.id,
            "reserve_account_id": books.account("provider reserve", "asset_current", reconcile=True).id,
            "fee_account_id": books.account("card fees", "expense").id,
            "fee_tax_ids": [(6, 0, books.tax_purchase.ids)],
            "names": "QUICKPAY EUROPE",
            **values,
        }
    )


def _take(books, provider, file):
    def step():
        payouts = books.env["ai.payout"]
        ids = payouts.take_file(provider.id, "settlement.csv", file.content())
        return payouts.browse(ids).suggestion_id

    return step


def _bank(books, line):
    return lambda: books.propose(line)


def _fee_truth(books, file) -> dict:
    return {
        (books.account("card fees"), None): file.fees - file.taxes,
        (books.tax_back, None): file.taxes,
    }


def _fee_tags(file) -> dict:
    return {"purchase base": file.fees - file.taxes, "purchase tax": file.taxes}


def _decoys(books, rng, amounts) -> None:
    """Open invoices of others over the same amounts, which pay by bank."""
    for amount in amounts:
        books.invoice(books.partner(books.name(rng)), amount, "2026-02-20", tax=False)


def everything(books, rng) -> Case:
    """Sales by reference, a credit note paid out, a chargeback, a reserve, fees with tax; then the bank line."""
    provider = _provider(books)
    file = _File(rng)
    balances: dict = {}
    opens: dict = {}
    amounts = [_amount(rng) for _number in range(rng.randint(2, 5))]
    for amount in amounts:
        customer = books.partner(books.name(rng))
        invoice = books.invoice(customer, amount, "2026-03-01", tax=False)
        file.row("sale", amount, invoice.name, customer.name if rng.random() < 0.5 else "", _fee(amount))
        balances[(books.receivable, customer)] = -amount
        opens[books.item(invoice)] = Decimal(0)
    _decoys(books, rng, amounts[:2])
    returned = _amount(rng, 500, 2_000)
    customer = books.partner(books.name(rng))
    note = books.document(customer, returned, "2026-03-02", "out_refund", tax=False)
    file.row("refund", -returned, note.name)
    balances[(books.receivable, customer)] = returned
    disputed = _amount(rng, 500, 2_000)
    customer = books.partner(books.name(rng))
    paid = books.invoice(customer, disputed, "2026-02-01", tax=False)
    earlier = _File(rng, "po_1")
    earlier.row("sale", disputed, paid.name)
    _take(books, provider, earlier)().action_accept()
    file.row("chargeback", -disputed, paid.name, fee=(Decimal("18.00"), Decimal("3.00")))
    balances[(books.receivable, customer)] = disputed
    opens[books.item(paid)] = disputed
    reserve = (sum(amounts) / 10).quantize(Decimal("0.01"))
    file.row("reserve_held", -reserve)
    balances[(books.account("provider reserve"), None)] = reserve
    line = books.line(f"QUICKPAY EUROPE {file.payout.upper()}", file.net, "2026-03-09")
    return Case(
        {**balances, **_fee_truth(books, file)},
        lines=line,
        tags=_fee_tags(file),
        open=opens,
        steps=(_take(books, provider, file), _bank(books, line)),
    )


def by_customer(books, rng) -> Case:
    """No document is named: customers and amounts agree, beside twins of other customers."""
    provider = _provider(books)
    file = _File(rng, names_payout=False)
    balances: dict = {}
    amounts = [_amount(rng) for _number in range(3)]
    for amount in amounts:
        customer = books.partner(books.name(rng))
        books.invoice(customer, amount, "2026-03-01", tax=False)
        file.row("sale", amount, f"ch_{rng.randint(10**9, 10**10)}", customer.name, _fee(amount))
        balances[(books.receivable, customer)] = -amount
    _decoys(books, rng, amounts)
    line = books.line("QUICKPAY EUROPE PAYOUT", file.net, "2026-03-09")
    return Case(
        {**balances, **_fee_truth(books, file)},
        lines=line,
        tags=_fee_tags(file),
        steps=(_take(books, provider, file), _bank(books, line)),
    )


def sales_entries(books, rng) -> Case:
    """Sales stand on the clearing account: some one by one, others as the entry of a whole day."""
    provider = _provider(books)
    clearing = books.account("provider clearing")
    file = _File(rng)
    singles = [_amount(rng) for _number in range(3)]
    parts = [_amount(rng, 500, 9_000) for _number in range(3)]
    for amount in (*singles, sum(parts)):
        books.entry([(clearing, amount), (books.income, -amount)], "2026-03-02", ref="Till")
    for amount in (*singles, *parts):
        file.row("sale", amount, "", "", _fee(amount))
    _decoys(books, rng, singles)
    line = books.line("QUICKPAY EUROPE", file.net, "2026-03-09")
    sold = sum(singles) + sum(parts)
    return Case(
        {(clearing, None): -sold, **_fee_truth(books, file)},
        lines=line,
        tags=_fee_tags(file),
        steps=(_take(books, provider, file), _bank(books, line)),
    )


def billed_fee(books, rng) -> Case:
    """The provider bills its fees: what it keeps pays the bill, and is no cost again."""
    vendor = books.partner("Quickpay Europe Ltd")
    provider = _provider(books, vendor_id=vendor.id, bills_fee=True)
    file = _File(rng)
    customer = books.partner(books.name(rng))
    amount = _amount(rng)
    invoice = books.invoice(customer, amount, "2026-03-01", tax=False)
    file.row("sale", amount, invoice.name, "", _fee(amount))
    bill = books.bill(vendor, file.fees, "2026-03-05", tax=False)
    books.bill(books.partner(books.name(rng)), file.fees, "2026-03-05", tax=False)
    line = books.line("QUICKPAY EUROPE", file.net, "2026-03-09")
    return Case(
        {(books.receivable, customer): -amount, (books.payable, vendor): file.fees},
        lines=line,
        open={books.item(bill): Decimal(0)},
        steps=(_take(books, provider, file), _bank(books, line)),
    )


def below_zero(books, rng) -> Case:
    """More comes back than was sold: the provider debits the bank."""
    provider = _provider(books)
    file = _File(rng)
    sold, returned = _amount(rng, 500, 4_000), _amount(rng, 8_000, 30_000)
    customer, other = books.partner(books.name(rng)), books.partner(books.name(rng))
    invoice = books.invoice(customer, sold, "2026-03-01", tax=False)
    note = books.document(other, returned, "2026-03-01", "out_refund", tax=False)
    file.row("sale", sold, invoice.name, "", _fee(sold))
    file.row("refund", -returned, note.name)
    line = books.line("QUICKPAY EUROPE DEBIT", file.net, "2026-03-09")
    return Case(
        {(books.receivable, customer): -sold, (books.receivable, other): returned, **_fee_truth(books, file)},
        lines=line,
        tags=_fee_tags(file),
        steps=(_take(books, provider, file), _bank(books, line)),
    )


def two_in_one(books, rng) -> Case:
    """Two payouts come as one credit, beside a third that comes later."""
    provider = _provider(books)
    balances: dict = {}
    files = []
    for number in range(3):
        file = _File(rng, f"po_{number}")
        customer = books.partner(books.name(rng))
        amount = _amount(rng)
        invoice = books.invoice(customer, amount, "2026-03-01", tax=False)
        file.row("sale", amount, invoice.name)
        balances[(books.receivable, customer)] = -amount
        files.append(file)
    line = books.line("QUICKPAY EUROPE", files[0].net + files[1].net, "2026-03-08")
    return Case(
        {**balances, (books.account("provider clearing"), None): files[2].net},
        lines=line,
        steps=(*(_take(books, provider, file) for file in files), _bank(books, line)),
    )


def not_explained(books, rng) -> Case:
    """A sale that is in no book stays on the clearing account, and everything else is booked."""
    provider = _provider(books)
    file = _File(rng)
    customer = books.partner(books.name(rng))
    known, unknown = _amount(rng), _amount(rng)
    invoice = books.invoice(customer, known, "2026-03-01", tax=False)
    file.row("sale", known, invoice.name, "", _fee(known))
    file.row("sale", unknown, f"ORD-{rng.randint(10**6, 10**7)}", books.name(rng), _fee(unknown))
    line = books.line("QUICKPAY EUROPE", file.net, "2026-03-09")
    return Case(
        {
            (books.receivable, customer): -known,
            (books.account("provider clearing"), None): -unknown,
            **_fee_truth(books, file),
        },
        lines=line,
        tags=_fee_tags(file),
        steps=(_take(books, provider, file), _bank(books, line)),
    )


def twins_without_reference(books, rng) -> Case:
    """A row that names nobody, and two invoices of its amount: nobody can know."""
    provider = _provider(books)
    file = _File(rng)
    amount = _amount(rng)
    for _number in range(2):
        books.invoice(books.partner(books.name(rng)), amount, "2026-03-01", tax=False)
    file.row("sale", amount, f"ch_{rng.randint(10**9, 10**10)}", "", _fee(amount))
    return Case({}, steps=(_take(books, provider, file),), ask=True)


def without_file(books, rng) -> Case:
    """No file: one set of sales on the clearing account makes the line."""
    _provider(books)
    clearing = books.account("provider clearing")
    sales = [Decimal(rng.randint(1_000, 90_000)) / 100 for _number in range(6)]
    for amount in sales:
        books.entry([(clearing, amount), (books.income, -amount)], "2026-03-02", ref="Till")
    paid = sum(sales[:3])
    line = books.line("QUICKPAY EUROPE", paid, "2026-03-05")
    return Case({(clearing, None): -paid}, lines=line)


def without_file_two_sets(books, rng) -> Case:
    """No file, and two sets of sales make the line."""
    _provider(books)
    clearing = books.account("provider clearing")
    first, second = _amount(rng), _amount(rng)
    for amount in (first, second, first + 1, second - 1):
        books.entry([(clearing, amount), (books.income, -amount)], "2026-03-02", ref="Till")
    line = books.line("QUICKPAY EUROPE", first + second, "2026-03-05")
    return Case({}, lines=line, ask=True)


def before_its_file(books, rng) -> Case:
    """The bank is quicker than the file: a person is asked, and revenue is nothing to guess."""
    _provider(books)
    customer = books.partner(books.name(rng))
    amount = _amount(rng)
    books.invoice(customer, amount, "2026-03-01", tax=False)
    line = books.line("QUICKPAY EUROPE PAYOUT", amount - _fee(amount)[0], "2026-03-05")
    return Case({}, lines=line, ask=True)


SCENARIOS = (
    Scenario("payout: sales, refund, chargeback, reserve", everything),
    Scenario("payout: by customer and amount", by_customer),
    Scenario("payout: sales entries on clearing", sales_entries),
    Scenario("payout: provider bills its fee", billed_fee),
    Scenario("payout below zero", below_zero),
    Scenario("two payouts in one credit", two_in_one),
    Scenario("payout with a sale in no book", not_explained),
    Scenario("payout: twins, nothing named", twins_without_reference),
    Scenario("credit without a file, one set", without_file),
    Scenario("credit without a file, two sets", without_file_two_sets),
    Scenario("credit before its file", before_its_file),
)
