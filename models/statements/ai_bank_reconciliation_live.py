"""Bank reconciliation: the figures of a journal on a day, from what is posted now."""

from odoo import api, models
from odoo.tools import SQL

from ...engine.statements.chain import UNTOLD, ZERO, chain
from ...engine.statements.reconciling import Ledger, reconcile
from ..audit.readable import readable, sees_all_books
from . import reconciliation_queries as queries

#: Sections that a statement shows, with those whose two sides stand apart.
SIDES = (queries.UNMATCHED, queries.OUTSTANDING)
LISTED = (queries.UNMATCHED, queries.SUSPENSE, queries.OUTSTANDING, queries.ENTRIES, queries.OPENING, queries.BETWEEN)


class AiBankReconciliation(models.Model):
    _name = "ai.bank.reconciliation"
    _inherit = "ai.bank.reconciliation"

    @api.model
    def _live(self, journal, day):
        """(figures, scope) of ``journal`` at the end of ``day``.

        Figures are plain values, amounts as text in the journal's currency (``company_…``: in the company's):
        ``bank`` (balance, basis, the statement that told it), ``ledger``, ``difference``, ``reasons`` (code, amount,
        values) that add up to it, ``sections`` {name: {count, amount, company_amount, in, out}}, ``books``: what the
        books hold with payments on their way and without lines that nobody explained.
        """
        scope, account, found, sums = self._agreed(journal, day)
        return self._figures(scope, account, found, sums), scope

    @api.model
    def _agreed(self, journal, day):
        """(scope, chain of statements, what keeps bank and ledger apart, sums of the account); see ``_live``."""
        self.env.flush_all()
        scope = self._scope(journal, day)
        queries.plain_plans(scope)
        told, loose, loose_until = queries.statements(scope)
        scope = self._with_opening(scope, told)
        account = chain(told, day, loose, loose_until)
        sums = queries.account_sums(scope)
        lines_until = loose_until + sum((each.moved_until + each.loose_until for each in told), ZERO)
        found = reconcile(account, self._ledger(sums, lines_until), account.basis != UNTOLD)
        if told and not found.with_same_day:
            scope = self._replaced(scope, entries_from=scope.opened)
        return scope, account, found, sums

    def _figures(self, scope, account, found, sums):
        sections = self._section_figures(scope, self._sections_of(found))
        company_ledger = sum((row[4] for row in sums if row[2]), ZERO)
        waiting = [sections[name]["amount"] for name in (queries.OUTSTANDING, queries.SUSPENSE)]
        books = found.ledger + sum((scope.own(amount) for amount in waiting), ZERO)
        books -= scope.own(sections[queries.UNMATCHED]["amount"])
        return {
            "day": scope.day.isoformat(),
            "currency": scope.currency_id,
            "company_currency": scope.company_currency_id,
            "bank": self._bank_figures(scope, account),
            "ledger": str(scope.own(found.ledger)),
            "company_ledger": str(scope.company(company_ledger)),
            "difference": str(scope.own(found.difference)),
            "reasons": [
                {"code": reason.code, "amount": str(scope.own(reason.amount)), "values": reason.values}
                for reason in found.reasons
            ],
            "sections": sections,
            "books": str(scope.own(books)),
            "valued": self._valued(scope, found.bank, company_ledger),
        }

    def _bank_figures(self, scope, account):
        anchor = account.anchor
        found = {
            "balance": str(scope.own(account.balance)),
            "basis": account.basis,
            "opening": str(scope.own(account.opening)),
        }
        if anchor:
            found |= {
                "statement": anchor.id,
                "name": anchor.name,
                "first_day": anchor.first_day.isoformat(),
                "last_day": anchor.last_day.isoformat(),
            }
        return found

    def _valued(self, scope, balance, company_ledger):
        """A foreign balance at the table's rate of the day; what the ledger has more is not realised yet."""
        if not scope.is_foreign:
            return None
        currencies = self.env["res.currency"]
        own, company = currencies.browse(scope.currency_id), currencies.browse(scope.company_currency_id)
        root = self.env["res.company"].browse(scope.root_id)
        value = scope.company(str(own._convert(float(balance), company, root, scope.day)))
        return {"amount": str(value), "unrealised": str(scope.company(company_ledger - value))}

    # === SCOPE === #

    def _scope(self, journal, day):
        # Which accounts a journal uses says nothing of anybody's books; the journal itself was checked.
        journal = journal.sudo()
        company = journal.company_id
        banks = self._bank_journals(company)
        outstanding = {bank.id: self._outstanding_accounts(bank) for bank in banks}
        mine = outstanding.pop(journal.id, set()) - {journal.default_account_id.id, journal.suspense_account_id.id}
        theirs = set().union(*outstanding.values())
        currency = journal.currency_id or company.currency_id
        return queries.Scope(
            env=self.env,
            day=day,
            journal_id=journal.id,
            company_ids=tuple(self.env["res.company"].sudo().search([("id", "child_of", company.id)]).ids),
            root_id=company.root_id.id,
            account_id=journal.default_account_id.id or 0,
            suspense_id=journal.suspense_account_id.id or 0,
            has_own_suspense=journal.suspense_account_id not in (banks - journal).suspense_account_id,
            outstanding_ids=tuple(sorted(mine)),
            own_outstanding=tuple(sorted(mine - theirs)),
            bank_journal_ids=tuple(banks.ids),
            currency_id=currency.id,
            company_currency_id=company.currency_id.id,
            places=currency.decimal_places,
            company_places=company.currency_id.decimal_places,
        )

    def _bank_journals(self, company):
        return (
            self.env["account.journal"]
            .sudo()
            .with_context(active_test=False)
            .search([("type", "in", ("bank", "cash", "credit")), ("company_id", "=", company.id)])
        )

    def _outstanding_accounts(self, journal):
        """Ids of the accounts on which payments of this journal wait for the bank."""
        methods = journal.inbound_payment_method_line_ids + journal.outbound_payment_method_line_ids
        accounts = methods.payment_account_id
        charts = self.env["account.chart.template"].sudo()
        charts = charts.with_context(allowed_company_ids=journal.company_id.root_id.ids)
        for name in ("account_journal_payment_debit_account_id", "account_journal_payment_credit_account_id"):
            accounts |= charts.ref(name, raise_if_not_found=False) or accounts.browse()
        used = self.env.execute_query(
            SQL("SELECT DISTINCT outstanding_account_id FROM account_payment WHERE journal_id = %s", journal.id)
        )
        accounts |= accounts.browse([account_id for (account_id,) in used if account_id])
        return set(accounts.filtered("reconcile").ids)

    def _with_opening(self, scope, told):
        """Entries of the first line's day count as part of the opening until the amounts say otherwise."""
        if not told:
            return scope
        opened = told[0].first_day
        return self._replaced(scope, opened=opened, entries_from=opened + queries.DAY)

    def _replaced(self, scope, **values):
        return queries.Scope(**{**{name: getattr(scope, name) for name in scope.__dataclass_fields__}, **values})

    # === SUMS === #

    def _ledger(self, sums, lines_until):
        """The account's sums as the engine wants them; ``lines_until``: what this journal's lines come to."""
        totals = dict.fromkeys(("line", "before", "same_day", "later", "between", "all"), ZERO)
        shared = {}
        for part, journal_id, is_until, total, _company, _count in sums:
            if is_until:
                totals["all"] += total
            if part == "shared":
                if is_until:
                    shared[journal_id] = shared.get(journal_id, ZERO) + total
                continue
            if part == "before" and not is_until:
                totals["between"] += total
            if is_until or part in ("before", "same_day"):
                totals[part] += total
        return Ledger(
            balance=totals["all"],
            before=totals["before"],
            same_day=totals["same_day"],
            entries=totals["later"],
            between=totals["between"],
            shared=shared,
            changed=totals["line"] - lines_until,
        )

    def _sections_of(self, found):
        names = list(LISTED)
        if any(reason.code == queries.CHANGED for reason in found.reasons):
            names.append(queries.CHANGED)
        return names

    def _section_figures(self, scope, names):
        found = {}
        for name, parts in queries.section_sums(scope, names).items():
            sides = {
                "in" if is_in else "out": {"count": count, "amount": str(total), "company_amount": str(company)}
                for is_in, count, total, company in parts
            }
            found[name] = {
                "count": sum(part[1] for part in parts),
                "amount": str(sum((part[2] for part in parts), scope.own(0))),
                "company_amount": str(sum((part[3] for part in parts), scope.company(0))),
                **(sides if name in SIDES else {}),
            }
        return found

    # === LINES === #

    @api.model
    def _rows_scope(self, journal, day, section):
        """What the items of a section are read by: those that wait need no opening."""
        if section in (queries.UNMATCHED, queries.SUSPENSE, queries.OUTSTANDING):
            self.env.flush_all()
            return self._scope(journal, day)
        return self._agreed(journal, day)[0]

    def _live_rows(self, scope, section, is_in=None, offset=0, limit=None):
        return self._masked(queries.section_rows(scope, section, is_in, offset, limit))

    def _masked(self, rows):
        """Amounts belong to the account; names of entries that the reader may not see are left out."""
        if sees_all_books(self.env) or not rows:
            return rows
        moves = self.env["account.move"].browse({row["move_id"] for row in rows})
        seen = set(readable(moves).ids)
        hidden = {
            "label": self.env._("an entry that you may not see"),
            "entry": "",
            "partner_name": "",
            "partner_id": 0,
        }
        return [row if row["move_id"] in seen else {**row, **hidden} for row in rows]
