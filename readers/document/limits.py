"""How much a file may cost."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes of the file, pages that are read, seconds of a process, bytes of its memory, pixels of an image."""

    size: int = 50_000_000
    pages: int = 100
    seconds: float = 120.0
    memory: int = 1_500_000_000
    pixels: int = 120_000_000
