"""Real Odoo servers on copies of the template database, for tests of what only real processes show.

    with database() as name, Server(name) as server:
        key = api_key(name, "admin")
        server.call("ai.suggestion", "propose", key=key, model="...", res_ids=[1])

`bin/test real` runs these tests with plain pytest, outside Odoo; `import harness` finds this module.
"""

import ctypes
import hashlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import requests

CHECKOUT = Path(os.environ.get("AIB_CHECKOUT") or Path(__file__).resolve().parents[2])
if str(CHECKOUT / "bin" / "lib") not in sys.path:
    sys.path.append(str(CHECKOUT / "bin" / "lib"))

from ground import databases, templates  # noqa: E402
from ground import shell as ground_shell  # noqa: E402
from ground.settings import ADDONS, KEY, PYTHON, STATE  # noqa: E402

START_SECONDS = 90
STOP_SECONDS = 30
CALL_SECONDS = 120
PR_SET_PDEATHSIG = 1
#: Beside the checkout's addons: those that only tests load.
TEST_ADDONS = CHECKOUT / "tests" / "addons"
CRASHING = (ADDONS, TEST_ADDONS)


def configuration(purpose="real", **replaced):
    """A configuration file of Odoo for these tests: the checkout's, and what listens on this machine may be reached.

    :param replaced: options with other values than there
    """
    path = STATE / f"{purpose}.conf"
    options = {"ai_bookkeeper_allow_networks": "127.0.0.0/8", **replaced}
    known = (STATE / "odoo.conf").read_text().splitlines()
    kept = [line for line in known if line.partition("=")[0].strip() not in options]
    text = "\n".join([*kept, *(f"{name} = {value}" for name, value in options.items())]) + "\n"
    # Another process of tests may be reading the same file at this moment.
    unfinished = path.with_suffix(f".{os.getpid()}")
    unfinished.write_text(text)
    unfinished.replace(path)
    return path


os.environ["ODOO_RC"] = str(configuration())


class ApiError(Exception):
    """A call that the server answered with an error; `status` and `body` as they came."""

    def __init__(self, status, body):
        name = body.get("name") if isinstance(body, dict) else ""
        message = body.get("message") if isinstance(body, dict) else body
        super().__init__(f"{status} {name}: {message}")
        self.status = status
        self.body = body


@contextmanager
def database(source=None):
    """A copy of `source` (the installed addon when not given), dropped at the end."""
    with databases.copied(source or templates.addon(), "real") as name:
        yield name


def crash_template():
    """The template with the addons of tests beside it: crashes at named places, and a connector to a fake system."""
    names = sorted(path.parent.name for path in TEST_ADDONS.glob("*/__manifest__.py"))
    digest = hashlib.sha256()
    for path in sorted(TEST_ADDONS.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            digest.update(path.read_bytes())
    source = templates.addon()
    key = hashlib.sha256(f"{source} {digest.hexdigest()}".encode()).hexdigest()[:10]
    return templates._ensure(f"aib_{KEY}_crash_{key}", source, ",".join(names), CRASHING)


def connect(name):
    """A psycopg2 connection in autocommit, to look at what is really committed."""
    connection = databases.connect(name)
    connection.autocommit = True
    return connection


def query(name, statement, parameters=()):
    connection = connect(name)
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement, parameters or None)
            return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()


def shell(name, code, addons=(ADDONS,)):
    """Run `code` in `odoo shell` with `env`, commit, and return what it left in `result` (JSON)."""
    return ground_shell.run(name, code, addons)


def api_key(name, login, days=1):
    """A real key of scope `rpc` for the user with that login."""
    return shell(
        name,
        f"""
        from datetime import datetime, timedelta
        user = env["res.users"].search([("login", "=", {login!r})])
        keys = env["res.users.apikeys"].with_user(user)
        result = keys._generate("rpc", "real test", datetime.now() + timedelta(days={days}))
        """,
    )


