"""Partners and documents in Odoo: drafts in the template, posted when their day has come."""

from __future__ import annotations

from odoo import Command

from ..values import Document, Partner
from .chart import Chart

_TYPES = {
    "invoice": "out_invoice",
    "credit_note": "out_refund",
    "bill": "in_invoice",
    "refund": "in_refund",
}
_BATCH = 100


def make_partners(chart: Chart) -> None:
    """One partner per generated one, found again by its reference."""
    env = chart.env
    partners = chart.year.partners.values()
    records = env["res.partner"].create([_partner_values(chart, partner) for partner in partners])
    env["res.partner.bank"].create(
        [
            {"acc_number": partner.iban, "partner_id": record.id}
            for partner, record in zip(partners, records, strict=True)
            if partner.iban_known
        ]
    )


def _partner_values(chart: Chart, partner: Partner) -> dict:
    return {
        "name": partner.name,
        "ref": f"P{partner.key}",
        "is_company": not partner.person,
        "country_id": chart.env.ref(f"base.{_COUNTRY.get(partner.country, partner.country.lower())}").id,
        "customer_rank": int(partner.customer),
        "supplier_rank": int(partner.vendor),
        "property_account_receivable_id": chart.accounts["receivable"].id,
        "property_account_payable_id": chart.accounts["payable"].id,
        "autopost_bills": "never",
    }


_COUNTRY = {"GB": "uk"}


def find_partners(chart: Chart) -> dict:
    """Records by the generator's keys."""
    found = chart.env["res.partner"].search([("ref", "=like", "P%")])
    return {int(record.ref[1:]): record for record in found if record.ref[1:].isdigit()}


def make_drafts(chart: Chart, partners: dict) -> None:
    """All documents as drafts, numbered as generated."""
    documents = chart.year.documents
    for start in range(0, len(documents), _BATCH):
        batch = documents[start : start + _BATCH]
        chart.env["account.move"].create([_values(chart, partners, each) for each in batch])


def _values(chart: Chart, partners: dict, document: Document) -> dict:
    vendor = document.kind in ("bill", "refund")
    account = chart.accounts["expense" if vendor else "sales"]
    values = {
        "move_type": _TYPES[document.kind],
        "partner_id": partners[document.partner].id,
        "invoice_date": document.date,
        "date": document.date,
        "name": document.number,
        "invoice_payment_term_id": chart.terms[document.term].id,
        "currency_id": chart.currency(document.currency).id,
        "invoice_origin": f"D{document.key}",
        "invoice_line_ids": [
            Command.create(
                {
                    "name": "as agreed",
                    "quantity": 1,
                    "price_unit": float(line.net),
                    "account_id": account.id,
                    "tax_ids": [Command.set(chart.taxes[line.tax].ids)],
                }
            )
            for line in document.lines
        ],
    }
    if vendor:
        values["ref"] = document.reference
    else:
        values["payment_reference"] = document.reference
    return values


def find_moves(chart: Chart) -> dict:
    """Moves by the generator's document keys."""
    moves = chart.env["account.move"].search([("invoice_origin", "=like", "D%")])
    return {int(move.invoice_origin[1:]): move for move in moves}


def post(documents: list[Document], moves: dict) -> dict:
    """Post documents; their journal items by the generator's item keys."""
    if not documents:
        return {}
    records = [moves[document.key] for document in documents]
    records[0].browse([record.id for record in records]).action_post()
    items = {}
    for document, move in zip(documents, records, strict=True):
        lines = move.line_ids.filtered(lambda line: line.display_type == "payment_term")
        ordered = lines.sorted(lambda line: (line.date_maturity, line.id))
        for part, line in zip(document.parts, ordered, strict=True):
            check(line, part, document)
            items[part.key] = line
    return items


def check(line, part, document: Document) -> None:
    """Odoo must have reckoned what the generator did, else every figure below is void."""
    expected = (float(part.amount * document.sign), float(part.amount_company * document.sign))
    if (round(line.amount_currency, 2), round(line.balance, 2)) != expected:
        raise AssertionError(f"{document}: {line.amount_currency} {line.balance}")
    if line.date_maturity != part.due:
        raise AssertionError(f"{document}: due {line.date_maturity}")
