"""Documents: PDF, photos, e-invoices in XML. Bytes in, words with boxes and values out."""

from . import einvoice
from .apart import read_apart, render_apart
from .groups import group
from .limits import Limits
from .page import DocumentError, Page, Scan
from .reader import read, render
