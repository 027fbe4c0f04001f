"""Files stand where Odoo, the tests and the packages look for them."""

import ast
import os
import re
import subprocess
from pathlib import Path

import pytest

from source import CELLARS, CHECKOUT, files, tree

TOP_FOLDERS = {
    *(".ci", "benchmarks", "bin", "cli", "clients", "controllers", "data", "demo", "docs", "engine", "i18n"),
    *("migrations", "models", "readers", "report", "security", "static", "tests", "views", "wizards"),
}
TOP_FILES = {
    *(".gitattributes", ".gitignore", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "README.md"),
    *("SECURITY.md", "__init__.py", "__manifest__.py", "hooks.py", "pyproject.toml"),
}
PLAIN_TESTS = ("project", "real", "addons")
CODE = (".py", ".sh", ".js")
MOST_LINES = 600
DECLARED = ("data", "report", "security", "views", "wizards")
# Spelled in parts, for this file is read too.
REGISTRIES = [
    ".".join(parts)
    for parts in (
        *(("pypi", "org"), ("pythonhosted", "org"), ("registry", "npmjs"), ("registry", "yarnpkg")),
        *(("deb", "debian", "org"), ("security", "debian", "org"), ("snapshot", "debian", "org")),
        *(("archive", "ubuntu", "com"), ("nodesource", "com"), ("proxy", "golang", "org")),
    )
]


def manifest():
    return ast.literal_eval((CHECKOUT / "__manifest__.py").read_text())


def test_nothing_stands_at_the_top_unexpected():
    tops = {(Path(name).parts[0], "/" in name) for name in files()}
    strangers = [top for top, is_folder in tops if top not in (TOP_FOLDERS if is_folder else TOP_FILES)]
    assert strangers == []


def test_no_link_in_the_checkout():
    assert [name for name in files() if (CHECKOUT / name).is_symlink()] == []


def test_files_stay_readable():
    long = []
    for name in files():
        if name.endswith(CODE) and not name.startswith("static/lib/"):
            lines = (CHECKOUT / name).read_text().count("\n")
            if lines > MOST_LINES:
                long.append(f"{name}: {lines} lines")
    assert long == []


def test_no_file_names_a_registry():
    found = []
    for name in files():
        text = (CHECKOUT / name).read_bytes().decode("utf-8", "ignore")
        found += [f"{name}: {host}" for host in REGISTRIES if host in text]
    assert found == []


def odoo_test_files():
    names = [Path(name) for name in files() if name.startswith("tests/")]
    return [
        name
        for name in names
        if name.name.startswith("test_") and name.suffix == ".py" and name.parts[1] not in PLAIN_TESTS
    ]


def test_every_test_module_is_imported():
    """Odoo runs what tests/__init__.py holds under a name test_…, and says nothing of the others."""
    imported = []
    for node in ast.walk(tree("tests/__init__.py")):
        if isinstance(node, ast.ImportFrom) and node.level == 1:
            folder = "/".join(filter(None, ["tests", *(node.module or "").split(".")]))
            imported += [f"{folder}/{alias.name}.py" for alias in node.names if alias.name.startswith("test_")]
    assert sorted(imported) == sorted(name.as_posix() for name in odoo_test_files())


def test_test_modules_have_names_of_their_own():
    """Two modules of one name would hide each other in tests/__init__.py."""
    names = [name.stem for name in odoo_test_files()]
    assert sorted({name for name in names if names.count(name) > 1}) == []


def test_plain_tests_are_no_packages():
    """A package there would import the addon, and Odoo models with it, outside Odoo."""
    inits = [f"tests/{folder}/__init__.py" for folder in PLAIN_TESTS]
    assert [name for name in inits if name in files()] == []


@pytest.mark.parametrize("cellar", [name for name in CELLARS if (CHECKOUT / name).exists()])
def test_a_cellar_has_tests_that_are_found(cellar):
    tests = [name for name in files() if name.startswith(f"{cellar}/") and Path(name).name.startswith("test_")]
    assert tests, f"{cellar} has no test"
    packages = {parent.as_posix() for name in tests for parent in Path(name).parents if parent.as_posix() != "."}
    assert [package for package in sorted(packages) if f"{package}/__init__.py" not in files()] == []


@pytest.mark.parametrize("floor", ["models", "wizards", "controllers"])
def test_every_module_is_imported_by_its_package(floor):
    modules = [Path(name) for name in files() if name.startswith(f"{floor}/") and name.endswith(".py")]
    missing = []
    for module in modules:
        package, name = module.parent, module.stem
        if name == "__init__":
            package, name = module.parent.parent, module.parent.name
            if package == Path("."):
                continue
        if name not in imported_by(package):
            missing.append(module.as_posix())
    assert missing == []


def imported_by(package):
    """Names that a package's __init__ imports, or that its own modules import from beside them."""
    names = set()
    for name in files():
        if Path(name).parent == package and name.endswith(".py"):
            for node in ast.walk(tree(name)):
                if isinstance(node, ast.ImportFrom) and node.level == 1:
                    names |= {alias.name for alias in node.names}
                    names |= set((node.module or "").split(".")[:1])
    return names


def test_the_manifest_lists_every_declaration():
    present = {name for name in files() if Path(name).parts[0] in DECLARED and name.endswith((".xml", ".csv"))}
    listed = manifest().get("data", []) + manifest().get("demo", [])
    assert sorted(present - set(listed)) == []
    assert [name for name in listed if not (CHECKOUT / name).is_file()] == []
    assert [name for name in listed if listed.count(name) > 1] == []


def test_the_manifest_asks_for_little():
    assert manifest()["depends"] == ["account"]
    assert manifest()["license"] == "LGPL-3"
    assert re.fullmatch(r"19\.0\.\d+\.\d+\.\d+", manifest()["version"])
    python = manifest().get("external_dependencies", {}).get("python", [])
    assert sorted(name.replace("-", "_") for name in python) == ["phonenumbers", "python_stdnum", "requests"]


def test_commands_run_and_parse():
    commands = [name for name in files() if name == ".ci/run" or (name.startswith("bin/") and name.count("/") == 1)]
    assert commands
    for name in commands:
        assert os.access(CHECKOUT / name, os.X_OK), f"{name} is not executable"
    for name in [*commands, *(name for name in files() if name.endswith(".sh"))]:
        subprocess.run(["bash", "-n", CHECKOUT / name], check=True)
