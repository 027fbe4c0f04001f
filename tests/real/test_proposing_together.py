"""Several processes at once: no doubles, one effect, and a killed run goes on where it stopped."""

import threading
from functools import partial

import pytest

from harness import ApiError, Server, create_user, database, query, shell, wait_for

LINE = "account.bank.statement.line"
REVIEWER = "ai_bookkeeper.ai_bookkeeper_group_reviewer"
AGENT = "ai_bookkeeper.ai_bookkeeper_group_agent"

BOOKS = """
from odoo import Command
income = env["account.account"].search([("account_type", "=", "income")], limit=1)
bank = env["account.journal"].search([("type", "=", "bank")], limit=1)
result = []
for n in range({count}):
    partner = env["res.partner"].create({{"name": f"Customer {{n:03d}} Holding"}})
    move = env["account.move"].create({{
        "move_type": "out_invoice", "partner_id": partner.id, "invoice_date": "2026-03-01", "date": "2026-03-01",
        "invoice_line_ids": [Command.create({{
            "name": "x", "price_unit": 100.5 + n, "account_id": income.id, "tax_ids": [Command.set([])]}})],
    }})
    move.action_post()
    line = env["account.bank.statement.line"].create({{
        "journal_id": bank.id, "payment_ref": f"{{partner.name}} {{move.name}}", "amount": 100.5 + n,
        "date": "2026-03-10",
    }})
    result.append(line.id)
"""


INSERTING = """SELECT 1 FROM pg_stat_activity WHERE datname = %s AND state = 'active'
                AND query ILIKE 'INSERT INTO "ai_suggestion"%%'"""


def books(name, count):
    return shell(name, BOOKS.format(count=count))


def open_suggestions(name):
    return query(name, "SELECT res_id, count(*) FROM ai_suggestion WHERE state = 'pending' GROUP BY res_id")


