"""A lender's plan of instalments as CSV or XLSX: rows with dates and amounts, columns found by their headings."""

from ..bankfile.values import BankFileError as PlanFileError
from .columns import PlanRow, read

__all__ = ["PlanFileError", "PlanRow", "read"]
