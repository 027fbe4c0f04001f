"""Exchange rates as central banks and others publish them: fetched through the door, read whatever their shape."""

from .fetch import fetch
from .reading import LARGEST_FILE, MOST_RATES, RateFileError, Row, read

__all__ = ["LARGEST_FILE", "MOST_RATES", "RateFileError", "Row", "fetch", "read"]
