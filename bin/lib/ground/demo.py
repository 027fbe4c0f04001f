"""bin/demo: a database with the addon and the company that demo/build.py makes, then a server on it."""

import argparse
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager

from . import databases, shell, templates
from .settings import CHECKOUT, KEY, PYTHON, STATE, say

DATABASE = f"ai_bookkeeper_demo_{KEY}"
BUILDER = CHECKOUT / "demo" / "build.py"
RECEIVER = CHECKOUT / "demo" / "receiver.py"
FILES = STATE / "demo-files"
FIRST_PORT = 8069
# `build(env)` fills the books and answers {"logins": [[login, password, role], ...], "seconds": of the proposing run,
# "files": {name: text} of files that the reader may import}.
BUILD = """
import sys
sys.path.append({checkout!r})
from demo.build import build
result = build(env)
"""
NOTHING_BUILT = {"logins": [["admin", "admin", "administrator"]], "seconds": 0.0}


def _stamp():
    return STATE / "demo"


def _build(name):
    if not BUILDER.exists():
        say(f"no {BUILDER.relative_to(CHECKOUT)}: the company stays empty")
        return NOTHING_BUILT
    say("building the demo company ...")
    with receiving():
        built = shell.run(name, BUILD.format(checkout=str(CHECKOUT)), tell=True) or NOTHING_BUILT
    _keep_files(built.pop("files", {}))
    return built


def _keep_files(files):
    shutil.rmtree(FILES, ignore_errors=True)
    FILES.mkdir()
    for name, text in files.items():
        (FILES / name).write_text(text)


def start_receiver():
    """What the demo's webhooks reach, on this machine only."""
    return subprocess.Popen([PYTHON, str(RECEIVER)], stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@contextmanager
def receiving():
    receiver = start_receiver()
    try:
        yield
    finally:
        receiver.terminate()
        receiver.wait()


def allow_receiver():
    """Addresses of the own network are refused unless the server's configuration file names them."""
    configuration = STATE / "demo.conf"
    told = (STATE / "odoo.conf").read_text()
    configuration.write_text(f"{told}ai_bookkeeper_allow_networks = 127.0.0.1/32\n")
    configuration.chmod(0o600)
    os.environ["ODOO_RC"] = str(configuration)


def create():
    started = time.monotonic()
    unfinished = f"{DATABASE}_new"
    databases.drop(unfinished)
    databases.copy(templates.addon(), unfinished)
    built = _build(unfinished)
    databases.drop(DATABASE)
    databases.rename(unfinished, DATABASE)
    _remember(built)
    say(f"built in {time.monotonic() - started:.0f} s")


def _remember(built):
    _stamp().write_text(json.dumps({**built, "key": templates.addon_key()}))


def _known():
    """What the last build answered, with the addon's key of that time."""
    try:
        return json.loads(_stamp().read_text())
    except (OSError, ValueError):
        return {**NOTHING_BUILT, "key": ""}


def refresh():
    """The demo's data stay; the addon is upgraded when its files changed."""
    known = _known()
    if known["key"] != templates.addon_key():
        say("the addon changed, upgrading the demo ...")
        templates.run_odoo("-d", DATABASE, "-u", templates.ADDON_NAME, "--stop-after-init")
        _remember(known)


def tell_table():
    """What became of the bank lines, as the database stands now."""
    if not BUILDER.exists():
        return
    sys.path.append(str(CHECKOUT))
    from demo import table

    connection = databases.connect(DATABASE)
    try:
        with connection.cursor() as cursor:
            print(table.render(cursor, _known()["seconds"]), flush=True)
    finally:
        connection.close()


def free_port(first=FIRST_PORT):
    for port in range(first, first + 100):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise SystemExit(f"error: no free port from {first} on")


def serve(port):
    # A child of the server that takes this process's place.
    start_receiver()
    command = [PYTHON, "-m", "odoo", "-d", DATABASE, "--db-filter", f"^{DATABASE}$"]
    os.execv(PYTHON, [*command, "-p", str(port), "--log-level=warn"])


def tell_logins(port):
    print(f"\nOpen http://127.0.0.1:{port}/odoo  (Ctrl-C ends it)\n")
    for login, password, role in _known()["logins"]:
        print(f"  {role:<28} login {login:<12} password {password}")
    if FILES.exists():
        print(f"\nFiles of an account that was kept by hand, to import in their order (docs/first-day.md):\n  {FILES}")
    print(flush=True)


def arguments(words):
    parser = argparse.ArgumentParser(prog="bin/demo", description=__doc__)
    parser.add_argument("--fresh", action="store_true", help="build the database anew")
    parser.add_argument("--no-serve", action="store_true", help="only build it")
    parser.add_argument("--port", type=int, help=f"default: the first free one from {FIRST_PORT} on")
    return parser.parse_args(words)


def main(words):
    options = arguments(words)
    allow_receiver()
    with templates.locked(DATABASE):
        if options.fresh or not databases.exists(DATABASE):
            create()
        else:
            refresh()
    say(f"database {DATABASE}")
    tell_table()
    if not options.no_serve:
        port = options.port or free_port()
        tell_logins(port)
        serve(port)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except (templates.InstallError, shell.ShellError) as error:
        raise SystemExit(f"error: {error}")
