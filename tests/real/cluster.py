"""A PostgreSQL server of one test's own: it may be stopped, restarted and killed without harming anybody else.

    with Cluster(template, fsync=True) as cluster:
        with Server(cluster.name) as server:   # a copy of that database of the shared cluster
            cluster.restart()

Inside, PGHOST and Odoo's configuration name this cluster, for all that the test starts.
"""

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path

from ground import databases
from harness import configuration

SETTINGS = """
listen_addresses = ''
max_connections = 200
shared_buffers = 256MB
work_mem = 16MB
max_wal_size = 2GB
fsync = {durable}
full_page_writes = {durable}
synchronous_commit = {durable}
"""
USER = "odoo"


def _programs():
    """The folder of initdb and pg_ctl: the newest that is installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    for folder in [*found, *(Path(shutil.which("initdb") or "/none").resolve().parents[:1])]:
        if (folder / "initdb").exists():
            return folder
    raise AssertionError("no initdb on this machine")


class Cluster:
    def __init__(self, template, fsync=False, settings=""):
        # Named by the caller before PGHOST changes: templates are made in the shared cluster.
        self.template = template
        self.fsync = fsync
        self.settings = settings
        self.name = None
        self._configuration = None

    def __enter__(self):
        self._programs = _programs()
        self.folder = Path(tempfile.mkdtemp(prefix="aib-pg-"))
        self._before = {name: os.environ.get(name) for name in ("PGHOST", "PGPORT", "PGUSER", "ODOO_RC")}
        if os.geteuid() == 0:
            # The server refuses to run as root.
            shutil.chown(self.folder, self._owner())
        self._run("initdb", "-D", self._data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
        with open(self._data / "postgresql.conf", "a") as file:
            file.write(SETTINGS.format(durable="on" if self.fsync else "off") + self.settings + "\n")
        try:
            self.start()
            os.environ.update(PGHOST=str(self.folder), PGPORT="5432", PGUSER="postgres")
            self._create_role()
            self._configuration = configuration(self.folder.name, db_host=self.folder, db_port=5432, db_user=USER)
            os.environ.update(PGUSER=USER, ODOO_RC=str(self._configuration))
            self.name = self._copy()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_error):
        with contextlib.suppress(subprocess.CalledProcessError):
            self.stop("immediate")
        if self.name:
            shutil.rmtree(databases.FILESTORE / self.name, ignore_errors=True)
        if self._configuration:
            self._configuration.unlink(missing_ok=True)
        for name, value in self._before.items():
            os.environ.pop(name, None) if value is None else os.environ.update({name: value})
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def _data(self):
        return self.folder / "data"

    @staticmethod
    def _owner():
        names = [entry.pw_name for entry in pwd.getpwall()]
        return "postgres" if "postgres" in names else "nobody"

    def _run(self, program, *arguments):
        command = [str(self._programs / program), *map(str, arguments)]
        if os.geteuid() == 0:
            owner = pwd.getpwnam(self._owner())
            command = [
                "setpriv",
                f"--reuid={owner.pw_uid}",
                f"--regid={owner.pw_gid}",
                "--clear-groups",
                "--",
                *command,
            ]
        with open(os.devnull, "w") as nothing:
            subprocess.run(command, cwd="/", check=True, stdout=nothing, stderr=subprocess.STDOUT)

    def _create_role(self):
        databases._execute(f"CREATE ROLE {USER} LOGIN CREATEDB")

    def start(self):
        options = f"-k {self.folder} -p 5432"
        self._run("pg_ctl", "start", "-w", "-t", "60", "-D", self._data, "-l", self.folder / "log", "-o", options)

    def stop(self, mode="fast"):
        """``fast`` ends sessions with 57P01; ``immediate`` is a crash: recovery follows at the next start."""
        self._run("pg_ctl", "stop", "-w", "-m", mode, "-D", self._data)

    def restart(self, mode="fast"):
        self.stop(mode)
        self.start()

    def _copy(self):
        name = databases.fresh_name("cluster")
        dump = self.folder / "template.dump"
        shared = {**os.environ, **{key: value for key, value in self._before.items() if value is not None}}
        subprocess.run(["pg_dump", "-Fc", "-Z0", "-f", dump, self.template], env=shared, check=True)
        databases._execute(f'CREATE DATABASE "{name}"')
        subprocess.run(["pg_restore", "-O", "-x", "-j", "2", "-d", name, dump], check=True)
        dump.unlink()
        databases._copy_filestore(self.template, name)
        return name
