"""Policies decide what was proposed: facts of a whole batch in a fixed number of queries, one decision each."""

import json
from collections import defaultdict
from dataclasses import replace
from decimal import Decimal

from odoo import api, fields, models
from odoo.tools import SQL

from ...engine.policy import Situation, decide
from ...engine.vocabulary import ACCEPTED, PENDING

#: Suggestions about partners without an earlier posted document: of their own, or behind an item they would settle.
NEW_PARTNERS = """
    WITH named AS (
        SELECT s.id, p.commercial_partner_id AS partner
          FROM ai_suggestion s JOIN res_partner p ON p.id = s.partner_id
         WHERE s.id = ANY(%(ids)s)
         UNION
        SELECT i.suggestion_id, p.commercial_partner_id
          FROM ai_suggestion_item i
          JOIN account_move_line l ON l.id = i.move_line_id
          JOIN res_partner p ON p.id = l.partner_id
         WHERE i.suggestion_id = ANY(%(ids)s)
    )
    SELECT DISTINCT n.id
      FROM named n
      JOIN ai_suggestion s ON s.id = n.id
      JOIN res_company c ON c.id = s.company_id
     WHERE n.partner <> c.partner_id
       AND NOT EXISTS (
           SELECT 1
             FROM res_partner f
             JOIN account_move m ON m.partner_id = f.id
            WHERE f.commercial_partner_id = n.partner
              AND m.company_id = s.company_id
              AND m.state = 'posted'
              AND m.move_type <> 'entry'
              AND NOT (s.res_model = 'account.move' AND m.id = s.res_id))
"""

#: The last rate known on each day, of either currency; NULL where there is none.
RATES = """
    SELECT v.currency, v.day, (
               SELECT r.rate FROM res_currency_rate r
                WHERE r.currency_id = v.currency AND r.name <= v.day
                  AND (r.company_id IS NULL OR r.company_id = %(root)s)
                ORDER BY r.company_id, r.name DESC LIMIT 1)
      FROM unnest(%(currencies)s::int[], %(days)s::date[]) AS v(currency, day)
"""


