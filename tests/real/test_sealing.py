"""Sealing, checking and restoring in real processes."""

import json
import os
import signal
import subprocess
import threading
import time
from pathlib import Path

import pytest

from ground import databases
from ground.settings import ADDONS, PYTHON, STATE
from harness import connect, database, query, shell

ROWS = 60_000
FILL = f"""
log = env["ai.audit.log"]
common = log._common_values("opened")
for first in range(0, {ROWS}, 5000):
    values = [{{**common, "company_id": 1, "suggestion_id": 0, "res_model": "res.company", "res_id": number}}
              for number in range(first, first + 5000)]
    log._insert([log._prepare_row(value, {{"n": value["res_id"]}}, []) for value in values])
"""
SEAL = 'result = env["ai.audit.seal"]._seal()'
VERIFY = 'result = env["ai.audit.log"].verify_chain()'
APPEND = 'env["ai.audit.log"]._append("opened", env.company)'


@pytest.fixture(scope="module")
def filled():
    with database() as name:
        shell(name, FILL)
        yield name


def start_shell(name, code):
    command = [PYTHON, "-m", "odoo", "shell", "-d", name, "--no-http", "--log-level=warn"]
    command += ["--addons-path", str(ADDONS), "--shell-interface=python"]
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=STATE
    )
    process.stdin.write(code + "\n")
    process.stdin.close()
    return process


def seal_count(name):
    return query(name, "SELECT count(*) FROM ai_audit_seal")[0][0]


def wait_for_seals(name, process):
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        if seal_count(name):
            return
        time.sleep(0.005)
    raise AssertionError("no seal was seen before the sealer ended")


def test_a_killed_sealer_loses_nothing_and_seals_nothing_twice(filled):
    # A batch is committed at a time; small ones leave time to die between two.
    code = "import importlib; m = importlib.import_module('odoo.addons.ai_bookkeeper.models.audit.ai_audit_seal')\n"
    process = start_shell(filled, f"{code}m.BATCH = 500\n{SEAL}")
    wait_for_seals(filled, process)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    partial = seal_count(filled)
    assert 0 < partial < ROWS
    rest = shell(filled, SEAL)
    assert partial <= ROWS and rest > 0
    report = shell(filled, VERIFY)
    assert report["ok"], report["problems"]
    assert report["unsealed"] == 0
    [(doubles,)] = query(filled, "SELECT count(*) - count(DISTINCT log_id) FROM ai_audit_seal")
    assert doubles == 0


def test_sealers_and_writers_at_once(filled):
    """Three sealers and four writers: no writer waits for a seal, every row is sealed once, late commits too."""
    columns = "version, event, at, user_id, key_id, company_id, suggestion_id, res_model, res_id, payload, digest"
    copy = f"INSERT INTO ai_audit_log ({columns}) SELECT {columns} FROM ai_audit_log WHERE event = 'opened' LIMIT 1"
    late = connect(filled)
    late.autocommit = False
    with late.cursor() as cursor:
        # A number is drawn early and committed last.
        cursor.execute(copy)
    slowest = []

    def write():
        connection = connect(filled)
        with connection.cursor() as cursor:
            for _turn in range(150):
                started = time.monotonic()
                cursor.execute(copy)
                slowest.append(time.monotonic() - started)
        connection.close()

    sealers = [start_shell(filled, "for turn in range(15):\n    env['ai.audit.seal']._seal()\n\n") for _n in range(3)]
    writers = [threading.Thread(target=write) for _n in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    for sealer in sealers:
        output = sealer.stdout.read()
        assert sealer.wait() == 0, output
        assert "Traceback" not in output, output
    late.commit()
    late.close()
    shell(filled, SEAL)
    rows, seals, distinct = query(
        filled,
        "SELECT (SELECT count(*) FROM ai_audit_log), count(*), count(DISTINCT log_id) FROM ai_audit_seal",
    )[0]
    assert rows == seals == distinct
    report = shell(filled, VERIFY)
    assert report["ok"], report["problems"][:3]
    assert max(slowest) < 5, max(slowest)


def ask(name, *arguments):
    """The command line, as an operator calls it."""
    command = [PYTHON, "-m", "odoo", f"--addons-path={ADDONS}", "ai_audit", "-d", name, "--addons-path", str(ADDONS)]
    return subprocess.run([*command, *arguments], capture_output=True, text=True, cwd=STATE, check=False)


def test_a_restored_backup_shows_beside_an_anchor(tmp_path):
    with database() as name:
        shell(name, f"{APPEND}\nenv.cr.commit()\n{SEAL}")
        backup = databases.fresh_name("backup")
        databases.copy(name, backup)
        try:
            shell(name, f"for turn in range(5):\n    {APPEND}\n\nenv.cr.commit()\n{SEAL}")
            anchor = shell(
                name,
                'anchor = env["ai.audit.anchor"]._take()[:1]\nimport json\nresult = json.loads(anchor.document)',
            )
            file = Path(tmp_path) / "anchor.json"
            file.write_text(json.dumps(anchor))
            whole = ask(name, "--anchor", str(file))
            assert whole.returncode == 0, whole.stdout + whole.stderr
            assert "1 from outside" in whole.stdout
            alone = ask(backup)
            assert alone.returncode == 0, alone.stdout + alone.stderr
            restored = ask(backup, "--anchor", str(file), "--json")
            assert restored.returncode == 1, restored.stdout + restored.stderr
            assert json.loads(restored.stdout)["counts"] == {"restored_backup": 1}
            # The restored one goes on, past the number that had been anchored.
            shell(
                backup, f"for turn in range(9):\n    {APPEND}\n\nenv.cr.commit()\nimport time; time.sleep(1.1)\n{SEAL}"
            )
            went_on = ask(backup, "--anchor", str(file), "--json")
            assert json.loads(went_on.stdout)["counts"] == {"restored_backup": 1}
        finally:
            databases.drop(backup)


def test_the_command_line_finds_tampering():
    with database() as name:
        shell(name, f"for turn in range(3):\n    {APPEND}\n\nenv.cr.commit()\n{SEAL}")
        query(name, "ALTER TABLE ai_audit_log DISABLE TRIGGER USER; UPDATE ai_audit_log SET user_id = 99 WHERE id = 2")
        found = ask(name)
        assert found.returncode == 1, found.stdout + found.stderr
        assert "Row 2 of the log was changed" in found.stdout
        assert ask(name, "--anchor", "/no/such/file").returncode == 2
