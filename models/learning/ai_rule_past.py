"""What rules would have said of the past: the lines that people coded, and those that wait."""

from datetime import timedelta
from decimal import Decimal

from odoo import Command, api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from ...engine.coding import CodingLine
from ...engine.coding.payee import payee_key
from ...engine.coding.rule_making import Past, preview
from ...engine.coding.rules import amounts, applies
from ...engine.coding.template import Template
from ...engine.learning import Case

LINE_MODEL = "account.bank.statement.line"
DAYS = 365
#: Lines of the past that a person waits for; a larger company sees its newest.
MOST_LINES = 20_000
#: Waiting lines that are looked at, the newest.
MOST_WAITING = 2000
SHOWN = 40


class AiRule(models.Model):
    _inherit = "ai.rule"

    @api.model
    def _past(self, company, most=MOST_LINES):
        """(lines that people coded in the past year as ``Past``, first day): of the newest ``most`` bank lines."""
        today = fields.Date.context_today(self)
        since = self._past_since(company, today - timedelta(days=DAYS), most)
        # What is shown of it, the reader may read; what it is made of is the whole company's.
        examples = self.env["ai.learning.history"].sudo()._examples(company, since, today)
        found = []
        for line_id, example, _lines in examples:
            line = self._past_line(line_id, example.case, company)
            found.append(Past(line, example.label))
        return found, since

    @api.model
    def _past_since(self, company, since, most):
        """``since``, or the day from which the newest ``most`` reconciled lines are."""
        [row] = self.env.execute_query(
            SQL(
                """SELECT min(date) FROM (
                       SELECT m.date FROM account_bank_statement_line st JOIN account_move m ON m.id = st.move_id
                        WHERE st.company_id = %s AND st.is_reconciled AND m.date >= %s
                        ORDER BY m.date DESC LIMIT %s) newest""",
                company.id,
                since,
                most,
            )
        ) or [(None,)]
        return row[0] or since

    @api.model
    def _past_line(self, line_id, case, company):
        known, _colon, key = case.payee.partition("partner:")
        partner = int(key) if key and not known else None
        return CodingLine(case, company.id, int(case.unit), partner)

    @api.model
    def _waiting(self, company):
        """The newest unreconciled lines of the company, as {line id: CodingLine}."""
        lines = self.env[LINE_MODEL].search(
            [("company_id", "=", company.id), ("is_reconciled", "=", False)], order="id desc", limit=MOST_WAITING
        )
        return {line.id: self._line_of(line) for line in lines}

    @api.model
    def _line_of(self, line):
        """A bank line as rules see it."""
        text, name = line.payment_ref or "", line.partner_name or ""
        places = Decimal(1).scaleb(-line.currency_id.decimal_places)
        case = Case(
            key=line.id,
            date=line.date,
            payee=payee_key(line.partner_id.id, line.account_number or "", name, text),
            text=text,
            amount=Decimal(str(line.amount)).quantize(places),
            currency=line.currency_id.name,
            unit=str(line.journal_id.id),
            name=name,
        )
        return CodingLine(case, line.company_id.id, line.journal_id.id, line.partner_id.id or None)

    # === PREVIEW === #

    def preview(self) -> dict:
        """What this rule, saved or not, would have said of the past year, were it the only one.

        :return: ``{since, total, count, same, differs, payees, breadth, waiting, rows}``; rows are lines that the
            caller may read, contradictions first: ``{line_id, date, text, amount, currency_id, did, outcome}``, where
            ``outcome`` is ``differs``, ``same`` or ``waiting``
        """
        self.ensure_one()
        self.check_access("read")
        company = self.company_id
        if company not in self.env.companies:
            raise AccessError(self.env._("Switch to the company of the rule first."))
        rule = self._to_engine()
        past, since = self._past(company)
        found = preview(rule, past)
        waiting = [line_id for line_id, line in self._waiting(company).items() if self._codes(rule, line)]
        labels = {each.line.case.key: each.label for each in (*found.differs, *found.same)}
        differs = [each.line.case.key for each in reversed(found.differs)]
        same = [each.line.case.key for each in reversed(found.same)]
        return {
            "since": str(since),
            "total": found.total,
            "count": found.count,
            "same": len(same),
            "differs": len(differs),
            "payees": found.payees,
            "breadth": found.breadth,
            "waiting": len(waiting),
            "rows": self._preview_rows({"differs": differs, "waiting": waiting, "same": same}, labels),
        }

    @api.model
    def preview_of(self, values: dict) -> dict:
        """``preview`` of a rule that does not exist yet, with its question.

        :param values: as for ``create``
        :return: as ``preview``, with ``sentence``, and ``can_speak``: it asks for words, a payee or a partner
        """
        self.browse().check_access("read")
        rule = self.new(values)
        nothing = {"since": "", "count": 0, "waiting": 0, "breadth": "", "rows": []}
        found = rule.preview() if rule._is_narrow() else nothing
        return {"sentence": rule._sentence(), "can_speak": rule._is_narrow(), **found}

    def _offer_values(self):
        """This rule as values for the dialog that tries it out."""
        self.ensure_one()
        self.check_access("read")
        names = self.env["ai.rule.offer"]._copied()
        values = self._convert_to_write({name: self[name] for name in names})
        return {**values, "line_ids": [Command.create(line._values()) for line in self.line_ids]}

    @api.model
    def _codes(self, rule, line):
        return applies(rule, line) and amounts(rule, line.case.amount) is not None

    @api.model
    def _preview_rows(self, keys, labels):
        rows = [(outcome, key) for outcome, found in keys.items() for key in found[:SHOWN]]
        lines = self.env[LINE_MODEL].browse([key for _outcome, key in rows]).exists()._filtered_access("read")
        by_id = {line.id: line for line in lines}
        accounts = self._account_names([labels[key] for _outcome, key in rows if key in labels])
        return [
            {
                "line_id": key,
                "date": str(by_id[key].date),
                "text": by_id[key].payment_ref or by_id[key].partner_name or "",
                "amount": by_id[key].amount,
                "currency_id": by_id[key].currency_id.id,
                "did": accounts.get(labels.get(key), ""),
                "outcome": outcome,
            }
            for outcome, key in rows
            if key in by_id
        ]

    @api.model
    def _account_names(self, labels):
        """{label: names of its accounts}."""
        templates = {label: Template.from_label(label) for label in set(labels)}
        ids = {part.account for template in templates.values() for part in template.parts}
        # Names of accounts beside lines that the reader may read.
        names = {
            account.id: account.display_name for account in self.env["account.account"].sudo().browse(ids).exists()
        }
        return {
            label: " + ".join(dict.fromkeys(names.get(part.account, "?") for part in template.parts))
            for label, template in templates.items()
        }
