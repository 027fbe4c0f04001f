"""What an uploaded file is, told by its first bytes: pictures and PDF only, nothing that a browser would run."""

from __future__ import annotations

#: first bytes, where they stand, media type, extension
_SIGNATURES = (
    (b"%PDF-", 0, "application/pdf", "pdf"),
    (b"\xff\xd8\xff", 0, "image/jpeg", "jpg"),
    (b"\x89PNG\r\n\x1a\n", 0, "image/png", "png"),
    (b"WEBP", 8, "image/webp", "webp"),
    (b"ftypheic", 4, "image/heic", "heic"),
    (b"ftypheix", 4, "image/heic", "heic"),
    (b"ftypmif1", 4, "image/heif", "heif"),
)
EXTENSIONS = ("pdf", "jpg", "png", "webp", "heic")


def sniff(content: bytes) -> tuple[str, str] | None:
    """(media type, extension) of a receipt or document; None for everything else, whatever its name says."""
    for signature, start, media_type, extension in _SIGNATURES:
        if content[start : start + len(signature)] == signature:
            if extension == "webp" and content[:4] != b"RIFF":
                continue
            return media_type, extension
    return None


def safe_name(name: str, extension: str) -> str:
    """A file name without path, control or markup characters, with the extension that its content has."""
    stem = name.replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0]
    kept = "".join(sign for sign in stem if sign.isprintable() and sign not in "<>:\"'|?*&").strip(" .")
    return f"{kept[:80] or 'file'}.{extension}"
