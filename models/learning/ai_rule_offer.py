"""Rules out of corrections: a coding that a person changed or turned down offers to be a rule."""

from odoo import Command, api, models
from odoo.exceptions import LockError, UserError

from ...engine.coding.rule_making import most_common_label, offered
from ...engine.coding.rules import Book
from ...engine.coding.template import Template
from ...engine.vocabulary import PENDING
from .ai_rule_past import LINE_MODEL

#: Bank lines that an offer looks at, the newest: it comes after each correction.
OFFERED_FROM = 5000
#: Waiting lines that a new rule proposes for at once; the scheduled run does the rest.
AT_ONCE = 500


class AiRule(models.Model):
    _inherit = "ai.rule"

    # === PUBLIC === #

    @api.model
    def offer(self, suggestion_id: int) -> dict:
        """The rule that a coding offers, as values for ``new`` or ``create``; lines are left out where nobody said yet
        what is right.

        :raise UserError: when nothing tells the payee
        """
        self.browse().check_access("create")
        suggestion = self.env["ai.suggestion"].browse(suggestion_id)
        suggestion.check_access("read")
        line = suggestion._coded_line()
        if not line:
            raise UserError(self.env._("Rules are about bank lines that are coded to accounts."))
        values = self._offered(line, suggestion)
        if not values:
            raise UserError(
                self.env._(
                    "Nothing in the bank's text tells this payee from others: set the partner of the line first."
                )
            )
        return values

    @api.model
    def make(self, values: dict, anyway: bool = False) -> dict:
        """Create a rule and let it speak for what waits.

        :param values: as ``offer`` gives them
        :param anyway: also when it is broad
        :return: ``{rule_id, waiting}``: how many waiting lines it speaks for
        :raise UserError: when it would have coded too much, or contradicted what people did too often
        """
        rule = self.create(values)
        if not anyway:
            rule._check_breadth()
        return {"rule_id": rule.id, "waiting": rule._speak()}

    # === WHAT IS OFFERED === #

    @api.model
    def _offered(self, line, suggestion):
        """Values of the rule that ``suggestion`` about the bank line offers; None when nothing tells its payee."""
        rows = suggestion._right_rows()
        label = Template.of_lines(rows).label if rows else ""
        past, _since = self._past(line.company_id, OFFERED_FROM)
        partner = line.partner_id
        # The name of the partner of a line that the reader may see.
        found = offered(self._line_of(line), label, past, partner.sudo().name or "")
        if not found:
            return None
        rows = rows or self._guessed_rows(suggestion, line, found, past)
        values = {
            "company_id": line.company_id.id,
            "currency_id": line.currency_id.id,
            "tokens": " ".join(found.tokens),
            "payee": found.payee,
            "partner_id": found.partner,
            "set_partner_id": (suggestion.proposal or {}).get("partner_id") or partner.id,
            "sign": "in" if found.sign == 1 else "out",
            "least": float(found.least or 0),
            "most": float(found.most or 0),
            "suggestion_id": suggestion.id,
            "sequence": self._first_sequence(line.company_id),
            "line_ids": [Command.create(row) for row in self._rows_of(rows)],
        }
        return {**values, "name": self._name_of(values, line)}

    @api.model
    def _guessed_rows(self, suggestion, line, conditions, past):
        """What may be right instead of what was turned down: the second best, else what people did most."""
        wrong = suggestion.proposal or {}
        for choice in (suggestion.evidence or {}).get("alternatives") or []:
            rows = (choice.get("proposal") or {}).get("lines")
            if rows:
                return rows
        refused = Template.of_lines(wrong["lines"]).label if wrong.get("lines") else ""
        label = most_common_label(conditions, past, refused)
        parts = Template.from_label(label).parts if label else ()
        if len(parts) != 1:
            return []
        [part] = parts
        analytic = dict(part.analytic)
        amount = str(line.amount)
        return [
            {
                "account_id": part.account,
                "tax_ids": list(part.taxes),
                "analytic_distribution": analytic,
                "amount": amount,
            }
        ]

    @api.model
    def _rows_of(self, rows):
        """Values of the rule's lines from those of a coding: amounts become percentages."""
        total = sum(float(row["amount"]) for row in rows)
        values, left = [], 100.0
        for row in rows:
            share = round(100 * float(row["amount"]) / total, 4) if total else 0.0
            left -= share
            values.append(
                {
                    "account_id": row["account_id"],
                    "share": share,
                    "tax_ids": [Command.set(row.get("tax_ids") or [])],
                    "analytic_distribution": row.get("analytic_distribution") or False,
                }
            )
        if values and abs(left) < 0.01:
            values[-1]["share"] = round(values[-1]["share"] + left, 4)
        return values

    @api.model
    def _name_of(self, values, line):
        if values["partner_id"]:
            # The name of the partner of a line that the reader may see.
            return self.env["res.partner"].sudo().browse(values["partner_id"]).name
        text = (values["tokens"] or line.partner_name or (values["payee"] or "").partition(":")[2]).title()
        return text or line.payment_ref

    @api.model
    def _first_sequence(self, company):
        """A correction stands before what was wrong."""
        found = self.search([("company_id", "=", company.id)], limit=1)
        return found.sequence - 1 if found else 10

    def _check_breadth(self):
        found = self.preview()
        if found["breadth"] == "contradicted":
            raise UserError(
                self.env._(
                    "People coded %(differs)s of the %(count)s lines of the past year that this rule is about "
                    "otherwise, also for other payees. Make it narrower, or tick that it is right anyway.",
                    **{name: found[name] for name in ("differs", "count")},
                )
            )
        if found["breadth"] == "everything":
            raise UserError(
                self.env._(
                    "This rule is about %(count)s of the %(total)s lines of the past year, of %(payees)s payees: it "
                    "says nothing about one of them. Add a word, or tick that it is right anyway.",
                    **{name: found[name] for name in ("count", "total", "payees")},
                )
            )

    def _speak(self):
        """Propose anew for the lines that wait and that this rule is about, or was."""
        self.ensure_one()
        ids = []
        if self.active and self.line_ids:
            spoken = self._to_engine()
            ids = [line_id for line_id, line in self._waiting(self.company_id).items() if self._codes(spoken, line)]
        # What it said before and says no more is another rule's, or nobody's: whoever may see it.
        said = self.env["ai.suggestion"].sudo().search([("rule_id", "=", self.id), ("state", "=", PENDING)])
        try:
            self._propose_lines(list(dict.fromkeys([*ids, *said.mapped("res_id")]))[:AT_ONCE])
        except LockError:
            self.env.ref("ai_bookkeeper.ir_cron_propose").sudo()._trigger()
        return len(ids)

    @api.model
    def _propose_lines(self, line_ids):
        suggestions = self.env["ai.suggestion"]
        lines = self.env[LINE_MODEL].browse(line_ids)
        if lines:
            for kind in suggestions._leading(suggestions._kinds_for(LINE_MODEL)):
                suggestions._propose(suggestions._proposer(kind), lines)

    # === WHETHER IT IS OFFERED === #

    @api.model
    def _speaks_already(self, line, label):
        """Whether the first rule that holds for ``line`` says ``label``."""
        rule = Book(self._for_company(line.company_id)).first(self._line_of(line))
        return bool(rule) and rule.template.label == label
