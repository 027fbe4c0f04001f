"""Payment files: what was sent to the bank to be paid or collected, and what the bank refused of it.

Reads pain.001 (credit transfers), pain.008 (direct debits) and pain.002 (status reports) of ISO 20022, every version,
with or without namespace, as Odoo, OCA's modules, payroll offices and banks' own programs write them.

Every failure is a ``BankFileError`` whose message says what to do.
"""

from __future__ import annotations

from .pain import MAX_BYTES, MAX_ORDERS, read_pain
from .values import CREDIT, DEBIT, PaymentBlock, PaymentFile, PaymentOrder, PaymentStatus

__all__ = [
    "CREDIT",
    "DEBIT",
    "MAX_BYTES",
    "MAX_ORDERS",
    "PaymentBlock",
    "PaymentFile",
    "PaymentOrder",
    "PaymentStatus",
    "read_pain",
]
