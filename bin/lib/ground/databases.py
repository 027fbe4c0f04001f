"""Databases with their file stores: list, copy, rename, drop."""

import os
import shutil
import subprocess
import time
from contextlib import closing, contextmanager

import psycopg2

from .settings import CACHE, KEY

FILESTORE = CACHE / "data" / "filestore"
#: Where the addon notes the last event of each database, outside of it, to notice one that was restored.
MARKS = CACHE / "data" / "ai_bookkeeper" / "sync"
COPY_ATTEMPTS = 5


def connect(database):
    """A psycopg2 connection; PGHOST, PGPORT and PGUSER come from the environment."""
    return psycopg2.connect(dbname=database)


def _execute(statement, parameters=()):
    connection = connect("postgres")
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement, parameters)
            return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()


def names(prefix=""):
    rows = _execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", (prefix,))
    return sorted(row[0] for row in rows)


def exists(name):
    return name in names(name)


def drop(name):
    for attempt in range(COPY_ATTEMPTS):
        try:
            _execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            break
        except psycopg2.errors.InsufficientPrivilege:
            # Autovacuum is at work there, which only a superuser may end; it ends by itself in a moment.
            if attempt == COPY_ATTEMPTS - 1:
                raise
            time.sleep(1 + attempt)
    shutil.rmtree(FILESTORE / name, ignore_errors=True)
    _mark(name).unlink(missing_ok=True)


def _mark(name):
    return MARKS / f"{name}.json"


def rename(old, new):
    _execute(f'ALTER DATABASE "{old}" RENAME TO "{new}"')
    # Of a database of that name whose cluster is gone: caches may outlive it.
    shutil.rmtree(FILESTORE / new, ignore_errors=True)
    if (FILESTORE / old).exists():
        (FILESTORE / old).rename(FILESTORE / new)
    _mark(new).unlink(missing_ok=True)
    if _mark(old).exists():
        _mark(old).rename(_mark(new))


def copy(source, target):
    for attempt in range(COPY_ATTEMPTS):
        try:
            _execute(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')
            break
        except psycopg2.errors.ObjectInUse:
            # Another copy, or autovacuum, has the source open for a moment.
            if attempt == COPY_ATTEMPTS - 1:
                raise
            time.sleep(1 + attempt)
    _copy_filestore(source, target)


def _copy_filestore(source, target):
    if (FILESTORE / source).exists():
        # Stored files are named by their content and never changed, so links are as good as copies.
        shutil.rmtree(FILESTORE / target, ignore_errors=True)
        shutil.copytree(FILESTORE / source, FILESTORE / target, copy_function=os.link)


def fresh_name(purpose):
    """A name that no other process of no other checkout uses."""
    return f"aib_{KEY}_{purpose}_{os.getpid()}_{time.monotonic_ns() % 10**9}"


@contextmanager
def copied(source, purpose="copy"):
    name = fresh_name(purpose)
    try:
        copy(source, name)
        yield name
    finally:
        drop(name)


def keep_statistics(name):
    """No autovacuum on its tables. Tests hold their rows in transactions that are rolled back: what it measures
    meanwhile are empty tables, and the plans that follow from that took minutes for a query."""
    with closing(connect(name)) as connection, connection, connection.cursor() as cursor:
        cursor.execute(
            """DO $$ DECLARE t regclass; BEGIN
                 FOR t IN SELECT oid FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace LOOP
                   EXECUTE format('ALTER TABLE %s SET (autovacuum_enabled = false)', t);
                 END LOOP;
               END $$"""
        )


def drop_orphans():
    """Copies whose process ended without dropping them."""
    for name in names(f"aib_{KEY}_"):
        parts = name.split("_")
        if len(parts) == 5 and parts[3].isdigit() and parts[4].isdigit() and not _is_alive(int(parts[3])):
            drop(name)


def _is_alive(pid):
    return subprocess.run(["kill", "-0", str(pid)], capture_output=True, check=False).returncode == 0
