"""bin/demo: a database with the addon and the company that demo/build.py makes, then a server on it."""

import argparse
import os
import socket
import sys
import time

from . import databases, shell, templates
from .settings import CHECKOUT, KEY, PYTHON, STATE, say

DATABASE = f"ai_bookkeeper_demo_{KEY}"
BUILDER = CHECKOUT / "demo" / "build.py"
FIRST_PORT = 8069
# `build(env)` fills the books and may return [[login, password, role], ...].
BUILD = """
import runpy, sys
sys.path.append({checkout!r})
result = runpy.run_path({builder!r})["build"](env)
"""
DEFAULT_LOGINS = [["admin", "admin", "administrator"]]


def _stamp():
    return STATE / "demo"


def _build(name):
    if not BUILDER.exists():
        say(f"no {BUILDER.relative_to(CHECKOUT)}: the company stays empty")
        return DEFAULT_LOGINS
    say("building the demo company ...")
    code = BUILD.format(checkout=str(CHECKOUT), builder=str(BUILDER))
    return shell.run(name, code, tell=True) or DEFAULT_LOGINS


def create():
    started = time.monotonic()
    unfinished = f"{DATABASE}_new"
    databases.drop(unfinished)
    databases.copy(templates.addon(), unfinished)
    logins = _build(unfinished)
    databases.drop(DATABASE)
    databases.rename(unfinished, DATABASE)
    _remember(logins)
    say(f"built in {time.monotonic() - started:.0f} s")


def _remember(logins):
    lines = [templates.addon_key(), *("\t".join(map(str, login)) for login in logins)]
    _stamp().write_text("\n".join(lines) + "\n")


def _known():
    """The addon's key when the demo was last brought up to date, and the logins."""
    try:
        key, *lines = _stamp().read_text().splitlines()
    except (OSError, ValueError):
        return "", DEFAULT_LOGINS
    return key, [line.split("\t") for line in lines]


def refresh():
    """The demo's data stay; the addon is upgraded when its files changed."""
    key, logins = _known()
    if key != templates.addon_key():
        say("the addon changed, upgrading the demo ...")
        templates.run_odoo("-d", DATABASE, "-u", templates.ADDON_NAME, "--stop-after-init")
        _remember(logins)


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
    command = [PYTHON, "-m", "odoo", "-d", DATABASE, "--db-filter", f"^{DATABASE}$"]
    os.execv(PYTHON, [*command, "-p", str(port), "--log-level=warn"])


def tell_logins(port):
    print(f"\nOpen http://127.0.0.1:{port}/odoo  (Ctrl-C ends it)\n")
    for login, password, role in _known()[1]:
        print(f"  {role:<28} login {login:<12} password {password}")
    print(flush=True)


def arguments(words):
    parser = argparse.ArgumentParser(prog="bin/demo", description=__doc__)
    parser.add_argument("--fresh", action="store_true", help="build the database anew")
    parser.add_argument("--no-serve", action="store_true", help="only build it")
    parser.add_argument("--port", type=int, help=f"default: the first free one from {FIRST_PORT} on")
    return parser.parse_args(words)


def main(words):
    options = arguments(words)
    with templates.locked(DATABASE):
        if options.fresh or not databases.exists(DATABASE):
            create()
        else:
            refresh()
    say(f"database {DATABASE}")
    if not options.no_serve:
        port = options.port or free_port()
        tell_logins(port)
        serve(port)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except (templates.InstallError, shell.ShellError) as error:
        raise SystemExit(f"error: {error}")
