"""What the rights tests call methods on: each thing once in the open and once in a journal that is closed."""

from odoo import Command, fields
from odoo.tests import new_test_user
from odoo.tools import SQL

GROUP = "ai_bookkeeper.ai_bookkeeper_group_"
LINE = "account.bank.statement.line"
#: A seal's number that the sealer, on its own cursor, does not give while a test runs.
FAR = 2**30
#: Stands on everything that the blind user must not learn of.
SECRET = "SECRET7731"
USERS = {
    "agent": [f"{GROUP}agent"],
    "auditor": ["base.group_user", f"{GROUP}auditor"],
    "reviewer": ["base.group_user", f"{GROUP}reviewer"],
    "manager": ["base.group_user", f"{GROUP}manager"],
    "user": ["base.group_user"],
    "portal": ["base.group_portal"],
    "blind": ["base.group_user", f"{GROUP}auditor", f"{GROUP}reviewer", f"{GROUP}manager"],
}
#: Values with which a caller makes its own dialog.
WIZARDS = {
    "ai.agent.create": {"name": "Robot"},
    "ai.agent.rotate": {"agent_id": "$agent"},
    "ai.audit.check.start": {},
    "ai.audit.erase": {"reason": "asked for"},
    "ai.audit.export.start": {},
    "ai.bank.import.start": {"journal_id": "$journal"},
    "ai.cut.over.day": {"cut_over_id": "$ai.cut.over", "date": "2026-03-01"},
    "ai.cut.over.pick": {"line_id": "$ai.cut.over.line"},
    "ai.cut.over.pick.option": {"pick_id": "$pick", "item_keys": []},
    "ai.payout.start": {},
    "ai.duty.declare": {"reason": "one person"},
    "ai.payment.run.start": {"filename": "x.xml", "data": "eA=="},
    "ai.settings": {},
    "sync.pause.switch": {},
    "ai.suggestion.review": {},
    "ai.suggestion.undo": {},
    "ai.suggestion.undo.row": {"undo_id": "$undo", "suggestion_id": "$suggestion"},
    "sync.connect": {"connection_id": "$sync.connection"},
    "sync.disconnect": {"connection_id": "$sync.connection"},
    "sync.intake.answer": {"intake_id": "$sync.intake", "journal_id": "$journal"},
    "ai.park": {},
    "ai.finding.dismiss": {"finding_ids": [[6, 0, ["$ai.finding"]]], "reason": "two orders"},
    "ai.policy.dry.run": {"name": "Try"},
    "ai.loan.import": {"loan_id": "$ai.loan", "file": "RGF0ZTtQYXltZW50O0ludGVyZXN0CjIwMjYtMDEtMzE7MTA1OzUK"},
    "ai.rule.offer": {
        "name": "Supplies",
        "tokens": "supplies",
        "company_id": "$company",
        "line_ids": [[0, 0, {"account_id": "$expense_account"}]],
    },
    "ai.sample.code": {"sample_id": "$ai.sample"},
    "sync.webhook.rotate": {"webhook_id": "$sync.webhook"},
    "sync.webhook.resend": {"webhook_id": "$sync.webhook"},
    "ai.rate.entry": {"line_id": "$line", "currency_id": "$currency", "day": "2026-01-01", "rate": "1.5"},
    "ai.model.key": {"provider_id": "$ai.model.provider", "key": "geheim-4711"},
    "ai.question.ask": {"partner_id": "$partner", "question": "What is this?"},
    "ai.approval.ask": {"partner_id": "$partner"},
    "ai.approval.withdraw": {"reason": "by telephone"},
}


