"""What a bank line is: the partners behind it, the documents it quotes, and the items it settles."""

from .judge import Judgement, judge, quotes_of
from .matcher import match
from .parties import PartyGuess, identify
from .references import reference_keys

__all__ = ["Judgement", "PartyGuess", "identify", "judge", "match", "quotes_of", "reference_keys"]
