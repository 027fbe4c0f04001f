"""Payouts of payment providers: which items their rows pay, and the one entry over the clearing account."""

from __future__ import annotations

from .facts import BankItem, Bill, PaidItem, PayoutCase, PayoutFacts, PayoutRow, StandingItem, Terms
from .settle import PayoutAnswer, settle

__all__ = [
    "BankItem",
    "Bill",
    "PaidItem",
    "PayoutAnswer",
    "PayoutCase",
    "PayoutFacts",
    "PayoutRow",
    "StandingItem",
    "Terms",
    "settle",
]
