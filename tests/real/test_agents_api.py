"""Agents as a client meets them: real keys over HTTP, limits shared by processes, errors that tell nothing."""

import http.client
import threading
import time
import xmlrpc.client
from functools import partial

import pytest
from test_proposing_together import LINE, books, together

from harness import ApiError, Server, create_user, database, query, shell

MANAGER = "ai_bookkeeper.ai_bookkeeper_group_manager"
REVIEWER = "ai_bookkeeper.ai_bookkeeper_group_reviewer"

MAKE = """
manager = env["res.users"].search([("login", "=", "boss")])
company = env["res.company"].browse({company}) if {company} else env.company
env["ai.agent"].invalidate_model()
agent, key = env["ai.agent"].with_user(manager)._create_agent({{
    "name": {name!r}, "company_ids": company.ids, "rate_limit": {rate},
    "kind_ids": env["ai.agent.kind"].search([("is_available", "=", True)]).ids, **{more!r}}}, {days})
result = [agent.id, key]
"""


def make_agent(name, agent="helper", rate=10000, days=7, company=0, **more):
    return shell(name, MAKE.format(name=agent, rate=rate, days=days, company=company, more=more))


@pytest.fixture(scope="module")
def world():
    with database() as name:
        create_user(name, "boss", ["base.group_user", MANAGER])
        reviewer = create_user(name, "reviewer", ["base.group_user", REVIEWER])
        with Server(name) as first, Server(name) as second:
            yield name, (first, second), reviewer


@pytest.fixture(scope="module")
def agent(world):
    return make_agent(world[0])


def refused(call, *status):
    with pytest.raises(ApiError) as error:
        call()
    assert error.value.status in status, error.value.body
    return error.value


def raw(server, key, method, data, model="ai.suggestion", **headers):
    return server.post(
        f"/json/2/{model}/{method}",
        data=data,
        headers={"Authorization": f"Bearer {key}", "Content-Type": "application/json", **headers},
    )


def submission(server, key, line_id, **more):
    facts = server.call("ai.suggestion", "facts", key, kind="bank_match", res_id=line_id)
    row = facts["candidates"][0]
    proposal = {"counterparts": [{"move_line_id": row["move_line_id"], "amount": row["open"]}]}
    return {"kind": "bank_match", "res_model": LINE, "res_id": line_id, "proposal": proposal, **more}


def test_tasks_facts_and_a_proposal_that_a_person_accepts(world, agent):
    name, (server, _second), reviewer = world
    _agent_id, key = agent
    [line_id] = books(name, 1)
    listed = server.call("ai.suggestion", "tasks", key, limit=500)
    assert line_id in [task["res_id"] for task in listed["tasks"]]
    assert server.call("ai.suggestion", "schema", key, kind="bank_match")["title"] == "bank_match"
    suggestion_id = server.call("ai.suggestion", "submit", key, values=submission(server, key, line_id))
    [told] = server.call(
        "ai.suggestion", "read", reviewer, ids=[suggestion_id], fields=["state", "origin", "confidence"]
    )
    assert (told["state"], told["origin"]) == ("pending", "agent")
    assert told["confidence"] > 0.9
    assert server.call("ai.suggestion", "action_accept", reviewer, ids=[suggestion_id]) is True
    events = query(
        name, "SELECT event, user_id FROM ai_audit_log WHERE suggestion_id = %s ORDER BY id", (suggestion_id,)
    )
    assert [event for event, _user in events] == ["proposed", "accepted", "applied"]


