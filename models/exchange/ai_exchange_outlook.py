"""What currencies and locks do to a booking: rates side by side, gain or loss with account and date, entries re-dated.

Before it is booked, Odoo's own preparation of the reconciliation is asked with the values that would be booked, and
nothing is written; afterwards the entries themselves are read.
"""

from collections import defaultdict
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date

from ...engine.exchange import IMPLIED_DIGITS, RATE_REASONS, implied, shown
from ...engine.vocabulary import APPLIED, OPEN_STATES, TRANSFER

LINE_MODEL = "account.bank.statement.line"


class AiExchangeOutlook(models.AbstractModel):
    _name = "ai.exchange.outlook"
    _description = "Outlook on Exchange Differences"

    @api.model
    def _of(self, suggestions):
        """{suggestion id: what the card shows}, only where a currency or a lock has something to say.

        ``{rates: [{what, label, base, currency, rate, date, state}], results: [{amount, account, date, note}],
        gain, redated: [sentence], missing: [{currency_id, currency, date, state, ...}], company_currency_id}``;
        amounts in the company's currency, a gain positive. ``what``: document, bank, booked or table.
        """
        # Figures on a card that the reader may see; nothing of it is written.
        suggestions = suggestions.sudo().filtered(
            lambda s: s.res_model == LINE_MODEL and s.state in (*OPEN_STATES, "failed", APPLIED)
        )
        lines = {line.id: line for line in self.env[LINE_MODEL].sudo().browse(suggestions.mapped("res_id")).exists()}
        proposals = {s.id: self._proposal(s) for s in suggestions}
        items = self._items(proposals.values())
        other_lines = self._legs(proposals.values())
        legs = {s.id: self._other_leg(lines.get(s.res_id), proposals[s.id], other_lines) for s in suggestions}
        special = suggestions.filtered(
            lambda s: (
                s.res_id in lines
                and (legs[s.id] or self._noted(s) or self._is_special(lines[s.res_id], proposals[s.id], items))
            )
        )
        if not special:
            return {}
        known, currencies = self._rates(special, lines, proposals, items)
        found = {}
        for suggestion in special:
            line, proposal = lines[suggestion.res_id], proposals[suggestion.id]
            outlook = self._rate_rows(suggestion, line, proposal, items, known[line.company_id], currencies)
            outlook.update(self._results(suggestion, line, proposal, items))
            self._add_transfer(suggestion, line, legs[suggestion.id], outlook)
            if any(outlook[name] for name in ("rates", "results", "redated", "missing", "problem")):
                found[suggestion.id] = outlook
        return found

    def _proposal(self, suggestion):
        """What would be booked; of a question with one answer, that one."""
        choices = (suggestion.evidence or {}).get("alternatives") or []
        if suggestion.is_question:
            return choices[0]["proposal"] if len(choices) == 1 else {}
        return suggestion.proposal or {}

    def _items(self, proposals):
        ids = {row["move_line_id"] for proposal in proposals for row in proposal.get("counterparts") or []}
        return {item.id: item for item in self.env["account.move.line"].sudo().browse(ids).exists()}

    def _of_proposal(self, proposal, items):
        rows = proposal.get("counterparts") or []
        return [(row, items[row["move_line_id"]]) for row in rows if row["move_line_id"] in items]

    def _is_special(self, line, proposal, items):
        company_currency = line.company_id.currency_id
        if line.foreign_currency_id or (line.currency_id or company_currency) != company_currency:
            return True
        pairs = self._of_proposal(proposal, items)
        return any(item.currency_id != company_currency or self._is_due_when_locked(line, item) for _row, item in pairs)

    def _is_due_when_locked(self, line, item):
        """Whether settling ``item`` makes a tax due on a day that is locked."""
        company = line.company_id
        if not company.tax_exigibility or max(line.date, item.date) > company._ai_filed_until():
            return False
        taxes = item.move_id.line_ids.tax_ids.flatten_taxes_hierarchy()
        return "on_payment" in taxes.mapped("tax_exigibility")

    # === RATES === #

    def _rates(self, suggestions, lines, proposals, items):
        """({company: {(currency name, day): Rate}}, {currency name: id}), in one query a company and one for all."""
        names, days = defaultdict(set), defaultdict(set)
        for suggestion in suggestions:
            line = lines[suggestion.res_id]
            company = line.company_id
            days[company].add(line.date)
            names[company] |= {line.currency_id.name, line.foreign_currency_id.name}
            names[company] |= self._noted(suggestion)
            names[company] |= {item.currency_id.name for _r, item in self._of_proposal(proposals[suggestion.id], items)}
        book = self.env["ai.rate.book"].sudo()
        known = {company: book._known(company, names[company] - {False}, days[company]) for company in names}
        wanted = list(set().union(*names.values()) - {False})
        return known, {c.name: c.id for c in self.env["res.currency"].search([("name", "in", wanted)])}

    def _rate_rows(self, suggestion, line, proposal, items, known, currencies):
        pairs = [pair for pair in self._of_proposal(proposal, items) if not pair[0].get("reopens")]
        rows = [*self._document_rows(line, pairs), *self._bank_rows(line, pairs)]
        names = self._names(line, pairs) | self._noted(suggestion)
        mine = {name: currencies[name] for name in names if name in currencies}
        table = self.env["ai.rate.book"].sudo()._told(line.company_id, mine, line.date, known)
        is_open = suggestion.state != APPLIED
        rows += [
            {
                "what": "table",
                "label": "",
                "base": told["company_currency"],
                **{name: told[name] for name in ("currency", "rate", "date", "state")},
            }
            for told in table
            if told["rate"]
        ]
        return {
            "rates": rows,
            "missing": [told for told in table if told["state"] != "ok" and is_open],
            "company_currency_id": line.company_id.currency_id.id,
        }

    def _noted(self, suggestion):
        """Names of the currencies whose rate the run lacked, as it noted them."""
        reasons = (suggestion.evidence or {}).get("reasons") or []
        return {values["currency"] for code, values in reasons if code in RATE_REASONS and values.get("currency")}

    def _names(self, line, pairs):
        names = {line.currency_id.name, line.foreign_currency_id.name, *(item.currency_id.name for _row, item in pairs)}
        return names - {False}

    def _document_rows(self, line, pairs):
        company_currency = line.company_id.currency_id
        return [
            self._rate_row(
                "document", company_currency, item.currency_id, item.balance, item.amount_currency, item.date
            )
            | {"label": item.move_id.name or ""}
            for _row, item in pairs
            if item.currency_id != company_currency
        ]

    def _bank_rows(self, line, pairs):
        """The rate that the bank's amounts imply, by currency of the items; and what a foreign line is booked at."""
        company_currency, rows = line.company_id.currency_id, []
        settled = defaultdict(lambda: [Decimal(0), Decimal(0)])
        for row, item in pairs:
            if row.get("item_amount"):
                settled[item.currency_id][0] += Decimal(row["amount"])
                settled[item.currency_id][1] += Decimal(row["item_amount"])
        told = line.foreign_currency_id
        if told and told not in settled:
            settled[told] = [Decimal(str(line.amount)), Decimal(str(line.amount_currency))]
        for currency, (amount, item_amount) in settled.items():
            sides = (line.currency_id, amount), (currency, item_amount)
            # One of the company's currency, where it is one of the two.
            (base, own), (other, foreign) = sides[::-1] if currency == company_currency else sides
            rows.append(self._rate_row("bank", base, other, own, foreign, line.date))
        if line.currency_id != company_currency and told != company_currency:
            liquidity = line._seek_for_lines()[0]
            rows.append(
                self._rate_row(
                    "booked",
                    company_currency,
                    line.currency_id,
                    liquidity.balance,
                    liquidity.amount_currency,
                    line.date,
                )
            )
        return rows

    def _rate_row(self, what, base, currency, own, foreign, day):
        rate = implied(Decimal(str(foreign)), Decimal(str(own)))
        return {
            "what": what,
            "label": "",
            "base": base.name,
            "currency": currency.name,
            "rate": shown(rate, IMPLIED_DIGITS),
            "date": str(day),
            "state": "ok",
        }

    # === GAIN OR LOSS === #

    def _results(self, suggestion, line, proposal, items):
        if suggestion.state == APPLIED:
            results, redated, problem = self._booked(line), [], ""
        else:
            results, redated, problem = self._expected(line, proposal, items)
        return {
            "results": results,
            "gain": self._total(results),
            "redated": redated,
            "problem": problem,
        }

    def _expected(self, line, proposal, items):
        """What booking would make; of what can't be booked, why."""
        pairs = [pair for pair in self._of_proposal(proposal, items) if not pair[0].get("reopens")]
        entry = self.env["ai.bank.entry"].sudo()
        liquidity, suspense, _other = line._seek_for_lines()
        if line.is_reconciled or len(suspense) != 1 or not pairs:
            return [], [], ""
        try:
            rows = entry._rows(line, proposal, items)
            entry._balance(line, liquidity, suspense, rows)
        except (UserError, ValidationError) as error:
            return [], [], str(error.args[0])
        results, redated = self._own_results(line, rows), []
        places = [place for place, row in enumerate(proposal["counterparts"]) if row["move_line_id"] in items]
        for place, (_row, item) in zip(places, pairs, strict=False):
            made = self._exchange_values(suspense, rows[place], item)
            results += self._made_results(line.company_id, made)
            redated += self._exchange_redated(line, item, made)
            redated += self._cash_basis_redated(line, item)
        return results, list(dict.fromkeys(redated)), self._problem(line.company_id, results)

    def _problem(self, company, results):
        if not results or (company.currency_exchange_journal_id and all(row["account"] for row in results)):
            return ""
        return self.env._(
            "The company names no journal or no accounts for exchange differences: a manager sets them under "
            "Accounting / Configuration / Settings."
        )

    def _own_results(self, line, rows):
        """Differences that stand in the bank line's own entry."""
        accounts = self._exchange_accounts(line.company_id)
        return [
            {
                "amount": -row["balance"],
                "account": accounts.browse(row["account_id"]).display_name,
                "date": str(line.date),
                "note": self.env._("in the bank line's own entry"),
            }
            for row in rows
            if row["account_id"] in accounts.ids and row["currency_id"] == line.company_id.currency_id.id
        ]

    def _exchange_accounts(self, company):
        return company.income_currency_exchange_account_id | company.expense_currency_exchange_account_id

    def _exchange_values(self, suspense, values, item):
        """What Odoo would book as the exchange difference of one match: values of an entry, or None."""
        currency = self.env["res.currency"].browse(values["currency_id"])
        shadow = {
            "account_id": item.account_id,
            "currency_id": currency,
            "balance": values["balance"],
            "amount_currency": values["amount_currency"],
        }
        # The suspense item stands for the one that it would become.
        mine = {
            "aml": suspense,
            "amount_residual": values["balance"],
            "amount_residual_currency": values["amount_currency"],
        }
        theirs = {
            "aml": item,
            "amount_residual": item.amount_residual,
            "amount_residual_currency": item.amount_residual_currency,
        }
        is_debit = values["balance"] > 0 or values["amount_currency"] > 0
        sides = (mine, theirs) if is_debit else (theirs, mine)
        found = (
            self.env["account.move.line"]
            .sudo()
            ._prepare_reconciliation_single_partial(*map(dict, sides), shadowed_aml_values={suspense: shadow})
        )
        return (found.get("exchange_values") or {}).get("move_values")

    def _made_results(self, company, made):
        if not made:
            return []
        accounts = self.env["account.account"].sudo()
        # Of each pair of lines the second is the result.
        results = [values for _command, _id, values in made["line_ids"]][1::2]
        return [
            {
                "amount": values["credit"] - values["debit"],
                "account": accounts.browse(values["account_id"] or []).display_name or "",
                "date": str(made["date"]),
                "note": self.env._("exchange entry"),
            }
            for values in results
            if not company.currency_id.is_zero(values["credit"] - values["debit"])
        ]

    # === TRANSFERS === #

    def _legs(self, proposals):
        ids = {row["pair_line_id"] for proposal in proposals for row in self._transfer_rows(proposal)}
        return {line.id: line for line in self.env[LINE_MODEL].sudo().browse(ids).exists()} if ids else {}

    def _transfer_rows(self, proposal):
        rows = proposal.get("write_off") or []
        return [row for row in rows if row.get("reason") == TRANSFER and row.get("pair_line_id")]

    def _other_leg(self, line, proposal, legs):
        """The bank line in another currency that is this one's other leg, or None."""
        found = [legs[row["pair_line_id"]] for row in self._transfer_rows(proposal) if row["pair_line_id"] in legs]
        return found[0] if line and len(found) == 1 and found[0].currency_id != line.currency_id else None

    def _add_transfer(self, suggestion, line, other, outlook):
        """The rate that the two legs imply, and what converting gains or loses."""
        if not other:
            return
        company = line.company_id
        base, foreign = (other, line) if other.currency_id == company.currency_id else (line, other)
        day = max(line.date, other.date)
        legs = self._rate_row("legs", base.currency_id, foreign.currency_id, base.amount, foreign.amount, day)
        outlook["rates"].insert(0, legs)
        gain = sum(sum(leg._seek_for_lines()[0].mapped("balance")) for leg in (line, other))
        if suggestion.state == APPLIED or company.currency_id.is_zero(gain):
            return
        accounts = company.expense_currency_exchange_account_id, company.income_currency_exchange_account_id
        journal = company.currency_exchange_journal_id.with_context(move_date=day)
        result = {
            "amount": gain,
            "account": accounts[gain > 0].display_name or "",
            "date": str(journal.accounting_date),
            "note": self.env._("once both sides are booked"),
        }
        outlook["results"].append(result)
        outlook["gain"] = self._total(outlook["results"])
        outlook["problem"] = outlook["problem"] or self._problem(company, outlook["results"])

    def _total(self, results):
        return round(sum(row["amount"] for row in results), 6) + 0.0

    # === DATES === #

    def _exchange_redated(self, line, item, made):
        """The entry of a difference lands in the first open period when its own is locked."""
        if not made:
            return []
        company, day = line.company_id, max(line.date, item.date)
        locks = company._get_violated_lock_dates(day, False, company.currency_exchange_journal_id)
        if not locks:
            return []
        template = self.env._(
            "The exchange entry belongs to %(day)s, which is locked until %(lock)s: it is dated %(date)s."
        )
        return [self._redated(template, day, locks, made["date"])]

    def _cash_basis_redated(self, line, item):
        """As Odoo dates the entry that makes a tax on payments due; see ``_create_tax_cash_basis_moves``."""
        company, move = line.company_id, item.move_id
        if not company.tax_cash_basis_journal_id or not self._is_due_when_locked(line, item):
            return []
        journal, day = company.tax_cash_basis_journal_id, max(line.date, item.date)
        lock = company._get_user_fiscal_lock_date(journal)
        planned = day if day > lock else fields.Date.context_today(self)
        locks = company._get_violated_lock_dates(day, True, journal)
        if not locks:
            return []
        if company._get_violated_lock_dates(planned, True, journal):
            planned = journal.with_context(move_date=planned, has_tax=True).accounting_date
        template = self.env._(
            "The tax of %(name)s becomes due on %(day)s, which is locked until %(lock)s: its entry is dated %(date)s."
        )
        return [self._redated(template, day, locks, planned, name=move.name)]

    def _redated(self, template, day, locks, date, **values):
        return template % {
            **values,
            "day": format_date(self.env, day),
            "lock": format_date(self.env, locks[-1][0]),
            "date": format_date(self.env, date),
        }

    # === WHAT WAS BOOKED === #

    def _booked(self, line):
        effects = self.env["ai.bank.effects"].sudo()
        accounts = self._exchange_accounts(line.company_id)
        own = [
            {
                "amount": -item.balance,
                "account": item.account_id.display_name,
                "date": str(line.date),
                "note": self.env._("in the bank line's own entry"),
            }
            for item in line.move_id.line_ids
            if item.account_id in accounts
        ]
        made_ids = {move_id for made in effects._made_by(line.move_id).values() for move_id in made}
        moves = {move.id: move for move in self.env["account.move"].sudo().browse(made_ids)}
        return own + [
            {
                "amount": float(row["amount"]),
                "account": (moves[row["move_id"]].line_ids.account_id & accounts)[:1].display_name or "",
                "date": str(row["date"]),
                "note": row["name"],
            }
            for row in effects._made(sorted(made_ids))
            if row["sort"] == "exchange"
        ]
