"""What bin/package ships installs, and holds nothing of the workshop."""

import subprocess
import zipfile

import pytest

from ground import templates
from ground.settings import PYTHON
from harness import CHECKOUT, database, query

NOT_SHIPPED = ("bin", "benchmarks", ".ci", ".git", ".gitignore", ".gitattributes")


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    output = tmp_path_factory.mktemp("package")
    subprocess.run([CHECKOUT / "bin" / "package", "--output", output], check=True, capture_output=True)
    return output


def test_archive_holds_one_folder_and_nothing_of_the_workshop(package):
    names = zipfile.ZipFile(next(package.glob("*.zip"))).namelist()
    assert {name.split("/")[0] for name in names} == {"ai_bookkeeper"}
    assert "ai_bookkeeper/__manifest__.py" in names
    assert [name for name in names if name.split("/")[1] in NOT_SHIPPED] == []


def test_wheel_installs_into_a_database(package, tmp_path):
    wheel = next(package.glob("*.whl"))
    command = [PYTHON, "-m", "pip", "install", "-q", "--no-deps", "--target", tmp_path, wheel]
    subprocess.run(command, check=True, capture_output=True)
    addons = tmp_path / "odoo" / "addons"
    with database(templates.base()) as name:
        templates.install(name, "ai_bookkeeper", addons=(addons,))
        rows = query(name, "SELECT state FROM ir_module_module WHERE name = 'ai_bookkeeper'")
        assert rows == [("installed",)]
