"""Code that runs inside `odoo shell` on a database, with `env`."""

import json
import subprocess
import sys
import textwrap

from .settings import ADDONS, PYTHON, STATE

RESULT_MARK = "AIB-RESULT:"


class ShellError(AssertionError):
    """The code raised; the text is the end of what Odoo said."""


def run(database, code, addons=(ADDONS,), tell=False):
    """Run `code`, commit, and return what it left in `result` (as JSON). `tell` passes its output on."""
    script = "\n".join(
        (
            "result = None",
            textwrap.dedent(code),
            "env.cr.commit()",
            f"import json; print({RESULT_MARK!r} + json.dumps(result, default=str))",
        )
    )
    command = [PYTHON, "-m", "odoo", "shell", "-d", database, "--no-http", "--log-level=warn"]
    command += ["--addons-path", ",".join(map(str, addons)), "--shell-interface=python"]
    # Odoo runs what comes through a pipe as one module, so the code may hold functions and loops.
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=STATE
    )
    process.stdin.write(script)
    process.stdin.close()
    lines = []
    for line in process.stdout:
        if line.startswith(RESULT_MARK):
            process.stdout.read()
            process.wait()
            return json.loads(line[len(RESULT_MARK) :])
        lines.append(line)
        if tell:
            sys.stdout.write(line)
            sys.stdout.flush()
    process.wait()
    raise ShellError(f"the code in odoo shell failed:\n{''.join(lines)[-5000:]}")
