"""What surrounds the file itself: size limits and zip archives."""

from __future__ import annotations

import io
import zipfile
import zlib

from .values import BankFileError

MAX_BYTES = 25 * 1024 * 1024
# Unpacked size against the limit for raw data, and against the packed size of big archives.
UNPACKED_FACTOR = 4
MAX_RATIO = 200
RATIO_FROM = 4 * 1024 * 1024
MAX_MEMBERS = 200

_ZIP_START = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_ZIP_ERRORS = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError)


def check_size(data: bytes, max_bytes: int) -> None:
    """Refuse no data (``empty_file``) and too much (``too_large``; values size, limit in bytes)."""
    if not data.strip(b"\x00\t\n\r \xef\xbb\xbf"):
        raise BankFileError("empty_file", "The file is empty. Download it again from the bank.")
    if len(data) > max_bytes:
        raise BankFileError(
            "too_large",
            f"The file has {len(data) / 1024 / 1024:.0f} MB, the limit is "
            f"{max_bytes / 1024 / 1024:.0f} MB. Export a shorter period.",
            size=len(data),
            limit=max_bytes,
        )


def is_zip(data: bytes) -> bool:
    """Tell whether the bytes begin a zip archive (an XLSX is one too)."""
    return data.startswith((_ZIP_START, _EMPTY_ZIP))


def is_workbook(data: bytes) -> bool:
    """Tell whether a zip archive is an XLSX workbook."""
    try:
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    except (*_ZIP_ERRORS, ValueError):
        return False
    return "[Content_Types].xml" in names and any(name.startswith("xl/") for name in names)


def opened(data: bytes, max_bytes: int = MAX_BYTES) -> zipfile.ZipFile:
    """Open an archive after checking what it would unpack to.

    Sizes are the declared ones: zipfile never unpacks more than a member declares.
    Raises BankFileError ``broken_zip``, ``zip_bomb`` or ``encrypted``.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = archive.infolist()
    except (*_ZIP_ERRORS, ValueError) as error:
        raise _broken() from error
    total = sum(member.file_size for member in members)
    if (
        len(members) > MAX_MEMBERS
        or total > max_bytes * UNPACKED_FACTOR
        or (total > RATIO_FROM and total > len(data) * MAX_RATIO)
    ):
        raise BankFileError(
            "zip_bomb",
            "The archive unpacks to far more than a bank statement. It was not opened; ask the "
            "sender for the statement itself.",
            members=len(members),
            size=total,
        )
    if any(member.flag_bits & 1 for member in members):
        raise BankFileError("encrypted", "The archive has a password. Unpack it first, then import its files.")
    return archive


def members(data: bytes, max_bytes: int = MAX_BYTES) -> list[tuple[str, bytes]]:
    """Unpack the statement files of an archive as (name, bytes), in the order of their names.

    Folders and hidden files are passed over. Raises as ``opened``, and ``nested_zip``,
    ``empty_file`` or ``too_large`` for what is inside.
    """
    archive = opened(data, max_bytes)
    names = sorted(
        member.filename for member in archive.infolist() if not member.is_dir() and not _is_hidden(member.filename)
    )
    found = [(name, content(archive, name)) for name in names]
    if not found:
        raise BankFileError("empty_file", "The archive is empty. Download it again from the bank.")
    for name, inner in found:
        if is_zip(inner) and not is_workbook(inner):
            raise BankFileError(
                "nested_zip",
                f"The archive holds another archive ({name[:80]}). Unpack it first.",
                file=name,
            )
        check_size(inner, max_bytes)
    return found


def content(archive: zipfile.ZipFile, name: str, limit: int = -1) -> bytes:
    """Unpack one member (its first ``limit`` bytes); raise BankFileError ``broken_zip``."""
    try:
        with archive.open(name) as stream:
            return stream.read(limit)
    except (*_ZIP_ERRORS, ValueError, KeyError) as error:
        raise _broken() from error


def _is_hidden(name: str) -> bool:
    return name.startswith("__MACOSX/") or name.rsplit("/", 1)[-1].startswith(".")


def _broken() -> BankFileError:
    return BankFileError(
        "broken_zip",
        "The archive is damaged or incomplete. Download it again from the bank.",
    )
