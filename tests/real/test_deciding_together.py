"""Two people, two processes: second approvals that race, sign-offs that race, and a pause while the machine works."""

from functools import partial

import pytest
from test_proposing_together import LINE, REVIEWER, books, both, together

from harness import ApiError, Server, create_user, database, query, shell, wait_for

MANAGER = "ai_bookkeeper.ai_bookkeeper_group_manager"
POLICY = """
env["ai.policy"].search([]).unlink()
env["ai.policy"].create({"name": "Bank", "mode": %r, "min_confidence": 0.5, "second_approval_amount": %s})
"""


@pytest.fixture(scope="module")
def world():
    with database() as name:
        keys = [create_user(name, f"reviewer{n}", ["base.group_user", REVIEWER]) for n in (1, 2, 3)]
        keys.append(create_user(name, "boss", ["base.group_user", MANAGER]))
        with Server(name) as first, Server(name) as second:
            yield name, (first, second), keys


def proposed(world, count, mode, second=0):
    """Ids of fresh suggestions under the only policy there is."""
    name, servers, keys = world
    shell(name, POLICY % (mode, second))
    ids = books(name, count)
    return servers[0].call("ai.suggestion", "propose", keys[0], model=LINE, res_ids=ids)


def events(name, suggestion_id, event):
    statement = "SELECT user_id FROM ai_audit_log WHERE suggestion_id = %s AND event = %s ORDER BY id"
    return [row[0] for row in query(name, statement, (suggestion_id, event))]


def state(name, suggestion_id):
    return query(name, "SELECT state FROM ai_suggestion WHERE id = %s", (suggestion_id,))[0][0]


def test_two_second_approvers_at_once_book_once(world):
    name, servers, keys = world
    for suggestion_id in proposed(world, 4, "assist", 50):
        servers[0].call("ai.suggestion", "action_accept", keys[0], ids=[suggestion_id])
        assert state(name, suggestion_id) == "accepted"
        both(servers, keys[1:3], "action_accept", suggestion_id)
        assert state(name, suggestion_id) == "applied"
        assert len(events(name, suggestion_id, "applied")) == 1
        approvals = query(
            name,
            "SELECT count(*) FROM ai_suggestion_approval_rel WHERE ai_suggestion_id = %s",
            (suggestion_id,),
        )
        assert approvals == [(2,)]


def test_two_first_approvers_at_once_are_two_people(world):
    """Either the second click is the second approval, or it is told to look again: one person never counts twice."""
    name, servers, keys = world
    for suggestion_id in proposed(world, 4, "assist", 50):
        both(servers, keys[:2], "action_accept", suggestion_id)
        approved = events(name, suggestion_id, "approved")
        applied = events(name, suggestion_id, "applied")
        assert len(approved) == 1
        assert len(applied) <= 1
        assert not set(approved) & set(applied)
        assert state(name, suggestion_id) == ("applied" if applied else "accepted")


def test_one_person_in_two_windows_is_one_person(world):
    name, servers, keys = world
    for suggestion_id in proposed(world, 3, "assist", 50):
        both(servers, [keys[0], keys[0]], "action_accept", suggestion_id)
        assert state(name, suggestion_id) == "accepted"
        assert events(name, suggestion_id, "applied") == []


def test_a_batch_is_signed_off_once(world):
    name, servers, keys = world
    found = proposed(world, 6, "supervised")
    assert {state(name, suggestion_id) for suggestion_id in found} == {"accepted"}
    calls = [
        partial(server.call, "ai.suggestion", "action_sign_off", key, ids=found)
        for server, key in zip(servers, keys, strict=False)
    ]
    together(*calls)
    assert {state(name, suggestion_id) for suggestion_id in found} == {"applied"}
    for suggestion_id in found:
        assert len(events(name, suggestion_id, "applied")) == 1
        assert len(events(name, suggestion_id, "signed_off")) == 1


def test_accepting_by_a_policy_and_rejecting_at_once(world):
    name, servers, keys = world
    for suggestion_id in proposed(world, 3, "supervised"):
        calls = [
            partial(servers[0].call, "ai.suggestion", "action_sign_off", keys[0], ids=[suggestion_id]),
            partial(servers[1].call, "ai.suggestion", "action_reject", keys[1], ids=[suggestion_id], reason="other"),
        ]
        together(*calls)
        done = state(name, suggestion_id)
        assert done in ("applied", "rejected")
        assert len(events(name, suggestion_id, "applied")) == (done == "applied")


def test_a_pause_takes_effect_while_a_batch_is_being_signed_off(world):
    """The switch is turned in the middle of a sign-off: nothing of it is booked."""
    name, servers, keys = world
    found = proposed(world, 5, "supervised")
    query(
        name,
        """CREATE FUNCTION test_slow() RETURNS trigger AS
           $$ BEGIN PERFORM pg_sleep(1.5); RETURN NEW; END $$ LANGUAGE plpgsql;
           CREATE TRIGGER test_slow AFTER INSERT ON account_partial_reconcile
               FOR EACH STATEMENT EXECUTE FUNCTION test_slow()""",
    )
    working = "SELECT 1 FROM pg_stat_activity WHERE datname = %s AND state = 'active' AND query ILIKE %s"

    def pause():
        wait_for(lambda: query(name, working, (name, 'INSERT INTO "account_partial_reconcile"%')), 60, 0.02)
        return servers[1].call("ai.policy", "pause", keys[3])

    try:
        signed, paused = together(
            partial(servers[0].call, "ai.suggestion", "action_sign_off", keys[0], ids=found), pause
        )
        assert paused is True
        assert isinstance(signed, ApiError), signed
        assert "paused" in signed.body["message"]
        assert {state(name, suggestion_id) for suggestion_id in found} == {"accepted"}
    finally:
        query(name, "DROP TRIGGER test_slow ON account_partial_reconcile")
        servers[1].call("ai.policy", "resume", keys[3])
    servers[0].call("ai.suggestion", "action_sign_off", keys[0], ids=found)
    assert {state(name, suggestion_id) for suggestion_id in found} == {"applied"}


def test_a_pause_stops_a_running_cron_between_its_batches():
    with database() as name:
        boss = create_user(name, "boss", ["base.group_user", MANAGER])
        shell(name, POLICY % ("supervised", 0))
        books(name, 30)
        # Each suggestion costs a while, so that the pause falls into the middle of the batch.
        query(
            name,
            """CREATE FUNCTION test_pause() RETURNS trigger AS
               $$ BEGIN PERFORM pg_sleep(0.1); RETURN NEW; END $$ LANGUAGE plpgsql;
               CREATE TRIGGER test_pause AFTER INSERT ON ai_suggestion FOR EACH ROW EXECUTE FUNCTION test_pause();
               UPDATE ir_cron SET active = (cron_name = 'AI Bookkeeper: propose for new bank lines'),
                   nextcall = now() - interval '1 hour'""",
        )
        inserting = "SELECT 1 FROM pg_stat_activity WHERE datname = %s AND state = 'active' AND query ILIKE %s"
        with Server(name, crons=1) as server:
            wait_for(lambda: query(name, inserting, (name, 'INSERT INTO "ai_suggestion"%')), 90, 0.02)
            assert server.call("ai.policy", "pause", boss) is True
            wait_for(lambda: query(name, "SELECT 1 FROM ai_suggestion"), 60, 0.2)
        found = query(name, "SELECT state, policy_reason->>0, count(*) FROM ai_suggestion GROUP BY 1, 2")
        # The batch began before the switch was turned, and yet no policy accepted any of it.
        assert found == [("pending", "paused", 30)]
