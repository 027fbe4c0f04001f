"""Every public method of the addon over real HTTP, with a real key of every role: the same table of rules."""

import http.client
import importlib
import json
import sys
import types
from pathlib import Path

import pytest

from harness import Server, database, query, shell

SECURITY = Path(__file__).resolve().parents[1] / "security"
SECRET = "SECRET7731"
REFUSED = http.client.FORBIDDEN
#: What a caller with the right gets: a result, or the word that this makes no sense just now.
ALLOWED = (http.client.OK, http.client.NOT_FOUND, http.client.CONFLICT, http.client.UNPROCESSABLE_ENTITY)
#: Web pages open these for their user; they leave the key's own rights as they are.
ONCE_ONLY = ("ai.agent.action_revoke",)


def _load(name, folder):
    # Plain Python: it is read without Odoo, as a package of its own.
    package = sys.modules.setdefault(f"aib_{folder.name}", types.ModuleType(f"aib_{folder.name}"))
    package.__path__ = [str(folder)]
    return importlib.import_module(f"{package.__name__}.{name}")


rules = _load("rules", SECURITY)
MODELS = _load("rights", SECURITY).MODELS
vocabulary = _load("vocabulary", SECURITY.parents[1] / "engine")


def allows(name, rule, role):
    """As the table says; over HTTP an agent's key opens its own methods only, harmless ones of others neither."""
    model, _dot, method = name.rpartition(".")
    is_closed = role == "agent" and method not in vocabulary.AGENT_METHODS.get(model, ())
    return rule.allows(role) and not is_closed


@pytest.fixture(scope="module")
def site():
    with database() as name:
        world = shell(
            name,
            """
            from datetime import datetime, timedelta
            from odoo.addons.ai_bookkeeper.tests.security.methods import public_methods
            from odoo.addons.ai_bookkeeper.tests.security.world import WIZARDS, build
            env["ai.audit.seal"]._seal(complete=True)
            # To see what was sealed on another cursor.
            env.cr.commit()
            result = build(env)
            result["keys"] = {
                role: env["res.users.apikeys"]
                .with_user(env["res.users"].search([("login", "=", login)]))
                ._generate("rpc", "rules", datetime.now() + timedelta(days=0.9))
                for role, login in result["logins"].items()
            }
            result["methods"] = sorted(public_methods(env))
            result["models"] = {
                method: bool(getattr(getattr(env.registry[method.rpartition(".")[0]], method.rpartition(".")[2]),
                                     "_api_model", False))
                for method in result["methods"]
            }
            result["wizards"] = WIZARDS
            agents = env["res.users"].search([("login", "=", result["logins"]["agent"])])
            env["ai.agent"].create({"name": "Tester", "user_id": agents.id, "rate_limit": 100000,
                                    "kind_ids": env["ai.agent.kind"].search([]).ids})
            """,
        )
        with Server(name) as server:
            yield Site(name, server, world)


class Site:
    def __init__(self, name, server, world):
        self.name, self.server, self.world = name, server, world

    def call(self, role, model, method, parameters):
        reply = self.server.post(
            f"/json/2/{model}/{method}",
            json=parameters,
            headers={"Authorization": f"Bearer {self.world['keys'][role]}"},
        )
        return reply.status_code, reply.text

    def answer(self, name, rule, role):
        """(status, text) of one method called by one role."""
        model, _dot, method = name.rpartition(".")
        names = self.world["secret" if role == rules.BLIND else "open"]
        parameters = resolve(rule.arguments, names)
        if rule.context:
            parameters["context"] = resolve(rule.context, names)
        if not self.world["models"][name]:
            parameters["ids"] = [self.own_dialog(role, model, names) or names.get(model, 0)]
        return self.call(role, model, method, parameters)

    def own_dialog(self, role, model, names):
        """The dialog that the caller makes for itself; None where it may not, and for models that are no dialogs."""
        values = self.world["wizards"].get(model)
        if values is None:
            return None
        status, text = self.call(role, model, "create", {"vals_list": [resolve(values, names)]})
        return json.loads(text)[0] if status == http.client.OK else None


def resolve(value, names):
    if isinstance(value, str) and value.startswith("$"):
        return names[value[1:]]
    if isinstance(value, dict):
        return {key: resolve(inner, names) for key, inner in value.items()}
    if isinstance(value, list):
        return [resolve(inner, names) for inner in value]
    return value


def report(rows):
    return "\n".join(str(row)[:220] for row in rows)


