"""A watched folder on this machine or a mounted one. Files are taken by renaming them, so that one taker wins.

Nothing outside the folder is read or written: no symbolic link is followed, neither a file nor one of our subfolders,
and every step goes through the opened folder, whatever happens to its path meanwhile.
"""

from __future__ import annotations

import contextlib
import os
import re
import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

WORK, DONE, FAILED = "work", "done", "failed"
#: A writer that is still at it changes its file within this time, in seconds.
STILL_SECONDS = 10
_UNFINISHED = (".part", ".partial", ".tmp", ".temp", ".filepart", ".crdownload", ".download", ".swp", "~")
_ODD = re.compile(r"[^\w.() -]")
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


class FolderError(Exception):
    """``code``: ``not_allowed``, ``missing``, ``denied``, ``full``."""

    def __init__(self, code):
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Sight:
    """A file as it was seen: a second look must see the same before it is taken."""

    name: str
    size: int
    mtime: int


@dataclass(frozen=True, slots=True)
class Taken:
    """A file that is ours now. ``key`` stays the same however often it is taken; ``data`` is None when too large."""

    name: str
    place: str
    key: str
    data: bytes | None


def is_allowed(path: str, roots: Iterable[str]) -> bool:
    """Whether ``path``, links resolved, is one of the allowed folders or lies below one."""
    if not os.path.isabs(path):
        return False
    real = os.path.realpath(path)
    return any(
        os.path.isabs(root) and os.path.commonpath([real, os.path.realpath(root)]) == os.path.realpath(root)
        for root in roots
    )


class Folder:
    """Open it with ``with``; raises FolderError when it can't be used."""

    def __init__(self, path: str, roots: Iterable[str]):
        self.path = path
        self.roots = tuple(roots)
        self.fd = -1

    def __enter__(self):
        if not is_allowed(self.path, self.roots):
            raise FolderError("not_allowed")
        try:
            self.fd = os.open(os.path.realpath(self.path), _FOLDER)
            # Where the opened folder really is: the path may have been bent between the look and the opening.
            if not is_allowed(os.readlink(f"/proc/self/fd/{self.fd}"), self.roots):
                raise FolderError("not_allowed")
        except OSError as error:
            self._close()
            raise FolderError("denied" if isinstance(error, PermissionError) else "missing") from None
        except FolderError:
            self._close()
            raise
        return self

    def __exit__(self, *_error):
        self._close()

    def _close(self):
        if self.fd >= 0:
            os.close(self.fd)
            self.fd = -1

    # === LOOKING === #

    def sights(self) -> list[Sight]:
        """Files that may be taken some time: ordinary ones with one name, and not plainly unfinished."""
        return self._sights(self.fd)

    def still(self, sights: Iterable[Sight], before: Mapping[str, tuple[int, int]], now: float) -> list[Sight]:
        """Those that have not changed since the last look, nor for a while."""
        return [
            sight
            for sight in sights
            if before.get(sight.name) == (sight.size, sight.mtime) and now - sight.mtime / 1e9 >= STILL_SECONDS
        ]

    def _sights(self, fd):
        found = []
        with os.scandir(fd) as entries:
            for entry in entries:
                if entry.name.startswith(".") or entry.name.lower().endswith(_UNFINISHED):
                    continue
                about = entry.stat(follow_symlinks=False)
                if stat.S_ISREG(about.st_mode) and about.st_nlink == 1:
                    found.append(Sight(entry.name, about.st_size, about.st_mtime_ns))
        return sorted(found, key=lambda sight: (sight.mtime, sight.name))

    # === TAKING === #

    def take(self, sight: Sight, limit: int) -> Taken | None:
        """Move a file to ``work`` and read it; None when somebody else was faster."""
        work = self._subfolder(WORK)
        try:
            name = self._free_name(work, _safe(sight.name))
            try:
                os.rename(sight.name, name, src_dir_fd=self.fd, dst_dir_fd=work)
            except FileNotFoundError:
                return None
            return self._read(work, name, limit)
        finally:
            os.close(work)

    def left_behind(self, known: Iterable[str], limit: int) -> list[Taken]:
        """What an interrupted run took and nobody noted down. ``known``: places that are noted."""
        known = set(known)
        work = self._subfolder(WORK)
        try:
            names = [sight.name for sight in self._sights(work) if f"{WORK}/{sight.name}" not in known]
            return [taken for name in names if (taken := self._read(work, name, limit))]
        finally:
            os.close(work)

    def _read(self, work, name, limit):
        try:
            fd = os.open(name, _FILE, dir_fd=work)
        except OSError:
            return None
        with os.fdopen(fd, "rb") as file:
            about = os.fstat(fd)
            if not stat.S_ISREG(about.st_mode) or about.st_nlink != 1:
                return None
            data = file.read(limit + 1)
        key = f"{about.st_dev}:{about.st_ino}:{about.st_mtime_ns}"
        return Taken(name, f"{WORK}/{name}", key, data if len(data) <= limit else None)

    # === PUTTING AWAY === #

    def settle(self, place: str, good: bool) -> str:
        """Move what was taken to ``done`` or ``failed``; answers where it lies now, or the old place if it is gone."""
        source, _slash, name = place.partition("/")
        target = DONE if good else FAILED
        if source == target or source not in (WORK, DONE, FAILED) or "/" in name or name in ("", ".", ".."):
            return place
        from_fd, to_fd = self._subfolder(source), self._subfolder(target)
        try:
            free = self._free_name(to_fd, name)
            os.rename(name, free, src_dir_fd=from_fd, dst_dir_fd=to_fd)
            return f"{target}/{free}"
        except FileNotFoundError:
            return place
        finally:
            os.close(from_fd)
            os.close(to_fd)

    def _subfolder(self, name):
        try:
            with contextlib.suppress(FileExistsError):
                os.mkdir(name, 0o750, dir_fd=self.fd)
            return os.open(name, _FOLDER, dir_fd=self.fd)
        except OSError as error:
            # A link instead of a folder comes here too: it would lead outside.
            full = error.errno in (28, 122)
            raise FolderError("full" if full else "denied") from None

    def _free_name(self, fd, name):
        stem, dot, extension = name.rpartition(".")
        for number in range(10_000):
            candidate = (
                name if not number else f"{stem or extension}-{number}{dot if stem else ''}{extension if stem else ''}"
            )
            try:
                os.stat(candidate, dir_fd=fd, follow_symlinks=False)
            except FileNotFoundError:
                return candidate
        raise FolderError("full")


def _safe(name):
    """A name that a database and a screen can show."""
    shown = name.encode("utf-8", "replace").decode("utf-8")
    kept = _ODD.sub("_", shown).strip(" .")
    return (f"{kept[:60]}{kept[-40:]}" if len(kept) > 100 else kept) or "file"
