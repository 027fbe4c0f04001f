"""Coding in a replay: the learner knows on each day what people had decided by then, and no more."""

from dataclasses import replace
from decimal import Decimal

from odoo import models

from ...engine.backtest import Apprentice, Decision, known_of_change, was_known
from ...engine.coding import Balance, blockers_of, code
from ...engine.learning import Learner
from ..facts.ai_facts_coding import SETTLED_TYPES
from . import past_queries as queries

KIND = "bank_coding"


class AiBacktestCoding(models.AbstractModel):
    _name = "ai.backtest.coding"
    _description = "Coding in a Backtest"

    def _begin(self, backtest, last):
        """What one slice of a replay keeps while it runs: the apprentice, and the company's facts without lines."""
        company = backtest.company_id
        learner = Learner(company._ai_account_names())
        decisions = self._decisions(company, backtest._learned_since(), last)
        apprentice = Apprentice(learner, decisions, self._rules(company))
        facts = self.env["ai.facts.coding"]._facts(company, (), (), learner, balance_sheet=self._balances(company))
        return {"apprentice": apprentice, "facts": facts, "company": company}

    def _answers(self, coder, moment, group, answers):
        """{line key: the coder's answer} of lines for which it has something to say.

        :param group: ``PastLine`` of the run
        :param dict answers: the matcher's, by line key
        """
        apprentice = coder["apprentice"]
        apprentice.advance(moment)
        free = [past for past in group if not blockers_of(answers[past.line.key])]
        if not free:
            return {}
        worths = {past.line.key: past.worth for past in free}
        source = self.env["ai.facts.coding"]
        documents = {past.line.key for past in free if past.document and was_known(past.document, moment)}
        lines = tuple(
            source._line(past.line, answers[past.line.key], apprentice.payers, documents, worths) for past in free
        )
        facts = replace(
            coder["facts"],
            lines=lines,
            learner=apprentice.learner,
            rules=apprentice.rules(moment),
            splits=apprentice.splits,
        )
        return {answer.line: answer for answer in code(facts) if answer.outcome != "nothing"}

    def _judged(self, coder, past, answer, is_right):
        """People's decision says of a rule whether it was right."""
        rule = answer.readings[0].rule if answer.outcome == "proposed" else None
        if rule:
            coder["apprentice"].judge(rule, past.decided, is_right)

    # === WHAT PEOPLE DECIDED === #

    def _decisions(self, company, since, last):
        self.env.flush_all()
        rows = self.env.execute_query_dict(queries.decisions(company.id, since, last))
        forbidden = company._ai_forbidden_accounts()
        examples = {
            line_id: (example, lines)
            for line_id, example, lines in self.env["ai.learning.history"]._examples(company, since, last)
            if forbidden.isdisjoint(row["account_id"] for row in lines)
        }
        past = self.env["ai.backtest.past"]
        return [
            Decision(
                row["id"],
                past._decided(row),
                self._payer(row),
                *(examples.get(row["id"]) or (None, ())),
            )
            for row in rows
        ]

    def _payer(self, row):
        if not row["partner_id"]:
            return None
        account, name = row["account_number"] or "", row["partner_name"] or ""
        return row["partner_id"], account, name, "" if account or name else row["payment_ref"] or ""

    def _rules(self, company):
        """(since when it stands, rule) of the rules in order; a rule that was changed stands since then."""
        rules = self.env["ai.rule"]._for_company(company)
        own = self.env["ai.rule"].browse([rule.key for rule in rules if rule.key > 0]).sudo()
        core = self.env["account.reconcile.model"].browse([-rule.key for rule in rules if rule.key < 0]).sudo()
        since = {record.id: self._stands_since(record.changed_at, record) for record in own}
        since.update({-record.id: self._stands_since(record.write_date, record) for record in core})
        return [(since[rule.key], rule) for rule in rules]

    def _stands_since(self, changed, record):
        changes = [record.create_date, changed, *record.line_ids.mapped("write_date")]
        return known_of_change(max(filter(None, changes)))

    def _balances(self, company):
        """{account id: ``Balance``} as it was known from day to day."""
        accounts = self.env["account.account"].with_company(company).sudo()
        found = accounts.search_fetch(
            [*accounts._check_company_domain(company), ("account_type", "in", SETTLED_TYPES)], ["name"]
        )
        days = {account.id: ([], []) for account in found}
        for account_id, day, balance in self.env.execute_query(queries.balances(company.id, found.ids)):
            known, sums = days[account_id]
            known.append(day)
            sums.append((sums[-1] if sums else Decimal(0)) + Decimal(str(balance)))
        return {
            account.id: Balance(account.id, account.name or "", tuple(days[account.id][0]), tuple(days[account.id][1]))
            for account in found
        }
