"""Counting the evidence: gates open and close by it, each night and whenever people take something back."""

import logging
from collections import defaultdict
from dataclasses import replace
from datetime import timedelta

from odoo import api, fields, models

from ...engine import policy as engine
from ...engine.autonomy import BACKTEST, CLOSED, OPEN, SMALL, drift, judge, too_many_undone
from ...engine.autonomy.drift import Drift
from ...engine.vocabulary import KINDS, TIERS

_logger = logging.getLogger(__name__)

#: Older decisions were about other books.
DAYS = 365
#: Bookings of so many days are weighed for what people took back.
UNDO_DAYS = 30
#: Errors that are named, of each source.
NAMED = 200
#: After these it begins anew: what was shown before is not what is now.
ANEW = ("drift", "undone", "people_worse", "review")


class AiGate(models.Model):
    _name = "ai.gate"
    _inherit = "ai.gate"

    @api.model
    def _cron_look(self):
        """Each night: count for every company with a policy on autopilot. Never raises."""
        companies = self.env["res.company"].sudo().search([])
        for company in companies:
            try:
                with self.env.cr.savepoint():
                    self._look(company)
            except Exception:
                self.env.invalidate_all(flush=False)
                _logger.exception("The gates of %s could not be counted.", company.display_name)

    @api.model
    def _look(self, companies):
        """Count anew for ``companies``: gates are made, opened and closed."""
        for company in companies:
            policies = self._autopilots(company)
            known = self.sudo().search([("company_id", "=", company.id)])
            # Kept with what they remember: a policy that comes back to autopilot has not forgotten what closed it.
            idle = known.filtered(lambda gate, found=policies: gate.policy_id not in found and gate.state != CLOSED)
            idle.write({"state": CLOSED, "cap": 0.0, "threshold": 0.0})
            if policies:
                self.sudo()._look_in(company, policies)

    @api.model
    def _autopilots(self, company):
        return (
            self.env["ai.policy"]
            .sudo()
            .search([("company_id", "in", [False, company.id, *company.parent_ids.ids]), ("mode", "=", "autopilot")])
        )

    @api.model
    def _close_what_breaks(self, suggestions):
        """People took these back: the open gates of their journals are counted anew, and may only close.

        One query where no gate is open.
        """
        open_ones = self.search([("company_id", "in", suggestions.company_id.ids), ("state", "!=", CLOSED)])
        journals = suggestions.sudo().journal_id
        hit = open_ones.filtered(lambda gate: not gate.journal_id or gate.journal_id in journals)
        for company in hit.company_id:
            self._look_in(company, self._autopilots(company), only_close=True)

    def _look_in(self, company, policies, only_close=False):
        now = fields.Datetime.now()
        seen = self._evidence(company, now - timedelta(days=DAYS))
        alone = self._alone(company, now - timedelta(days=UNDO_DAYS))
        ordered = self.env["ai.policy"]._for_company(company)
        deciding = defaultdict(list)
        for each in seen:
            policy = engine.first_for(each.situation, ordered)
            if policy and self._is_within(each.situation, policy):
                deciding[policy.key].append(each)
        for policy in policies:
            for gate in self._gates_of(policy, company, deciding[policy.id]):
                gate._count(deciding[policy.id], alone, now, only_close)

    def _is_within(self, situation, policy):
        """What it would not accept anyway says nothing of what it accepts."""
        return not policy.max_amount or situation.amount is None or situation.amount <= policy.max_amount

    def _gates_of(self, policy, company, seen):
        """The gates of a policy: one for each kind, journal and tier that something is known of."""
        own = self.search([("policy_id", "=", policy.id), ("company_id", "=", company.id)])
        known = {(gate.kind, gate.journal_id.id or None, gate.tier or ""): gate for gate in own}
        wanted = {(each.situation.kind, each.situation.journal, each.situation.tier) for each in seen}
        new = [
            {"policy_id": policy.id, "company_id": company.id, "kind": kind, "journal_id": journal, "tier": tier}
            for kind, journal, tier in sorted(wanted - known.keys(), key=str)
            if kind in KINDS and tier in TIERS
        ]
        return own + self.create([{**values, "why": "too_few"} for values in new])

    # === ONE GATE === #

    def _count(self, seen, alone, now, only_close=False):
        """Judge this gate on ``seen``, the trials that its policy decides."""
        tolerance = self.policy_id.max_error_rate
        mine, pools = self._pools(seen)
        verdict = judge(pools, tolerance, now.date())
        values = self._figures(verdict, mine, now)
        if self.is_held:
            self.write(values)
            return
        if self.state != CLOSED:
            why, facts = self._why_break(verdict, mine, alone, tolerance)
            if why:
                self.write(values)
                self._shut(why, facts)
                return
        if only_close:
            if self.state == CLOSED or (self.state == SMALL and verdict.state == OPEN):
                return
            verdict = replace(verdict, threshold=max(self.threshold, verdict.threshold))
        self._follow(verdict, {**values, "facts": self._reason_facts(verdict, tolerance)}, now)

    def _pools(self, seen):
        """(trials of the segment, [segment, its journal, its kind]) since this gate closed by itself."""
        since = self.since
        # What was decided within the second that closed it belongs to what closed it.
        kept = [each for each in seen if not since or each.at > since]
        kind = [each for each in kept if each.situation.kind == self.kind]
        journal = [each for each in kind if each.situation.journal == (self.journal_id.id or None)]
        mine = [each for each in journal if each.situation.tier == (self.tier or "")]
        return mine, [[each.trial for each in pool] for pool in (mine, journal, kind)]

    def _why_break(self, verdict, mine, alone, tolerance):
        """(code, figures) of why an open gate must close now; an empty code when it may stay open."""
        booked, undone = alone[self.policy_id.id, self.kind, self.journal_id.id or None, self.tier or ""]
        if too_many_undone(undone, booked, tolerance):
            return "undone", {"errors": undone, "n": booked}
        found = self._drift(mine, tolerance)
        if found.is_drift:
            return "drift", {"errors": found.errors, "n": found.n}
        if verdict.state == CLOSED:
            return verdict.why, self._reason_facts(verdict, tolerance)
        return "", {}

    def _drift(self, mine, tolerance):
        opened = self.opened_at and self.opened_at.date()
        since_open = [
            each.trial
            for each in mine
            if each.trial.source != BACKTEST
            and each.trial.confidence >= self.threshold
            and opened
            and each.trial.day >= opened
        ]
        return drift(since_open, tolerance) if since_open else Drift(False)

    def _figures(self, verdict, mine, now):
        wrong = [each for each in mine if each.trial.is_error]
        named = {
            "suggestions": [each.record for each in wrong if each.trial.source == "people"][-NAMED:],
            "backtest_lines": [each.record for each in wrong if each.trial.source == BACKTEST][-NAMED:],
        }
        last = [step for step in verdict.steps if step.passed] or list(verdict.steps)
        return {
            "people_count": verdict.people.n,
            "people_errors": verdict.people.errors,
            "backtest_count": verdict.backtest.n,
            "backtest_errors": verdict.backtest.errors,
            "level": verdict.level,
            "bound": last[-1].bound if last else 1.0,
            "missing": verdict.missing,
            "weeks": verdict.weeks or 0,
            "steps": [self._step(step) for step in verdict.steps],
            "errors": named,
            "looked_at": now,
        }

    def _step(self, step):
        return {
            "threshold": step.threshold,
            "n": step.tally.n,
            "errors": step.tally.errors,
            "counted": step.tally.counted,
            "bound": step.bound,
            "amount": float(step.tally.amount),
            "wrong": float(step.tally.wrong),
            "passed": step.passed,
        }

    def _reason_facts(self, verdict, tolerance):
        facts = {"tolerance": tolerance}
        if verdict.steps:
            step = verdict.steps[-1]
            share = float(step.tally.wrong / step.tally.amount) if step.tally.amount else 0.0
            facts |= {
                "threshold": step.threshold,
                "n": step.tally.n,
                "errors": step.tally.errors,
                "bound": step.bound,
                "share": share,
            }
        return facts

    # === OPENING AND CLOSING === #

    def _follow(self, verdict, values, now):
        """Take over the verdict: closed gates open, open ones go on with what is shown now."""
        before = self.state
        if verdict.state == CLOSED:
            # What closed it by itself is the reason until the evidence since then says another.
            keeps = self.why in ANEW and verdict.why == "too_few"
            kept = {} if keeps else {"why": verdict.why, "threshold": 0.0, "cap": 0.0}
            self.write({**values, "facts": self.facts if keeps else values["facts"], **kept})
            return
        cap = self.company_id.ai_small_cap if verdict.state == SMALL else 0.0
        if verdict.state == SMALL and not cap:
            self.write({**values, "state": CLOSED, "why": verdict.why, "threshold": 0.0, "cap": 0.0})
            return
        self.write({**values, "state": verdict.state, "why": verdict.why, "threshold": verdict.threshold, "cap": cap})
        if before == CLOSED or (before == SMALL and verdict.state == OPEN):
            self.opened_at = now
            self._log_gate("gate_opened")
            self._tell_opened()

    def _shut(self, why, facts):
        """Close at once, and let what waits under it ask."""
        was_open = self.state != CLOSED
        now = fields.Datetime.now()
        values = {"state": CLOSED, "why": why, "facts": facts, "cap": 0.0, "closed_at": now}
        if why in ANEW:
            values |= {"since": now, "missing": 0, "weeks": 0}
        self.write(values)
        if was_open:
            self._log_gate("gate_closed")
            self.env["ai.suggestion"].sudo()._review_batch(self.company_id)
            if why != "held":
                self._tell_closed()

    def _log_gate(self, event):
        payload = {
            "policy_id": self.policy_id.id,
            "kind": self.kind,
            "journal_id": self.journal_id.id,
            "tier": self.tier,
            "state": self.state,
            "why": self.why or "",
            "threshold": self.threshold,
            "cap": self.cap,
            "bound": self.bound,
            "people": [self.people_count, self.people_errors],
            "backtest": [self.backtest_count, self.backtest_errors],
        }
        self.env["ai.audit.log"]._append(event, self, [payload])
