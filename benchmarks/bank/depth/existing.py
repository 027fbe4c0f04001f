"""What bank matching could before: a check of this ground itself, and of the cases that the others build on."""

from __future__ import annotations

from decimal import Decimal

from .scenario import Case, Scenario


def _amount(rng) -> Decimal:
    return Decimal(rng.randint(5_000, 500_000)) / 100


def paid_in_full(books, rng) -> Case:
    """An invoice paid to the cent with its number quoted, beside one of another customer over the same amount."""
    net = _amount(rng)
    customer, other = books.partner(books.name(rng)), books.partner(books.name(rng))
    invoice = books.invoice(customer, net, "2026-03-02")
    decoy = books.invoice(other, net, "2026-03-02")
    line = books.line(f"{customer.name} {invoice.name}", invoice.amount_total, "2026-03-20")
    item = books.item(invoice)
    return Case(
        {(books.receivable, customer): -Decimal(str(invoice.amount_total))},
        lines=line,
        open={item: Decimal(0), books.item(decoy): Decimal(str(decoy.amount_total))},
    )


def twins(books, rng) -> Case:
    """Two invoices of one amount and one customer, and a text that names neither: nobody can know."""
    net = _amount(rng)
    customers = [books.partner(books.name(rng)) for _number in range(2)]
    moves = [books.invoice(customer, net, "2026-03-02") for customer in customers]
    line = books.line("Payment received with thanks", moves[0].amount_total, "2026-03-20")
    return Case({}, lines=line, ask=True)


SCENARIOS = (Scenario("one invoice, a twin elsewhere", paid_in_full), Scenario("two twins, none named", twins))
