"""Which floor may import what (the rules of the architecture), read from the syntax trees."""

import ast
import re

import pytest

from source import CELLARS, FLOORS, STDLIB, imports, python_files, top, tree

ENGINE_LIBRARIES = {"rapidfuzz", "dateutil", "stdnum", "phonenumbers"}
FORMAT_LIBRARIES = {
    *("mt940", "openpyxl", "xlrd", "defusedxml", "lxml", "chardet"),
    *("pypdfium2", "pypdf", "PIL", "pillow_heif", "cv2", "numpy", "stdnum", "phonenumbers", "dateutil"),
}
MODEL_LIBRARIES = {
    *("odoo", "psycopg2", "dateutil", "markupsafe", "pytz", "lxml", "stdnum", "phonenumbers", "werkzeug"),
    # Odoo's own requirements for PDF files and workbooks.
    "reportlab",
    "xlsxwriter",
    # Optional, imported where it is used.
    "prometheus_client",
}
ALLOWED = {
    "engine": ENGINE_LIBRARIES,
    "readers": FORMAT_LIBRARIES,
    "clients": set(),
    "models": MODEL_LIBRARIES | set(CELLARS) | {"models"},
    "wizards": {"odoo", "dateutil", "markupsafe", "wizards"},
    "controllers": {"odoo", "werkzeug", "markupsafe", "controllers"},
}
# The engine is told the time and the data; it looks up neither, and tells nobody but its caller.
ENGINE_FORBIDDEN = {
    *("os", "io", "pathlib", "tempfile", "shutil", "glob", "logging", "time", "subprocess", "sqlite3"),
    *("socket", "ssl", "urllib", "http", "asyncio", "threading", "multiprocessing", "secrets"),
}
READERS_FORBIDDEN = {"socket", "ssl", "http", "asyncio", "smtplib", "ftplib"}
DOOR = "clients/http.py"
DOOR_LIBRARIES = {"requests", "urllib3"}
# Always installed with `account`; anything else may be absent.
OWN_DEPENDENCIES = {"account", "analytic", "base", "base_setup", "bus", "digest", "mail", "portal", "product", "web"}
VOCABULARY = ("engine.vocabulary", "engine")
CLOCKS = re.compile(
    r"^(datetime\.|dt\.)?(datetime|date)\.(now|today|utcnow)$|^random\.(random|randint|choice|shuffle)$"
)


def offences(floor, is_offence):
    found = []
    for name in python_files(floor):
        for line, module, imported in imports(name):
            if is_offence(module, imported):
                found.append(f"{name}:{line} imports {module} {imported or ''}".rstrip())
    return found


@pytest.mark.parametrize("floor", FLOORS)
def test_floor_imports_only_what_it_may(floor):
    may = ALLOWED[floor] | {floor, "__future__"}

    def is_offence(module, imported):
        if module == DOOR.removesuffix(".py").replace("/", "."):
            return False
        # `from .. import engine` names the floor in the imported name.
        target = top(module) if module != ".." else imported
        if floor in ("wizards", "controllers") and target == "engine":
            return module not in VOCABULARY or (module == "engine" and imported != "vocabulary")
        return target not in STDLIB and target not in may

    found = [text for text in offences(floor, is_offence) if not _is_of_the_door(text)]
    assert found == []


def _is_of_the_door(text):
    place, _imports, module = text.partition(" imports ")
    return place.startswith(f"{DOOR}:") and top(module.split()[0]) in DOOR_LIBRARIES


def test_engine_touches_no_file_clock_or_log():
    assert offences("engine", lambda module, _imported: top(module) in ENGINE_FORBIDDEN) == []
    calls = []
    for name in python_files("engine"):
        for node in ast.walk(tree(name)):
            if isinstance(node, ast.Call) and _is_outside(ast.unparse(node.func)):
                calls.append(f"{name}:{node.lineno} {ast.unparse(node.func)}()")
    assert calls == []


def _is_outside(function):
    return function in ("open", "print", "input") or CLOCKS.match(function)


def test_readers_do_not_talk_to_the_world():
    def is_offence(module, _imported):
        return top(module) in READERS_FORBIDDEN or module in ("urllib.request", "requests")

    assert offences("readers", is_offence) == []


def test_only_installed_addons_are_imported():
    def is_offence(module, imported):
        if module == "odoo.addons":
            return imported not in OWN_DEPENDENCIES
        return module.startswith("odoo.addons.") and module.split(".")[2] not in OWN_DEPENDENCIES

    assert [offence for floor in FLOORS for offence in offences(floor, is_offence)] == []


def test_models_reach_other_models_through_the_environment():
    def is_offence(module, imported):
        is_class = bool(imported) and imported[0].isupper() and not imported.isupper()
        return top(module) == "models" and is_class and not imported.endswith("Error")

    assert offences("models", is_offence) == []


def test_kinds_are_found_by_name_not_by_if():
    found = []
    for name in python_files("models") + python_files("wizards") + python_files("controllers"):
        for node in ast.walk(tree(name)):
            if isinstance(node, (ast.If, ast.IfExp)) and any(map(_compares_kind, ast.walk(node.test))):
                found.append(f"{name}:{node.lineno} {ast.unparse(node.test)}")
    assert found == []


def _compares_kind(node):
    if not isinstance(node, ast.Compare) or not isinstance(node.ops[0], ast.Eq):
        return False
    left = node.left
    name = left.id if isinstance(left, ast.Name) else getattr(left, "attr", "")
    right = node.comparators[0]
    return name == "kind" and isinstance(right, ast.Constant) and isinstance(right.value, str)
