"""Who may call what: one line for every public method and every model of the addon.

A method or model without a line here fails ``test_every_method`` and ``test_every_method_http``. To add one:

    "model.method": may("R", ...)   who may call it, as letters of ROLES; named arguments follow

Arguments that begin with ``$`` name something of ``world.py`` ("$line"); the blind caller gets the hidden twin.
``blind`` is what a caller with all roles but without rights on the target gets: ``refused``, or ``empty`` for methods
that search and must answer without a word of it, ``shown`` where the record itself is open to everybody with the role.
``context`` is sent along.
"""

from typing import NamedTuple

ROLES = {
    "A": "agent",
    "U": "auditor",
    "R": "reviewer",
    "M": "manager",
    "O": "user",
    "P": "portal",
}
BLIND = "blind"
REFUSED = "refused"
EMPTY = "empty"
SHOWN = "shown"


class Rule(NamedTuple):
    roles: tuple
    arguments: dict
    blind: str
    context: dict

    def allows(self, role):
        return self.blind != REFUSED if role == BLIND else role in self.roles


class Rights(NamedTuple):
    read: str = ""
    write: str = ""
    create: str = ""
    unlink: str = ""

    def allows(self, operation, role):
        letters = getattr(self, operation)
        return any(ROLES[letter] == role for letter in letters)


def may(letters, blind=REFUSED, context=None, **arguments):
    return Rule(tuple(ROLES[letter] for letter in letters), arguments, blind, context or {})


LINE = "account.bank.statement.line"
CODING = {"lines": [{"account_id": "$expense_account", "amount": "-25.00"}], "remainder": "0"}
BY_HAND = {"write_off": [{"account_id": "$expense_account", "amount": "-25.00"}]}
ASK = {"partner_id": "$partner", "question": "What is this?"}
RULE = {
    "name": "Supplies",
    "tokens": "supplies",
    "company_id": "$company",
    "line_ids": [[0, 0, {"account_id": "$expense_account"}]],
}
WIZARD = {"active_model": "ai.suggestion", "active_ids": ["$suggestion"]}

