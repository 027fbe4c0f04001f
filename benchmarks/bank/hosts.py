"""Databases of generated years: made once, copied for every run. Runs outside Odoo."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ground import databases, shell, templates

_HERE = Path(__file__).parent
#: What the documents of a year and their loading depend on.
_GENERATOR = {
    "company", "documents", "generator", "ledger", "names", "noise", "partners", "references",
    "values", "world",
}  # fmt: skip
_LOADERS = ("chart.py", "documents.py")
_PREFIX = "aib_books_"
_KEPT = 24
_PREAMBLE = """
import sys
sys.path.insert(0, {root!r})
from benchmarks.bank.generator import generate
year = generate(*{arguments!r})
"""


def _generator_key() -> str:
    digest = hashlib.sha256(templates.odoo_key().encode())
    own = [path for path in _HERE.glob("*.py") if path.stem in _GENERATOR]
    files = [*own, *(_HERE / "scenarios").glob("*.py"), *(_HERE / "books" / n for n in _LOADERS)]
    for path in sorted(files):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def code(arguments: tuple, body: str) -> str:
    """Code for ``odoo shell`` with the ``year`` that these arguments of ``generate`` give."""
    root = str(_HERE.parents[1])
    return _PREAMBLE.format(root=root, arguments=arguments) + body


def books(arguments: tuple) -> str:
    """Name of a database with ``account`` and the year's documents as drafts."""
    key = hashlib.sha256(f"{_generator_key()} {arguments}".encode()).hexdigest()[:12]
    name = f"{_PREFIX}{key}"
    with templates.locked(name):
        if not databases.exists(name):
            _forget_older()
            unfinished = f"{name}_new"
            databases.drop(unfinished)
            databases.copy(templates.base(), unfinished)
            build = "from benchmarks.bank.books.year import build\nbuild(env, year)\n"
            shell.run(unfinished, code(arguments, build))
            databases.rename(unfinished, name)
    return name


def _forget_older() -> None:
    """Databases of earlier generators pile up; the cache may be made again at any time."""
    for name in databases.names(_PREFIX)[_KEPT:]:
        databases.drop(name)


@contextmanager
def with_module(arguments: tuple, module: str, addons: tuple = ()) -> Iterator[str]:
    """A copy of the year's database in which ``module`` is installed; dropped at the end."""
    with databases.copied(books(arguments), "bench") as name:
        if addons:
            templates.install(name, module, addons=addons)
        else:
            templates.install(name, module)
        yield name
