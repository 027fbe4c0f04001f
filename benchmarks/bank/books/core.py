"""The expected entries beside what Odoo's own methods reckon: a wrong truth stops the run."""

from __future__ import annotations

from collections import defaultdict

from ..entries import BASE, PLAIN, TAX, Bookkeeper
from ..values import Line, Truth
from .chart import Chart


def check_discount(chart: Chart, items: dict, bookkeeper: Bookkeeper, line: Line, truth: Truth) -> None:
    """The cash discount of ``truth`` is what ``account.move`` computes for it, line by line."""
    taken = [d for d in truth.booking.differences if d.reason == "cash_discount"]
    if not taken:
        return
    booked = [{"aml": items[difference.item]} for difference in taken]
    for values in booked:
        values["amount_currency"] = -values["aml"].amount_residual_currency
        values["balance"] = -values["aml"].amount_residual
    move = booked[0]["aml"].move_id
    total = sum(float(difference.amount) for difference in taken)
    groups = move._get_invoice_counterpart_amls_for_early_payment_discount(booked, total)
    core: dict[tuple, float] = defaultdict(float)
    for group in ("base_lines", "tax_lines", "term_lines"):
        for values in groups[group]:
            core[_key(chart, values)] += values["balance"]
    expected: dict[tuple, float] = defaultdict(float)
    for part in bookkeeper.entry(line, truth).lines[1 + len(truth.booking.settlements) :]:
        expected[chart.accounts[part.role].id, part.part, part.tax] += float(part.balance)
    if _rounded(core) != _rounded(expected):
        raise AssertionError(f"{truth}: Odoo says {dict(core)}, the truth {dict(expected)}")


def _key(chart: Chart, values: dict) -> tuple:
    env, account = chart.env, values["account_id"]
    if values.get("tax_repartition_line_id"):
        line = env["account.tax.repartition.line"].browse(values["tax_repartition_line_id"])
        return account, TAX, line.tax_id.name
    taxes = [tax for command in values.get("tax_ids") or () for tax in command[2]]
    if taxes:
        return account, BASE, env["account.tax"].browse(taxes).name
    return account, PLAIN, ""


def _rounded(sums: dict[tuple, float]) -> dict[tuple, float]:
    return {key: round(value, 2) for key, value in sums.items() if round(value, 2)}