def build(env):
    """Make users, books and rows. Returns plain ids:

    ``{"logins": {role: login}, "open": {name: id}, "secret": {name: id}}``; names are those of the rules' arguments,
    and names of models.
    """
    people = {role: new_test_user(env, f"rule_{role}", groups=",".join(groups)) for role, groups in USERS.items()}
    for user in people.values():
        user.write({"company_id": env.company.id, "company_ids": [Command.set(env.company.ids)]})
    shown, hidden = _rows(env, "Plain", "BNKO"), _rows(env, SECRET, "BNKS")
    export = {"user_id": people["auditor"].id, "scope": "period", "company_ids": [Command.set(env.company.ids)]}
    for found in (shown, hidden):
        found["ai.audit.export"] = env["ai.audit.export"].create(export).id
        found["undo"] = env["ai.suggestion.undo"].create({}).id
        found["pick"] = env["ai.cut.over.pick"].create({"line_id": found["ai.cut.over.line"]}).id
        found["sync.mixin"] = found["sync.job.words"] = 1  # have no rows
        # Somebody else's dialogs: who may not make one of their own tries these.
        found.update({model: env[model].create(resolve(values, found)).id for model, values in WIZARDS.items()})
    env["ir.rule"].create(
        {
            "name": "closed to the blind",
            "model_id": env["ir.model"]._get("account.journal").id,
            "domain_force": f"[('id', '!=', {hidden['journal']})] if user.login == 'rule_blind' else [(1, '=', 1)]",
        }
    )
    env.flush_all()
    return {"logins": {role: user.login for role, user in people.items()}, "open": shown, "secret": hidden}


def _rows(env, name, code):
    partner = env["res.partner"].create({"name": f"{name} Supplies Ltd", "email": f"{code.lower()}@example.com"})
    bank = env["account.journal"].create({"name": f"{name} bank", "code": code, "type": "bank"})
    expense = env["account.account"].search([("account_type", "=", "expense")], limit=1)
    bill = _bill(env, partner, name)
    lines = env[LINE].create(
        [
            {"journal_id": bank.id, "payment_ref": text, "amount": -25.0, "date": "2026-03-10", "partner_id": who}
            for text, who in ((f"{name} {bill.name}", partner.id), (f"{name} later", False))
        ]
    )
    statement = env["account.bank.statement"].create({"name": name, "line_ids": [Command.set(lines[1].ids)]})
    payment = env["account.payment"].create(
        {"partner_id": partner.id, "amount": 12.0, "journal_id": bank.id, "payment_type": "outbound"}
    )
    payment.action_post()
    suggestions = env["ai.suggestion"]
    suggestion = suggestions.browse(suggestions.propose(LINE, lines[0].ids))
    assert len(suggestion) == 1, lines[0].ai_finding_text
    found = {
        "partner": partner.id,
        "journal": bank.id,
        "line": lines[0].id,
        "expense_account": expense.id,
        "suggestion": suggestion.id,
        "res.partner": partner.id,
        "account.journal": bank.id,
        LINE: lines[0].id,
        "account.bank.statement": statement.id,
        "account.move": payment.move_id.id,
        "account.payment": payment.id,
        "ai.suggestion": suggestion.id,
        "res.users": env.user.id,
        "company": env.company.id,
        "ai.rule": _rule(env, expense).id,
        "account.reconcile.model": env["account.reconcile.model"]
        .create(
            {
                "name": f"Fees {code}",
                "match_label": "contains",
                "match_label_param": "monthly fee",
                "line_ids": [Command.create({"account_id": expense.id})],
            }
        )
        .id,
    }
    found.update(_learned(env, name, payment.move_id, bank, partner))
    approvals = env["ai.approval"]
    found["ai.approval"] = approvals.create(approvals._row(payment.move_id, partner)).id
    found["ai.approval.rule"] = (
        env["ai.approval.rule"]
        .create({"name": name, "approver_ids": [Command.set(partner.ids)], "min_amount": 9999})
        .id
    )
    found.update(_payout(env, name, bank))
    return {**found, **_governance(env, name, lines[0], suggestion, partner, bank)}


def _payout(env, name, bank):
    """A provider whose journal is the one that is closed in the hidden half, and a payout of it."""
    general = env["account.journal"].search([("type", "=", "general")], limit=1)
    clearing = env["account.account"].create(
        {"name": f"{name} clearing", "code": f"CL{bank.code}", "account_type": "asset_current", "reconcile": True}
    )
    provider = env["ai.payment.provider"].create(
        {"name": name, "clearing_account_id": clearing.id, "journal_id": general.id}
    )
    payout = env["ai.payout"].create(
        {
            "name": name,
            "provider_id": provider.id,
            "company_id": env.company.id,
            "currency_id": env.company.currency_id.id,
            "date": "2026-03-10",
            "line_ids": [Command.create({"kind": "sale", "text": name, "amount": 5.0})],
        }
    )
    env.flush_all()
    for records in (provider, payout, payout.line_ids):
        # No bank journal takes entries of payouts: only the closed one is wanted here.
        update = SQL(
            "UPDATE %s SET journal_id = %s WHERE id IN %s", SQL.identifier(records._table), bank.id, records._ids
        )
        env.cr.execute(update)
    env.invalidate_all()
    return {"ai.payment.provider": provider.id, "ai.payout": payout.id, "ai.payout.line": payout.line_ids.id}


