"""Files that an e-invoice carries inside its XML: the picture that people see, time sheets, terms."""

from __future__ import annotations

import base64
import binascii

from . import upload

#: Elements that hold a file in base64: UBL, CII, ZUGFeRD 1, FatturaPA.
_HOLDERS = ("EmbeddedDocumentBinaryObject", "AttachmentBinaryObject", "IncludedBinaryObject", "Attachment")
_MOST_FILES = 20
_MOST_BYTES = 60_000_000


def attached(content: bytes) -> list[tuple[str, bytes]]:
    """(name, content) of the PDF files and pictures in an e-invoice, in their order; none of what can't be read.

    Entities and outside references are refused.
    """
    if len(content) > _MOST_BYTES:
        return []
    try:
        from defusedxml import DefusedXmlException
        from defusedxml.ElementTree import ParseError, fromstring
    except ImportError:
        return []
    try:
        root = fromstring(content.lstrip(), forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        return []
    found = []
    for element in root.iter():
        if isinstance(element.tag, str) and element.tag.rpartition("}")[2] in _HOLDERS and element.text:
            data = _decoded(element.text)
            told = upload.sniff(data)
            if told:
                found.append((upload.safe_name(element.get("filename") or "picture", told[1]), data))
    return found[:_MOST_FILES]


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        return b""
