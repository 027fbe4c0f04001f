"""Reading in a process of its own: a file that crashes, hangs or eats memory ends that process, not the caller."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from . import wire
from .limits import Limits
from .page import DocumentError, Page, Scan

_CHILD = Path(__file__).with_name("child.py")
#: Seconds that the process gets to start and to answer beside its reading.
_GRACE = 10.0


def read_apart(
    content: bytes,
    filename: str = "",
    *,
    limits: Limits | None = None,
    languages: Sequence[str] = (),
    images: bool = False,
    first: int = 1,
    seconds: float | None = None,
) -> Scan:
    """As :func:`reader.read`, with limits of memory, processor and time that nothing gets around.

    :raise DocumentError: also ``too_slow``, ``too_large`` (memory), ``crashed``
    """
    limits = limits or Limits()
    if len(content) > limits.size:
        raise DocumentError("too_large", size=len(content), limit=limits.size)
    told = {"do": "read", "filename": filename, "languages": list(languages), "images": images}
    told |= {"first": first, "seconds": seconds}
    return _answered(wire.unpacked_scan, told, content, limits)


def render_apart(content: bytes, page: Page | int, width: int, *, limits: Limits | None = None) -> bytes:
    """As :func:`reader.render`, in a process of its own."""
    limits = limits or Limits()
    told = {"do": "render", "page": page if isinstance(page, int) else page.to_json(), "width": width}
    return _answered(_picture, told, content, limits)


def _picture(data):
    told, blobs = wire.unpacked(data)
    wire.raise_error(told)
    (picture,) = blobs
    return picture


def _answered(understand, told, content, limits):
    data = _run(wire.packed({**told, "limits": asdict(limits), "path": sys.path}, [content]), limits)
    try:
        return understand(data)
    except (ValueError, KeyError, TypeError, IndexError, AttributeError):
        raise DocumentError("crashed") from None


def _run(request: bytes, limits: Limits) -> bytes:
    process = subprocess.Popen(
        [sys.executable, "-E", "-s", str(_CHILD)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        close_fds=True,
        cwd="/",
    )
    try:
        answer, _errors = process.communicate(request, timeout=limits.seconds + _GRACE)
    except subprocess.TimeoutExpired:
        raise DocumentError("too_slow", seconds=limits.seconds) from None
    finally:
        _end(process)
    if process.returncode == -signal.SIGXCPU:
        raise DocumentError("too_slow", seconds=limits.seconds)
    if process.returncode:
        raise DocumentError("crashed", status=process.returncode)
    return answer


def _end(process):
    """End the process and what it started; its group has its number."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    for pipe in (process.stdin, process.stdout):
        with contextlib.suppress(OSError):
            pipe.close()
