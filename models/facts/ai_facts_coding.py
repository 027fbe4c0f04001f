"""Coding facts: what a coding run knows about the lines that matching left, read by a handful of queries."""

from datetime import timedelta
from decimal import Decimal

from odoo import models

from ...engine.coding import (
    Balance,
    CodingFacts,
    CodingLine,
    CodingSettings,
    Splits,
    blockers_of,
    is_only_on_account,
)
from ...engine.coding.payee import Payers, payee_key
from ...engine.coding.splits import KEPT
from ...engine.learning import Case, Example
from . import coding_queries as queries
from .ai_facts_bank import _decimal

SCOPE = "bank_coding"
#: How far back people's choice of partner for a payer counts.
PAYER_DAYS = 800
#: What a payment settles rather than costs, when it is coded there.
SETTLED_TYPES = ("asset_current", "liability_current", "liability_non_current", "liability_credit_card", "equity")
#: Accounts that no bank line is coded to.
UNUSABLE_TYPES = ("off_balance", "equity_unaffected")


class AiFactsCoding(models.AbstractModel):
    """Collects the facts of codings of one company. Reads with SQL: the caller has checked the lines' access."""

    _name = "ai.facts.coding"
    _description = "Coding Facts"

    def _collect(self, lines, matching=None):
        """:param lines: account.bank.statement.line of one company
        :param matching: (``MatchingFacts``, the matcher's answers) of these lines, if it was asked before
        :return: ``CodingFacts`` of those that are open; what matching explains is blocked"""
        company = lines.company_id
        company.ensure_one()
        match_facts, answers = matching or self._matching(lines)
        wanted = set(lines.ids)
        bank_lines = tuple(line for line in match_facts.lines if line.key in wanted)
        line_ids = [line.key for line in bank_lines]
        learner, _version = self.env["ai.learning.model"]._learner(company, SCOPE)
        return self._facts(
            company,
            bank_lines,
            answers,
            learner,
            rules=self.env["ai.rule"]._for_company(company),
            balance_sheet=self._balances(company),
            splits=self._splits(company),
            payers=self._payers(company, bank_lines),
            documents=frozenset(row[0] for row in self.env.execute_query(queries.with_documents(line_ids))),
            worths=self._worths(company, bank_lines),
            rejected=match_facts.rejected,
            expected=dict(self.env.execute_query(queries.expected(line_ids))),
        )

    def _matching(self, lines):
        proposer = self.env["ai.proposer.bank_match"]
        facts = proposer._collect(lines)
        return facts, proposer._propose(facts)

    def _facts(
        self,
        company,
        bank_lines,
        answers,
        learner,
        rules=(),
        balance_sheet=None,
        splits=None,
        payers=None,
        documents=frozenset(),
        worths=None,
        rejected=None,
        expected=None,
    ):
        """``CodingFacts`` from values; nothing is read about the lines, so that a replay gives its own past.

        :param bank_lines: ``engine.facts.BankLine``
        :param answers: the matcher's answers for them
        :param learner: ``engine.learning.Learner`` as of then
        :param rules: ``engine.coding.Rule`` in order
        :param balance_sheet: {account id: ``Balance``}
        :param splits: ``Splits`` and ``payers``: ``Payers``, both of what was decided until then
        :param documents: keys of lines with an attached document
        :param worths: {line key: amount in the company's currency}, where the journal has another one
        :param rejected: {line key: fingerprints that people rejected}
        :param expected: {line key: ``bill`` or ``expense``}, where people wait for a document
        """
        expected = expected or {}
        answer_of = {answer.line: answer for answer in answers}
        payers = payers or Payers()
        return CodingFacts(
            settings=self._settings(company),
            lines=tuple(
                self._line(line, answer_of[line.key], payers, documents, worths or {}, expected.get(line.key))
                for line in bank_lines
            ),
            learner=learner,
            rules=tuple(rules),
            balance_sheet=balance_sheet or {},
            places=self._places(),
            rejected=rejected or {},
            accounts=self._accounts(company),
            taxes=self._taxes(company),
            splits=splits or Splits(),
        )

    # === LINES === #

    def _line(self, line, answer, payers, documents, worths, expected=None):
        partner = line.partner or answer.partner
        partner = partner or payers.partner_of(line.account_number, line.partner_name, line.text)
        return CodingLine(
            case=self._case(line),
            company=line.company,
            journal=line.journal,
            partner=partner,
            blockers=((f"{expected}_expected", {}),) if expected else blockers_of(answer),
            only_known=is_only_on_account(answer),
            has_document=line.key in documents,
            worth=worths.get(line.key, line.amount),
        )

    def _case(self, line):
        """The learner's case of an ``engine.facts.BankLine``. Its payee is what the bank tells, as in lessons: the
        partner is set by coding, so that what was learned of it can't be found by it."""
        told = payee_key(None, line.account_number, line.partner_name, line.text)
        return Case(
            key=line.key,
            date=line.date,
            payee=told or payee_key(line.partner, "", "", ""),
            text=line.text,
            amount=line.amount,
            currency=line.currency,
            unit=str(line.journal),
            name=line.partner_name,
            code=line.code,
        )

    def _worths(self, company, bank_lines):
        foreign = [line.key for line in bank_lines if line.currency != company.currency_id.name]
        if not foreign:
            return {}
        return {key: _decimal(worth) for key, worth in self.env.execute_query(queries.worths(foreign))}

    # === THE COMPANY === #

    def _settings(self, company):
        return CodingSettings(
            company=company.id,
            currency=company.currency_id.name,
            claims_without_document=company.ai_claims_without_document,
            exempt_accounts=frozenset(company.ai_receipt_exempt_account_ids.ids),
        )

    def _places(self):
        return {currency.name: currency.decimal_places for currency in self.env["res.currency"].search([])}

    def _accounts(self, company):
        """Ids of the accounts that bank lines of the company may be coded to."""
        accounts = self.env["account.account"].with_company(company).sudo()
        journals = self.env["account.journal"].sudo().search([("company_id", "=", company.id)])
        domain = [
            *accounts._check_company_domain(company),
            ("active", "=", True),
            ("account_type", "not in", UNUSABLE_TYPES),
            ("id", "not in", journals.suspense_account_id.ids),
        ]
        return frozenset(accounts._search(domain).get_result_ids())

    def _taxes(self, company):
        """{id of a usable tax: whether it claims input VAT}."""
        taxes = self.env["account.tax"].with_company(company).sudo()
        found = taxes.search([*taxes._check_company_domain(company), ("active", "=", True)])
        return {tax.id: self._claims(tax) for tax in found}

    def _claims(self, tax):
        """A purchase tax that reduces what is owed; not one that the buyer reports and deducts at once."""
        parts = tax.children_tax_ids or tax
        return any(
            part.type_tax_use == "purchase" and part.amount > 0 and not part.has_negative_factor for part in parts
        )

    def _balances(self, company):
        """{account id: ``Balance``} of the accounts that payments settle."""
        accounts = self.env["account.account"].with_company(company).sudo()
        domain = [*accounts._check_company_domain(company), ("account_type", "in", SETTLED_TYPES)]
        found = accounts.search_fetch(domain, ["name"])
        days = {account.id: ([], []) for account in found}
        for account_id, day, balance in self.env.execute_query(queries.balances(company.id, found.ids)):
            known, sums = days[account_id]
            known.append(day)
            sums.append((sums[-1] if sums else Decimal(0)) + _decimal(balance))
        return {
            account.id: Balance(account.id, account.name or "", tuple(days[account.id][0]), tuple(days[account.id][1]))
            for account in found
        }

    # === THE PAST === #

    def _payers(self, company, lines):
        payers = Payers()
        if lines:
            since = min(line.date for line in lines) - timedelta(days=PAYER_DAYS)
            for partner, account, name, text, count in self.env.execute_query(queries.payers(company.id, since)):
                payers.learn(partner, account or "", name or "", text or "", count)
        return payers

    def _splits(self, company):
        self.env["ai.learning.event"].flush_model()
        splits = Splits()
        for row in self.env.execute_query_dict(queries.split_lessons(company.id, SCOPE, KEPT)):
            case = Case(row["id"], row["date"], row["payee"] or "", "", _decimal(row["amount"]))
            splits.learn(Example(case, row["label"]), row["lines"])
        return splits
