"""Coding: which accounts and taxes a payment goes to when no open document explains it."""

from .facts import CodingFacts, CodingLine, CodingSettings, Rule
from .template import Part, Template

__all__ = ["CodingFacts", "CodingLine", "CodingSettings", "Part", "Rule", "Template"]
