"""What of the libraries and programs for documents is installed here."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec

from .document import ocr


@dataclass(frozen=True, slots=True)
class Library:
    """``code``: what it is for. ``names``: packages of Python, or the program. ``detail``: languages of OCR."""

    code: str
    names: tuple[str, ...]
    is_there: bool
    detail: tuple[str, ...] = ()


#: What each makes readable: packages that are imported, under the names by which they are installed.
_PACKAGES = {
    "pdf": {"pypdfium2": "pypdfium2"},
    "pictures": {"PIL": "Pillow", "numpy": "numpy", "cv2": "opencv-python-headless"},
    "heic": {"pillow_heif": "pillow-heif"},
    "xml": {"defusedxml": "defusedxml"},
}


def libraries() -> tuple[Library, ...]:
    """All that documents are read with, missing or not."""
    found = [
        Library(code, tuple(packages.values()), all(find_spec(name) for name in packages))
        for code, packages in _PACKAGES.items()
    ]
    is_there = ocr.is_available()
    languages = tuple(name for name in ocr.languages() if name != "osd") if is_there else ()
    return (*found, Library("ocr", ("tesseract-ocr",), is_there, languages))
