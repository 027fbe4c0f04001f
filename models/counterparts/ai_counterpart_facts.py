"""Facts of counterparts: what their payments settle and what stands there, for the lines that are theirs."""

from dataclasses import replace
from datetime import timedelta

from odoo import models
from odoo.tools import SQL

from ...engine.coding.settling_facts import Claim, Counterpart, Ledger, LoanFacts, PlanLine
from ...engine.coding.settling_known import recognise
from ...engine.text import squeeze, words
from ..facts.ai_facts_bank import _decimal
from . import counterpart_queries as queries
from .ai_counterpart import KEPT

#: An instalment this long before or after a line may be what it pays.
_NEAR = timedelta(days=40)
_SIGNS = {"out": -1, "in": 1}


class AiFactsCounterpart(models.AbstractModel):
    """Reads with SQL and as the superuser: the caller has checked the lines' access."""

    _name = "ai.facts.counterpart"
    _description = "Facts of Counterparts"

    def _known(self, company, bank_lines, partners=None):
        """{line key: ``Known``} of the lines that are a kept counterpart's, with what stands on its accounts.

        :param bank_lines: ``engine.facts.BankLine``
        :param partners: {line key: partner that is surely behind it}
        """
        kept = self.env["ai.counterpart"].sudo().search([("company_id", "=", company.id), ("state", "=", KEPT)])
        plain = {record.id: self._plain(record) for record in kept}
        found = recognise(bank_lines, tuple(plain.values()), partners)
        if not found:
            return {}
        wanted = kept.browse({each.key for known in found.values() for each in known.counterparts})
        days = [line.date for line in bank_lines if line.key in found]
        full = self._filled(company, wanted, plain, min(days) - _NEAR, max(days) + _NEAR)
        return {
            key: replace(known, counterparts=tuple(full[each.key] for each in known.counterparts))
            for key, known in found.items()
        }

    # === WHO THEY ARE === #

    def _plain(self, record):
        return Counterpart(
            key=record.id,
            kind=record.kind,
            name=record.name,
            partner=record.partner_id.id or None,
            numbers=record._numbers(),
            names=record._names(),
            claims=tuple(self._claim(claim) for claim in record.claim_ids),
            penalty_account=record.penalty_account_id.id or None,
            loans=tuple(self._loan(loan) for loan in record.loan_ids if loan.state == "running"),
        )

    def _claim(self, claim):
        return Claim(
            key=claim.id,
            topic=claim.topic,
            accounts=tuple(claim.account_ids.ids),
            words=frozenset(word.text for word in words(claim.words or "")),
            references=_references(claim.references),
            sign=_SIGNS.get(claim.direction),
            partner=claim.counterpart_id.partner_id.id if claim.by_partner else None,
        )

    def _loan(self, loan):
        return LoanFacts(
            key=loan.id,
            name=loan.name,
            currency=loan.currency_id.name,
            account=loan.account_id.id,
            interest_account=loan.interest_account_id.id or None,
            fee_account=loan.fee_account_id.id or None,
            references=_references(loan.reference),
            sign=1 if loan.is_lent else -1,
            principal=_decimal(loan.principal),
            # The plan is in the loan's currency, the ledger in the company's: then the balance proves nothing.
            shared=loan.is_shared or loan.currency_id != loan.company_id.currency_id,
        )

    # === WHAT STANDS THERE === #

    def _filled(self, company, records, plain, first, last):
        """{counterpart id: ``Counterpart`` with ledgers, plans and how often each was right}"""
        claims = self._ledgers(records.claim_ids, parts=True)
        loans = records.loan_ids.filtered(lambda loan: loan.state == "running")
        books = self._loan_ledgers(company, loans)
        plans = self._plans(loans, first, last)
        support = {
            (claim, loan): (n, right) for claim, loan, n, right in self.env.execute_query(queries.support(company.id))
        }
        filled = {}
        for record in records:
            each = plain[record.id]
            filled[record.id] = replace(
                each,
                claims=tuple(self._with_ledgers(claim, claims, support) for claim in each.claims),
                loans=tuple(
                    replace(
                        loan,
                        plan=plans.get(loan.key, ()),
                        ledger=books.get(loan.key, Ledger()),
                        support=support.get((None, loan.key), (0, 0)),
                    )
                    for loan in each.loans
                ),
            )
        return filled

    def _with_ledgers(self, claim, ledgers, support):
        whole, parts = ledgers[claim.key]
        return replace(
            claim,
            ledger=whole,
            parts=parts if len(claim.accounts) > 1 else (),
            support=support.get((claim.key, None), (0, 0)),
        )

    def _ledgers(self, claims, parts=False):
        """{claim id: ``Ledger``}; with ``parts`` {claim id: (ledger, ledger of each account)}."""
        self.env["account.move.line"].flush_model()
        found = {}
        for company, group in claims.sudo().grouped("company_id").items():
            rows = [
                (claim.id, account.id, claim.by_partner and claim.counterpart_id.partner_id.id)
                for claim in group
                for account in claim.account_ids
            ]
            days = self._days(self.env.execute_query(queries.ledgers(company.id, rows)) if rows else ())
            for claim in group:
                each = tuple(_ledger(days.get((claim.id, account.id), {})) for account in claim.account_ids)
                found[claim.id] = (_together(days, claim), each) if parts else _together(days, claim)
        return found

    def _loan_ledgers(self, company, loans):
        rows = [(loan.id, loan.account_id.id, None) for loan in loans]
        days = self._days(self.env.execute_query(queries.ledgers(company.id, rows)) if rows else ())
        return {loan.id: _ledger(days.get((loan.id, loan.account_id.id), {})) for loan in loans}

    def _days(self, rows):
        """{(key, account id): {day: (all, paid)}}"""
        found = {}
        for key, account_id, day, total, paid in rows:
            found.setdefault((key, account_id), {})[day] = (_decimal(total), _decimal(paid))
        return found

    def _plans(self, loans, first, last):
        self.env["ai.loan.line"].flush_model()
        found = {}
        for key, loan_id, day, *amounts in self.env.execute_query(queries.instalments(loans.ids, first, last)):
            line = PlanLine(key, day, *(_decimal(amount) for amount in amounts))
            found.setdefault(loan_id, []).append(line)
        return {loan_id: tuple(lines) for loan_id, lines in found.items()}

    # === WHAT WAS SETTLED === #

    def _settled_counts(self, counterpart_ids):
        self.env["ai.suggestion"].flush_model()
        return SQL("SELECT counterpart_id, count(*) FROM (%s) settled GROUP BY 1", queries.settled(counterpart_ids))

    def _settled_ids(self, counterpart_ids):
        self.env["ai.suggestion"].flush_model()
        return queries.settled(counterpart_ids)


