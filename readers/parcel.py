"""What brings documents: an archive (zip) or a mail (eml). Files out, nothing is run, nothing is written to disk."""

from __future__ import annotations

import email
import email.policy
import io
import zipfile
import zlib
from dataclasses import dataclass

from . import upload
from .document import DocumentError
from .document.kinds import media_type

ZIP, MAIL = "zip", "mail"
_ZIP_START = b"PK\x03\x04"
#: Archives that are documents of an office program, by names of their first members.
_OFFICE = ("[Content_Types].xml", "mimetype", "META-INF/", "_rels/", "word/", "xl/", "ppt/", "docProps/")
_MAIL_HEADERS = ("from", "date", "subject", "to", "received", "message-id", "mime-version")
_HEAD = 16_000
_CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class Limits:
    """Files of a parcel, bytes of one, bytes of all of them unpacked, parcels in parcels."""

    files: int = 100
    size: int = 50_000_000
    total: int = 150_000_000
    depth: int = 3


@dataclass(frozen=True, slots=True)
class Parcel:
    """``files``: (name, content) of what may be a document. ``refused``: (name, code) of the rest: ``unknown``,
    ``encrypted``, ``damaged``, ``too_large``, ``too_many``, ``too_deep``, ``empty``."""

    files: tuple[tuple[str, bytes], ...] = ()
    refused: tuple[tuple[str, str], ...] = ()


def kind(content: bytes, filename: str = "") -> str:
    """``zip``, ``mail``, or empty for what is no parcel, whatever its name says."""
    if content[:4] == _ZIP_START:
        return "" if _is_office(content) else ZIP
    return MAIL if _is_mail(content, filename) else ""


def _is_office(content):
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()[:3]
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return False
    return any(name.startswith(_OFFICE) for name in names)


def _is_mail(content, filename):
    if not filename.lower().endswith((".eml", ".mime")) and not content[:9].lower().startswith(
        (b"received:", b"from:")
    ):
        return False
    # A folded header line belongs to the one before it.
    lines = content[:_HEAD].replace(b"\r\n", b"\n").split(b"\n\n", 1)[0].split(b"\n")
    names = {line.split(b":", 1)[0].strip().lower().decode("ascii", "replace") for line in lines if b":" in line}
    return len(names.intersection(_MAIL_HEADERS)) >= 2


def unpack(content: bytes, filename: str = "", limits: Limits | None = None) -> Parcel:
    """The files that a parcel brings, also those of parcels in it."""
    work = _Unpacking(limits or Limits())
    work.open(content, filename, 1)
    return Parcel(tuple(work.files), tuple(work.refused))


class _Unpacking:
    def __init__(self, limits):
        self.limits = limits
        self.files: list[tuple[str, bytes]] = []
        self.refused: list[tuple[str, str]] = []
        self.total = 0

    def open(self, content, filename, depth):
        found = kind(content, filename)
        if depth > self.limits.depth:
            self.refused.append((filename, "too_deep"))
        elif found == ZIP:
            self._open_zip(content, filename, depth)
        elif found == MAIL:
            self._open_mail(email.message_from_bytes(content, policy=email.policy.default), depth)

    # === ARCHIVES === #

    def _open_zip(self, content, filename, depth):
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                for member in archive.infolist():
                    if member.is_dir() or _is_junk(member.filename):
                        continue
                    if not self._open_member(archive, member, depth):
                        return
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, RecursionError):
            self.refused.append((filename, "damaged"))

    def _open_member(self, archive, member, depth):
        """Whether to go on with the next one."""
        name = _plain(member.filename)
        if len(self.files) + len(self.refused) >= self.limits.files:
            self.refused.append((name, "too_many"))
            return False
        if member.flag_bits & 0x1:
            self.refused.append((name, "encrypted"))
            return True
        try:
            content = self._inflated(archive, member)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError, RuntimeError):
            self.refused.append((name, "damaged"))
            return True
        if content is None:
            self.refused.append((name, "too_large"))
            return self.total < self.limits.total
        self._put(name, content, depth)
        return True

    def _inflated(self, archive, member):
        """The bytes of a member; None when there are more than the limits allow, whatever its header promises."""
        parts, size = [], 0
        with archive.open(member) as stream:
            while chunk := stream.read(_CHUNK):
                size += len(chunk)
                self.total += len(chunk)
                if size > self.limits.size or self.total > self.limits.total:
                    return None
                parts.append(chunk)
        return b"".join(parts)

    # === MAILS === #

    def _open_mail(self, message, depth):
        for part in message.walk():
            if part.get_content_maintype() == "multipart":
                continue
            filename = part.get_filename()
            if part.get_content_type() == "message/rfc822":
                # Its own parts follow in the walk.
                continue
            is_attached = filename or "attachment" in (part.get("content-disposition") or "")
            if not is_attached and part.get_content_maintype() in ("text", "message"):
                # The words of the mail; documents are attached, or at least have a name.
                continue
            content = part.get_payload(decode=True) or b""
            self.total += len(content)
            if len(self.files) + len(self.refused) >= self.limits.files or self.total > self.limits.total:
                self.refused.append((_plain(filename or "attachment"), "too_many"))
                return
            if part.get("content-id") and part.get_content_maintype() == "image" and _is_small(content):
                # A logo or a signature in the text.
                continue
            self._put(_plain(filename or "attachment"), content, depth)

    # === FILES === #

    def _put(self, name, content, depth):
        if kind(content, name):
            self.open(content, name, depth + 1)
            return
        if len(content) > self.limits.size:
            self.refused.append((name, "too_large"))
            return
        try:
            extension = media_type(content, name).rsplit("/", 1)[-1].replace("jpeg", "jpg")
        except DocumentError as error:
            self.refused.append((name, error.code))
            return
        self.files.append((upload.safe_name(name, extension), content))


def _plain(name):
    """A name without the folders of its archive."""
    return name.replace("\\", "/").rsplit("/", 1)[-1]


def _is_junk(name):
    """What file managers leave in archives."""
    last = _plain(name)
    return name.startswith("__MACOSX/") or last.startswith(".") or last.lower() in ("thumbs.db", "desktop.ini")


def _is_small(content):
    width, height = upload.picture_size(content)
    return max(width, height) < 500
