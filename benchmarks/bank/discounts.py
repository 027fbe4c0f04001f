"""What a cash-discount term grants, in Odoo's three modes."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from .values import Company, Document, money


def discounted(document: Document, company: Company) -> Decimal:
    """What is to be paid in time (positive, the document's currency)."""
    term = company.terms[document.term]
    base = document.total if term.mode == "included" else document.untaxed
    return money(document.total - base * term.discount / 100)


def granted_until(document: Document, company: Company) -> date | None:
    """Last day of the discount; None without one."""
    term = company.terms[document.term]
    return document.date + timedelta(days=term.discount_days) if term.discount else None
