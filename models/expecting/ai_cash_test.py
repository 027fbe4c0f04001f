"""How far the cash view was off: forecasts made again on the Mondays of the past, and what they teach the next one."""

from decimal import Decimal
from typing import NamedTuple

from odoo import api, fields, models

from ...engine.expecting.forecast import NOTHING_LEARNED, Correction, Error, Test, learn, measure
from ...engine.expecting.replay import replay, weekly
from ...engine.expecting.weeks import monday

#: With more bank lines the past is replayed by the nightly run, not while somebody waits.
_MOST_INLINE = 4000
_NOTHING = Error()


class Measured(NamedTuple):
    """``state``: ``measured``, ``young`` (too little past) or ``waiting`` for the nightly run."""

    state: str
    correction: Correction
    test: Test

    def shown(self):
        """What the screen tells, as JSON."""
        test = self.test
        return {
            "state": self.state,
            "forecasts": test.forecasts,
            "first": test.first.isoformat() if test.first else False,
            "last": test.last.isoformat() if test.last else False,
            "turnover": float(test.turnover),
            "ours": _error(test.errors.get(0, _NOTHING)),
            "by_week": {str(week): _error(error) for week, error in test.errors.items() if week},
            "average": _error(test.average),
            "last_year": _error(test.last_year),
            "ours_last_year": _error(test.ours_last_year),
        }


def _error(error):
    return {"median": error.median, "most": error.most, "n": error.n}


class AiCashTest(models.Model):
    """One row a scope, of its newest Monday."""

    _name = "ai.cash.test"
    _description = "Back-Test of the Cash View"

    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="cascade")
    scope = fields.Char(required=True, readonly=True)
    week = fields.Date(required=True, readonly=True)
    data = fields.Json(readonly=True)

    _scope_uniq = models.UniqueIndex("(scope)", "A scope has one test.")

    @api.model
    def _current(self, scope, at):
        """``Measured`` of the scope in the week of ``at``: kept since the nightly run, or measured now.

        Who does not see all documents gets what they see measured, and nothing that was kept.
        """
        if scope.items is None:
            kept = self.sudo().search([("scope", "=", scope.key), ("week", "=", monday(at))])
            if kept:
                return self._read(kept.data)
            if self._count(scope) > _MOST_INLINE:
                self.env.ref("ai_bookkeeper.ir_cron_cash_test").sudo()._trigger()
                return Measured("waiting", NOTHING_LEARNED, _untested())
        measured = self._measure(scope, at)
        return measured

    def _count(self, scope):
        domain = [("journal_id", "in", scope.journals.ids)]
        return self.env["account.bank.statement.line"].sudo().search_count(domain, limit=_MOST_INLINE + 1)

    @api.model
    def _measure(self, scope, at):
        view = self.env["ai.cash.view"]
        movements = [movement for movement, _partner in view._movements(scope)]
        until = monday(at)
        past = replay(movements, view._claims(scope), until)
        test = measure(past, weekly([movement for movement in movements if movement.day < until]), until)
        return Measured("measured" if test.errors else "young", learn(past, until), test)

    @api.model
    def _cron_measure(self):
        """All scopes of all companies, one a transaction."""
        for company in self.env["res.company"].sudo().search([]):
            for scope in self.env["ai.cash.view"].sudo().with_context(allowed_company_ids=company.ids)._scopes():
                self._keep(scope)
                self.env["ir.cron"]._commit_progress(1)

    def _keep(self, scope):
        _opening, known = self.env["ai.cash.view"]._opening(scope)
        at = self.env["ai.cash.view"]._at(known)
        data = self._write(self._measure(scope, at))
        values = {"company_id": scope.company.id, "scope": scope.key, "week": monday(at), "data": data}
        kept = self.sudo().search([("scope", "=", scope.key)])
        if kept:
            kept.write(values)
        else:
            self.sudo().create(values)

    # === AS JSON === #

    def _write(self, measured):
        correction, test = measured.correction, measured.test
        return {
            "state": measured.state,
            "weights": [[str(value) for value in pair] for pair in correction.weights],
            "unknown": [[str(value) for value in pair] for pair in correction.unknown],
            "count": correction.count,
            "margin": [str(value) for value in test.margin],
            **measured.shown(),
        }

    def _read(self, data):
        pairs = {
            name: tuple(tuple(Decimal(value) for value in pair) for pair in data[name])
            for name in ("weights", "unknown")
        }
        days = [fields.Date.to_date(data[name]) or None for name in ("first", "last")]
        errors = {int(week): Error(**error) for week, error in data["by_week"].items()}
        test = Test(
            data["forecasts"],
            *days,
            Decimal(str(data["turnover"])),
            {0: Error(**data["ours"]), **errors},
            Error(**data["average"]),
            Error(**data["last_year"]),
            Error(**data["ours_last_year"]),
            tuple(Decimal(value) for value in data["margin"]),
        )
        return Measured(data["state"], Correction(pairs["weights"], pairs["unknown"], data["count"]), test)


def _untested():
    return Test(0, None, None, Decimal(0), {}, _NOTHING, _NOTHING, _NOTHING)