class AiFactsCoding(models.AbstractModel):
    _name = "ai.facts.coding"
    _inherit = "ai.facts.coding"

    def _collect(self, lines, matching=None):
        """As before, with who is on the other side of lines; what matching says of others' items does not stop them."""
        matching = matching or self._matching(lines)
        facts = super()._collect(lines, matching)
        match_facts, answers = matching
        wanted = {line.case.key for line in facts.lines}
        partners = {line.case.key: line.partner for line in facts.lines if line.partner}
        bank_lines = [line for line in match_facts.lines if line.key in wanted]
        known = self.env["ai.facts.counterpart"]._known(lines.company_id, bank_lines, partners)
        if not known:
            return facts
        freed = self.env["ai.proposer.bank_coding"]._freed(match_facts, answers, known)
        return replace(
            facts,
            counterparts=known,
            lines=tuple(
                replace(line, blockers=(), only_known=False) if line.case.key in freed else line for line in facts.lines
            ),
        )


def _references(told):
    found = (squeeze(reference) for reference in (told or "").replace(";", ",").split(","))
    return tuple(reference for reference in found if reference)


def _together(days, claim):
    merged = {}
    for account in claim.account_ids:
        for day, (total, paid) in days.get((claim.id, account.id), {}).items():
            before = merged.get(day, (0, 0))
            merged[day] = (before[0] + total, before[1] + paid)
    return _ledger(merged)


def _ledger(days):
    """``Ledger`` of {day: (all, paid)}"""
    order = sorted(days)
    sums, paid = [], []
    for day in order:
        total, settled = days[day]
        sums.append((sums[-1] if sums else 0) + total)
        paid.append((paid[-1] if paid else 0) + settled)
    return Ledger(tuple(order), tuple(sums), tuple(paid))
