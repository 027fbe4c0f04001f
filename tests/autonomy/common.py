"""A company in which people have matched enough for a gate to open: its tolerance is large, so that few are enough."""

from odoo import fields

from ..common import BankCase

#: 1 in 5 may be wrong: 14 clean decisions open a gate.
TOLERANCE = 0.2


class AutopilotCase(BankCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls.make_user("manager", "manager")
        cls.auditor = cls.make_user("auditor", "auditor")
        cls.other = cls.make_user("other", "reviewer")
        cls.number = 0

    @classmethod
    def policy(cls, **values):
        given = {"name": "Bank", "mode": "autopilot", "company_id": cls.company.id, "max_amount": 1000.0}
        rates = {"max_error_rate": TOLERANCE, "sample_rate": 0.0001}
        return cls.env["ai.policy"].with_user(cls.manager).create({**given, **rates, **values})

    @classmethod
    def payment(cls, amount=None, date="2026-03-10", **values):
        """A receipt that names its invoice: the matcher is sure of it."""
        cls.number += 1
        amount = amount or 100.0 + cls.number
        invoice = cls.document(cls.northwind, amount)
        return cls.line(f"NORTHWIND TRADERS {invoice.name}", amount, date, **values)

    def decided(self, count, user=None):
        """``count`` receipts, each accepted alone by a person."""
        found = self.env["ai.suggestion"]
        for _n in range(count):
            suggestion = self.propose(self.payment())
            suggestion.with_user(user or self.reviewer).action_accept()
            found |= suggestion
        self.assertEqual(set(found.mapped("state")), {"applied"})
        return found

    @property
    def gates(self):
        return self.env["ai.gate"].with_user(self.manager)

    def look(self):
        self.gates.action_look_again()
        return self.gates.search([("company_id", "=", self.company.id)])

    def opened(self, **values):
        """A policy whose gate people opened."""
        policy = self.policy(**values)
        self.decided(14)
        gate = self.look()
        self.assertEqual(gate.state, "open", gate.text)
        return policy, gate

    def alone(self, count=1, **values):
        """Receipts that autopilot books alone: their suggestions."""
        lines = self.env["account.bank.statement.line"].union(*(self.payment(**values) for _n in range(count)))
        self.propose(lines)
        return self.suggestions.search([("res_model", "=", lines._name), ("res_id", "in", lines.ids)], order="id")

    def _about(self, line):
        return {"statement_line_id": line.id, "res_model": line._name, "res_id": line.id}

    def replayed(self, count, errors=0, line=None, **values):
        """A finished backtest of ``count`` lines, the first ``errors`` of which differ."""
        backtest = (
            self.env["ai.backtest"]
            .sudo()
            .create({"name": "Year", "company_id": self.company.id, "date_from": "2026-01-01", "date_to": "2026-12-31"})
        )
        rows = [
            {
                "backtest_id": backtest.id,
                "company_id": self.company.id,
                **self._about(self.line(f"old {number}", 50.0) if line is None else line),
                "date": fields.Date.today(),
                "journal_id": self.bank.id,
                "kind": "bank_match",
                "tier": "match",
                "outcome": "differs" if number < errors else "same",
                "confidence": 0.97,
                "amount": 50.0,
                "difference": 1.0 if number < errors else 0.0,
                "currency_id": self.company.currency_id.id,
                **values,
            }
            for number in range(count)
        ]
        lines = self.env["ai.backtest.line"].sudo().create(rows)
        backtest.state = "done"
        return lines
