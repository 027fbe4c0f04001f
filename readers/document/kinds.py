"""What a file is, told by its content; its name only decides between texts."""

from __future__ import annotations

import re

from .page import DocumentError

PDF, XML = "application/pdf", "application/xml"
PNG, JPEG, WEBP, HEIC, TIFF, GIF, BMP = (
    f"image/{name}" for name in ("png", "jpeg", "webp", "heic", "tiff", "gif", "bmp")
)
IMAGES = frozenset({PNG, JPEG, WEBP, HEIC, TIFF, GIF, BMP})

_STARTS = (
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
    (b"BM", BMP),
)
_HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif")
#: Printers and mail programs write lines before the header; readers of PDF look this far.
_PDF_WITHIN = 1024
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_ROOT = re.compile(rb"<(?:[\w.-]+:)?([A-Za-z][\w.-]*)[\s/>]")


def media_type(content: bytes, filename: str = "") -> str:
    """The media type of what is read here.

    :raise DocumentError: ``empty``, or ``unknown`` with ``name``, and ``kind`` where it is something known
    """
    if not content.strip(b"\x00\t\r\n ")[:1]:
        raise DocumentError("empty", name=filename)
    for start, kind in _STARTS:
        if content.startswith(start):
            return kind
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return WEBP
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC_BRANDS:
        return HEIC
    if b"%PDF-" in content[:_PDF_WITHIN]:
        return PDF
    root = xml_root(content)
    if root and root not in ("svg", "html"):
        return XML
    raise DocumentError("unknown", name=filename, kind=root or _known(content))


def xml_root(content: bytes) -> str:
    """Name of the root element of what looks like XML, in lower case; empty for anything else."""
    head = content[:4096]
    for mark in _BOMS:
        head = head.removeprefix(mark)
    head = head.replace(b"\x00", b"").lstrip()
    if not head.startswith(b"<"):
        return ""
    head = re.sub(rb"<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(\[.*?\]\s*)?>", b"", head, flags=re.DOTALL)
    found = _ROOT.search(head)
    return found[1].decode("ascii").lower() if found else ""


def _known(content: bytes) -> str:
    if content.startswith(b"PK\x03\x04"):
        return "zip"
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        return "office"
    return ""
