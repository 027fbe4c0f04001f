"""Proposing runs: collect, let the engine answer, store; from the scheduled action or a button."""

import logging
import zlib

from odoo import api, models
from odoo.exceptions import LockError
from odoo.tools import SQL

from ...engine.vocabulary import FAILED, OPEN_STATES

_logger = logging.getLogger(__name__)

#: Bank lines a transaction proposes for: large enough that queries per line vanish, small enough to resume cheaply.
BATCH = 5000


class AiSuggestion(models.Model):
    _name = "ai.suggestion"
    _inherit = "ai.suggestion"

    @api.model
    def _propose(self, proposer, records):
        """Propose for ``records``, company by company, under the company's lock.

        :raise LockError: when another run holds a company
        """
        # Proposing writes suggestions, which nobody may write by hand; the callers checked who asks for what.
        for company, batch in records.sudo().grouped("company_id").items():
            if not self._lock_company(company):
                raise LockError(
                    self.env._("Proposals for %(company)s are being made right now; try again.", company=company.name)
                )
            self.sudo().with_company(company)._run(proposer.sudo(), batch)

    @api.model
    def _lock_company(self, company):
        """One run a company at a time, over all workers; PostgreSQL gives the lock back at the transaction's end."""
        key = zlib.crc32(b"ai_bookkeeper.propose")
        [(locked,)] = self.env.execute_query(SQL("SELECT pg_try_advisory_xact_lock(%s, %s)", key - 2**31, company.id))
        return locked

    @api.model
    def _run(self, proposer, records):
        """One batch of one company: facts, answers, suggestions."""
        facts = proposer._collect(records)
        answers = proposer._propose(facts)
        self._store(proposer, records, answers, proposer._context(facts))

    @api.model
    def _store(self, proposer, records, answers, context):
        """Turn answers into suggestions: new ones created, open ones refreshed, those without an answer superseded."""
        by_id = {record.id: record for record in records}
        open_by_record = self._open_suggestions(records)
        told = self.union(*open_by_record.values()).filtered(lambda suggestion: suggestion._is_told())
        new, fresh = [], self.browse()
        unanswered = self.browse()
        for answer in answers:
            current = open_by_record.pop(answer.line, None)
            values = proposer._values(by_id[answer.line], answer, context)
            if values is None:
                unanswered += current or self.browse()
            elif current is None:
                new.append(values)
            elif current.fingerprint != values["fingerprint"] and not current._is_told():
                current._ask_again()
                current.write(values)
                fresh += current
        (unanswered - told)._supersede()
        self._failed_before(records)._supersede()
        created = self.create(new)
        (created + fresh)._replace_items()
        created._log("proposed", [{"fingerprint": suggestion.fingerprint} for suggestion in created])
        fresh._log("refreshed", [{"fingerprint": suggestion.fingerprint} for suggestion in fresh])
        (created + fresh)._decide_by_policy()
        proposer._note_findings(answers)
        told._after_decision("proposed", None)

    def _is_told(self):
        """Whether somebody said it, or changed it: no run overwrites that."""
        return self.origin != "engine" or self.is_edited

    def _failed_before(self, records):
        """What could not be booked gives way to what is believed now."""
        return self.search(
            [
                ("res_model", "=", records._name),
                ("res_id", "in", records.ids),
                ("state", "=", FAILED),
            ]
        )

    def _open_suggestions(self, records):
        """The open suggestion of each record, whatever its kind: what a person or an agent told stays as it is."""
        found = self.search(
            [
                ("res_model", "=", records._name),
                ("res_id", "in", records.ids),
                ("state", "in", OPEN_STATES),
            ]
        )
        return {suggestion.res_id: suggestion for suggestion in found}

    # === SCHEDULED === #

    @api.model
    def _cron_propose(self):
        """Propose for the bank lines that no run has looked at, batch by batch, resumable, never raising."""
        companies = self.env["res.company"].search([("ai_propose_automatically", "=", True)])
        proposer = self.env["ai.proposer.bank_match"]
        todo = {company: proposer._todo_count(company) for company in companies}
        remaining = sum(todo.values())
        self.env["ir.cron"]._commit_progress(remaining=remaining)
        for company in companies:
            if self.env["ai.policy"]._is_paused(company):
                continue
            self.with_company(company)._supersede_settled(company)
            while todo[company]:
                done = self._cron_batch(proposer, company)
                if not done:
                    break
                todo[company] = max(todo[company] - done, 0)
                if not self.env["ir.cron"]._commit_progress(done):
                    return

    @api.model
    def _supersede_settled(self, company):
        """Close what is still proposed for lines that were reconciled elsewhere: it would hold their items."""
        lines = self.env["account.bank.statement.line"]
        done = lines.sudo()._search([("company_id", "=", company.id), ("is_reconciled", "=", True)])
        self.sudo().search(
            [
                ("company_id", "=", company.id),
                ("state", "in", OPEN_STATES),
                ("res_model", "=", lines._name),
                ("res_id", "in", done),
            ]
        )._supersede(self.env._("The bank line was reconciled elsewhere."))

    @api.model
    def _cron_look_again(self):
        """Once a day every open bank line is looked at anew: documents come later than the bank."""
        self.env["account.bank.statement.line"]._look_again()

    def _cron_batch(self, proposer, company):
        """One batch in its own transaction: how many lines it took, 0 when another worker has the company."""
        try:
            if self.env["ai.policy"]._is_paused(company) or not self._lock_company(company):
                return 0
            lines = proposer._todo(company, BATCH)
            if lines:
                self.with_company(company)._run(proposer, lines)
            return len(lines)
        except Exception:
            # A scheduled action that raises is switched off by Odoo; the lines keep a reason and the log the trace.
            self.env.cr.rollback()
            _logger.exception("Proposing for company %s failed", company.id)
            lines = proposer._todo(company, BATCH)
            lines._set_findings({line_id: ("nothing", [["run_failed", {}]]) for line_id in lines.ids})
            return len(lines)
