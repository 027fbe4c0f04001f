"""Money before its invoice: the tax on it, the document that uses it, refunds, what nobody can know, and netting.

The truth is reckoned here from nets and gross amounts, by the rules of the tax and not by the addon's engine.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from .scenario import Case, Scenario

KIND = "advance"
_WORDS = ("Anzahlung", "Deposit", "Acompte", "Advance payment", "Voorschot", "Down payment deposit")
_NOISE = ("SEPA", "REF 4471", "thank you", "web order", "Kd.-Nr. 88121", "")


def _round(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal("0.01"), ROUND_HALF_UP)


def _gross(rng) -> Decimal:
    return Decimal(rng.randint(3_000, 900_000)) / 100


def _net(gross: Decimal) -> Decimal:
    """The net of a gross amount at 20 %: the tax inside it is a sixth, rounded half up, and the rest is the net."""
    return gross - _round(gross / 6)


def _day(rng, month: int) -> str:
    return str(date(2026, month, 1) + timedelta(days=rng.randint(0, 26)))


def _due(books):
    """Tax is due when money is received."""
    account = books.account("tax on advances", "asset_current")
    books.company.write(
        {
            "ai_advance_account_id": account.id,
            "ai_advance_tax_id": books.tax_sale.id,
            "ai_advance_vat": True,
            "ai_advance_from": "2026-01-01",
        }
    )
    return account


def _text(rng, *names: str) -> str:
    return " ".join(filter(None, (rng.choice(_WORDS), *names, rng.choice(_NOISE))))


def _received(books, partner, amount, day, text, account=None):
    """Money on account, as a person coded the bank line."""
    line = books.line(text, amount, day, partner_id=partner.id)
    account = account or (books.receivable if amount > 0 else books.payable)
    _liquidity, suspense, _other = line._seek_for_lines()
    suspense.with_context(skip_readonly_check=True).write({"account_id": account.id, "partner_id": partner.id})
    return line, suspense


def _looked(books, *moves):
    """What the end of the transaction does: the suggestions about these entries."""
    books.env.cr.flush()
    suggestions = books.env["ai.suggestion"]
    ids = [move.id for move in moves]
    books.env["ai.proposer.advance"].sudo()._look(books.env["account.move"].browse(ids))
    return suggestions.search([("kind", "=", KIND), ("res_id", "in", ids), ("state", "=", "pending")])


def _decoys(books, rng, amount) -> None:
    """The same amounts of others: an invoice, and money on account."""
    other, third = books.partner(books.name(rng)), books.partner(books.name(rng))
    books.invoice(other, _net(amount), "2026-02-02")
    _received(books, third, amount, "2026-02-03", "Deposit")


def received(books, rng) -> Case:
    """An advance: its tax is declared on the day of the money, which stays on account."""
    account, gross = _due(books), _gross(rng)
    partner = books.partner(books.name(rng))
    _decoys(books, rng, gross)
    line, item = _received(books, partner, gross, _day(rng, 2), _text(rng, partner.name))
    net = _net(gross)
    tax = gross - net
    return Case(
        {(account, None): tax, (books.tax_due, None): -tax},
        tags={"sale base": -net, "sale tax": -tax},
        open={item: -gross},
        steps=(lambda: _looked(books, line.move_id),),
    )


def invoiced(books, rng) -> Case:
    """Received, invoiced: declared once, on the invoice; the advance pays it, whatever is larger."""
    account, gross = _due(books), _gross(rng)
    partner = books.partner(books.name(rng))
    _decoys(books, rng, gross)
    line, item = _received(books, partner, gross, _day(rng, 2), _text(rng, partner.name))
    _looked(books, line.move_id).action_accept()
    net = _round(_net(gross) * Decimal(rng.choice(("0.4", "1", "2.5"))))
    invoice = books.invoice(partner, net, _day(rng, 3))
    total = Decimal(str(invoice.amount_total))
    used, advance_net = min(gross, total), _net(gross)
    advance_tax = gross - advance_net
    # What was declared on the part that is used, the last of it being all that is left.
    tax = advance_tax if used == gross else _round(advance_tax * used / gross)
    return Case(
        {(account, None): -tax, (books.tax_due, None): tax},
        tags={"sale base": used - tax, "sale tax": tax},
        open={item: -(gross - used), books.item(invoice): total - used},
        steps=(lambda: _looked(books, invoice),),
    )


def several(books, rng) -> Case:
    """Several advances of one order and one invoice: nothing of the tax on advances is left, to the cent."""
    account = _due(books)
    partner = books.partner(books.name(rng))
    parts = [_gross(rng) for _part in range(rng.randint(2, 4))]
    money = [_received(books, partner, part, _day(rng, 2), _text(rng)) for part in parts]
    for line, _item in money:
        _looked(books, line.move_id).action_accept()
    tax = sum((part - _net(part) for part in parts), Decimal(0))
    paid = sum(parts)
    invoice = books.invoice(partner, _net(paid) + _gross(rng), _day(rng, 3))
    return Case(
        {(account, None): -tax, (books.tax_due, None): tax},
        tags={"sale base": paid - tax, "sale tax": tax},
        open={
            **{item: Decimal(0) for _line, item in money},
            books.item(invoice): Decimal(str(invoice.amount_total)) - paid,
        },
        steps=(lambda: _looked(books, invoice),),
    )


def named(books, rng) -> Case:
    """Two open invoices of one customer: the advance names the order of one of them, and pays that."""
    partner, gross = books.partner(books.name(rng)), _gross(rng)
    orders = [f"SO{rng.randint(10_000, 99_999)}" for _order in range(2)]
    _line, item = _received(books, partner, gross, _day(rng, 2), _text(rng, orders[1]))
    nets = [_net(gross) + _gross(rng) for _order in orders]
    invoices = [
        books.invoice(partner, net, _day(rng, 3), invoice_origin=order) for net, order in zip(nets, orders, strict=True)
    ]
    total = Decimal(str(invoices[1].amount_total))
    return Case(
        {},
        open={item: Decimal(0), books.item(invoices[1]): total - gross},
        steps=(lambda: _matched_only(books, invoices),),
    )


def _matched_only(books, invoices):
    return _looked(books, *invoices)


def unnamed(books, rng) -> Case:
    """The same with a text that names none: nobody can know which of the two it pays."""
    partner, gross = books.partner(books.name(rng)), _gross(rng)
    _received(books, partner, gross, _day(rng, 2), _text(rng))
    invoices = [books.invoice(partner, _net(gross) + _gross(rng), _day(rng, 3)) for _each in range(2)]
    return Case({}, steps=(lambda: _looked(books, *invoices),), ask=True)


def overpaid(books, rng) -> Case:
    """Money of a customer that owes something, without a word for it: an advance, or what it owes?"""
    _due(books)
    partner, gross = books.partner(books.name(rng)), _gross(rng)
    books.invoice(partner, _gross(rng), "2026-01-10")
    line, _item = _received(books, partner, gross, _day(rng, 2), rng.choice(_NOISE) or "Payment")
    return Case({}, steps=(lambda: _looked(books, line.move_id),), ask=True)


def refunded(books, rng) -> Case:
    """An advance is paid back, whole or in part: its tax is taken back in the month of the refund."""
    account, gross = _due(books), _gross(rng)
    partner = books.partner(books.name(rng))
    line, item = _received(books, partner, gross, _day(rng, 2), _text(rng))
    _looked(books, line.move_id).action_accept()
    share = gross if rng.random() < 0.6 else _round(gross * Decimal(rng.randint(10, 90)) / 100)
    back, opposite = _received(books, partner, -share, _day(rng, 4), "Refund of your deposit", books.receivable)
    (item + opposite).reconcile()
    declared = gross - _net(gross)
    tax = declared if share == gross else _round(declared * share / gross)
    return Case(
        {(account, None): -tax, (books.tax_due, None): tax},
        tags={"sale base": share - tax, "sale tax": tax},
        open={item: -(gross - share)},
        steps=(lambda: _looked(books, line.move_id, back.move_id),),
    )


def vendor(books, rng) -> Case:
    """Paid to a vendor ahead: no input tax without a document; the bill, which has it, is paid with it."""
    _due(books)
    partner, gross = books.partner(books.name(rng)), _gross(rng)
    _line, item = _received(books, partner, -gross, _day(rng, 2), _text(rng))
    bill = books.bill(partner, _net(gross) + _gross(rng), _day(rng, 3), ref=f"B{rng.randint(100, 999)}")
    total = Decimal(str(bill.amount_total))
    return Case(
        {},
        open={item: Decimal(0), books.item(bill): -(total - gross)},
        steps=(lambda: _looked(books, bill),),
    )


def netting(books, rng) -> Case:
    """A partner that owes and is owed: only a person may say that both settle each other."""
    partner = books.partner(books.name(rng))
    invoices = [books.invoice(partner, _gross(rng), _day(rng, 2)) for _each in range(rng.randint(1, 3))]
    bill = books.bill(partner, _gross(rng), _day(rng, 2), ref="B1")
    items = books.env["account.move.line"].union(*map(books.item, [*invoices, bill]))

    def ask():
        agreed = {"agreement": "Agreed by mail", "agreed_on": "2026-03-01", "date": "2026-03-02"}
        made = books.env["ai.netting"].create({"partner_id": partner.id, "item_ids": [(6, 0, items.ids)], **agreed})
        made.action_propose()
        return books.env["ai.suggestion"].search([("res_model", "=", "ai.netting"), ("res_id", "=", made.id)])

    return Case({}, steps=(ask,), ask=True)


def netted(books, rng) -> Case:
    """The same after the yes: both sides are settled to the smaller sum, the oldest first."""
    partner = books.partner(books.name(rng))
    days = sorted(_day(rng, 2) for _each in range(3))
    invoices = [books.invoice(partner, _gross(rng), day) for day in days]
    bill = books.bill(partner, _gross(rng), _day(rng, 2), ref="B1")
    owed = [Decimal(str(invoice.amount_total)) for invoice in invoices]
    owing = Decimal(str(bill.amount_total))
    amount, left = min(sum(owed), owing), {}
    rest = amount
    for invoice, total in sorted(zip(invoices, owed, strict=True), key=lambda pair: (pair[0].invoice_date, pair[0].id)):
        left[books.item(invoice)] = total - min(total, rest)
        rest -= min(total, rest)
    left[books.item(bill)] = -(owing - amount)

    def yes():
        items = books.env["account.move.line"].union(*map(books.item, [*invoices, bill]))
        agreed = {"agreement": "Agreed by mail", "agreed_on": "2026-03-01", "date": "2026-03-02"}
        made = books.env["ai.netting"].create({"partner_id": partner.id, "item_ids": [(6, 0, items.ids)], **agreed})
        made.action_propose()
        asked = books.env["ai.suggestion"].search([("res_model", "=", "ai.netting"), ("res_id", "=", made.id)])
        asked.action_choose(asked.evidence["alternatives"][0]["key"])
        return asked

    return Case(
        {(books.receivable, partner): -amount, (books.payable, partner): amount},
        open=left,
        steps=(yes,),
    )


SCENARIOS = (
    Scenario("tax on an advance", received),
    Scenario("advance and its invoice", invoiced),
    Scenario("several advances, one invoice", several),
    Scenario("the advance names its order", named),
    Scenario("two invoices, none named", unnamed),
    Scenario("advance or overpayment", overpaid),
    Scenario("advance paid back", refunded),
    Scenario("vendor advance and its bill", vendor),
    Scenario("netting is asked", netting),
    Scenario("netting after a yes", netted),
)
