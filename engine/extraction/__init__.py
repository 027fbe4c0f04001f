"""From the words of a document to its fields: pure, without a model of language, each value with its box."""

from .agree import agree
from .confidence import SURE, is_sure
from .context import Buyer, Context
from .extractor import extract
from .layout import Layout
from .normalise import normalise
from .page import Box, Page, Word
from .reading import Found, Item, Reading, TaxPart
