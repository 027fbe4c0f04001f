"""Agents and refusals over real HTTP: what a key opens, what the log says about what it did not."""

import json
import xmlrpc.client

import pytest

from harness import ApiError, Server, connect, create_user, database, query, shell

GROUP = "ai_bookkeeper.ai_bookkeeper_group_"
PASSWORD = "agent-password-1"


@pytest.fixture(scope="module")
def world():
    with database() as name:
        keys = {
            role: create_user(name, f"r_{role}", [f"{GROUP}{role}", *groups])
            for role, groups in (
                ("agent", []),
                ("reviewer", ["base.group_user"]),
                ("auditor", ["base.group_user"]),
            )
        }
        keys["clerk"] = create_user(name, "r_clerk", ["base.group_user", "account.group_account_invoice"])
        shell(name, f"env['res.users'].search([('login', '=', 'r_agent')]).password = {PASSWORD!r}")
        with Server(name) as server:
            yield name, server, keys


def refusals(name, login):
    rows = query(
        name,
        """SELECT payload FROM ai_audit_log l JOIN res_users u ON u.id = l.user_id
            WHERE event = 'refused' AND login = %s ORDER BY l.id""",
        (login,),
    )
    return [row[0] if isinstance(row[0], dict) else json.loads(row[0]) for row in rows]


def logged_in(server, name, login):
    session = server._session()
    reply = session.post(
        f"{server.url}/web/session/authenticate",
        json={"jsonrpc": "2.0", "params": {"db": name, "login": login, "password": login}},
    )
    assert reply.json().get("result", {}).get("uid"), reply.text
    return session


def refused(call):
    with pytest.raises(ApiError) as caught:
        call()
    return caught.value


def test_an_agents_key_opens_its_own_methods_only(world):
    name, server, keys = world
    for model, method, parameters in (
        ("res.partner", "search_read", {"domain": []}),
        ("res.partner.bank", "search_read", {"domain": []}),
        ("mail.message", "search_read", {"domain": []}),
        ("account.move", "search_read", {"domain": []}),
        ("account.move", "write", {"ids": [1], "vals": {"state": "posted"}}),
        ("account.move", "action_post", {"ids": [1]}),
        ("account.move.line", "create", {"vals_list": [{"move_id": 1}]}),
        ("account.move.line", "reconcile", {"ids": [1]}),
        ("account.bank.statement.line", "action_ai_accept", {"ids": [1]}),
        ("account.bank.statement.line", "ai_open_items", {"ids": [1]}),
        ("account.journal", "search_count", {"domain": []}),
        ("ai.suggestion", "search_read", {"domain": []}),
        ("ai.suggestion", "action_accept", {"ids": [1]}),
        ("ai.suggestion", "undo_preview", {"ids": [1]}),
        ("ai.audit.log", "search_read", {"domain": []}),
        ("res.users", "read", {"ids": [1]}),
        ("res.users", "context_get", {}),
        ("ir.model", "search_read", {"domain": []}),
        ("ir.attachment", "create", {"vals_list": [{"name": "x"}]}),
        ("no.such.model", "search", {"domain": []}),
    ):
        error = refused(lambda: server.call(model, method, key=keys["agent"], **parameters))  # noqa: B023
        assert error.status == 403, (model, method, error)
    reply = server.call("ai.suggestion", "propose", key=keys["agent"], model="account.bank.statement.line", res_ids=[])
    assert reply == []


def test_every_other_method_of_every_model_is_closed_to_agents(world):
    name, server, keys = world
    methods = shell(
        name,
        """
        from odoo.service.model import get_public_method
        from odoo.addons.ai_bookkeeper.engine.vocabulary import AGENT_METHODS
        result = []
        for model in ("account.move", "account.move.line", "account.payment", "account.bank.statement.line",
                      "res.partner", "res.partner.bank", "res.users", "mail.message", "ai.suggestion"):
            for attribute in dir(type(env[model])):
                try:
                    if attribute.startswith("_") or attribute in AGENT_METHODS.get(model, ()):
                        continue
                    get_public_method(env[model], attribute)
                except Exception:
                    continue
                result.append([model, attribute])
        """,
    )
    assert len(methods) > 300
    # The limit per minute is another test's matter.
    shell(
        name,
        """
        user = env["res.users"].search([("login", "=", "r_agent")])
        env["ai.agent"].create({"name": "Tester", "user_id": user.id, "rate_limit": 100000,
                                "kind_ids": env["ai.agent.kind"].search([]).ids})
        """,
    )
    open_doors = []
    for model, method in methods:
        reply = server.post(f"/json/2/{model}/{method}", json={}, headers={"Authorization": f"Bearer {keys['agent']}"})
        if reply.status_code != 403:
            open_doors.append((model, method, reply.status_code))
    assert open_doors == []


