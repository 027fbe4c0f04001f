"""Who decides what in the demo: policies, an outside agent with proposals, a parked line and a question."""

from odoo.exceptions import UserError, ValidationError

from . import words

_LINE = "account.bank.statement.line"


def set_policies(env):
    """The manager's policies, before anything is proposed."""
    manager = env(user=env["res.users"].search([("login", "=", "manager")]))
    collection = env["account.journal"].search([("code", "=", "BNK2")])
    manager["ai.policy"].create(
        [
            {
                "name": "Sure matches on the collection account",
                "sequence": 10,
                "kind": "bank_match",
                "journal_ids": collection.ids,
                "mode": "supervised",
                "min_confidence": 0.98,
                "max_amount": 2500.0,
                "second_approval_amount": 10000.0,
            },
            {
                "name": "Large amounts: two people",
                "sequence": 20,
                "mode": "assist",
                "second_approval_amount": 10000.0,
            },
        ]
    )


def make_agent(env):
    """An agent that codes what no open item explains; its proposals wait like all others. Answers how many it made."""
    manager = env(user=env["res.users"].search([("login", "=", "manager")]))
    kinds = manager["ai.agent.kind"].search([("is_available", "=", True)])
    values = {"name": "Coding service", "company_ids": env.company.ids, "kind_ids": kinds.ids}
    # The key is shown to nobody: the demo acts as the agent's user.
    agent, _key = manager["ai.agent"]._create_agent(values, 30)
    suggestions = env(user=agent.sudo().user_id)["ai.suggestion"]
    made = 0
    for line in _nothing_found(env):
        account = _account_for(env, line)
        if account:
            made += _submit(suggestions, line, account)
    return made


def _submit(suggestions, line, account):
    row = {"account_id": account.id, "amount": f"{line.amount:.2f}", "tax_ids": [], "label": line.payment_ref}
    values = {
        "kind": "bank_coding",
        "res_model": _LINE,
        "res_id": line.id,
        "proposal": {"lines": [row]},
        "idempotency_key": f"demo-{line.id}",
    }
    try:
        return bool(suggestions.submit(values))
    except (UserError, ValidationError):
        return False


def _nothing_found(env):
    return env[_LINE].search([("is_reconciled", "=", False), ("ai_finding", "=", "nothing")], order="id")


def _account_for(env, line):
    for marks, code, _name, _kind in words.ACCOUNTS:
        if any(mark in (line.payment_ref or "") for mark in marks):
            return env["account.account"].search([("code", "=", code)], limit=1)
    return env["account.account"]


def wait_for_people(env):
    """One line is parked, about another a client is asked: through the reviewer's own methods."""
    reviewer = env(user=env["res.users"].search([("login", "=", "reviewer")]))
    waiting = _nothing_found(env).filtered(lambda line: not line.ai_suggestion_id)
    if not env.company.ai_clarification_account_id:
        env.company.ai_clarification_account_id = env["account.account"].create(
            {"code": "499010", "name": "Clarification account", "account_type": "asset_current"}
        )
    if waiting:
        waiting[0].with_env(reviewer).action_ai_park("missing_document", "Receipt asked for by phone")
    if waiting[1:]:
        director = env["res.partner"].create(
            {"name": words.DIRECTOR, "email": "director@lindenhof.example", "company_id": env.company.id}
        )
        waiting[1].with_env(reviewer).action_ai_ask(
            director.id, "What was this payment for?", ["Business, I add the receipt", "Private", "I don't know"]
        )
