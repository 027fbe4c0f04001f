"""The worked client of the docs proposes for real lines on a real server, and a person accepts them."""

import json
import os
import subprocess
import sys

import pytest
from test_agents_api import MANAGER, REVIEWER, make_agent
from test_proposing_together import books

from harness import CHECKOUT, Server, create_user, database, query

CLIENT = CHECKOUT / "docs" / "client" / "bookkeeping_agent.py"


@pytest.fixture(scope="module")
def world():
    with database() as name:
        create_user(name, "boss", ["base.group_user", MANAGER])
        reviewer = create_user(name, "reviewer", ["base.group_user", REVIEWER])
        with Server(name) as server:
            yield name, server, reviewer


def run(name, server, key, *options):
    environment = {**os.environ, "AIB_URL": server.url, "AIB_KEY": key, "AIB_DATABASE": name}
    return subprocess.run(
        [sys.executable, str(CLIENT), *options],
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def agents_suggestions(name):
    return query(name, "SELECT id, res_id, state, confidence FROM ai_suggestion WHERE origin = 'agent' ORDER BY id")


def test_proposes_and_a_person_accepts(world):
    name, server, reviewer = world
    _agent_id, key = make_agent(name, "client")
    ids = books(name, 12)
    dry = run(name, server, key, "--dry-run")
    assert json.loads(dry.stdout)["proposed"] >= 12, dry.stderr
    assert agents_suggestions(name) == []
    done = run(name, server, key)
    counts = json.loads(done.stdout)
    assert counts["refused"] == 0, done.stderr
    found = [row for row in agents_suggestions(name) if row[1] in ids]
    assert [row[1] for row in found] == ids
    assert {row[2] for row in found} == {"pending"}
    assert min(row[3] for row in found) > 0.9, "the engine agrees, and says how sure it is"
    again = json.loads(run(name, server, key).stdout)
    assert again["proposed"] == 0, "what was proposed waits for a person, not for the client"
    assert server.call("ai.suggestion", "action_accept", reviewer, ids=[row[0] for row in found]) is True
    rows = query(name, "SELECT is_reconciled FROM account_bank_statement_line WHERE id = ANY(%s)", (ids,))
    assert rows == [(True,)] * 12


def test_waits_when_it_calls_too_often(world):
    name, server, _reviewer = world
    ids = books(name, 6)
    agent_id, key = make_agent(name, "hurried", rate=6)
    # The minute is made short: waiting is what is tested, not patience.
    query(
        name,
        """CREATE FUNCTION test_hurry() RETURNS trigger AS
           $$ BEGIN NEW.window_at := LEAST(NEW.window_at, clock_timestamp() AT TIME ZONE 'utc' - interval '57 seconds');
           RETURN NEW; END $$ LANGUAGE plpgsql;
           CREATE TRIGGER test_hurry BEFORE INSERT OR UPDATE ON ai_agent_use
           FOR EACH ROW EXECUTE FUNCTION test_hurry()""",
    )
    try:
        done = run(name, server, key)
    finally:
        query(name, "DROP TRIGGER test_hurry ON ai_agent_use")
    assert json.loads(done.stdout)["proposed"] == 6, done.stderr
    assert "429; again in" in done.stderr
    [(refused,)] = query(
        name,
        "SELECT u.refused FROM ai_agent_use u JOIN ai_agent_key k USING (key_id) WHERE k.agent_id = %s",
        (agent_id,),
    )
    assert refused > 0
    assert len([row for row in agents_suggestions(name) if row[1] in ids]) == 6


def test_says_what_is_wrong(world):
    name, server, _reviewer = world
    done = run(name, server, "0" * 40)
    assert done.returncode == 1
    assert "refuses: 401" in done.stderr
    assert "Traceback" not in done.stderr
