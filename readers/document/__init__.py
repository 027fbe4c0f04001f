"""Documents: PDF, photos, e-invoices in XML. Bytes in, words with boxes and values out."""

from .limits import Limits
from .page import DocumentError, Page, Scan
