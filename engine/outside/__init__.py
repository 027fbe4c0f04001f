"""What a language model outside is asked about a document, and what of its answer is believed."""

from .grounding import grounded
from .payload import ALLOWED, ESSENTIAL, NEVER, blanks, messages, text_of