METHODS = {
    # --- suggestions: proposing
    "ai.suggestion.propose": may("ARM", model=LINE, res_ids=["$line"]),
    "ai.suggestion.submit": may(
        "ARM", values={"kind": "bank_coding", "res_model": LINE, "res_id": "$line", "proposal": CODING}
    ),
    "ai.suggestion.facts": may("ARM", kind="bank_match", res_id="$line"),
    "ai.suggestion.tasks": may("ARM", EMPTY),
    "ai.suggestion.schema": may("ARM", EMPTY, kind="bank_match"),
    # --- suggestions: deciding
    "ai.suggestion.action_accept": may("R"),
    "ai.suggestion.action_reject": may("R"),
    "ai.suggestion.action_choose": may("R", key="x"),
    "ai.suggestion.action_edit": may("R", proposal=CODING),
    "ai.suggestion.action_undo": may("R"),
    "ai.suggestion.action_undo_by_transfer": may("R"),
    "ai.suggestion.action_undo_ask": may("R"),
    "ai.suggestion.action_undo_decision": may("R"),
    "ai.suggestion.undo_candidates": may("R", EMPTY, choices={}),
    "ai.suggestion.undo_many": may("R"),
    "ai.suggestion.undo_outlook": may("R"),
    "ai.suggestion.decide_many": may("R", decisions=[{"id": "$suggestion", "verb": "accept"}]),
    "ai.suggestion.review_rows": may("R"),
    "ai.suggestion.review.start": may("R", suggestion_ids=["$suggestion"]),
    "ai.suggestion.review.start_lines": may("R", line_ids=["$line"]),
    "ai.suggestion.review.action_accept_all": may("R", EMPTY),
    "ai.suggestion.review.action_reject_all": may("R", EMPTY),
    "ai.suggestion.review.action_leave_all": may("R", EMPTY),
    "ai.suggestion.review.action_run_slice": may("R", EMPTY),
    "ai.suggestion.review.action_again": may("R", EMPTY),
    "ai.suggestion.review.action_undo": may("R", EMPTY),
    "ai.suggestion.undo.default_get": may("R", EMPTY, fields_list=["suggestion_ids"], context=WIZARD),
    "ai.suggestion.undo.action_look": may("R", EMPTY),
    "ai.suggestion.undo.action_back": may("R", EMPTY),
    "ai.suggestion.undo.action_run_slice": may("R", EMPTY),
    "ai.suggestion.undo.action_try_again": may("R", EMPTY),
    "ai.suggestion.action_sign_off": may("R"),
    "ai.suggestion.action_sign_off_all": may("R", EMPTY),
    "ai.suggestion.action_send_back": may("R"),
    "ai.suggestion.action_ask": may("R", **ASK),
    "ai.suggestion.action_park": may("R", reason="other"),
    "ai.suggestion.action_take_up": may("R"),
    "ai.suggestion.proposal_parts": may("URM"),
    "ai.suggestion.proposal_of_parts": may("URM", parts=[]),
    "ai.suggestion.check_parts": may("URM", parts=[]),
    # --- backtests
    "ai.backtest.action_start": may("M"),
    "ai.backtest.action_cancel": may("M"),
    "ai.backtest.action_again": may("M"),
    "ai.backtest.action_open_all": may("UM"),
    "ai.backtest.action_open_accepted": may("UM"),
    "ai.backtest.action_open_wrong": may("UM"),
    "ai.backtest.action_open_books": may("UM"),
    "ai.backtest.line.action_open_bank_line": may("UM"),
    "ai.backtest.balance.action_open_lines": may("UM"),
    # --- suggestions: dialogs for many
    # --- suggestions: reading
    "ai.suggestion.action_opened": may("URM"),
    "ai.suggestion.action_open_record": may("URM"),
    "ai.suggestion.action_open_moves": may("URM"),
    "ai.suggestion.action_compare": may("URM"),
    "ai.suggestion.undo_preview": may("URM"),
    "ai.suggestion.accept_preview": may("URM"),
    "ai.suggestion.batch_preview": may("URM"),
    "ai.suggestion.desk_open": may("URM", EMPTY),
    "ai.suggestion.desk_counts": may("URM", EMPTY),
    "ai.suggestion.desk_queue": may("URM", EMPTY),
    "ai.suggestion.desk_waiting_count": may("AURMOP", EMPTY),
    "ai.suggestion.desk_rows": may("URM", EMPTY),
    "ai.suggestion.desk_cards": may("URM", EMPTY),
    "ai.suggestion.desk_news": may("URM", EMPTY, tokens=["x"]),
    "ai.suggestion.desk_successors": may("URM", EMPTY),
    "ai.suggestion.desk_effect": may("URM"),
    # --- bank lines, statements, journals
    "account.bank.statement.action_ai_propose": may("RM"),
    f"{LINE}.action_ai_propose": may("RM"),
    f"{LINE}.action_ai_accept": may("R"),
    f"{LINE}.action_ai_reject": may("R"),
    f"{LINE}.action_ai_choose": may("R", key="x"),
    f"{LINE}.action_ai_undo": may("R"),
    f"{LINE}.action_ai_ask": may("R", **ASK),
    f"{LINE}.action_ai_park": may("R", reason="other"),
    f"{LINE}.ai_book_by_hand": may("R", values=BY_HAND),
    f"{LINE}.ai_open_items": may("URM"),
    f"{LINE}.ai_preview_by_hand": may("URM", values=BY_HAND),
    "account.journal.action_ai_open_lines": may("URM"),
    "account.journal.action_ai_propose": may("RM"),
    "account.journal.action_ai_open_to_policies": may("M"),
    "account.journal.action_ai_close_to_policies": may("M"),
    # --- what records show
    "account.move.action_ai_open_suggestions": may("URM", SHOWN),
    "account.payment.action_ai_open_suggestions": may("URM", SHOWN),
    "res.partner.action_ai_open_suggestions": may("URMO", SHOWN),
    "sync.mixin.action_sync_now": may(""),
    "sync.mixin.action_sync_retry": may(""),
    "sync.mixin.action_sync_open_jobs": may(""),
    "account.move.action_sync_now": may("RM"),
    "account.move.action_sync_retry": may("RM"),
    "account.move.action_sync_open_jobs": may("URM", SHOWN),
    "account.payment.action_sync_now": may("RM"),
    "account.payment.action_sync_retry": may("RM"),
    "account.payment.action_sync_open_jobs": may("URM", SHOWN),
    "res.partner.action_sync_now": may("RM", SHOWN),
    "res.partner.action_sync_retry": may("RM", SHOWN),
    "res.partner.action_sync_open_jobs": may("URM", SHOWN),
    # --- rules
    "ai.suggestion.rule_offer": may("URM", EMPTY),
    "ai.rule.offer": may("RM", suggestion_id="$suggestion"),
    "ai.rule.make": may("RM", SHOWN, values=RULE),
    "ai.rule.preview": may("URM", SHOWN),
    "ai.rule.preview_of": may("URM", SHOWN, values=RULE),
    "ai.rule.action_check": may("RM", SHOWN),
    "ai.rule.action_try": may("URM", SHOWN),
    "ai.rule.action_open_hits": may("URM", SHOWN),
    "ai.rule.offer.default_get": may("RM", SHOWN, fields=["name"]),
    "ai.rule.offer.action_make": may("RM", SHOWN),
    "ai.rule.offer.action_save": may("RM", SHOWN),
    "account.reconcile.model.ai_copy_to_rule": may("RM", SHOWN),
    # --- policies
    "ai.policy.action_dry_run": may("UM", EMPTY),
    "ai.policy.action_open_decided": may("URM", EMPTY),
    "ai.policy.action_apply_to_waiting": may("M", EMPTY),
    "ai.policy.dry_run": may("UM", EMPTY, values={"mode": "assist"}),
    "ai.policy.pause": may("M", EMPTY),
    "ai.policy.resume": may("M", EMPTY),
    "ai.policy.pause_state": may("URM", EMPTY),
    "sync.job.action_retry": may("RM"),
    "sync.job.action_cancel": may("M"),
    "sync.job.retry_all": may("RM", EMPTY),
    # --- sync desk
    "sync.event.changes": may("URM", EMPTY),
    "sync.event.head": may("URM", EMPTY),
    "sync.generation.action_resume": may("M", EMPTY),
    "sync.intake.action_retry": may("RM", SHOWN),
    "sync.intake.action_drop": may("RM", SHOWN),
    "sync.intake.action_answer": may("RM", SHOWN, journal_id="$journal"),
    "sync.intake.action_import_by_hand": may("R", SHOWN),
    "sync.intake.action_open_result": may("URM", SHOWN),
    "sync.intake.answer.action_answer": may("RM", SHOWN),
    "sync.connection.message_new": may("", msg_dict={}),
    "sync.connection.action_watch_now": may("M", SHOWN),
    "sync.connection.action_hook_open": may("M", SHOWN),
    "sync.connection.action_hook_rotate_address": may("M", SHOWN),
    "sync.connection.action_hook_rotate_secret": may("M", SHOWN),
    "sync.connection.action_hook_close": may("M", SHOWN),
    "sync.connection.action_hook_test": may("M", SHOWN),
    "sync.connection.action_open_intake": may("UM", SHOWN),
    "sync.pause.switch.action_pause": may("M", EMPTY),
    "sync.pause.switch.action_resume": may("M", EMPTY),
    "sync.webhook.event_choices": may("UM", EMPTY),
    "sync.webhook.copy_data": may("UM", EMPTY),
    "sync.webhook.action_start": may("M", EMPTY),
    "sync.webhook.action_pause": may("M", EMPTY),
    "sync.webhook.action_switch_off": may("M", EMPTY),
    "sync.webhook.action_test": may("M", EMPTY),
    "sync.webhook.action_secret": may("M", EMPTY),
    "sync.webhook.action_resend": may("M", EMPTY),
    "sync.webhook.action_open_deliveries": may("UM", EMPTY),
    "sync.webhook.action_open_jobs": may("UM", EMPTY),
    "sync.webhook.reveal_secret": may("M", EMPTY),
    "sync.webhook.rotate_secret": may("M", EMPTY),
    "sync.webhook.resend": may("M", EMPTY, since="2026-01-01 00:00:00"),
    "sync.webhook.rotate.action_rotate": may("M", EMPTY),
    "sync.webhook.resend.action_count": may("M", EMPTY),
    "sync.webhook.resend.action_resend": may("M", EMPTY),
    "sync.delivery.action_resend": may("M"),
    "sync.pause.pause": may("M", EMPTY),
    "sync.pause.resume": may("M", EMPTY),
    "sync.pause.pause_state": may("URM", EMPTY),
    "ai.policy.dry.run.action_try": may("UM", EMPTY),
    "ai.policy.dry.run.action_save": may("M", EMPTY),
    "ai.policy.dry.run.action_open_disagreements": may("UM", EMPTY),
    # --- the audit log
    "ai.audit.log.verify_chain": may("UM", EMPTY),
    "ai.audit.check.action_check": may("UM", EMPTY),
    "ai.audit.check.start.action_check": may("UM", EMPTY),
    "ai.audit.seal.action_open_log": may("UM", EMPTY),
    "ai.audit.anchor.action_anchor_now": may("M", EMPTY),
    "ai.audit.anchor.action_send_again": may("M", EMPTY),
    "ai.audit.export.action_export": may("UM", EMPTY, scope="period"),
    "ai.audit.export.action_download": may("U"),
    "ai.audit.export.start.action_export": may("UM", EMPTY),
    "ai.suggestion.action_export_evidence": may("UM", EMPTY),
    "account.move.action_ai_export_evidence": may("UM", SHOWN),
    "ai.audit.identity.erase_preview": may("M", EMPTY, words=["nothing like this"]),
    "ai.audit.identity.action_erase": may("M", EMPTY, reason="asked for", words=["nothing like this"]),
    "ai.audit.erase.action_erase": may("M", EMPTY),
    # --- duties and settings
    "ai.duty.declare.action_declare": may("M", EMPTY),
    "ai.settings.action_save": may("M", EMPTY),
    "ai.settings.action_make_metrics_token": may("M", EMPTY),
    "ai.settings.action_drop_metrics_token": may("M", EMPTY),
    # --- agents
    "ai.agent.action_open_readings": may("UM", EMPTY),
    "ai.agent.action_revoke": may("M", EMPTY),
    "ai.agent.action_rotate": may("M", EMPTY),
    "ai.agent.create.action_create": may("M", EMPTY),
    "ai.agent.rotate.action_rotate": may("M", EMPTY),
    "ai.agent.reading.action_erase": may("M"),
    # --- bank files
    "ai.bank.import.import_file": may("R", journal_id="$journal", filename="x.csv", content_base64="eA=="),
    "ai.bank.import.action_download": may("URM"),
    "ai.bank.import.action_open_lines": may("URM"),
    "ai.bank.import.action_retry": may("R"),
    "ai.bank.import.action_undo": may("R"),
    "ai.bank.import.start.action_back": may("R", EMPTY),
    "ai.bank.import.start.action_import": may("R", EMPTY),
    "ai.bank.import.start.action_read": may("R", EMPTY),
    "ai.bank.import.start.action_refresh": may("R", EMPTY),
    # --- questions and parked lines
    "ai.question.action_open_record": may("URM"),
    "ai.question.action_remind": may("R"),
    "ai.question.action_send": may("R"),
    "ai.question.action_withdraw": may("R"),
    "ai.question.ask.default_get": may("URM", fields_list=["line_ids", "suggestion_ids"], context=WIZARD),
    "ai.question.ask.action_ask": may("R", EMPTY),
    "ai.park.default_get": may("URM", fields_list=["line_ids", "suggestion_ids"], context=WIZARD),
    "ai.park.action_park": may("R", EMPTY),
    # --- figures
    "ai.dashboard.figures": may("URM", EMPTY, since="2026-01-01", until="2026-12-31"),
    "ai.dashboard.drill_down": may("URM", EMPTY, measure="pending", since="2026-01-01", until="2026-12-31"),
    # --- jobs and events: ways to what they are about
    "sync.job.words.action_open_record": may(""),
    "sync.job.words.action_open_subscriber": may(""),
    "sync.job.words.action_open_event": may(""),
    "sync.job.words.action_open_deliveries": may(""),
    "sync.job.words.action_open_suggestions": may(""),
    "sync.job.words.action_open_siblings": may(""),
    "sync.job.action_open_record": may("URM"),
    "sync.job.action_open_subscriber": may("UM"),
    "sync.job.action_open_event": may("URM"),
    "sync.job.action_open_deliveries": may("URM"),
    "sync.job.action_open_suggestions": may("URM"),
    "sync.job.action_open_siblings": may("URM"),
    "sync.job.history.action_open_record": may("URM"),
    "sync.job.history.action_open_subscriber": may("UM"),
    "sync.job.history.action_open_event": may("URM"),
    "sync.job.history.action_open_deliveries": may("URM"),
    "sync.job.history.action_open_suggestions": may("URM"),
    "sync.job.history.action_open_siblings": may("URM"),
    "sync.job.action_retry_all": may("RM", EMPTY),
    "sync.event.action_open_record": may("URM"),
    "sync.event.action_open_jobs": may("URM"),
    "sync.event.action_open_cause": may("URM"),
    # --- watching over syncing
    "sync.dashboard.figures": may("URM", EMPTY),
    "sync.dashboard.drill_down": may("URM", EMPTY, measure="open"),
    "sync.watchdog.state": may("AURMOP", EMPTY),
    "sync.trouble.action_fix": may("URM", EMPTY),
    # --- connections
    "sync.connection.action_arm": may("M", SHOWN),
    "sync.connection.action_connect": may("M", SHOWN),
    "sync.connection.action_disconnect": may("M", SHOWN),
    "sync.connection.action_open_jobs": may("UM", SHOWN),
    "sync.connection.action_open_stopped": may("UM", SHOWN),
    "sync.connection.action_pause": may("M", SHOWN),
    "sync.connection.action_read_now": may("M", SHOWN),
    "sync.connection.action_resume": may("M", SHOWN),
    "sync.connection.action_test": may("M", SHOWN),
    "sync.connect.action_connect": may("M", EMPTY),
    "sync.disconnect.action_disconnect": may("M", EMPTY),
    # --- people
    "res.users.action_ai_take_reviewer": may("", REFUSED),
}

