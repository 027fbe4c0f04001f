"""Small pictures of pages, for lists."""

from __future__ import annotations

import io

SIZE = (240, 320)


def thumbnail(picture: bytes) -> bytes:
    """A small JPEG of a page's PNG, which this addon drew itself."""
    from PIL import Image

    with Image.open(io.BytesIO(picture)) as image:
        small = image.convert("RGB")
        small.thumbnail(SIZE)
        out = io.BytesIO()
        small.save(out, "JPEG", quality=80)
        return out.getvalue()