class AiSuggestion(models.Model):
    _name = "ai.suggestion"
    _inherit = "ai.suggestion"

    policy_facts = fields.Json(readonly=True, help="What was known when it was proposed; dry runs use it.")
    at_once = fields.Boolean(readonly=True, string="Booked Alone", help="Accepted on autopilot: no batch, no sign-off.")

    # === DECIDING BY POLICY === #

    def _decide_by_policy(self):
        """Let the policies decide these pending suggestions: ask, or accept into the day's batch."""
        for company, suggestions in self.grouped("company_id").items():
            decisions = suggestions._policy_decisions(company)
            suggestions._store_decisions(decisions)
            accepted = suggestions.filtered(lambda s, found=decisions: found[s.id][1].accepted)
            accepted._accept_by_policy()

    def _policy_decisions(self, company):
        """{suggestion id: (situation, decision)} by the policies of ``company`` as they are now."""
        situations = self._situations()
        policies = self.env["ai.policy"]
        known = policies._for_company(company)
        paused = policies._is_paused(company)
        return {key: (situation, decide(situation, known, paused)) for key, situation in situations.items()}

    def _store_decisions(self, decisions):
        """One query for all: which policy, what it said, and on what facts."""
        names = ["policy_id", "policy_outcome", "policy_reason", "policy_facts", "at_once"]
        if not decisions:
            return
        self.flush_recordset()
        rows = [
            (key, found.policy, found.outcome, json.dumps(found.reason), json.dumps(situation.to_json()), found.at_once)
            for key, (situation, found) in decisions.items()
        ]
        self.env.cr.execute_values(
            """UPDATE ai_suggestion s
                  SET policy_id = v.policy::int, policy_outcome = v.outcome, policy_reason = v.reason::jsonb,
                      policy_facts = v.facts::jsonb, at_once = v.at_once
                 FROM (VALUES %s) AS v(id, policy, outcome, reason, facts, at_once) WHERE s.id = v.id""",
            rows,
            page_size=1000,
        )
        self.invalidate_recordset([*names, "policy_text", "card"], flush=False)

    def _accept_by_policy(self):
        """Into the day's batch; nothing of it is booked before a reviewer signs it off. What was accepted on autopilot
        waits only for its turn."""
        if self:
            self._move_to(ACCEPTED, {"decision": "policy", "decided_at": fields.Datetime.now(), "decided_by_id": False})
            self._log("accepted_by_policy", [{"policy": s.policy_id.id, "reason": s.policy_reason} for s in self])

    @api.model
    def _decide_waiting(self, companies):
        """Decide anew what asks, but for what a reviewer sent back. Returns how many were accepted."""
        domain = [("state", "=", PENDING), ("company_id", "in", companies.ids), ("policy_facts", "!=", False)]
        count = 0
        for company, waiting in self.search(domain).grouped("company_id").items():
            known = self.env["ai.policy"]._for_company(company)
            paused = self.env["ai.policy"]._is_paused(company)
            decisions = {}
            for suggestion in waiting:
                if (suggestion.policy_reason or [""])[0] != "sent_back" and not suggestion.is_edited:
                    situation = suggestion._stored_situation()
                    decisions[suggestion.id] = situation, decide(situation, known, paused)
            decided = self.browse(decisions)
            decided._store_decisions(decisions)
            accepted = decided.filtered(lambda s: s.policy_outcome == "accepted")
            accepted._accept_by_policy()
            count += len(accepted)
        return count

    def _ask_again(self):
        """Their facts changed after they were accepted: that was said of something else."""
        accepted = self.filtered(lambda suggestion: suggestion.state == ACCEPTED)
        accepted._send_back(["facts_moved", {}])

    @api.model
    def _review_batch(self, companies=None):
        """What waits for its sign-off is decided anew; what a policy would ask now goes back to the reviewers."""
        domain = self._batch_domain()
        if companies is not None:
            domain.append(("company_id", "in", companies.ids))
        for _company, waiting in self.sudo().search(domain).grouped("company_id").items():
            waiting._return_what_asks_now()

    @api.model
    def _review_journals(self, journals):
        """These journals were opened or closed: what waits for its sign-off is decided anew."""
        self._review_batch(journals.company_id)

    def _return_what_asks_now(self):
        """Send back what the policies would not accept any more, but for a pause, which ends. Returns the rest."""
        for company, waiting in self.grouped("company_id").items():
            known = self.env["ai.policy"]._for_company(company)
            binding = waiting._binding_now()
            back = defaultdict(self.browse)
            for suggestion in waiting:
                # The facts of then, the law and the policies of now.
                situation = replace(suggestion._stored_situation(), binds=binding.get(suggestion.id, ""))
                found = decide(situation, known)
                if not found.accepted:
                    back[json.dumps(found.reason)] += suggestion
                elif (found.policy, found.at_once) != (suggestion.policy_id.id, suggestion.at_once):
                    suggestion.sudo().write({"policy_id": found.policy, "at_once": found.at_once})
            for reason, suggestions in back.items():
                suggestions._send_back(json.loads(reason))
        return self.filtered(lambda suggestion: suggestion.state == ACCEPTED)

    # === FACTS === #

    def _stored_situation(self):
        return Situation.from_json(self.policy_facts) if self.policy_facts else self._situations()[self.id]

    def _situations(self):
        """{suggestion id: engine.policy.Situation} as of now; a fixed number of queries a company and kind."""
        self.flush_recordset()
        amounts = self._company_amounts()
        new = self._about_new_partners()
        taken_back = self._taken_back()
        binding, purchases = self._binding_now(), set()
        for kind, suggestions in self.grouped("kind").items():
            purchases |= set(self._proposer(kind)._bill_vendors(suggestions))
        return {
            suggestion.id: Situation(
                kind=suggestion.kind,
                company=suggestion.company_id.id,
                journal=suggestion.journal_id.id or None,
                partner=suggestion.partner_id.commercial_partner_id.id or None,
                amount=amounts[suggestion.id],
                confidence=suggestion.confidence or None,
                origin=suggestion.origin,
                is_question=suggestion.is_question,
                is_edited=suggestion.is_edited,
                new=suggestion._newness(new, purchases),
                binds=binding.get(suggestion.id, ""),
                rule_released=suggestion._rule_released(),
                tier=suggestion.tier or "",
                taken_back=suggestion.id in taken_back,
            )
            for suggestion in self.sudo()
        }

    def _binding_now(self):
        """{suggestion id: name of the law by which posting it binds}; those that bind nowhere are left out."""
        found = {}
        for kind, suggestions in self.grouped("kind").items():
            found.update(self._proposer(kind)._binding(suggestions))
        return found

    def _newness(self, new, purchases):
        if self.id not in new:
            return ""
        return "vendor" if self.amount < 0 or self.id in purchases else "partner"

    def _rule_released(self):
        """Whether a manager let the rule behind this accept; None when no rule speaks. Rules come later."""
        return None

    def _taken_back(self):
        """Ids of those about a record of which a person undid, re-coded or rejected an earlier booking or proposal."""
        self.env.cr.execute(
            SQL(
                """SELECT DISTINCT s.id
                     FROM ai_suggestion s
                     JOIN ai_suggestion o ON o.res_model = s.res_model AND o.res_id = s.res_id AND o.id <> s.id
                    WHERE s.id = ANY(%s)
                      AND (o.state = 'undone' OR o.changed_outside IS NOT NULL
                           OR (o.state = 'rejected' AND o.reject_reason IS DISTINCT FROM 'later'))""",
                self.ids,
            )
        )
        return {row[0] for row in self.env.cr.fetchall()}

    def _about_new_partners(self):
        """Ids of those about a partner without an earlier posted document, in one query."""
        self.env["account.move"].flush_model(["partner_id", "company_id", "state", "move_type"])
        self.env["res.partner"].flush_model(["commercial_partner_id"])
        self.env["ai.suggestion.item"].flush_model(["suggestion_id", "move_line_id"])
        self.env.cr.execute(SQL(NEW_PARTNERS, ids=self.ids))
        return {row[0] for row in self.env.cr.fetchall()}

    def _company_amounts(self):
        """{suggestion id: amount without sign in the company's currency at the record's date}; None without a rate."""
        found, foreign = {}, self.browse()
        for suggestion in self:
            if suggestion.currency_id == suggestion.company_id.currency_id:
                found[suggestion.id] = suggestion._exact(suggestion.amount)
            else:
                foreign += suggestion
        for company, suggestions in foreign.grouped("company_id").items():
            found.update(suggestions._converted(company))
        return found

    def _exact(self, amount):
        currency = self.company_id.currency_id
        return abs(Decimal(str(amount)).quantize(Decimal(1).scaleb(-currency.decimal_places)))

    def _converted(self, company):
        today = fields.Date.context_today(self)
        own = company.currency_id
        wanted = {(s.currency_id.id, s.date or today) for s in self} | {(own.id, s.date or today) for s in self}
        pairs = sorted(wanted)
        self.env["res.currency.rate"].flush_model()
        self.env.cr.execute(
            SQL(
                RATES,
                root=company.root_id.id,
                currencies=[currency for currency, _day in pairs],
                days=[day for _currency, day in pairs],
            )
        )
        rates = {(currency, day): rate for currency, day, rate in self.env.cr.fetchall()}
        result = {}
        for suggestion in self:
            day = suggestion.date or today
            theirs, ours = rates[suggestion.currency_id.id, day], rates[own.id, day]
            # A currency without rates counts 1, as everywhere in Odoo; but not both.
            known = theirs or ours
            amount = suggestion.amount * float(ours or 1) / float(theirs or 1) if known else 0.0
            result[suggestion.id] = suggestion._exact(own.round(amount)) if known else None
        return result
