"""Template databases, made once for what they hold and copied for every use."""

import fcntl
import hashlib
import os
import subprocess
import time
from contextlib import contextmanager

from . import databases
from .settings import ADDONS, CACHE, CHECKOUT, KEY, ODOO_PATH, PYTHON, STATE, say

ADDON_NAME = "ai_bookkeeper"
# What cannot change an installed database does not belong to its key.
NOT_INSTALLED = {".ci", ".git", "benchmarks", "bin", "docs", "tests", "__pycache__"}
KEPT_ADDON_TEMPLATES = 4
#: Addons that only tests install; this folder is on their addons path, and on no other.
TEST_ADDONS = CHECKOUT / "tests" / "addons"
OCA_PACKAGES = (
    "odoo-addon-account-reconcile-oca==19.0.*",
    "odoo-addon-account-statement-base==19.0.*",
)
QUEUE_PACKAGES = ("odoo-addon-queue-job==19.0.*",)
QUEUE_LIBRARIES = ("openupgradelib",)


class InstallError(Exception):
    """An Odoo command failed; the text is the end of its log."""


def odoo_key():
    release = (ODOO_PATH / "odoo" / "release.py").read_bytes()
    return f"{ODOO_PATH.resolve()} {hashlib.sha256(release).hexdigest()}"


def _installed_files():
    for folder, folders, files in os.walk(CHECKOUT):
        folders[:] = sorted(name for name in folders if name not in NOT_INSTALLED)
        for name in sorted(files):
            if not name.endswith((".md", ".toml", ".pyc")):
                yield os.path.join(folder, name)


def addon_key():
    digest = hashlib.sha256(odoo_key().encode())
    for path in _installed_files():
        digest.update(os.path.relpath(path, CHECKOUT).encode())
        with open(path, "rb") as file:
            digest.update(hashlib.sha256(file.read()).digest())
    return digest.hexdigest()[:10]


@contextmanager
def locked(name):
    with open(CACHE / f"{name}.lock", "w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def run_odoo(*arguments, addons=(ADDONS,), environment=None):
    """Run Odoo to its end and return its log; the log's tail is the error."""
    command = [PYTHON, "-m", "odoo", "--addons-path", ",".join(map(str, addons)), *arguments]
    done = subprocess.run(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        cwd=STATE,
        env={**os.environ, **(environment or {})},
    )
    if done.returncode:
        raise InstallError("\n".join(done.stdout.splitlines()[-60:]))
    return done.stdout


def install(database, modules, addons=(ADDONS,), environment=None):
    return run_odoo("-d", database, "-i", modules, "--stop-after-init", addons=addons, environment=environment)


def _ensure(name, source, modules, addons=(ADDONS,), environment=None):
    with locked(name):
        if databases.exists(name):
            return name
        started = time.monotonic()
        say(f"making the database {name} ({modules}) ...")
        unfinished = f"{name}_new"
        databases.drop(unfinished)
        if source:
            databases.copy(source, unfinished)
        try:
            install(unfinished, modules, addons, environment)
        except InstallError:
            databases.drop(unfinished)
            raise
        databases.rename(unfinished, name)
        say(f"made {name} in {time.monotonic() - started:.0f} s")
    return name


def _base_name(modules, salt=""):
    key = hashlib.sha256(f"{odoo_key()} {modules} {salt}".encode()).hexdigest()[:10]
    return f"aib_base_{key}"


def base(modules="account"):
    """A database with Odoo's own modules only; all checkouts share it."""
    source = None if modules == "account" else base("account")
    return _ensure(_base_name(modules), source, modules)


def addon():
    """A database with `account` and the addon as it stands in the checkout now."""
    prefix = f"aib_{KEY}_addon_"
    name = _ensure(f"{prefix}{addon_key()}", base(), ADDON_NAME)
    _forget_older(prefix, name)
    return name


def test_addon_names():
    """Those that have tests of their own."""
    return sorted(path.parent.name for path in TEST_ADDONS.glob("*/tests"))


def with_test_addon(name):
    """A database with the addon and one of `tests/addons` as they stand in the checkout now."""
    digest = hashlib.sha256(addon_key().encode())
    for path in sorted((TEST_ADDONS / name).rglob("*")):
        if path.is_file() and path.suffix != ".pyc" and "tests" not in path.relative_to(TEST_ADDONS).parts:
            digest.update(str(path.relative_to(TEST_ADDONS)).encode() + path.read_bytes())
    prefix = f"aib_{KEY}_{name.replace('_', '')}_"
    found = _ensure(f"{prefix}{digest.hexdigest()[:10]}", addon(), name, addons=(ADDONS, TEST_ADDONS))
    _forget_older(prefix, found)
    return found


def _forget_older(prefix, current):
    stamps = STATE / "templates"
    stamps.mkdir(exist_ok=True)
    (stamps / current).touch()
    known = [name for name in databases.names(prefix) if not name.endswith("_new")]
    ages = {name: (stamps / name).stat().st_mtime if (stamps / name).exists() else 0 for name in known}
    for name in sorted(known, key=ages.get, reverse=True)[KEPT_ADDON_TEMPLATES:]:
        databases.drop(name)
        (stamps / name).unlink(missing_ok=True)


def _fetched(packages):
    """A folder with these packages. OCA's name `odoo` as a requirement that no index holds: without dependencies."""
    key = hashlib.sha256(" ".join(packages).encode()).hexdigest()[:10]
    target = CACHE / f"oca-{key}"
    with locked("oca"):
        if not (target / "complete").exists():
            command = [PYTHON, "-m", "pip", "install", "-q", "--no-deps", "--upgrade"]
            done = subprocess.run(
                [*command, "--target", str(target), *packages], capture_output=True, text=True, check=False
            )
            if done.returncode:
                raise InstallError(done.stderr[-2000:])
            (target / "complete").touch()
    return target


def oca_addons():
    """The folder with OCA's account_reconcile_oca."""
    return _fetched(OCA_PACKAGES) / "odoo" / "addons"


def oca_base():
    """A database with `account` and OCA's account_reconcile_oca."""
    modules, folder = "account_reconcile_oca", oca_addons()
    return _ensure(_base_name(modules, str(folder)), base(), modules, addons=(folder,))


def queue_job_addons():
    """The folder with OCA's queue_job."""
    return _fetched(QUEUE_PACKAGES) / "odoo" / "addons"


def queue_job_environment():
    """What processes need that run it: the library that its manifest names, away from OCA's own modules."""
    known = os.environ.get("PYTHONPATH")
    return {"PYTHONPATH": os.pathsep.join(filter(None, (str(_fetched(QUEUE_LIBRARIES)), known)))}


def with_queue_job():
    """A database with the addon as it stands in the checkout now, and OCA's queue_job installed after it."""
    prefix, folder = f"aib_{KEY}_queuejob_", queue_job_addons()
    key = hashlib.sha256(f"{addon_key()} {folder}".encode()).hexdigest()[:10]
    found = _ensure(
        f"{prefix}{key}", addon(), "queue_job", addons=(ADDONS, folder), environment=queue_job_environment()
    )
    _forget_older(prefix, found)
    return found
