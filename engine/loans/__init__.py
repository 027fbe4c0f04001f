"""Loans: the plan of instalments, computed from what was agreed or checked as the lender sent it."""

from .imported import Row, check
from .plan import PlanError, plan
from .terms import BASES, KINDS, Change, Instalment, Terms, payment_of

__all__ = ["BASES", "KINDS", "Change", "Instalment", "PlanError", "Row", "Terms", "check", "payment_of", "plan"]
