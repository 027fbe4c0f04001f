"""Runs apart: paths as JSON in, what invoice2data says of each as JSON out. Nothing of the addon is imported."""

import json
import sys
import tempfile
from pathlib import Path

from invoice2data import extract_data
from invoice2data.extract.loader import read_templates

_FITS_NOTHING = """
issuer: none
keywords: ["nothing says these words in this order"]
fields: {amount: x, date: x, invoice_number: x}
"""


def main():
    if sys.argv[1] == "templates":
        templates = read_templates()
    else:
        # An empty list would bring the built-in ones back: one template that fits no document stands for none.
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "none.yml").write_text(_FITS_NOTHING)
            templates = read_templates(folder)
    json.dump([_read(path, templates) for path in json.load(sys.stdin)], sys.stdout, default=_plain)


def _read(path, templates):
    try:
        found = extract_data(path, templates=templates)
    except Exception:  # whatever it stumbles over: it has not read the file
        return {}
    return {key: value for key, value in (found or {}).items() if key != "lines"}


def _plain(value):
    return value.strftime("%Y-%m-%d") if hasattr(value, "strftime") else str(value)


main()
