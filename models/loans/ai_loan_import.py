"""The lender's own plan: read from CSV or XLSX, checked against its own arithmetic, taken as it is."""

from odoo import models
from odoo.exceptions import UserError

from ...engine.loans import Row, check
from ...readers.loanplan import PlanFileError, read
from ..bank.import_reading import decoded
from .loan_words import FILE_PROBLEMS

#: A plan is small; larger files are none.
MAX_BYTES = 4 * 1024 * 1024
_SHOWN = 12


class AiLoan(models.Model):
    _name = "ai.loan"
    _inherit = "ai.loan"

    def import_plan(self, data, name=""):
        """Take the plan of a file: CSV or XLSX as base64. All problems are said together; nothing is written then.

        For managers. Instalments that are booked must stand in it as they were booked.
        """
        self._check_manager()
        self.ensure_one()
        try:
            rows = read(decoded(self.env, name or "", data), MAX_BYTES)
        except PlanFileError as error:
            raise UserError(self.env._("%(name)s can't be read: %(why)s", name=name or "", why=str(error))) from error
        places = self.currency_id.decimal_places
        fine = [row for row in rows if any(_places(amount) > places for amount in _amounts(row))]
        if fine:
            raise UserError(
                self.env._(
                    "Line %(line)s has more decimals than %(currency)s has.",
                    line=fine[0].line,
                    currency=self.currency_id.name,
                )
            )
        told = tuple(Row(row.line, row.date, *_amounts(row)) for row in rows)
        instalments, problems = check(told, self._money(self.principal))
        if problems:
            raise UserError(self._problem_text(problems))
        self._replace_lines(instalments)
        self.write({"source": "imported", "first": instalments[0].date, "count": len(instalments)})
        return True

    def _problem_text(self, problems):
        sentences = []
        for code, values in problems[:_SHOWN]:
            template = self.env._(FILE_PROBLEMS[code])
            sentences.append(template % values)
        if len(problems) > _SHOWN:
            sentences.append(self.env._("… and %(count)s more.", count=len(problems) - _SHOWN))
        return "\n".join(sentences)


def _amounts(row):
    return row.payment, row.interest, row.principal, row.fee, row.balance


def _places(amount):
    return 0 if amount is None else max(0, -amount.normalize().as_tuple().exponent)
