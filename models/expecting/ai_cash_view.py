"""Thirteen weeks of the bank ahead: what is known, what recurs, what earlier forecasts did not know, and the range."""

from collections import defaultdict
from datetime import timedelta
from decimal import Decimal

from odoo import api, models
from odoo.exceptions import UserError

from ...engine.expecting.habits import Habits
from ...engine.expecting.outlook import (
    PAYABLE,
    RECEIVABLE,
    RECURRING,
    REGISTERED,
    by_week,
    claims_ahead,
    recurring_ahead,
)
from ...engine.expecting.weeks import HORIZON, starts, week_of
from .expected_queries import OPEN, SETTLED

ITEM = "account.move.line"
EXPECTED = "ai.expected.payment"
#: Rows of the table, in and out; ``unknown`` is what makes the known ones the forecast.
IN_ROWS = ("receivable", "registered_in", "recurring_in", "unknown_in")
OUT_ROWS = ("payable", "registered_out", "wages", "tax", "recurring_out", "unknown_out")
_MOST_ROWS = 200


class AiCashView(models.AbstractModel):
    _inherit = "ai.cash.view"

    # === WHAT THE SCREEN ASKS === #

    @api.model
    def figures(self, scope: str | None = None) -> dict:
        """The weeks ahead.

        :param scope: one of ``scopes``; the first without
        :return: ``scopes`` [{key, label}], ``scope``, ``currency_id``, ``at`` and ``known`` (days), ``opening``,
            ``weeks`` [{start, end, rows {row: amount}, net, low, balance, high}], ``labels`` {row: text}, ``test`` (how
            far it was off, see ``ai.cash.test``), ``is_empty``
        """
        self._check_reader()
        scopes = self._scopes()
        listed = [{"key": each.key, "label": each.label} for each in scopes]
        if not scopes:
            return {"scopes": [], "scope": False, "is_empty": True, "weeks": []}
        chosen = self._scope(scope)
        view = self._view(chosen)
        return {"scopes": listed, "scope": chosen.key, "labels": self._labels(), **self._shown(chosen, view)}

    @api.model
    def week(self, scope: str, number: int) -> list[dict]:
        """What makes one week.

        :param number: 0 for the current week
        :return: [{row, label, name, day, due, amount, low, high, model, id, domain}], the largest first; ``id`` or
            ``domain`` opens it
        """
        self._check_reader()
        number = int(number)
        if not 0 <= number < HORIZON:
            raise UserError(self.env._("The cash view has 13 weeks."))
        chosen = self._scope(scope)
        view = self._view(chosen)
        events = [event for event in view["events"] if week_of(event.day, view["at"]) == number]
        return self._event_rows(chosen, events)[:_MOST_ROWS] + self._unknown_rows(view, number)

    # === THE VIEW === #

    def _view(self, scope):
        """``{at, known, opening, events, rows [{row: Decimal} a week], flow, test, is_empty}``"""
        opening, known = self._opening(scope)
        at = self._at(known)
        measured = self.env["ai.cash.test"]._current(scope, at)
        claims = self._claims(scope, OPEN)
        habits = Habits(self._claims(scope, SETTLED), at)
        open_now = claims_ahead([claim for claim in claims if claim.amount], habits, at)
        events = open_now + recurring_ahead(self._coming(scope), open_now, at)
        rows = [dict.fromkeys((*IN_ROWS, *OUT_ROWS), Decimal(0)) for _week in range(HORIZON)]
        for event in events:
            week = week_of(event.day, at)
            if 0 <= week < HORIZON:
                rows[week][self._row_of(event)] += event.amount
        flow = by_week(events, at)
        told = measured.correction.of(flow)
        for week, row in enumerate(rows):
            row["unknown_in"] = told.ins[week] - flow.ins[week]
            row["unknown_out"] = told.outs[week] - flow.outs[week]
        return {
            "at": at,
            "known": known,
            "opening": opening,
            "events": events,
            "rows": rows,
            "told": told,
            "measured": measured,
            "is_empty": not (known or events),
        }

    def _row_of(self, event):
        side = "in" if event.amount > 0 else "out"
        if event.part in (RECEIVABLE, PAYABLE):
            return event.part
        if event.part == REGISTERED:
            return f"registered_{side}"
        return event.purpose if event.purpose in ("wages", "tax") and side == "out" else f"recurring_{side}"

    def _shown(self, scope, view):
        test = view["measured"].test
        balance = view["opening"]
        weeks = []
        for number, (start, row) in enumerate(zip(starts(view["at"]), view["rows"], strict=True)):
            net = view["told"].ins[number] + view["told"].outs[number]
            balance += net
            weeks.append(
                {
                    "start": start.isoformat(),
                    "end": (start + timedelta(days=6)).isoformat(),
                    "rows": {name: float(amount) for name, amount in row.items()},
                    "ins": float(view["told"].ins[number]),
                    "outs": float(view["told"].outs[number]),
                    "net": float(net),
                    "balance": float(balance),
                    "low": float(balance - test.margin[number]) if test.margin else None,
                    "high": float(balance + test.margin[number]) if test.margin else None,
                }
            )
        return {
            "currency_id": scope.currency.id,
            "at": view["at"].isoformat(),
            "known": view["known"].isoformat() if view["known"] else False,
            "opening": float(view["opening"]),
            "weeks": weeks,
            "test": view["measured"].shown(),
            "is_empty": view["is_empty"],
        }

    def _labels(self):
        return {
            "receivable": self.env._("Open receivables"),
            "registered_in": self.env._("Registered receipts"),
            "recurring_in": self.env._("Recurring receipts"),
            "unknown_in": self.env._("Correction by the past, in"),
            "payable": self.env._("Open payables"),
            "registered_out": self.env._("Registered payments"),
            "wages": self.env._("Wages"),
            "tax": self.env._("Taxes"),
            "recurring_out": self.env._("Recurring payments"),
            "unknown_out": self.env._("Correction by the past, out"),
        }

    # === WHAT MAKES A WEEK === #

    def _event_rows(self, scope, events):
        """One row a partner and day for open items, one an occurrence for what recurs."""
        labels = self._labels()
        grouped = defaultdict(list)
        for event in events:
            key = event.ids if event.part == RECURRING else (event.partner, event.due)
            grouped[event.part, event.day, key].append(event)
        partners = self._names("res.partner", {event.partner for event in events if event.partner})
        expected = self._names(EXPECTED, {event.ids[0] for event in events if event.part == RECURRING})
        rows = []
        for (part, day, _key), mates in grouped.items():
            first = mates[0]
            row = self._row_of(first)
            told = {
                "row": row,
                "label": labels[row],
                "day": day.isoformat(),
                "due": first.due.isoformat() if first.due else False,
                "amount": float(sum(event.amount for event in mates)),
                "low": float(sum(event.low for event in mates)),
                "high": float(sum(event.high for event in mates)),
            }
            if part == RECURRING:
                told |= {"name": expected.get(first.ids[0], ""), "model": EXPECTED, "id": first.ids[0]}
            else:
                domain = self._item_domain(scope, first)
                name = partners.get(first.partner) or self.env._("No partner")
                told |= {"name": name, "model": ITEM, "domain": domain}
            rows.append(told)
        return sorted(rows, key=lambda row: (-abs(row["amount"]), row["day"], row["name"]))

    def _names(self, model, ids):
        """{id: name} of what the user may read."""
        records = self.env[model].browse(sorted(ids)).exists()._filtered_access("read")
        return {record.id: record.display_name for record in records}

    def _item_domain(self, scope, event):
        domain = [
            ("company_id", "=", scope.company.id),
            ("parent_state", "=", "posted"),
            ("reconciled", "=", False),
            ("partner_id", "=", event.partner or False),
            ("move_id.statement_line_id", "=", False),
        ]
        if event.part == REGISTERED:
            return [*domain, ("move_id.origin_payment_id", "!=", False), ("amount_residual", "!=", 0)]
        kinds = ("asset_receivable", "liability_payable")
        return [*domain, ("account_type", "in", kinds), ("date_maturity", "=", event.due.isoformat())]

    def _unknown_rows(self, view, number):
        labels = self._labels()
        return [
            {
                "row": name,
                "label": labels[name],
                "name": self.env._("How far earlier forecasts were off, on average"),
                "day": False,
                "due": False,
                "amount": float(view["rows"][number][name]),
            }
            for name in ("unknown_in", "unknown_out")
            if view["rows"][number][name]
        ]
