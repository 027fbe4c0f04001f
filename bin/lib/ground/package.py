"""bin/package: what users get, an archive with a folder named ai_bookkeeper and a wheel."""

import argparse
import ast
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from .settings import CHECKOUT, PYTHON, say

NAME = "ai_bookkeeper"
# The wheel puts the addon where Odoo's namespace package finds it.
PLACE = Path("odoo") / "addons" / NAME
SETUP = """from setuptools import find_namespace_packages, setup

setup(
    version={version!r},
    packages=find_namespace_packages(include=["odoo.addons.{name}", "odoo.addons.{name}.*"]),
    package_data={{"": ["*", "**/*"]}},
)
"""


def _git(*arguments, **options):
    return subprocess.run(["git", "-C", str(CHECKOUT), *arguments], check=True, **options)


def _version(commit):
    text = _git("show", f"{commit}:__manifest__.py", capture_output=True, text=True).stdout
    return ast.literal_eval(text)["version"]


def _archive(commit, target, *options):
    _git("archive", "--worktree-attributes", *options, "-o", str(target), commit)
    return target


def archive(commit, version, output):
    return _archive(commit, output / f"{NAME}-{version}.zip", f"--prefix={NAME}/")


def wheel(commit, version, output):
    with tempfile.TemporaryDirectory(prefix="aib-wheel-") as folder:
        stage = Path(folder)
        tar = _archive(commit, stage / "addon.tar", f"--prefix={PLACE}/")
        subprocess.run(["tar", "-xf", tar, "-C", stage], check=True)
        tar.unlink()
        for name in ("pyproject.toml", "README.md", "LICENSE"):
            shutil.copy(stage / PLACE / name, stage / name)
        (stage / "setup.py").write_text(SETUP.format(version=version, name=NAME))
        command = [PYTHON, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(output), str(stage)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(f"error: the wheel was not built\n{done.stdout[-3000:]}{done.stderr[-3000:]}")
    return next(output.glob(f"{NAME}-{version}-*.whl"))


def main(words):
    parser = argparse.ArgumentParser(prog="bin/package", description=__doc__)
    parser.add_argument("--output", type=Path, default=CHECKOUT / "dist")
    parser.add_argument("commit", nargs="?", default="HEAD")
    options = parser.parse_args(words)
    output = options.output.resolve()
    output.mkdir(parents=True, exist_ok=True)
    if options.commit == "HEAD" and _git("status", "--porcelain", capture_output=True).stdout:
        say("note: changes that are not committed are not packed")
    version = _version(options.commit)
    print(archive(options.commit, version, output))
    print(wheel(options.commit, version, output))


if __name__ == "__main__":
    main(sys.argv[1:])
