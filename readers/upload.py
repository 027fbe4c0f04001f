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


def picture_size(content: bytes) -> tuple[int, int]:
    """(width, height) in pixels that a PNG, GIF or JPEG says it has, from its head alone; (0, 0) when it says none."""
    if content[:8] == b"\x89PNG\r\n\x1a\n" and len(content) >= 24:
        return int.from_bytes(content[16:20], "big"), int.from_bytes(content[20:24], "big")
    if content[:4] == b"GIF8" and len(content) >= 10:
        return int.from_bytes(content[6:8], "little"), int.from_bytes(content[8:10], "little")
    return _jpeg_size(content) if content[:2] == b"\xff\xd8" else (0, 0)


def _jpeg_size(content):
    """Of the first frame header; segments before it are skipped by their lengths."""
    at = 2
    while at + 9 <= len(content):
        if content[at] != 0xFF:
            return 0, 0
        marker = content[at + 1]
        if marker == 0xFF or 0xD0 <= marker <= 0xD8 or marker == 0x01:
            at += 1 if marker == 0xFF else 2
            continue
        # Start of frame, all kinds of it; DHT, JPG and DAC share their range.
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = content[at + 5 : at + 7], content[at + 7 : at + 9]
            return int.from_bytes(width, "big"), int.from_bytes(height, "big")
        at += 2 + max(int.from_bytes(content[at + 2 : at + 4], "big"), 2)
    return 0, 0
