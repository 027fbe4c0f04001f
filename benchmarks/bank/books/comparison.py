"""What stands in the books beside what the truth demands, to the cent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ..entries import BASE, PLAIN, TAX, Bookkeeper, Entry
from ..ledger import Ledger
from ..values import Line, Truth
from .chart import Chart

#: Parts of a payment are rounded one by one.
_CENT = 0.015
_WITH_PARTNER = ("receivable", "payable")


class Comparison:
    """Compares booked statement lines of one database with the expected entries."""

    def __init__(self, chart: Chart, partners: dict, bookkeeper: Bookkeeper) -> None:
        self._bookkeeper = bookkeeper
        self._roles = {account.id: role for role, account in chart.accounts.items() if account}
        self._partners = {record.id: key for key, record in partners.items()}

    def entry(self, record, line: Line, truth: Truth) -> list[str]:
        """What differs in the entry and in what its matches made; none when all is right."""
        entry = self._bookkeeper.entry(line, truth)
        found = self._entry(record, entry)
        found += self._compare("exchange", self._exchange(record), float(entry.exchange))
        if not any(settlement.reopens for settlement in truth.booking.settlements):
            # What a returned payment makes undue stands in reversals of earlier entries: see left_open.
            due = {key: float(amount) for key, amount in entry.cash_basis}
            found += self._compare("cash basis", self._cash_basis(record), due)
        return found

    def left_open(self, record, truth: Truth, items: dict, ledger: Ledger) -> list[str]:
        """What differs in what stays open; ``ledger`` has all lines of the period booked."""
        found = self._residuals(truth, items, ledger) + self._tax_due(truth, items, ledger)
        if record.is_reconciled != (not truth.booking.remainder):
            found.append(f"is_reconciled {record.is_reconciled}")
        return found

    @staticmethod
    def _compare(what: str, booked, expected) -> list[str]:
        return [] if booked == expected else [f"{what}: {booked}, not {expected}"]

    def _entry(self, record, entry: Entry) -> list[str]:
        expected: dict[tuple, float] = defaultdict(float)
        for part in entry.lines:
            partner = part.partner if part.role in _WITH_PARTNER else None
            expected[part.role, partner, part.part, part.tax] += float(part.balance)
        booked: dict[tuple, float] = defaultdict(float)
        for line in record.move_id.line_ids:
            booked[self._key(line)] += line.balance
        found = self._compare("entry", _rounded(booked), _rounded(expected))
        fee = any(part.role == "fee" for part in entry.lines)
        return found + [text for line in record.move_id.line_ids for text in self._tags(line, fee)]

    def _key(self, line) -> tuple:
        role = self._roles.get(line.account_id.id, line.account_id.code)
        partner = self._partners.get(line.partner_id.id) if role in _WITH_PARTNER else None
        if line.tax_line_id:
            return role, partner, TAX, line.tax_line_id.name
        if line.tax_ids:
            return role, partner, BASE, ",".join(line.tax_ids.mapped("name"))
        return role, partner, PLAIN, ""

    @staticmethod
    def _tags(line, fee: bool) -> list[str]:
        """A base or tax line has the tags of a purchase (fee) or of a refund (discount)."""
        tax = line.tax_line_id or line.tax_ids[:1]
        if not tax:
            return []
        lines = tax.invoice_repartition_line_ids if fee else tax.refund_repartition_line_ids
        kind = "tax" if line.tax_line_id else "base"
        expected = lines.filtered(lambda each: each.repartition_type == kind).tag_ids
        if line.tax_tag_ids == expected:
            return []
        return [f"tags of {line.account_id.name}: {line.tax_tag_ids.mapped('name')}"]

    def _partials(self, record):
        lines = record.move_id.line_ids
        return lines.matched_debit_ids | lines.matched_credit_ids

    def _exchange(self, record) -> float:
        """The gain on the exchange accounts of the moves that these matches made."""
        moves = self._partials(record).exchange_move_id
        lines = moves.line_ids.filtered(lambda line: self._roles.get(line.account_id.id, "").startswith("exchange"))
        return round(-sum(lines.mapped("balance")), 2) + 0.0

    def _cash_basis(self, record) -> dict[str, float]:
        moves = record.env["account.move"].search([("tax_cash_basis_rec_id", "in", self._partials(record).ids)])
        due: dict[str, float] = defaultdict(float)
        for line in moves.line_ids.filtered("tax_line_id"):
            due[line.tax_line_id.name] += line.balance
        return {key: round(amount, 2) for key, amount in sorted(due.items()) if round(amount, 2)}

    def _residuals(self, truth: Truth, items: dict, ledger: Ledger) -> list[str]:
        found = []
        for settlement in truth.booking.settlements:
            for key in settlement.reopens or (settlement.item,):
                open_item = ledger.open.get(key)
                expected = float(open_item.residual) if open_item else 0.0
                stands = round(items[key].amount_residual_currency, 2)
                found += self._compare(f"residual of {items[key].move_id.name}", stands, expected)
        return found

    def _tax_due(self, truth: Truth, items: dict, ledger: Ledger) -> list[str]:
        """On the cash basis a document's tax is due in the share that is paid, returns included."""
        found = []
        for document, records in self._cash_basis_documents(truth, items):
            paid = document.total - sum(
                abs(ledger.open[part.key].residual) for part in document.parts if part.key in ledger.open
            )
            due = sum(tax for _key, tax in document.taxes) * paid / document.total
            moves = records.move_id.tax_cash_basis_created_move_ids
            booked = sum(moves.line_ids.filtered("tax_line_id").mapped("balance"))
            if abs(booked + document.sign * float(due)) > _CENT:
                found.append(f"tax due of {document.number}: {booked}, not {due}")
        return found

    def _cash_basis_documents(self, truth: Truth, items: dict) -> Iterator[tuple]:
        for settlement in truth.booking.settlements:
            for key in settlement.reopens or (settlement.item,):
                document = self._bookkeeper.item(key).document
                if document and self._bookkeeper.is_cash_basis(document) and key in items:
                    yield document, items[key]


def _rounded(sums: dict[tuple, float]) -> dict[tuple, float]:
    return {key: round(value, 2) for key, value in sorted(sums.items(), key=str) if round(value, 2)}
