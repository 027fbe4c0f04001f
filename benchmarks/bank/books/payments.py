"""Registered payments in Odoo, reconciled with the items they pay."""

from __future__ import annotations

from ..values import Payment
from .chart import Chart


def register(chart: Chart, partners: dict, items: dict, payment: Payment) -> dict:
    """Post one payment; its journal items by the generator's keys."""
    inbound = payment.amount > 0
    customer = any(items[a.item].account_id.account_type == "asset_receivable" for a in payment.allocations)
    record = chart.env["account.payment"].create(
        {
            "payment_type": "inbound" if inbound else "outbound",
            "partner_type": "customer" if customer else "supplier",
            "partner_id": partners[payment.partner].id,
            "amount": abs(float(payment.amount)),
            "currency_id": chart.currency(payment.currency).id,
            "date": payment.date,
            "journal_id": chart.journals[payment.journal].id,
            "memo": payment.memo,
            "payment_reference": payment.batch,  # "check number, file name", says Odoo
        }
    )
    record.action_post()
    kinds = ("asset_receivable", "liability_payable")
    counterpart = record.move_id.line_ids.filtered(lambda line: line.account_id.account_type in kinds)
    outstanding = record.move_id.line_ids - counterpart
    for allocation in payment.allocations:
        (counterpart + items[allocation.item]).reconcile()
    return {payment.key: outstanding} | {a.key: counterpart for a in payment.allocations}
