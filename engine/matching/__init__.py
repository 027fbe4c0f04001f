"""What a bank line is: the partners behind it, the documents it quotes, and the items it settles."""

from .judge import Judgement, judge
from .matcher import match
from .parties import PartyGuess, identify
from .references import reference_keys

__all__ = ["Judgement", "PartyGuess", "identify", "judge", "match", "reference_keys"]
