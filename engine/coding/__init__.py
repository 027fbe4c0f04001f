"""Coding: which accounts and taxes a payment goes to when no open document explains it."""

from .blockers import blockers_of, is_only_on_account
from .coder import code
from .facts import Balance, CodingFacts, CodingLine, CodingSettings, Rule
from .splits import Split, Splits
from .template import Part, Template

__all__ = [
    "Balance",
    "CodingFacts",
    "CodingLine",
    "CodingSettings",
    "Part",
    "Rule",
    "Split",
    "Splits",
    "Template",
    "blockers_of",
    "code",
    "is_only_on_account",
]
