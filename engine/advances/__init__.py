"""Money on account: the tax that is due on it, the documents that it may pay, and what two balances settle of each
other. Amounts are decimals in the company's currency."""

from .netting import Netted, Side, netted
from .offers import Money, Offer, OpenDocument, offers
from .receipts import Receipt, Verdict, judge
from .tax import Declared, Due, due

__all__ = [
    "Declared",
    "Due",
    "Money",
    "Netted",
    "Offer",
    "OpenDocument",
    "Receipt",
    "Side",
    "Verdict",
    "due",
    "judge",
    "netted",
    "offers",
]
