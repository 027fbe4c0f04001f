"""What a policy would have decided on the last days, on the facts of those days, and what people did with it."""

from collections import Counter
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL

from ...engine.intervals import interval
from ...engine.policy import Situation, decide, first_for
from ...engine.vocabulary import APPLIED, REJECTED, SUPERSEDED, UNDONE

READERS = "ai_bookkeeper.ai_bookkeeper_group_manager,ai_bookkeeper.ai_bookkeeper_group_auditor"
#: Suggestions read at a time: however many there are, no more are in memory.
CHUNK = 5000
#: Disagreements that are named, the largest first.
NAMED = 500
ERRORS = ("edited", "rejected", "undone", "outside")

COLUMNS = """s.id, s.policy_facts, s.state, s.is_edited, s.reject_reason, {outside},
    (SELECT o.fingerprint <> s.fingerprint FROM ai_suggestion o
      WHERE s.state = 'superseded' AND o.res_model = s.res_model AND o.res_id = s.res_id AND o.id > s.id
        AND o.state = 'applied' AND o.origin = 'user'
      ORDER BY o.id LIMIT 1)"""


class AiPolicy(models.Model):
    _name = "ai.policy"
    _inherit = "ai.policy"

    @api.model
    def dry_run(self, values: dict, days: int = 90, policy_id: int = 0) -> dict:
        """What a policy of these field values would have decided on the last ``days``; nothing is written.

        It takes its place in the order by ``sequence``, instead of the policy ``policy_id`` if that is given. Only
        suggestions that the caller may see are counted; what people proposed by hand is not.

        :return: ``{considered, without_facts, for_it, accepted, accepted_amount, asked: {code: count}, outcomes:
            {agreed, edited, rejected, undone, outside, overtaken, waiting}, judged, wrong, rate, low, high,
            disagreements: [suggestion ids, largest first]}``; the amount is a decimal string in company currency,
            ``low`` and ``high`` the exact 95 % interval of ``wrong`` among ``judged``
        :raise AccessError: for others than managers and auditors
        """
        if not (self.env.su or self.env.user.has_groups(READERS)):
            raise AccessError(self.env._("Policies are tried out by bookkeeping managers and auditors."))
        self.check_access("read")
        tried = self.new({"sequence": 10, **values}, origin=self.browse(policy_id) if policy_id else None)
        company = tried.company_id or self.env.company
        ordered = self._with_tried(tried, company, policy_id)
        count = _Count()
        for chunk in self._past_suggestions(company, days):
            for row in chunk:
                self._count_one(count, row, *ordered)
        return count.result()

    def _with_tried(self, tried, company, policy_id):
        """(the tried policy as the engine's value, all policies of the company in order with it)."""
        # What other policies say decides which comes first, whoever may read them.
        companies = [False, company.id, *company.parent_ids.ids]
        others = self.sudo().search([("company_id", "in", companies), ("id", "!=", policy_id)])
        mine = tried._to_engine(company)
        ordered = [(policy.sequence, policy.id, policy._to_engine(company)) for policy in others]
        ordered.append((tried.sequence, policy_id or float("inf"), mine))
        return mine, [policy for _sequence, _id, policy in sorted(ordered, key=lambda row: row[:2])]

    def _past_suggestions(self, company, days):
        """Rows of the suggestions of the last ``days`` that the caller may see, chunk by chunk."""
        suggestions = self.env["ai.suggestion"]
        suggestions.flush_model()
        since = fields.Datetime.subtract(fields.Datetime.now(), days=int(days))
        domain = Domain("company_id", "=", company.id) & Domain("create_date", ">=", since)
        domain &= Domain("origin", "!=", "user")
        outside = "s.changed_outside" if "changed_outside" in suggestions._fields else "NULL"
        columns = SQL(COLUMNS.format(outside=outside))
        last = 0
        while True:
            query = suggestions._search(domain & Domain("id", ">", last), order="id", limit=CHUNK)
            statement = SQL("SELECT %s FROM ai_suggestion s WHERE s.id IN %s ORDER BY s.id", columns, query.subselect())
            rows = self.env.execute_query(statement)
            if not rows:
                return
            yield rows
            last = rows[-1][0]

    def _count_one(self, count, row, mine, policies):
        suggestion_id, facts, state, is_edited, reject_reason, outside, overruled = row
        count.considered += 1
        if not facts:
            count.without_facts += 1
            return
        situation = Situation.from_json(facts)
        if first_for(situation, policies) is not mine:
            return
        count.for_it += 1
        decision = decide(situation, [mine])
        if not decision.accepted:
            count.asked[decision.code] += 1
            return
        what = self._what_people_did(state, is_edited, reject_reason, outside, overruled)
        count.accept(suggestion_id, situation.amount or Decimal(0), what)

    def _what_people_did(self, state, is_edited, reject_reason, outside, overruled):
        if state == UNDONE:
            return "undone"
        if state == REJECTED:
            # "Later" says nothing about right or wrong.
            return "waiting" if reject_reason == "later" else "rejected"
        if state == SUPERSEDED:
            # Booked by hand in its place: the same, or otherwise.
            return {True: "edited", False: "agreed"}.get(overruled, "overtaken")
        if state != APPLIED:
            return "waiting"
        if outside:
            return "outside"
        return "edited" if is_edited else "agreed"


class _Count:
    """What a dry run adds up; the disagreements it names are the largest."""

    def __init__(self):
        self.considered = self.without_facts = self.for_it = 0
        self.amount = Decimal(0)
        self.asked = Counter()
        self.outcomes = Counter()
        self.disagreements = []

    def accept(self, suggestion_id, amount, what):
        self.amount += amount
        self.outcomes[what] += 1
        if what in ERRORS:
            self.disagreements.append((amount, suggestion_id))
            if len(self.disagreements) > 2 * NAMED:
                self.disagreements = self._largest()

    def _largest(self):
        return sorted(self.disagreements, key=lambda row: (-row[0], row[1]))[:NAMED]

    def result(self):
        wrong = sum(self.outcomes[what] for what in ERRORS)
        judged = wrong + self.outcomes["agreed"]
        low, high = interval(wrong, judged)
        return {
            "considered": self.considered,
            "without_facts": self.without_facts,
            "for_it": self.for_it,
            "accepted": sum(self.outcomes.values()),
            "accepted_amount": str(self.amount),
            "asked": dict(self.asked.most_common()),
            "outcomes": {name: self.outcomes[name] for name in ("agreed", *ERRORS, "overtaken", "waiting")},
            "judged": judged,
            "wrong": wrong,
            "rate": wrong / judged if judged else None,
            "low": low,
            "high": high,
            "disagreements": [suggestion_id for _amount, suggestion_id in self._largest()],
        }
