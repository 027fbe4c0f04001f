"""Evidence for gates: what people decided, what they coded blind, and what a backtest replayed; in a fixed number of
queries for a company."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal

from odoo import api, models
from odoo.tools import SQL

from ...engine.autonomy import BACKTEST, PEOPLE, SAMPLE, Posting, Trial, compare
from ...engine.policy import Situation
from ...engine.vocabulary import SAMPLE_DIFFERS, SAMPLE_SAME, SAMPLE_WRONG

#: Decided with this many others or fewer, a click says that somebody looked.
ALONE = 1
#: A reason that says nothing of right or wrong.
SAYS_NOTHING = ("later", "not_mine")

#: Decisions of people on what the engine had answered, with its confidence of then. Questions claim nothing; what was
#: booked alone is judged by its samples. ``booked``: what stands in the books in its place.
DECIDED = """
    SELECT s.id, s.policy_facts, s.tier, COALESCE(s.decided_at, s.write_date), s.state, s.is_edited,
           s.reject_reason, s.decided_with,
           s.changed_outside, s.decision,
           s.opened_at IS NOT NULL AND s.decided_at - s.opened_at < interval '1 second',
           s.proposal, s.evidence->'alternatives', later.proposal, later.kind, s.res_id
      FROM ai_suggestion s
      LEFT JOIN LATERAL (
           SELECT o.proposal, o.kind FROM ai_suggestion o
            WHERE o.res_model = s.res_model AND o.res_id = s.res_id AND o.id > s.id AND o.state = 'applied'
              AND (s.state <> 'superseded' OR o.origin = 'user')
            ORDER BY o.id LIMIT 1) later ON s.state IN ('undone', 'rejected', 'superseded')
     WHERE s.company_id = %(company)s AND s.origin = 'engine' AND s.policy_facts IS NOT NULL
       AND (s.policy_facts->>'is_question')::bool IS NOT TRUE
       AND (s.at_once AND s.decision = 'policy') IS NOT TRUE
       AND s.state IN ('applied', 'rejected', 'undone', 'superseded')
       AND COALESCE(s.decided_at, s.write_date) >= %(since)s
"""
#: The newest replay of each line, in finished backtests.
REPLAYED = """
    SELECT DISTINCT ON (b.statement_line_id, b.kind)
           b.id, b.statement_line_id, b.date, b.kind, b.journal_id, b.tier, b.outcome, b.confidence,
           CASE WHEN b.currency_id IS NULL OR b.currency_id = c.currency_id
                THEN abs(b.amount) ELSE abs(COALESCE(m.amount_total_signed, 0)) END,
           abs(COALESCE(b.difference, 0)), b.proposed, b.booked, p.commercial_partner_id, b.what
      FROM ai_backtest_line b
      JOIN ai_backtest t ON t.id = b.backtest_id AND t.state = 'done'
      JOIN res_company c ON c.id = b.company_id
      LEFT JOIN account_bank_statement_line l ON l.id = b.statement_line_id
      LEFT JOIN account_move m ON m.id = l.move_id
      LEFT JOIN res_partner p ON p.id = l.partner_id
     WHERE b.company_id = %(company)s AND b.outcome IN ('same', 'differs') AND b.confidence > 0
       AND b.statement_line_id IS NOT NULL AND b.date >= %(since)s::date
     ORDER BY b.statement_line_id, b.kind, b.backtest_id DESC
"""
#: Kinds of errors by what a backtest says differs, the gravest first.
SAID = (("tax", "vat"), ("items", "document"), ("amount", "amount"), ("account", "account"))
SAMPLED = """
    SELECT id, policy_facts, tier, coded_at, state, error_kind, wrong
      FROM ai_sample
     WHERE company_id = %(company)s AND review_id IS NULL AND state IN %(states)s AND coded_at >= %(since)s
