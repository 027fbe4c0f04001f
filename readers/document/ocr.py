"""Optical character recognition by the program Tesseract, one process a page, with one thread and a time limit."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
from collections.abc import Sequence

from .page import DocumentError
from .words import Seen

PROGRAM = "tesseract"
#: Below this a word is noise: lines of tables, logos, shadows. Of 0..1, as Tesseract tells it.
_LEAST_CONFIDENCE = 0.2
#: Its layouts ("page segmentation modes"): columns and paragraphs; words wherever they stand.
COLUMNS, SCATTERED = 3, 11
_WORD_LEVEL = "5"


def is_available() -> bool:
    """Whether the program is installed."""
    return shutil.which(PROGRAM) is not None


@functools.lru_cache(maxsize=1)
def languages() -> tuple[str, ...]:
    """Codes of the language data that is installed ("deu", "eng" ...), without "osd"."""
    if not is_available():
        return ()
    told = subprocess.run([PROGRAM, "--list-langs"], capture_output=True, timeout=20, check=False, env=_environment())
    lines = told.stdout.decode("utf-8", "replace").splitlines()[1:]
    return tuple(line for line in map(str.strip, lines) if line and line != "osd")


def recognise(gray, language: str, *, dpi: int = 300, layout: int = COLUMNS, seconds: float = 60.0) -> list[Seen]:
    """Words of a picture, boxes in its pixels.

    :param gray: array of numpy, dark letters on a bright ground
    :param language: codes of Tesseract, joined by "+"
    :param layout: ``COLUMNS`` or ``SCATTERED``
    :raise DocumentError: ``no_ocr``, ``too_slow``, ``damaged``
    """
    options = ["-l", language, "--dpi", str(dpi), "--psm", str(layout), "tsv"]
    return list(_words(_run(gray, options, seconds)))


def orientation(gray, *, seconds: float = 20.0) -> tuple[int, float, str]:
    """Degrees clockwise that would set a picture upright, how sure that is (above 2 is sure), and its script."""
    told = {}
    for line in _run(gray, ["--psm", "0", "--dpi", "300"], seconds, is_strict=False).splitlines():
        name, _colon, value = line.partition(":")
        told[name.strip()] = value.strip()
    try:
        return (
            int(told.get("Rotate", 0)),
            float(told.get("Orientation confidence", 0)),
            told.get("Script", ""),
        )
    except ValueError:
        return 0, 0.0, ""


def _run(gray, options: Sequence[str], seconds: float, *, is_strict: bool = True) -> str:
    height, width = gray.shape[:2]
    picture = b"P5 %d %d 255\n" % (width, height) + gray.tobytes()
    try:
        told = subprocess.run(
            [PROGRAM, "stdin", "stdout", *options],
            input=picture,
            capture_output=True,
            timeout=max(seconds, 0.1),
            check=False,
            env=_environment(),
        )
    except FileNotFoundError:
        raise DocumentError("no_ocr") from None
    except subprocess.TimeoutExpired:
        raise DocumentError("too_slow") from None
    if told.returncode and is_strict:
        raise DocumentError("damaged", error=told.stderr.decode("utf-8", "replace")[-200:])
    return told.stdout.decode("utf-8", "replace")


def _environment():
    """One thread: several pages are read side by side, and Tesseract's own threads cost more than they give."""
    kept = {name: os.environ[name] for name in ("PATH", "TESSDATA_PREFIX", "TMPDIR") if name in os.environ}
    return {**kept, "OMP_THREAD_LIMIT": "1", "LC_ALL": "C.UTF-8"}


def _words(table):
    """Rows of Tesseract's table: level, page, block, paragraph, line, word, left, top, width, height, conf, text."""
    for row in table.splitlines()[1:]:
        cells = row.split("\t", 11)
        if len(cells) < 12 or cells[0] != _WORD_LEVEL or not cells[11].strip():
            continue
        left, top, width, height = map(float, cells[6:10])
        confidence = float(cells[10]) / 100
        if confidence >= _LEAST_CONFIDENCE:
            yield Seen(cells[11].strip(), left, top, left + width, top + height, confidence)
