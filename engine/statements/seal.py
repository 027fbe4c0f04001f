"""The digest of an issued statement: figures, items and amounts, without names, so that names may be erased."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any


def digest(head: Mapping[str, Any], rows: Iterable[Iterable[Any]]) -> str:
    """SHA-256 of a canonical text. ``rows`` hold what JSON can say: amounts as text, days as ISO."""
    text = json.dumps([head, [list(row) for row in rows]], sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()