def test_the_limit_is_shared_by_processes_and_counts_refused_calls(world):
    name, servers, _reviewer = world
    agent_id, key = make_agent(name, "limited", rate=10)
    statuses, headers, bodies = [], [], []

    def call(number):
        model = ("ai.suggestion", "res.partner")[number % 2]
        reply = raw(servers[number % 2], key, ("tasks", "search_read")[number % 2], '{"limit": 5}', model)
        statuses.append(reply.status_code)
        if reply.status_code == http.client.TOO_MANY_REQUESTS:
            headers.append(reply.headers["Retry-After"])
            bodies.append(reply.json())

    threads = [threading.Thread(target=call, args=(number,)) for number in range(30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(set(statuses)) == [200, 403, 429]
    assert statuses.count(429) == 20, "what was refused for its rights counted too"
    assert all(1 <= int(seconds) <= 60 for seconds in headers)
    assert "Wait" in bodies[0]["message"]
    assert bodies[0]["debug"] == ""
    # A minute later; the clock is the database's.
    query(name, "UPDATE ai_agent_use SET window_at = window_at - interval '61 seconds' WHERE window_calls > 5")
    assert raw(servers[0], key, "tasks", "{}").status_code == http.client.OK
    rows = query(
        name,
        "SELECT u.calls, u.refused, u.window_calls FROM ai_agent_use u JOIN ai_agent_key k USING (key_id)"
        " WHERE k.agent_id = %s",
        (agent_id,),
    )
    assert rows == [(31, 20, 1)], "one row a key"
    used = query(name, "SELECT count(*) FROM ai_audit_log WHERE event = 'key_used' AND res_id = %s", (agent_id,))
    assert used == [(1,)], "once a day"


def test_what_a_call_costs_more(world, agent):
    """The count is a fraction of the cheapest call."""
    name, (server, _second), reviewer = world
    _agent_id, key = agent

    def seconds(who, calls=40):
        start = time.monotonic()
        for _number in range(calls):
            assert raw(server, who, "schema", '{"kind": "bank_match"}').status_code == http.client.OK
        return (time.monotonic() - start) / calls

    seconds(key, 5), seconds(reviewer, 5)
    agents, people = min(seconds(key) for _time in range(3)), min(seconds(reviewer) for _time in range(3))
    print(f"\na call: {people * 1000:.1f} ms for a person, {agents * 1000:.1f} ms for an agent")
    assert agents - people < 0.03


def test_dead_keys(world):
    name, (server, _second), _reviewer = world
    agent_id, key = make_agent(name, "mortal")
    tasks = partial(server.call, "ai.suggestion", "tasks", key)
    tasks()
    for weak in ("", "x", key[:-1], key[:8], key.upper() + "0", "0" * 40, "' OR 1=1 --", "é" * 20):
        refused(
            lambda weak=weak: server.call("ai.suggestion", "tasks", weak.encode("utf-8").decode("latin-1")), 401, 400
        )
    refused(lambda: server.call("ai.suggestion", "tasks", key, headers={"Authorization": "Basic " + key}), 401)
    code = """
manager = env["res.users"].search([("login", "=", "boss")])
agent = env["ai.agent"].with_context(active_test=False).browse({agent}).with_user(manager)
result = agent.{call}
"""
    second = shell(name, code.format(agent=agent_id, call="_rotate(7, 24)"))
    tasks(), server.call("ai.suggestion", "tasks", second)
    query(name, "UPDATE res_users_apikeys SET expiration_date = now() - interval '1 minute' WHERE name LIKE 'mortal%'")
    refused(tasks, 401)
    third = shell(name, code.format(agent=agent_id, call="_rotate(7, 0)"))
    refused(lambda: server.call("ai.suggestion", "tasks", second), 401)
    server.call("ai.suggestion", "tasks", third)
    assert shell(name, code.format(agent=agent_id, call="action_revoke()")) is True
    error = refused(lambda: server.call("ai.suggestion", "tasks", third), 401)
    assert "mortal" not in str(error.body)
    assert error.body["debug"] == ""


def test_agents_have_no_other_door(world, agent):
    name, (server, _second), _reviewer = world
    agent_id, key = agent
    [(user_id, login)] = query(
        name, "SELECT u.id, u.login FROM res_users u JOIN ai_agent a ON a.user_id = u.id WHERE a.id = %s", (agent_id,)
    )
    proxy = xmlrpc.client.ServerProxy(f"{server.url}/xmlrpc/2/object")
    for arguments in ((LINE, "search", [[]]), ("ai.suggestion", "tasks", [])):
        with pytest.raises(xmlrpc.client.Fault) as fault:
            proxy.execute_kw(name, user_id, key, *arguments)
        assert "Access Denied" in fault.value.faultString
    common = xmlrpc.client.ServerProxy(f"{server.url}/xmlrpc/2/common")
    assert common.authenticate(name, login, key, {}) is False
    rpc = {"service": "object", "method": "execute_kw", "args": [name, user_id, key, "ai.suggestion", "tasks", []]}
    reply = server.post("/jsonrpc", json={"jsonrpc": "2.0", "method": "call", "params": rpc}).json()
    assert "Access Denied" in reply["error"]["data"]["message"]
    body = {"params": {"db": name, "login": login, "password": key}}
    assert "error" in server.post("/web/session/authenticate", json=body).json()
    for path in ("/web", "/odoo", "/my", "/web/dataset/call_kw", "/doc-bearer/index.json"):
        reply = server.get(path, headers={"Authorization": f"Bearer {key}"}, allow_redirects=False)
        assert reply.status_code != http.client.OK, path


def test_hostile_bodies(world, agent):
    name, (server, _second), _reviewer = world
    _agent_id, key = agent
    [line_id] = books(name, 1)
    before = query(name, "SELECT count(*) FROM ai_suggestion")
    deep = "[" * 100000 + "]" * 100000
    shapes = {
        '{"values": null}': 422,
        '{"values": []}': 422,
        '{"values": "x"}': 422,
        '{"values": {}}': 422,
        "{}": 422,
        '{"valeus": {}}': 422,
        "[]": 422,
        "5": 422,
        "nonsense": 400,
        '{"values": ' + deep + "}": 400,
        '{"values": {"kind": ' + "[" * 500 + "]" * 500 + "}}": 422,
        '{"values": {"kind": "bank_match", "res_model": "res.users", "res_id": 1, "proposal": {"a": 1}}}': 422,
        '{"values": {"kind": "../../etc", "res_model": "res.users", "res_id": 1, "proposal": {"a": 1}}}': 422,
    }
    for data, status in shapes.items():
        reply = raw(server, key, "submit", data)
        assert reply.status_code == status, (data[:80], reply.text[:500])
        assert reply.json()["debug"] == ""
        assert "Traceback" not in reply.text
        assert "/odoo/" not in reply.text
    odd = '{"values": {"kind": "bank_match", "res_model": "%s", "res_id": %s, "proposal": %s, "idempotency_key": %s}}'
    row = '{"counterparts": [{"move_line_id": %s, "amount": %s}]}'
    for res_id, proposal, idempotency_key in (
        *((f'"{line_id}"', "{}", '"k"'), ("-1", "{}", '"k"'), ("1e5", "{}", '"k"'), ("true", "{}", '"k"')),
        *((str(10**30), row % (1, '"1.00"'), '"k"'), ("NaN", row % (1, '"1.00"'), '"k"')),
        *((line_id, row % ("NaN", '"1.00"'), '"k"'), (line_id, row % (10**30, '"1.00"'), '"k"')),
        *((line_id, row % ("1", "NaN"), '"k"'), (line_id, row % ("1", "Infinity"), '"k"'), (line_id, "[[]]", '"k"')),
        *((line_id, row % ("1", '"1\\u0000"'), '"k"'), (line_id, row % ("1", '"1.00"'), '"\\u0000"')),
        *((line_id, row % ("1", '"1.00"'), '"\\ud800"'), (line_id, row % ("1", '"1.00"'), '["k"]')),
        *((line_id, row % ("1", '"1.00"'), '"%s"' % ("k" * 201)), (line_id, '{"lines": {"a": NaN}}', '"k"')),
    ):
        reply = raw(server, key, "submit", odd % (LINE, res_id, proposal, idempotency_key))
        assert reply.status_code == 422, (res_id, proposal, idempotency_key, reply.text[:500])
        assert reply.json()["debug"] == ""
    huge = '{"values": {"note": "%s"}}' % ("x" * 2**20)
    assert raw(server, key, "submit", huge).status_code == 413
    for method, data in (
        *(("facts", '{"kind": "bank_match", "res_id": "1"}'), ("facts", '{"kind": {}, "res_id": 1}')),
        *(("tasks", '{"limit": NaN}'), ("tasks", '{"limit": -1}'), ("tasks", '{"limit": 5, "cursor": {"a": 1}}')),
        *(("tasks", '{"ids": [1]}'), ("schema", '{"kind": NaN}'), ("propose", '{"model": 5, "res_ids": [1]}')),
        *(
            ("propose", '{"model": "account.bank.statement.line", "res_ids": ["1"]}'),
            ("propose", '{"model": "res.users", "res_ids": [1]}'),
        ),
        ("propose", '{"model": "account.bank.statement.line", "res_ids": [1], "kinds": ["magic"]}'),
    ):
        reply = raw(server, key, method, data)
        assert reply.status_code == 422, (method, data, reply.text[:500])
    context = '{"context": {"allowed_company_ids": [1, 2, 999], "lang": "xx_XX", "tz": "nowhere"}, "limit": 5}'
    assert raw(server, key, "tasks", context).status_code < 500
    assert query(name, "SELECT count(*) FROM ai_suggestion") == before


def test_unforeseen_errors_say_nothing(world, agent):
    """Whatever breaks: an agent gets no traceback and none of the words of the database."""
    name, (server, _second), _reviewer = world
    _agent_id, key = agent
    [line_id] = books(name, 1)
    query(
        name,
        """CREATE FUNCTION test_break() RETURNS trigger AS
           $$ BEGIN RAISE EXCEPTION 'row of Secret Customer GmbH'; END $$ LANGUAGE plpgsql;
           CREATE TRIGGER test_break BEFORE INSERT ON ai_agent_reading FOR EACH ROW EXECUTE FUNCTION test_break()""",
    )
    try:
        error = refused(lambda: server.call("ai.suggestion", "facts", key, kind="bank_match", res_id=line_id), 500)
    finally:
        query(name, "DROP TRIGGER test_break ON ai_agent_reading")
    assert "Secret" not in str(error.body)
    assert error.body["debug"] == ""
    assert "Secret Customer" in server.log


def test_the_same_key_at_once_gives_one_suggestion(world, agent):
    name, servers, _reviewer = world
    _agent_id, key = agent
    for line_id in books(name, 6):
        values = submission(servers[0], key, line_id, idempotency_key=f"once-{line_id}")
        calls = [partial(server.call, "ai.suggestion", "submit", key, values=values) for server in servers * 2]
        answers = together(*calls)
        assert len({str(answer) for answer in answers}) == 1, answers
        assert isinstance(answers[0], int), answers
        found = query(name, "SELECT state FROM ai_suggestion WHERE res_id = %s AND origin = 'agent'", (line_id,))
        assert found == [("pending",)]
        error = refused(
            lambda values=values: servers[1].call("ai.suggestion", "submit", key, values={**values, "note": "else"}),
            409,
        )
        assert "another proposal" in error.body["message"]


def test_two_agents_propose_for_one_record_at_once(world, agent):
    name, servers, _reviewer = world
    keys = (agent[1], make_agent(name, "rival")[1])
    for line_id in books(name, 4):
        values = submission(servers[0], keys[0], line_id, idempotency_key="same-word")
        values["idempotency_key"] += str(line_id)
        calls = [
            partial(server.call, "ai.suggestion", "submit", key, values=values)
            for server, key in zip(servers, keys, strict=True)
        ]
        answers = together(*calls)
        assert all(isinstance(answer, int) for answer in answers), answers
        states = query(name, "SELECT state FROM ai_suggestion WHERE res_id = %s AND origin = 'agent'", (line_id,))
        assert sorted(states) == [("pending",), ("superseded",)], "the later one took the place of the earlier"


def test_other_companies(world):
    name, (server, _second), _reviewer = world
    code = """
company = env["res.company"].create({"name": "Hidden Holding"})
boss = env["res.users"].search([("login", "=", "boss")])
boss.company_ids |= company
result = company.id
"""
    company = shell(name, code)
    _agent_id, key = make_agent(name, "foreigner", company=company)
    [line_id] = books(name, 1)
    assert server.call("ai.suggestion", "tasks", key) == {"tasks": [], "next": None}
    assert server.call("ai.suggestion", "propose", key, model=LINE, res_ids=[line_id]) == []
    for method, values in (
        ("facts", {"kind": "bank_match", "res_id": line_id}),
        ("submit", {"values": {"kind": "bank_match", "res_model": LINE, "res_id": line_id, "proposal": {"a": 1}}}),
    ):
        there = refused(partial(server.call, "ai.suggestion", method, key, **values), 422)
        missing = (
            {**values, "res_id": 2**30} if method == "facts" else {"values": {**values["values"], "res_id": 2**30}}
        )
        nowhere = refused(partial(server.call, "ai.suggestion", method, key, **missing), 422)
        assert there.body["message"] == nowhere.body["message"], "what exists elsewhere looks like what does not exist"


def test_paused(world, agent):
    name, (server, _second), _reviewer = world
    _agent_id, key = agent
    [line_id] = books(name, 1)
    query(name, "UPDATE res_company SET ai_paused = TRUE")
    try:
        for method, values in (
            ("tasks", {}),
            ("facts", {"kind": "bank_match", "res_id": line_id}),
            ("propose", {"model": LINE, "res_ids": [line_id]}),
            ("submit", {"values": {"kind": "bank_match", "res_model": LINE, "res_id": line_id, "proposal": {"a": 1}}}),
        ):
            reply = server.post(
                f"/json/2/ai.suggestion/{method}", json=values, headers={"Authorization": f"Bearer {key}"}
            )
            assert (reply.status_code, reply.headers["Retry-After"]) == (503, "300"), (method, reply.text)
            assert "paused" in reply.json()["message"]
    finally:
        query(name, "UPDATE res_company SET ai_paused = FALSE")


def test_the_audit_log_names_the_key(world, agent):
    name, (server, _second), _reviewer = world
    agent_id, key = agent
    [line_id] = books(name, 1)
    suggestion_id = server.call("ai.suggestion", "submit", key, values=submission(server, key, line_id))
    [(key_id,)] = query(name, "SELECT key_id FROM ai_agent_key WHERE agent_id = %s", (agent_id,))
    rows = query(name, "SELECT key_id FROM ai_agent_reading WHERE res_id = %s", (line_id,))
    assert rows == [(key_id,)]
    columns = query(
        name, "SELECT 1 FROM information_schema.columns WHERE table_name = 'ai_audit_log' AND column_name = 'key_id'"
    )
    assert columns, "the log has the column"
    rows = query(name, "SELECT DISTINCT key_id FROM ai_audit_log WHERE suggestion_id = %s", (suggestion_id,))
    assert rows == [(key_id,)]