def _learned(env, name, move, journal, partner):
    """What was learned from a document."""
    about = {"company_id": env.company.id}
    document = env["ai.document"].create({"name": f"{name}.pdf", "move_id": move.id, "journal_id": journal.id, **about})
    layout = env["ai.document.layout"].create({"partner_id": partner.id, **about})
    lesson = env["ai.document.lesson"].create(
        {"layout_id": layout.id, "document_id": document.id, "res_id": move.id, "reading": {}, **about}
    )
    return {
        "ai.document.layout": layout.id,
        "ai.document.lesson": lesson.id,
    }


def _rule(env, account):
    lines = [Command.create({"account_id": account.id})]
    return env["ai.rule"].create({"name": "Supplies", "tokens": "supplies", "line_ids": lines})


def _bill(env, partner, name):
    bill = env["account.move"].create(
        {
            "move_type": "in_invoice",
            "partner_id": partner.id,
            "invoice_date": "2026-03-01",
            "date": "2026-03-01",
            "ref": f"{name} 1",
            "invoice_line_ids": [Command.create({"name": name, "price_unit": 25.0, "tax_ids": [Command.set([])]})],
        }
    )
    bill.action_post()
    return bill


def _governance(env, name, line, suggestion, partner, bank):
    """Rows of the addon's other models, made as their own methods would."""
    now = fields.Datetime.now()
    policy = env["ai.policy"].create({"name": f"Policy {bank.code}", "company_id": env.company.id})
    agent, _key = env["ai.agent"]._create_agent(
        {"name": f"Robot {bank.code}", "company_ids": env.company.ids, "kind_ids": env["ai.agent.kind"].search([]).ids},
        1,
    )
    reading = env["ai.agent.reading"].create(
        {
            "at": now,
            "agent_id": agent.id,
            "company_id": env.company.id,
            "res_model": LINE,
            "res_id": line.id,
            "payload": {"text": name},
        }
    )
    [question_id] = suggestion.action_ask(partner.id, f"{name}?")
    env["ai.bank.reconciliation"].issue(bank.id, "2026-03-31", note=name)
    issued = env["ai.bank.reconciliation"].search([("journal_id", "=", bank.id)])
    items = env["ai.bank.reconciliation.line"]
    bank_import = env["ai.bank.import"].create(
        {"name": f"{name}.csv", "journal_id": bank.id, "company_id": env.company.id}
    )
    where = {"company_id": env.company.id, "journal_id": bank.id}
    money = {"currency_id": env.company.currency_id.id}
    days = {"date": "2026-03-01", "first_day": "2026-02-01", "last_day": "2026-03-31"}
    cut_over = env["ai.cut.over"].create({**where, **money, **days})
    cut_line = env["ai.cut.over.line"].create(
        {"cut_over_id": cut_over.id, **where, **money, "fate": "new", "bank_keys": [name], "bank_text": name}
    )
    cut_item = env["ai.cut.over.item"].create({"cut_over_id": cut_over.id, **where, "text": name})
    finding = env["ai.finding"].create(
        {
            "company_id": env.company.id,
            "res_model": LINE,
            "res_id": line.id,
            "code": "vendor_new",
            "severity": "warn",
            "key": "vendor:new",
            "values": {"name": name},
        }
    )
    gate = env["ai.gate"].create(
        {
            "policy_id": policy.id,
            "company_id": env.company.id,
            "kind": "bank_match",
            "journal_id": bank.id,
            "tier": "match",
        }
    )
    sample = env["ai.sample"].create(env["ai.sample"]._values_of(suggestion))
    review = env["ai.bounded.review"].create({"tolerable": 100.0})
    log = env["ai.audit.log"].search([("suggestion_id", "=", suggestion.id)], limit=1)
    seal = env["ai.audit.seal"].search([], limit=1) or env["ai.audit.seal"].create(
        {"seq": FAR, "log_id": log.id, "digest": log.digest, "head": log.digest, "sealed_at": now}
    )
    connection = env["sync.connection"].create({"name": f"Files {bank.code}", "kind": "file", "state": "connected"})
    [intake] = env["sync.intake"]._take(connection, "hook", name, name.encode(), name=f"{name}.csv")
    anchor = env["ai.audit.anchor"].create({"at": now, "channel": "none", "state": "sent"})
    check = env["ai.audit.check"].create({"state": "whole"})
    generation = env["sync.generation"].create({"token": f"{bank.id:012x}", "cause": "first"})
    webhook = env["sync.webhook"].create({"name": f"Shop {bank.code}", "url": "https://192.0.2.1/hook"})
    delivery = env["sync.delivery"].create(
        {
            "webhook_id": webhook.id,
            "company_id": env.company.id,
            "event_id": env["sync.event"]._emit("bank_line.added", line)[0],
            "res_model": LINE,
            "res_id": line.id,
            "at": now,
            "message_id": f"msg_{bank.code}",
        }
    )
    about = {"res_model": LINE, "res_id": line.id, "company_id": env.company.id}
    [job_id] = env["sync.job"]._enqueue([{"kind": "deliver", **about}])
    done = env["sync.job.history"].create({"kind": "deliver", "state": "done", **about})
    [event_id] = env["sync.event"]._emit("suggestion.proposed", suggestion)
    trouble = env["sync.trouble"].create(
        {"kind": "late", "subject": name, "company_id": env.company.id, "facts": {"count": 1}, "since": now}
    )
    backtest = env["ai.backtest"].create(
        {"name": name, "date_from": "2026-03-01", "date_to": "2026-03-31", "journal_ids": [Command.set(bank.ids)]}
    )
    replayed = env["ai.backtest.line"].create(
        {"backtest_id": backtest.id, "statement_line_id": line.id, "date": line.date, "outcome": "nothing", **about}
    )
    moved = {"backtest_id": backtest.id, "company_id": env.company.id, "subject": "account", "month": "2026-03-01"}
    posting = env["ai.backtest.posting"].create({**moved, "line_id": replayed.id})
    receipt = env["ai.receipt"].create(
        {
            **about,
            "label": name,
            "date": "2026-03-10",
            "amount": -25.0,
            "currency_id": env.company.currency_id.id,
            "holder_id": partner.id,
        }
    )
    run = env["ai.payment.run"].create(
        {
            **{
                "name": name,
                "message": name,
                "direction": "credit",
                "company_id": env.company.id,
                "journal_id": bank.id,
            },
            **{"date": "2026-03-10", "currency_id": env.company.currency_id.id, "amount": 25.0, "line_count": 1},
            "line_ids": [Command.create({"name": name, "amount": 25.0, "sequence": 1})],
        }
    )
    draft = env["account.move"].create({"journal_id": bank.id, "ref": name})
    file = env["ir.attachment"].create(
        {"name": f"{name}.pdf", "raw": name.encode(), "res_model": "account.move", "res_id": draft.id}
    )
    document = env["ai.document"].create(
        {
            "name": f"{name}.pdf",
            "company_id": env.company.id,
            "journal_id": bank.id,
            "move_id": draft.id,
            "attachment_id": file.id,
        }
    )
    card = env["ai.payment.card"].create({"journal_id": bank.id, "holder_id": partner.id})
    owed = env["account.account"].search([("account_type", "=", "liability_non_current")], limit=1)
    lender = env["ai.counterpart"].create(
        {
            "name": name,
            "kind": "lender",
            "bank_names": name,
            "claim_ids": [Command.create({"topic": "loan", "account_ids": [Command.set(owed.ids)]})],
        }
    )
    loan = env["ai.loan"].create(
        {
            "name": name,
            "counterpart_id": lender.id,
            "principal": 100.0,
            "account_id": owed.id,
            "interest_account_id": env["account.account"].search([("account_type", "=", "expense")], limit=1).id,
            "start": "2025-12-31",
            "first": "2026-01-31",
            "change_ids": [Command.create({"date": "2026-06-30", "extra": 1.0})],
        }
    )
    loan.action_replan()
    history = env["ai.learning.history"].create({"journal_ids": [Command.set(bank.ids)]})
    [lesson_id] = env["ai.learning.event"]._insert(
        [
            {
                **about,
                "scope": "bank_coding",
                "source": "person",
                "weight": 1.0,
                "date": line.date,
                "text": name,
                "amount": line.amount,
                "currency_id": line.currency_id.id,
                "journal_id": bank.id,
                "label": "[]",
                "lines": [],
                "is_error": False,
            }
        ]
    )
    model = env["ai.model.provider"].search([("company_id", "=", env.company.id)]) or env["ai.model.provider"].create(
        {"url": "https://192.0.2.1/v1", "model": "small"}
    )
    asked = env["ai.model.ledger"].create(
        {"at": now, "company_id": env.company.id, "res_model": "ai.document", "res_id": document.id}
    )
    rates = env["ai.rate.provider"].search([("company_id", "=", env.company.id)]) or env["ai.rate.provider"].create(
        {"name": "Central bank", "url": "https://192.0.2.1/rates.xml"}
    )
    expected = env["ai.expected.payment"].create(
        {"name": name, "journal_id": bank.id, "partner_id": partner.id, "first_date": "2026-03-01", "amount": 25.0}
    )
    note = env["ai.account.note"].create({"account_id": line.journal_id.default_account_id.id})
    ahead = env["account.payment"].create(
        {"partner_id": partner.id, "amount": 9.0, "journal_id": bank.id, "payment_type": "inbound"}
    )
    ahead.action_post()
    on_account = ahead.move_id.line_ids.filtered(lambda item: item.account_id == ahead.destination_account_id)
    agreed = {"agreement": name, "agreed_on": "2026-03-10", "item_ids": [Command.set(on_account.ids)]}
    return {
        "ai.advance": on_account.id,
        "ai.netting": env["ai.netting"].create({"partner_id": partner.id, **agreed}).id,
        "ai.finding": finding.id,
        "ai.bank.reconciliation": issued.id,
        "ai.bank.reconciliation.line": items.search([("reconciliation_id", "=", issued.id)], limit=1).id,
        "ai.learning.history": history.id,
        "ai.learning.event": lesson_id,
        "ai.learning.model": env["ai.learning.model"]._build(env.company).id,
        "ai.account.note": note.id,
        "ai.backtest": backtest.id,
        "ai.backtest.line": replayed.id,
        "ai.backtest.posting": posting.id,
        "ai.backtest.balance": env["ai.backtest.balance"].create(moved).id,
        "ai.payment.run": run.id,
        "ai.payment.run.line": run.line_ids.id,
        "ai.receipt": receipt.id,
        "ai.expected.payment": expected.id,
        "ai.cash.view": 1,  # has no rows
        "cash_scope": f"journal:{bank.id}",
        "ai.document": document.id,
        "ai.document.page": env["ai.document.page"].create({"document_id": document.id, "number": 1}).id,
        "ai.counterpart": lender.id,
        "ai.counterpart.claim": lender.claim_ids.id,
        "ai.loan": loan.id,
        "ai.loan.line": loan.line_ids[0].id,
        "ai.loan.change": loan.change_ids.id,
        "ai.payment.card": card.id,
        "ai.model.provider": model.id,
        "ai.rate.provider": rates.id,
        "currency": env.ref("base.CHF").id,
        "ai.model.allowance": model.allowance_ids[0].id,
        "ai.model.ledger": asked.id,
        "sync.webhook": webhook.id,
        "sync.delivery": delivery.id,
        "sync.job": job_id,
        "sync.job.history": done.id,
        "sync.event": event_id,
        "sync.trouble": trouble.id,
        "agent": agent.id,
        "ai.agent": agent.id,
        "ai.agent.reading": reading.id,
        "ai.policy": policy.id,
        "ai.gate": gate.id,
        "ai.sample": sample.id,
        "ai.bounded.review": review.id,
        "ai.question": question_id,
        "ai.bank.import": bank_import.id,
        "ai.cut.over": cut_over.id,
        "ai.cut.over.line": cut_line.id,
        "ai.cut.over.item": cut_item.id,
        "sync.connection": connection.id,
        "sync.intake": intake.id,
        "ai.audit.log": log.id,
        "ai.audit.seal": seal.id,
        "ai.audit.anchor": anchor.id,
        "ai.audit.check": check.id,
        "sync.generation": generation.id,
    }


def resolve(value, names):
    """``value`` with ``$name`` replaced by the ids of ``names``, at any depth."""
    if isinstance(value, str) and value.startswith("$"):
        return names[value[1:]]
    if isinstance(value, dict):
        return {key: resolve(inner, names) for key, inner in value.items()}
    if isinstance(value, list):
        return [resolve(inner, names) for inner in value]
    return value
