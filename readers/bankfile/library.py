"""Third-party format libraries, imported only when a file needs them."""

from __future__ import annotations

import importlib
from types import ModuleType

from .values import BankFileError

# Import name → name in the package index, as the extra `bank` lists it.
PACKAGES = {
    "lxml.etree": "lxml",
    "mt940": "mt-940",
    "mt940.tags": "mt-940",
    "openpyxl": "openpyxl",
    "charset_normalizer": "charset-normalizer",
}


def library(name: str, purpose: str) -> ModuleType:
    """Import ``name``; ``purpose`` ("MT940 files") completes the sentence when it is missing.

    Raises BankFileError ``library_missing`` (values: library, extra, purpose).
    """
    try:
        return importlib.import_module(name)
    except ImportError as error:
        package = PACKAGES.get(name, name)
        raise BankFileError(
            "library_missing",
            f"Reading {purpose} needs the Python library {package}. Ask your administrator to "
            f"install it: pip install ai_bookkeeper[bank]",
            library=package,
            extra="bank",
            purpose=purpose,
        ) from error
