"""The words beside the fields of bills, in the languages of Europe, the Americas and trade elsewhere.

Phrases are compared folded and without blanks and punctuation, so one spelling stands for many. Each role's phrases are
listed by language; a phrase may be in several roles, the longest one on the paper wins.
"""

from __future__ import annotations

from .lexicon_amounts import AMOUNTS
from .lexicon_dates import DATES
from .lexicon_numbers import NUMBERS
from .lexicon_parties import PARTIES
from .lexicon_tills import TILLS

#: role -> language -> phrases, parted by bars
ROLES: dict[str, dict[str, str]] = {**NUMBERS, **DATES, **PARTIES, **AMOUNTS, **TILLS}