_REVIEWERS = Rights(read="R", write="R", create="R", unlink="R")

MODELS = {
    "ai.suggestion.review": _REVIEWERS,
    "ai.suggestion.review.choice": _REVIEWERS,
    "ai.suggestion.review.part": _REVIEWERS,
    "ai.suggestion.review.row": _REVIEWERS,
    "ai.suggestion.undo": _REVIEWERS,
    "ai.suggestion.undo.row": _REVIEWERS,
    "ai.audit.erase": Rights(read="M", write="M", create="M", unlink="M"),
    "ai.audit.export": Rights(read="UM"),
    "ai.audit.export.start": Rights(read="UM", write="UM", create="UM", unlink="UM"),
    "ai.duty.conflict": Rights(read="UM"),
    "ai.duty.declare": Rights(read="M", write="M", create="M", unlink="M"),
    "ai.settings": Rights(read="M", write="M", create="M", unlink="M"),
    "ai.suggestion": Rights(read="URM"),
    "ai.suggestion.item": Rights(read="URM"),
    "ai.policy": Rights(read="URM", write="M", create="M", unlink="M"),
    "ai.policy.dry.run": Rights(read="UM", write="UM", create="UM", unlink="UM"),
    "ai.audit.log": Rights(read="UM"),
    "ai.audit.identity": Rights(read="U"),
    "ai.audit.seal": Rights(read="UM"),
    "ai.audit.anchor": Rights(read="UM"),
    "ai.audit.check": Rights(read="UM"),
    "ai.audit.check.start": Rights(read="UM", write="UM", create="UM", unlink="UM"),
    "ai.refusal": Rights(),
    "sync.event": Rights(read="URM"),
    "ai.desk.news": Rights(),
    "sync.generation": Rights(read="UM"),
    "sync.laggard": Rights(read="UM"),
    "sync.job": Rights(read="URM"),
    "sync.job.history": Rights(read="URM"),
    "sync.job.receipt": Rights(),
    "sync.breaker": Rights(read="UM"),
    "sync.binding": Rights(read="URM"),
    "sync.pause": Rights(read="URM"),
    "sync.pause.switch": Rights(read="M", write="M", create="M", unlink="M"),
    "sync.delivery": Rights(read="UM"),
    "sync.intake": Rights(read="URM"),
    "sync.intake.guard": Rights(),
    "sync.watch": Rights(),
    "sync.intake.answer": Rights(read="RM", write="RM", create="RM", unlink="RM"),
    "sync.connection": Rights(read="UM", write="M", create="M", unlink="M"),
    "sync.connection.health": Rights(read="UM"),
    "sync.cursor": Rights(read="UM"),
    "sync.connect": Rights(read="M", write="M", create="M", unlink="M"),
    "sync.disconnect": Rights(read="M", write="M", create="M", unlink="M"),
    "sync.webhook": Rights(read="UM", write="M", create="M", unlink="M"),
    "sync.webhook.header": Rights(read="UM", write="M", create="M", unlink="M"),
    "sync.webhook.rotate": Rights(read="M", write="M", create="M", unlink="M"),
    "sync.webhook.resend": Rights(read="M", write="M", create="M", unlink="M"),
    "sync.secret": Rights(),
    "sync.tick": Rights(read="UM"),
    "sync.tally": Rights(),
    "sync.trouble": Rights(read="URM"),
    "ai.bank.import": Rights(read="URM"),
    "ai.bank.import.mapping": Rights(read="URM", unlink="RM"),
    "ai.bank.import.start": Rights(read="R", write="R", create="R", unlink="R"),
    "ai.bank.import.start.column": Rights(read="R", write="R", create="R", unlink="R"),
    "ai.bank.import.start.part": Rights(read="R", write="R", create="R", unlink="R"),
    "ai.agent": Rights(read="UM", write="M"),
    "ai.agent.create": Rights(read="M", write="M", create="M", unlink="M"),
    "ai.agent.rotate": Rights(read="M", write="M", create="M", unlink="M"),
    "ai.agent.key": Rights(read="UM"),
    "ai.agent.kind": Rights(read="UM"),
    "ai.agent.reading": Rights(read="UM"),
    "ai.agent.use": Rights(),
    "ai.question": Rights(read="URM"),
    "ai.question.request": Rights(),
    "ai.question.guard": Rights(),
    "ai.question.ask": Rights(read="R", write="R", create="R", unlink="R"),
    "ai.park": Rights(read="R", write="R", create="R", unlink="R"),
    "ai.learning.event": Rights(read="URM"),
    "ai.learning.model": Rights(read="UM"),
    "ai.learning.history": Rights(read="UM", write="M", create="M", unlink="M"),
    "ai.rule": Rights(read="URM", write="RM", create="RM", unlink="M"),
    "ai.rule.offer": Rights(read="RM", write="RM", create="RM", unlink="RM"),
    "ai.rule.offer.line": Rights(read="RM", write="RM", create="RM", unlink="RM"),
    "ai.rule.line": Rights(read="URM", write="RM", create="RM", unlink="RM"),
    "ai.backtest": Rights(read="UM", write="M", create="M", unlink="M"),
    "ai.backtest.line": Rights(read="UM"),
    "ai.backtest.posting": Rights(read="UM"),
    "ai.backtest.balance": Rights(read="UM"),
    "ai.vendor.bill": Rights(read="UM"),
    "ai.vendor.change": Rights(read="UM"),
}
