"""The checkout as text and syntax trees, for the tests of the project itself."""

import ast
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

CHECKOUT = Path(os.environ.get("AIB_CHECKOUT") or Path(__file__).resolve().parents[2])
CELLARS = ("engine", "readers", "clients")
FLOORS = (*CELLARS, "models", "wizards", "controllers")
ADDON = "odoo.addons.ai_bookkeeper"
STDLIB = sys.stdlib_module_names


@cache
def files():
    """What git tracks or would track, so that caches and build output do not count."""
    command = ["git", "-C", str(CHECKOUT), "ls-files", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    names = done.stdout.splitlines() if done.returncode == 0 else _walk()
    return sorted(name for name in set(names) if (CHECKOUT / name).exists())


def _walk():
    # An unpacked archive has no git.
    found = (path for path in CHECKOUT.rglob("*") if path.is_file())
    names = (path.relative_to(CHECKOUT).as_posix() for path in found)
    return [name for name in names if "__pycache__" not in name and not name.startswith(".git/")]


def is_test(name):
    return "tests" in Path(name).parts


def python_files(folder, with_tests=False):
    return [
        name
        for name in files()
        if name.startswith(f"{folder}/") and name.endswith(".py") and (with_tests or not is_test(name))
    ]


@cache
def tree(name):
    return ast.parse((CHECKOUT / name).read_text(), name)


def imports(name):
    """(line, dotted name, imported name or None) for each import; relative ones made absolute.

    Inside the addon the dotted name starts at the floor: `engine.facts`, `models.suggestion.base`.
    """
    package = Path(name).parent.parts
    for node in ast.walk(tree(name)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, _inside(alias.name), None
        elif isinstance(node, ast.ImportFrom):
            yield from _from_imports(node, package)


def _from_imports(node, package):
    if node.level:
        base = package[: len(package) - (node.level - 1)]
        if node.level - 1 > len(package):
            base = ("..",)
        module = ".".join((*base, *filter(None, [node.module])))
    else:
        module = _inside(node.module)
    for alias in node.names:
        yield node.lineno, module or alias.name, alias.name


def _inside(module):
    return module.removeprefix(f"{ADDON}.") if module.startswith(f"{ADDON}.") else module


def top(module):
    return module.split(".")[0]