def together(*calls):
    """Start all at the same moment, each in a thread of its own; what each returned or raised."""
    barrier, results = threading.Barrier(len(calls)), [None] * len(calls)

    def run(place, call):
        barrier.wait()
        try:
            results[place] = call()
        except ApiError as error:
            results[place] = error

    threads = [threading.Thread(target=run, args=(place, call)) for place, call in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def both(servers, keys, method, suggestion_id):
    """Each reviewer calls the same method on her own server at the same moment."""
    calls = [
        partial(server.call, "ai.suggestion", method, key, ids=[suggestion_id])
        for server, key in zip(servers, keys, strict=True)
    ]
    return together(*calls)


@pytest.fixture(scope="module")
def world():
    """Two servers on one database, and the keys of two reviewers and an agent."""
    with database() as name:
        keys = [create_user(name, f"reviewer{n}", ["base.group_user", REVIEWER]) for n in (1, 2)]
        agent = create_user(name, "agent", [AGENT])
        with Server(name) as first, Server(name) as second:
            yield name, (first, second), keys, agent


def test_two_processes_propose_for_one_company_at_once(world):
    name, servers, keys, _agent = world
    ids = books(name, 40)
    calls = [
        partial(server.call, "ai.suggestion", "propose", key, model=LINE, res_ids=ids)
        for server, key in zip(servers, keys, strict=True)
        for _time in range(2)
    ]
    answers = together(*calls)
    done = [answer for answer in answers if not isinstance(answer, ApiError)]
    assert done, answers
    # Who comes second is told to try again, and loses nothing by it.
    assert {answer.status for answer in answers if isinstance(answer, ApiError)} <= {409}
    assert {tuple(answer) for answer in done} == {tuple(done[0])}
    assert sorted(open_suggestions(name)) == [(line_id, 1) for line_id in ids]
    again = servers[1].call("ai.suggestion", "propose", keys[1], model=LINE, res_ids=ids)
    assert again == done[0]


def test_two_reviewers_accept_the_same_suggestion_at_once(world):
    name, servers, keys, _agent = world
    ids = books(name, 6)
    found = servers[0].call("ai.suggestion", "propose", keys[0], model=LINE, res_ids=ids)
    assert len(found) == 6
    for suggestion_id in found:
        answers = both(servers, keys, "action_accept", suggestion_id)
        assert True in answers, answers
        applied = query(
            name,
            "SELECT count(*) FROM ai_audit_log WHERE suggestion_id = %s AND event = 'applied'",
            (suggestion_id,),
        )
        assert applied == [(1,)]
    rows = query(
        name,
        """SELECT st.is_reconciled, count(l.id), sum(l.balance) FROM account_bank_statement_line st
             JOIN account_move_line l ON l.move_id = st.move_id
            WHERE st.id = ANY(%s) GROUP BY st.id, st.is_reconciled""",
        (ids,),
    )
    assert [(done, count, float(total)) for done, count, total in rows] == [(True, 2, 0.0)] * 6


def test_accepting_and_undoing_at_once_keeps_the_books_whole(world):
    name, servers, keys, _agent = world
    ids = books(name, 1)
    [suggestion_id] = servers[0].call("ai.suggestion", "propose", keys[0], model=LINE, res_ids=ids)
    servers[0].call("ai.suggestion", "action_accept", keys[0], ids=[suggestion_id])
    both(servers, keys, "action_undo", suggestion_id)
    undone = query(
        name, "SELECT count(*) FROM ai_audit_log WHERE suggestion_id = %s AND event = 'undone'", (suggestion_id,)
    )
    assert undone == [(1,)]
    assert query(name, "SELECT is_reconciled FROM account_bank_statement_line WHERE id = %s", (ids[0],)) == [(False,)]
    assert [count for _line, count in open_suggestions(name) if _line == ids[0]] == [1]


def test_agent_over_the_api(world):
    name, servers, keys, agent = world
    server = servers[0]
    hidden = ("res.partner", "res.partner.bank", "res.users", "account.move", LINE, "ai.suggestion", "ai.audit.log")
    for model in hidden:
        for method, arguments in {"search_read": {"domain": []}, "search_count": {"domain": []}}.items():
            with pytest.raises(ApiError) as error:
                server.call(model, method, agent, **arguments)
            assert error.value.status == 403, (model, method)
    ids = books(name, 1)
    [suggestion_id] = server.call("ai.suggestion", "propose", agent, model=LINE, res_ids=ids)
    for method in ("action_accept", "action_reject", "action_undo", "action_undo_by_transfer", "undo_preview", "read"):
        with pytest.raises(ApiError) as error:
            server.call("ai.suggestion", method, agent, ids=[suggestion_id])
        assert error.value.status == 403, method
    for method in ("_accept", "_move_to", "_append", "_apply_kind"):
        with pytest.raises(ApiError) as error:
            server.call("ai.suggestion", method, keys[0], ids=[suggestion_id])
        assert error.value.status == 403, method
    with pytest.raises(ApiError) as error:
        server.call("ai.suggestion", "write", keys[0], ids=[suggestion_id], vals={"state": "applied"})
    assert error.value.status in (403, 422)
    assert query(name, "SELECT state FROM ai_suggestion WHERE id = %s", (suggestion_id,)) == [("pending",)]


def test_agent_submits_over_the_api(world):
    name, servers, _keys, agent = world
    server = servers[0]
    ids = books(name, 1)
    [(account_id,)] = query(name, "SELECT id FROM account_account WHERE account_type = 'income' ORDER BY id LIMIT 1")
    amount = query(name, "SELECT amount FROM account_bank_statement_line WHERE id = %s", (ids[0],))[0][0]
    row = {"account_id": account_id, "amount": f"{amount:.2f}"}
    values = {"kind": "bank_coding", "res_model": LINE, "res_id": ids[0], "proposal": {"lines": [row]}}
    values["idempotency_key"] = "k1"
    first = server.call("ai.suggestion", "submit", agent, values=values)
    assert server.call("ai.suggestion", "submit", agent, values=values) == first
    wrong = {**values, "idempotency_key": "k2", "proposal": {"lines": [{**row, "amount": 1.0}]}}
    with pytest.raises(ApiError) as error:
        server.call("ai.suggestion", "submit", agent, values=wrong)
    assert error.value.status == 422
    assert "lines[0].amount" in error.value.body["message"]


def test_a_killed_run_resumes_without_doubles():
    with database() as name:
        ids = books(name, 60)
        # Small batches and a pause in each transaction, so that the kill falls into the middle of the run.
        query(
            name,
            """CREATE FUNCTION test_pause() RETURNS trigger AS
               $$ BEGIN PERFORM pg_sleep(0.05); RETURN NEW; END $$ LANGUAGE plpgsql;
               CREATE TRIGGER test_pause AFTER INSERT ON ai_suggestion FOR EACH ROW EXECUTE FUNCTION test_pause();
               UPDATE ir_cron SET active = (cron_name = 'AI Bookkeeper: propose for new bank lines'),
                   nextcall = now() - interval '1 hour'""",
        )
        with Server(name, crons=1) as server:
            wait_for(lambda: query(name, INSERTING, (name,)), 90, 0.02)
            server.kill()
            # The transaction died with the process: nothing half done is left.
            assert [count for _line, count in open_suggestions(name) if count > 1] == []
            query(name, "DROP TRIGGER test_pause ON ai_suggestion")
            query(name, "UPDATE ir_cron SET nextcall = now() - interval '1 hour' WHERE active")
            server.start()
            wait_for(lambda: len(open_suggestions(name)) == len(ids), 120, 0.5)
        assert sorted(open_suggestions(name)) == [(line_id, 1) for line_id in sorted(ids)]
        logged = query(name, "SELECT count(*) FROM ai_audit_log WHERE event = 'proposed'")
        assert logged == [(len(ids),)]
        left = query(name, "SELECT count(*) FROM account_bank_statement_line WHERE ai_finding <> 'proposed'")
        assert left == [(0,)]
