"""invoice2data on the same files: with the templates that it brings, and with none."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from ground.settings import PYTHON

from . import compare, libraries, pictures
from .score import FOUR, Count
from .truth import FIELDS, Document, normal

BUILT_IN, NONE = "invoice2data", "invoice2data, no templates"
#: Its names of the fields.
_NAMES = {
    "vendor": ("issuer", "partner_name"),
    "number": ("invoice_number",),
    "date": ("date",),
    "due_date": ("date_due",),
    "currency": ("currency",),
    "net": ("amount_untaxed",),
    "tax": ("amount_tax",),
    "total": ("amount",),
    "iban": ("iban",),
    "vat": ("vat", "static_vat"),
}


def measure(documents: Sequence[Document]) -> dict[str, dict]:
    """Peer -> its figures. It reads PDFs with text only: images are given to it all the same, as they arrive."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [_written(Path(folder), at, document) for at, document in enumerate(documents)]
        return {
            BUILT_IN: _figures(documents, _answers(paths, has_templates=True)),
            NONE: _figures(documents, _answers(paths, has_templates=False)),
        }


def _written(folder: Path, at: int, document: Document) -> str:
    data, name = pictures.content(document)
    path = folder / f"{at}{Path(name).suffix}"
    path.write_bytes(data)
    return str(path)


def _answers(paths: list[str], has_templates: bool) -> list[dict]:
    environment = {**os.environ, "PYTHONPATH": str(libraries.folder())}
    command = [PYTHON, str(Path(__file__).with_name("peer.py")), "templates" if has_templates else "none"]
    done = subprocess.run(
        command,
        input=json.dumps(paths),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        check=True,
        env=environment,
    )
    return json.loads(done.stdout)


def _figures(documents: Sequence[Document], answers: Sequence[dict]) -> dict:
    fields = {name: Count() for name in FIELDS}
    four = Count()
    for document, answer in zip(documents, answers, strict=True):
        right = {name: _is_right(document, name, answer) for name in document.truth}
        for name, is_right in right.items():
            fields[name].add(is_right)
        told = [right[name] for name in FOUR if name in right]
        if len(told) >= 3:
            four.add(all(told))
    return {
        "fields": {name: count.to_json() for name, count in fields.items() if count.n},
        "four": four.to_json(),
        "read": sum(map(bool, answers)),
    }


def _is_right(document: Document, name: str, answer: dict) -> bool:
    said = [normal(name, answer[key]) for key in _NAMES[name] if answer.get(key) is not None]
    return any(compare.is_right(document, name, value, "credit_note") for value in said)