def create_user(name, login, groups):
    """A user with a password equal to its login, and only the groups named (XML ids); returns a key."""
    return shell(
        name,
        f"""
        from datetime import datetime, timedelta
        groups = [env.ref(xmlid).id for xmlid in {list(groups)!r}]
        user = env["res.users"].with_context(no_reset_password=True).create({{
            "name": {login!r}, "login": {login!r}, "password": {login!r}, "group_ids": [(6, 0, groups)],
        }})
        keys = env["res.users.apikeys"].with_user(user)
        result = keys._generate("rpc", "real test", datetime.now() + timedelta(days=1))
        """,
    )


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _end_with_parent():
    """A test run that is killed leaves no server behind."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Server:
    """One Odoo server (a group of processes when `workers` > 0) on a database of its own.

    Crons do not run unless `crons` says how many threads; `options` go to Odoo as they are.
    """

    def __init__(self, name, workers=0, crons=0, options=(), addons=(ADDONS,), environment=None):
        self.database = name
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.arguments = [
            *("-d", name, "--db-filter", f"^{name}$", "-p", str(self.port)),
            *("--gevent-port", str(free_port()), "--workers", str(workers)),
            *("--max-cron-threads", str(crons), "--http-interface", "127.0.0.1"),
            *("--addons-path", ",".join(map(str, addons)), "--log-level=info"),
            *options,
        ]
        self.environment = {**os.environ, **(environment or {})}
        self.process = None
        self.logfile = None

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_error):
        self.stop()
        Path(self.logfile).unlink(missing_ok=True)

    @property
    def pid(self):
        return self.process.pid

    @property
    def log(self):
        return Path(self.logfile).read_text(errors="replace")

    def start(self):
        """Start, or start again after `stop` or `kill`; the log goes on in the same file."""
        if self.logfile is None:
            handle, self.logfile = tempfile.mkstemp(prefix="aib-server-", suffix=".log")
            os.close(handle)
        with open(self.logfile, "ab") as log:
            self.process = subprocess.Popen(
                [PYTHON, "-m", "odoo", *self.arguments],
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=STATE,
                env=self.environment,
                start_new_session=True,
                preexec_fn=_end_with_parent,
            )
        try:
            self._wait_until_ready()
        except BaseException:
            self.kill()
            raise

    def _wait_until_ready(self):
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise AssertionError(f"the server ended with {self.process.returncode}:\n{self.log[-4000:]}")
            if self._answers():
                return
            time.sleep(0.2)
        raise AssertionError(f"the server is not ready after {START_SECONDS} s:\n{self.log[-4000:]}")

    def _answers(self):
        # The login page comes only when the registry is loaded.
        try:
            return self.get("/web/login", timeout=30).status_code == http.client.OK
        except requests.RequestException:
            return False

    def stop(self):
        """End in order; what does not end in time is killed."""
        if self.process is None or self.process.poll() is not None:
            return
        os.kill(self.pid, signal.SIGTERM)
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self):
        """SIGKILL to the server and all its workers: what a power cut leaves behind."""
        if self.process.poll() is None:
            os.killpg(self.pid, signal.SIGKILL)
            self.process.wait()
        self._wait_until_disconnected()

    def _wait_until_disconnected(self):
        # PostgreSQL notices a killed client a moment later; until then its locks are held.
        for _attempt in range(50):
            rows = query("postgres", "SELECT 1 FROM pg_stat_activity WHERE datname = %s", (self.database,))
            if not rows:
                return
            time.sleep(0.1)

    def get(self, path, timeout=CALL_SECONDS, **options):
        return self._session().get(self.url + path, timeout=timeout, **options)

    def post(self, path, timeout=CALL_SECONDS, **options):
        return self._session().post(self.url + path, timeout=timeout, **options)

    @staticmethod
    def _session():
        session = requests.Session()
        # A proxy of the machine has no business between two processes of a test.
        session.trust_env = False
        return session

    def call(self, model, method, /, key, headers=None, **parameters):
        """JSON-2: what the method returned, or ApiError."""
        reply = self.post(
            f"/json/2/{model}/{method}",
            json=parameters,
            headers={"Authorization": f"Bearer {key}", **(headers or {})},
        )
        try:
            body = reply.json()
        except ValueError:
            body = reply.text
        if reply.status_code != http.client.OK:
            raise ApiError(reply.status_code, body)
        return body


def wait_for(condition, seconds=30, pause=0.1):
    """What `condition` returns once it is true; an AssertionError if that never comes."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        value = condition()
        if value:
            return value
        time.sleep(pause)
    raise AssertionError(f"did not become true in {seconds} s: {condition}")
