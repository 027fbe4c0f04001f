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
    def _propose(self, proposer, records, kinds=None):
        """Propose for ``records``, company by company, under the company's lock.

        :param kinds: of the suggestions that are wanted; None: of the proposer and of those that follow it
        :raise LockError: when another run holds a company
        """
        # Proposing writes suggestions, which nobody may write by hand; the callers checked who asks for what.
        for company, batch in records.sudo().grouped("company_id").items():
            if not self._lock_company(company):
                raise LockError(
                    self.env._("Proposals for %(company)s are being made right now; try again.", company=company.name)
                )
            self.sudo().with_company(company)._run(proposer.sudo(), batch, kinds)

    @api.model
    def _leading(self, kinds):
        """Those of ``kinds`` that begin a run; the others are asked for what these leave."""
        following = {other for kind in kinds for other in self._proposer(kind)._followers()}
        return [kind for kind in kinds if kind not in following]

    @api.model
    def _lock_company(self, company):
        """One run a company at a time, over all workers; PostgreSQL gives the lock back at the transaction's end."""
        key = zlib.crc32(b"ai_bookkeeper.propose")
        [(locked,)] = self.env.execute_query(SQL("SELECT pg_try_advisory_xact_lock(%s, %s)", key - 2**31, company.id))
        return locked

    @api.model
    def _run(self, proposer, records, kinds=None):
        """One batch of one company: facts, answers, what the followers say of the rest, suggestions."""
        facts = proposer._collect(records)
        answers = proposer._propose(facts)
        found = {answer.line: (proposer, answer) for answer in answers}
        contexts = {proposer: proposer._context(facts)}
        for kind in proposer._followers():
            follower = self._proposer(kind)
            if (kinds is None or kind in kinds) and follower._is_available():
                next_facts, answers = follower._follow(facts, answers)
                contexts[follower] = follower._context(next_facts)
                found.update({answer.line: (follower, answer) for answer in answers})
        self._store(records, found, contexts, {each._kind for each in contexts})

    @api.model
    def _store(self, records, found, contexts, kinds):
        """Turn answers into suggestions: new ones created, open ones refreshed, those without an answer superseded.

        :param dict found: {record id: (proposer, its answer)}
        :param dict contexts: {proposer: what it keeps of its facts}
        :param set kinds: that were asked: only theirs are superseded by silence
        """
        by_id = {record.id: record for record in records}
        open_by_record = self._open_suggestions(records)
        told = self.union(*open_by_record.values()).filtered(lambda suggestion: suggestion._is_told())
        new, fresh, gone = [], self.browse(), self.browse()
        for record_id, (proposer, answer) in found.items():
            current = open_by_record.get(record_id, self.browse())
            values = proposer._values(by_id[record_id], answer, contexts[proposer])
            if values is None:
                gone += current.filtered(lambda suggestion: suggestion.kind in kinds)
            elif not current:
                new.append(values)
            elif current in told or current.fingerprint == values["fingerprint"]:
                continue
            elif current.kind != values["kind"]:
                gone += current
                new.append(values)
            else:
                current._ask_again()
                current.write(values)
                fresh += current
        (gone - told)._supersede()
        self._failed_before(records)._supersede()
        created = self.create(new)
        (created + fresh)._replace_items()
        created._log("proposed", [{"fingerprint": suggestion.fingerprint} for suggestion in created])
        fresh._log("refreshed", [{"fingerprint": suggestion.fingerprint} for suggestion in fresh])
        (created + fresh)._decide_by_policy()
        for proposer in contexts:
            proposer._note_findings([answer for speaker, answer in found.values() if speaker == proposer])
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