def test_agents_log_in_nowhere(world):
    name, server, keys = world
    for secret in (PASSWORD, keys["agent"]):
        reply = server.post(
            "/web/session/authenticate",
            json={"jsonrpc": "2.0", "params": {"db": name, "login": "r_agent", "password": secret}},
        )
        assert "error" in reply.json(), reply.text
        page = server._session()
        token = page.get(f"{server.url}/web/login").text.split('name="csrf_token" value="')[1].split('"')[0]
        login = page.post(f"{server.url}/web/login", data={"login": "r_agent", "password": secret, "csrf_token": token})
        assert "/web/login" in login.url and "Wrong login" in login.text
        common = xmlrpc.client.ServerProxy(f"{server.url}/xmlrpc/2/common")
        assert not common.authenticate(name, "r_agent", secret, {})
        uid = query(name, "SELECT id FROM res_users WHERE login = 'r_agent'")[0][0]
        objects = xmlrpc.client.ServerProxy(f"{server.url}/xmlrpc/2/object")
        with pytest.raises(xmlrpc.client.Fault):
            objects.execute_kw(name, uid, secret, "ai.suggestion", "propose", ["account.bank.statement.line", []])
        reply = server.post(
            "/jsonrpc",
            json={
                "jsonrpc": "2.0",
                "params": {
                    "service": "object",
                    "method": "execute_kw",
                    "args": [name, uid, secret, "ai.suggestion", "propose", ["account.bank.statement.line", []]],
                },
            },
        )
        assert "error" in reply.json(), reply.text


def test_a_session_dies_when_its_user_becomes_an_agent(world):
    name, server, _keys = world
    create_user(name, "r_turned", ["base.group_user"])
    session = logged_in(server, name, "r_turned")

    def ask():
        return session.post(
            f"{server.url}/web/dataset/call_kw/res.users/context_get",
            json={
                "jsonrpc": "2.0",
                "params": {"model": "res.users", "method": "context_get", "args": [], "kwargs": {}},
            },
        ).json()

    assert "result" in ask()
    shell(
        name,
        f"""
        user = env["res.users"].search([("login", "=", "r_turned")])
        user.group_ids = env.ref("{GROUP}agent")
        env.flush_all()
        env.registry.signal_changes()
        """,
    )
    assert "error" in ask()


def test_refusals_are_logged_although_their_transaction_is_rolled_back(world):
    name, server, keys = world
    before = len(refusals(name, "r_clerk"))
    refused(lambda: server.call("ai.suggestion", "action_accept", key=keys["clerk"], ids=[1, 2, 3]))
    refused(lambda: server.call("ai.audit.log", "search_read", key=keys["clerk"], domain=[]))
    refused(lambda: server.call("ai.policy", "write", key=keys["clerk"], ids=[1], vals={"max_amount": 1}))
    rows = refusals(name, "r_clerk")[before:]
    assert [row["method"] for row in rows] == [
        "ai.suggestion.action_accept",
        "ai.audit.log.search_read",
        "ai.policy.write",
    ]
    assert rows[0]["ids"] == [1, 2, 3]
    assert (rows[2]["model"], rows[2]["ids"], rows[2]["operation"]) == ("ai.policy", [1], "write")


def test_refusals_of_the_web_client_and_of_xml_rpc_are_logged(world):
    name, server, _keys = world
    session = logged_in(server, name, "r_auditor")
    session.post(
        f"{server.url}/web/dataset/call_kw/ai.suggestion/action_reject",
        json={
            "jsonrpc": "2.0",
            "params": {"model": "ai.suggestion", "method": "action_reject", "args": [[7]], "kwargs": {}},
        },
    )
    [row] = refusals(name, "r_auditor")
    assert (row["method"], row["ids"]) == ("ai.suggestion.action_reject", [7])
    uid = query(name, "SELECT id FROM res_users WHERE login = 'r_auditor'")[0][0]
    objects = xmlrpc.client.ServerProxy(f"{server.url}/xmlrpc/2/object")
    with pytest.raises(xmlrpc.client.Fault):
        objects.execute_kw(name, uid, "r_auditor", "ai.suggestion", "action_accept", [[8]])
    row = refusals(name, "r_auditor")[-1]
    assert (row["method"], row["ids"]) == ("ai.suggestion.action_accept", [8])


def test_what_concerns_nobody_here_is_not_logged(world):
    """An ordinary user's refusal on a model of Odoo is Odoo's matter."""
    name, server, keys = world
    before = len(refusals(name, "r_auditor"))
    refused(lambda: server.call("res.users", "write", key=keys["auditor"], ids=[1], vals={"name": "x"}))
    assert len(refusals(name, "r_auditor")) == before


def test_a_flood_of_refusals_fills_nothing(world):
    name, server, keys = world
    before = len(refusals(name, "r_reviewer"))
    for _attempt in range(40):
        refused(lambda: server.call("ai.audit.log", "search_read", key=keys["reviewer"], domain=[]))
    for number in range(40):
        refused(lambda: server.call("ai.audit.log", f"_invented_{number}", key=keys["reviewer"]))  # noqa: B023
    rows = refusals(name, "r_reviewer")[before:]
    # A minute may end in between.
    assert len(rows) <= 6, rows
    connect(name).cursor().execute("UPDATE ai_refusal SET minute = minute - interval '5 minutes'")
    shell(name, "env['ai.refusal']._cron_tell()")
    told = [row for row in refusals(name, "r_reviewer")[before:] if row.get("repeated")]
    assert sum(row["repeated"] for row in told) + len(rows) == 80, told
    assert query(name, "SELECT count(*) FROM ai_refusal")[0][0] == 0