"""


@dataclass(frozen=True, slots=True)
class Seen:
    """A trial with what policies ask of it. ``record``: the suggestion, sample or backtest line; ``at``: its moment."""

    situation: Situation
    trial: Trial
    record: int
    at: datetime


class AiGate(models.Model):
    _name = "ai.gate"
    _inherit = "ai.gate"

    @api.model
    def _evidence(self, company, since):
        """All trials of ``company`` since a moment, as ``Seen``; a line that people decided is not taken from a
        backtest too."""
        for name in ("ai.suggestion", "ai.sample", "ai.backtest.line", "ai.backtest", "account.move"):
            self.env[name].flush_model()
        values = {"company": company.id, "since": since}
        decided = self.env.execute_query(SQL(DECIDED, **values))
        states = (SAMPLE_SAME, SAMPLE_DIFFERS, SAMPLE_WRONG)
        sampled = self.env.execute_query(SQL(SAMPLED, **values, states=states))
        replayed = self.env.execute_query(SQL(REPLAYED, **values))
        books = self._books_of(company, decided, replayed)
        found = [seen for row in decided if (seen := self._decided(row, books))]
        known = {(row[15], (row[1] or {}).get("kind")) for row in decided}
        found += [self._sampled(row) for row in sampled]
        return found + [self._replayed(row, company, books) for row in replayed if (row[1], row[3]) not in known]

    # === PEOPLE === #

    def _decided(self, row, books):
        key, facts, tier, at, state, is_edited, reason, together, outside, decision, is_fast, ours, others = row[:13]
        later = row[13]
        situation = Situation.from_json({**facts, "tier": facts.get("tier") or tier or ""})
        if not situation.confidence:
            return None
        if state == "applied" and not (is_edited or outside):
            # Many with one click, and a click within the second, say little: they count when they were errors.
            is_weak = decision == "policy" or (together or 0) > ALONE or is_fast
            return None if is_weak else self._seen(situation, key, at, PEOPLE)
        if (state == "rejected" and reason in SAYS_NOTHING) or (state == "superseded" and not later):
            return None
        booked = later
        if is_edited:
            booked = ours if state == "applied" else later
            ours = self._first_proposal(others) or ours
        return self._judged(situation, key, at, PEOPLE, (ours, booked), books)

    def _first_proposal(self, alternatives):
        """What was proposed before a person edited it."""
        told = [choice for choice in alternatives or [] if (choice.get("lost") or [""])[0] == "lost_edited"]
        return told[-1]["proposal"] if told else None

    def _judged(self, situation, key, at, source, proposals, books):
        """A trial that people decided otherwise, by what they booked in its place; None when that is the same."""
        amount = situation.amount or Decimal(0)
        ours, booked = proposals
        if not booked:
            return self._seen(situation, key, at, source, "unknown", amount)
        found = compare(self._postings(ours, books), self._postings(booked, books), books["groups"])
        if not found.kind:
            return None
        return self._seen(situation, key, at, source, found.kind, min(found.wrong, amount) or amount)

    def _seen(self, situation, key, at, source, error="", wrong=Decimal(0)):
        amount = situation.amount or Decimal(0)
        return Seen(situation, Trial(key, situation.confidence, at.date(), source, error, amount, wrong), key, at)

    # === BLIND SAMPLES === #

    def _sampled(self, row):
        key, facts, tier, at, state, error, wrong = row
        situation = Situation.from_json({**facts, "tier": facts.get("tier") or tier or ""})
        if state == SAMPLE_SAME:
            return self._seen(situation, key, at, SAMPLE)
        return self._seen(situation, key, at, SAMPLE, error or "unknown", Decimal(str(wrong or 0)))

    # === BACKTEST === #

    def _replayed(self, row, company, books):
        key, _line, day, kind, journal, tier, outcome, confidence, amount, off, ours, booked, partner, what = row
        places = Decimal(1).scaleb(-company.currency_id.decimal_places)
        situation = Situation(
            kind=kind or "",
            company=company.id,
            journal=journal,
            partner=partner,
            amount=Decimal(str(amount)).quantize(places),
            confidence=confidence,
            tier=tier or "",
        )
        at = datetime.combine(day, time.min)
        if outcome == "same":
            return self._seen(situation, key, at, BACKTEST)
        found = compare(self._postings(ours, books), self._postings(booked, books), books["groups"])
        said = next((kind for code, kind in SAID if code in (what or ())), "unknown")
        wrong = Decimal(str(off)).quantize(places) or found.wrong or situation.amount
        return self._seen(situation, key, at, BACKTEST, found.kind or said, min(wrong, situation.amount))

    # === PROPOSALS AS POSTINGS === #

    @api.model
    def _books_of(self, company, decided, replayed):
        """What comparing needs of the books: {"documents": {item: entry}, "groups": {account: (balance, siblings)}}"""
        proposals = [proposal for row in decided for proposal in self._proposals_of(row)]
        proposals += [proposal for row in replayed if row[6] == "differs" for proposal in (row[10], row[11])]
        return self._books_of_proposals(company, [proposal for proposal in proposals if proposal])

    def _proposals_of(self, row):
        if row[4] == "applied" and not (row[5] or row[8]):
            return ()
        return (row[11], row[13], *(choice["proposal"] for choice in row[12] or []))

    @api.model
    def _books_of_proposals(self, company, proposals):
        rows = [row for proposal in proposals for row in self._rows(proposal, "counterparts")]
        items = {row.get("move_line_id") for row in rows} - {None, False}
        documents = {}
        if items:
            sql = SQL("SELECT id, move_id FROM account_move_line WHERE id = ANY(%s)", list(items))
            documents = dict(self.env.execute_query(sql))
        named = {row.get("account_id") for p in proposals for row in self._rows(p, "write_off", "lines")}
        # Which kind of error it is follows from accounts that the person who looks need not see.
        accounts = self.env["account.account"].sudo().with_company(company).browse(named - {None, False}).exists()
        groups = {
            account.id: (
                account.internal_group in ("asset", "liability", "equity"),
                f"{account.account_type}:{(account.code or '')[:2]}",
            )
            for account in accounts
        }
        return {"documents": documents, "groups": groups}

    def _rows(self, proposal, *names):
        if not isinstance(proposal, dict):
            return []
        return [row for name in names for row in proposal.get(name) or [] if isinstance(row, dict)]

    @api.model
    def _postings(self, proposal, books):
        """A proposal of any bank kind as the engine compares it."""
        found = [
            Posting(0, Decimal(str(row["amount"])), (), books["documents"].get(row.get("move_line_id"), -1))
            for row in self._rows(proposal, "counterparts")
        ]
        for row in self._rows(proposal, "write_off", "lines"):
            taxes = tuple(row.get("tax_ids") or ())
            found.append(Posting(row.get("account_id") or 0, Decimal(str(row["amount"])), taxes))
        return found

    # === BOOKED ALONE === #

    @api.model
    def _alone(self, company, since):
        """{(policy, kind, journal, tier): (booked, undone)} of what was booked alone since a moment, and since its
        gate closed by itself."""
        rows = self.env.execute_query(
            SQL(
                """SELECT s.policy_id, s.kind, s.journal_id, s.tier, count(*),
                          count(*) FILTER (WHERE s.state = 'undone' OR s.changed_outside IS NOT NULL)
                     FROM ai_suggestion s
                     LEFT JOIN ai_gate g ON g.policy_id = s.policy_id AND g.company_id = s.company_id
                      AND g.kind = s.kind AND g.journal_id IS NOT DISTINCT FROM s.journal_id
                      AND g.tier IS NOT DISTINCT FROM s.tier
                    WHERE s.company_id = %s AND s.at_once AND s.decision = 'policy'
                      AND s.state IN ('applied', 'undone', 'superseded')
                      AND s.decided_at > GREATEST(%s, COALESCE(g.since, '-infinity'))
                    GROUP BY s.policy_id, s.kind, s.journal_id, s.tier""",
                company.id,
                since,
            )
        )
        found = defaultdict(lambda: (0, 0))
        for policy, kind, journal, tier, booked, undone in rows:
            found[policy, kind, journal, tier or ""] = (booked, undone)
        return found
