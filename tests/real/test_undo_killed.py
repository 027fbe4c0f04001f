"""Undoing many lives through the death of the server: whole suggestions only, and the rest goes on."""

import threading
import time

import pytest
from test_proposing_together import LINE, REVIEWER, books

from harness import Server, create_user, database, query

COUNT = 500
UNDONE = "SELECT count(*) FROM ai_suggestion WHERE state = 'undone'"
#: A suggestion and its bank line tell the same story: applied and matched, or undone and open.
HALVES = """
    SELECT count(*) FROM ai_suggestion s JOIN account_bank_statement_line l ON l.id = s.res_id
     WHERE (s.state = 'undone' AND l.is_reconciled) OR (s.state = 'applied' AND NOT l.is_reconciled)
"""
#: Posted entries out of balance, and partial reconciliations of items that were taken back.
BROKEN = """
    SELECT (SELECT count(*) FROM (
                SELECT move_id FROM account_move_line WHERE parent_state = 'posted'
              GROUP BY move_id HAVING round(SUM(balance), 2) <> 0) AS uneven),
           (SELECT count(*) FROM ai_suggestion s
              JOIN account_bank_statement_line l ON l.id = s.res_id
              JOIN account_move_line i ON i.move_id = l.move_id
              JOIN account_partial_reconcile p ON i.id IN (p.debit_move_id, p.credit_move_id)
             WHERE s.state = 'undone')
"""


@pytest.fixture(scope="module")
def world():
    with database() as name:
        key = create_user(name, "undoer", ["base.group_user", REVIEWER])
        with Server(name) as server:
            yield name, server, key


def slices(server, key, wizard_id):
    """What the button in the dialog does; ends with the server."""
    while True:
        try:
            if not server.call("ai.suggestion.undo", "action_run_slice", key, ids=[wizard_id])["left"]:
                return
        except Exception:
            return


def test_a_kill_leaves_whole_suggestions_and_the_rest_goes_on(world):
    name, server, key = world
    lines = books(name, COUNT)
    ids = server.call("ai.suggestion", "propose", key, model=LINE, res_ids=lines)
    assert len(ids) == COUNT
    for start in range(0, COUNT, 100):
        server.call("ai.suggestion", "action_accept", key, ids=ids[start : start + 100])
    assert query(name, "SELECT count(*) FROM ai_suggestion WHERE state = 'applied'") == [(COUNT,)]
    wizard_id = server.call("ai.suggestion.undo", "create", key, vals_list=[{"scope": "criteria", "is_mine": True}])[0]
    began = time.monotonic()
    server.call("ai.suggestion.undo", "action_look", key, ids=[wizard_id])
    looked = time.monotonic() - began
    began = time.monotonic()
    worker = threading.Thread(target=slices, args=(server, key, wizard_id))
    worker.start()
    while query(name, UNDONE)[0][0] < 60:
        time.sleep(0.05)
    # In the middle of a slice: nothing waits for its end.
    time.sleep(0.3)
    server.kill()
    worker.join()
    [(done,)] = query(name, UNDONE)
    first = time.monotonic() - began
    assert 60 <= done < COUNT
    assert query(name, HALVES) == [(0,)]
    assert query(name, BROKEN) == [(0, 0)]
    server.start()
    began = time.monotonic()
    slices(server, key, wizard_id)
    rest = time.monotonic() - began
    assert query(name, UNDONE) == [(COUNT,)]
    assert query(name, HALVES) == [(0,)]
    assert query(name, BROKEN) == [(0, 0)]
    assert query(name, "SELECT step FROM ai_suggestion_undo WHERE id = %s", (wizard_id,)) == [("done",)]
    events = "SELECT count(*), count(DISTINCT suggestion_id) FROM ai_audit_log WHERE event = 'undone'"
    assert query(name, events) == [(COUNT, COUNT)], "each was undone once"
    print(f"dry run of {COUNT}: {looked:.1f} s; {done} in {first:.1f} s; {COUNT - done} in {rest:.1f} s")
