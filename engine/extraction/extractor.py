"""From words to a reading."""

from __future__ import annotations

from collections.abc import Sequence

from .context import Context
from .page import Page
from .reading import Reading


def extract(pages: Sequence[Page], context: Context) -> Reading:
    """Read one document.

    :param pages: of one document, in order
    """
    return Reading()
