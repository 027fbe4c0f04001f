"""Exchange rates: what is known of one, which of several counts, and what a payment is worth."""

from .doubt import RATE_REASONS, Need, doubted, lacking, misvalued, needs, questioned
from .quotes import Quote, Refusal, cross, sane
from .rates import IMPLIED_DIGITS, implied, shown

__all__ = [
    "IMPLIED_DIGITS",
    "RATE_REASONS",
    "Need",
    "Quote",
    "Refusal",
    "cross",
    "doubted",
    "implied",
    "lacking",
    "misvalued",
    "needs",
    "questioned",
    "sane",
    "shown",
]