def test_every_method_has_a_rule(site):
    found = {name for name in site.world["methods"] if name.rpartition(".")[2] not in ("create", "write", "unlink")}
    assert sorted(found ^ set(rules.METHODS)) == []


def test_who_may_not_is_refused_and_logged(site):
    """First all who may not: what the others do later can't be the reason."""
    wrong, refused = [], set()
    for name, rule in sorted(rules.METHODS.items()):
        for role in (*rules.ROLES.values(), rules.BLIND):
            if allows(name, rule, role):
                continue
            status, text = site.answer(name, rule, role)
            refused.add((site.world["logins"][role], name))
            if status != REFUSED or SECRET in text:
                wrong.append((name, role, status, text[:200]))
    assert not wrong, report(wrong)
    rows = query(
        site.name,
        """SELECT login, payload->>'method' FROM ai_audit_log l JOIN res_users u ON u.id = l.user_id
            WHERE event = 'refused'""",
    )
    # Beyond twenty methods in a minute one user's refusals are counted together.
    together = {login for login, method in rows if method == "(others)"}
    missing = {(login, method) for login, method in refused - set(rows) if login not in together}
    assert missing == set()
    assert {login for login, _method in rows} == {login for login, _method in refused}


def test_models_are_closed_as_the_table_says(site):
    wrong = []
    for model, rights in MODELS.items():
        for role in rules.ROLES.values():
            status, text = site.call(role, model, "search_read", {"domain": [], "fields": ["id"], "limit": 1})
            if (status == http.client.OK) != rights.allows("read", role):
                wrong.append((model, role, status, text[:200]))
            for method, operation, parameters in (
                ("write", "write", {"ids": [1], "vals": {}}),
                ("unlink", "unlink", {"ids": [0]}),
                ("create", "create", {"vals_list": [{}]}),
            ):
                if rights.allows(operation, role):
                    continue
                status, text = site.call(role, model, method, parameters)
                if status not in (REFUSED, http.client.UNPROCESSABLE_ENTITY):
                    wrong.append((model, role, method, status, text[:200]))
    assert wrong == []


def not_about(read):
    """Rows about other records than ``{model: ids}``."""
    domain = [("res_model", "!=", "sync.intake")]
    for model, ids in read.items():
        domain += ["|", ("res_model", "!=", model), ("res_id", "not in", ids)]
    return domain


def test_the_blind_find_nothing_in_any_list(site):
    told = []
    # What they may read, they may know events of.
    read = {
        model: json.loads(site.call(rules.BLIND, model, "search", {"domain": []})[1])
        for model in ("account.move", "res.partner")
    }
    for model, rights in MODELS.items():
        if not rights.read or model in site.world["wizards"]:
            continue
        domain = not_about(read) if model in ("sync.event", "sync.job") else []
        status, text = site.call(rules.BLIND, model, "search_read", {"domain": domain})
        # These are nobody's secret: they carry the name of a vendor or an agent that everybody with the role reads.
        names = {"ai.policy", "ai.agent", "ai.agent.key", "ai.vendor.change", "ai.vendor.bill"}
        # So do rules of approval, and what is known of a vendor's layout: who reads the vendor reads it.
        names |= {"ai.approval.rule", "ai.document.layout"}
        # What comes in belongs to the company until it is worked out, and troubles are named by what is in trouble.
        names |= {"sync.intake", "sync.trouble"}
        # Whom the balance sheet owes is the company's, as its chart is.
        names |= {"ai.counterpart", "ai.counterpart.claim", "ai.loan", "ai.loan.change", "ai.loan.line"}
        # Accounts are read by everybody who keeps the books; a bank account may bear its journal's name.
        names.add("ai.account.note")
        if status != http.client.OK or (SECRET in text and model not in names):
            told.append((model, status, text[max(text.find(SECRET) - 100, 0) :][:300]))
    assert told == [], "\n".join(map(str, told))


def test_who_may_is_let_in(site):
    wrong = []
    order = sorted(rules.METHODS.items(), key=lambda item: (item[0] in ONCE_ONLY, item[0]))
    for name, rule in order:
        for role in (*rules.ROLES.values(), rules.BLIND):
            if not allows(name, rule, role):
                continue
            status, text = site.answer(name, rule, role)
            hidden = role == rules.BLIND and rule.blind == rules.EMPTY and SECRET in text
            if status not in ALLOWED or hidden:
                wrong.append((name, role, status, text[:300]))
    assert not wrong, report(wrong)
