"""What autopilot accepted is booked at once, without a batch; gates hear of everything that people take back."""

import logging

from odoo import SUPERUSER_ID, api, models

from ...engine.vocabulary import ACCEPTED, APPLIED, SAMPLE_GONE, SAMPLE_WAITING

_logger = logging.getLogger(__name__)

#: Booked in the run that proposed them; a scheduled action takes the rest, so many a transaction.
SLICE = 100
_ALONE = "ai_bookkeeper.alone"
#: People disagreed with the machine.
TAKEN_BACK = ("undone", "changed_outside", "rejected")


class AiSuggestion(models.Model):
    _name = "ai.suggestion"
    _inherit = "ai.suggestion"

    _alone_idx = models.Index("(company_id, decided_at) WHERE at_once")

    # === BOOKING === #

    def _accept_by_policy(self):
        result = super()._accept_by_policy()
        alone = self.filtered("at_once")
        if alone:
            self.env.cr.precommit.data.setdefault(_ALONE, []).extend(alone.ids)
            self.env.ref("ai_bookkeeper.ir_cron_autopilot").sudo()._trigger()
        return result

    @api.model
    def _run(self, *arguments, **more):
        result = super()._run(*arguments, **more)
        self._book_noted()
        return result

    @api.model
    def _decide_waiting(self, companies):
        count = super()._decide_waiting(companies)
        self._book_noted()
        return count

    @api.model
    def _book_noted(self):
        """Book what autopilot accepted in this transaction, as far as one transaction goes."""
        noted = self.env.cr.precommit.data.pop(_ALONE, [])
        self.browse(noted[:SLICE]).exists()._book_alone()

    def _book_alone(self):
        """Book these in nobody's name. What asks meanwhile, and what can't be booked, waits for people."""
        waiting = self.filtered(lambda s: s.state == ACCEPTED and s.decision == "policy" and s.at_once)
        if not waiting:
            return
        # Nobody pressed a button: it is booked in the name of the superuser, whoever let it be proposed.
        locked = waiting.with_user(SUPERUSER_ID).try_lock_for_update()
        still = locked._return_what_asks_now().filtered("at_once")
        for company, suggestions in still.grouped("company_id").items():
            if not self.env["ai.policy"]._is_paused(company):
                suggestions._accept({"decided_with": 1})
        booked = still.filtered(lambda suggestion: suggestion.state == APPLIED)
        self.env["ai.sample"].sudo()._draw(booked)

    @api.model
    def _cron_autopilot(self):
        """Book what is left, slice by slice. Never raises."""
        domain = [*self._batch_domain(), ("at_once", "=", True)]
        self.env["ir.cron"]._commit_progress(remaining=self.search_count(domain))
        after = 0
        while waiting := self.search([*domain, ("id", ">", after)], order="id", limit=SLICE):
            after = waiting[-1].id
            try:
                waiting._book_alone()
            except Exception:
                self.env.cr.rollback()
                _logger.exception("Autopilot could not book suggestions %s.", waiting.ids)
            if not self.env["ir.cron"]._commit_progress(len(waiting)):
                break

    # === WHAT PEOPLE TAKE BACK === #

    def _log(self, event, payloads=None, identities=None):
        result = super()._log(event, payloads, identities)
        if self and (event in TAKEN_BACK or (event == "applied" and self._are_other())):
            if event == "undone":
                self._forget_samples()
            self.env["ai.gate"].sudo()._close_what_breaks(self)
        return result

    def _are_other(self):
        return any(suggestion.origin == "user" or suggestion.is_edited for suggestion in self)

    def _forget_samples(self):
        """Nobody codes blind what is not booked any more."""
        samples = self.env["ai.sample"].sudo()
        waiting = samples.search([("suggestion_id", "in", self.ids), ("state", "=", SAMPLE_WAITING)])
        waiting.write({"state": SAMPLE_GONE})
        waiting.review_id._conclude_when_done()

    def _facts_of_decision(self):
        facts = super()._facts_of_decision()
        return {**facts, "at_once": True} if self.at_once else facts

    def _opened_by(self, user):
        """Those that ``user`` has looked at, by the audit log."""
        logs = self.env["ai.audit.log"].sudo()
        domain = [("suggestion_id", "in", self.ids), ("user_id", "=", user.id), ("event", "in", ("opened", "undone"))]
        return self.browse(set(logs.search(domain).mapped("suggestion_id")))

    def _at_company_rate(self, amount):
        """``amount`` of the suggestion's currency in that of its company, by the facts it was proposed with."""
        whole = (self.policy_facts or {}).get("amount")
        return float(whole) * amount / abs(self.amount) if whole and self.amount else amount
