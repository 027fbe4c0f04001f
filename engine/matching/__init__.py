"""What a bank line is: the partners behind it, the documents it quotes, and the items it settles."""

from .matcher import match
from .parties import PartyGuess, identify
from .references import reference_keys

__all__ = ["PartyGuess", "identify", "match", "reference_keys"]
