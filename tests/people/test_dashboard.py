from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .common import AskCase

PERIOD = ("2000-01-01", "2099-12-31")


@tagged("post_install", "-at_install")
class TestDashboard(AskCase):
    """Figures over what the caller may see: by kind, week and team, never by person."""

    def figures(self, user=None, *period, **values):
        dashboard = self.env["ai.dashboard"].with_user(user or self.reviewer)
        return dashboard.with_context(allowed_company_ids=self.company.ids).figures(*(period or PERIOD), **values)

    def code(self, line, **decided):
        suggestion = self.by_hand(line, write_off=[{"account_id": self.expense.id, "amount": str(line.amount)}])
        if decided:
            suggestion.sudo().write(decided)
        return suggestion

    def test_figures(self):
        lines = [self.line(f"POS {number}", -10.0 * number) for number in range(1, 6)]
        now = fields.Datetime.now().replace(microsecond=0)
        one = self.code(lines[0], opened_at=now - timedelta(seconds=8), decided_at=now)
        self.code(lines[1], opened_at=now - timedelta(seconds=20), decided_at=now)
        undone = self.code(lines[2], opened_at=now - timedelta(seconds=4), decided_at=now)
        undone.action_undo()
        self.code(lines[3], decision="policy", decided_with=0, decided_at=now)
        self.document(self.northwind, 640.0, payment_reference="DE-1")
        paying = self.line("DE-1", 640.0, partner_id=self.northwind.id)
        self.propose(paying)
        found = self.figures()
        totals = found["totals"]
        self.assertEqual((totals["decided"], totals["person"], totals["policy"]), (4, 3, 1))
        self.assertEqual((totals["undone"], totals["rejected"], totals["edited"]), (1, 0, 0))
        # With what the others taught, the line that was undone is proposed again.
        self.assertEqual((totals["pending"], totals["pending_value"]), (2, 670.0))
        self.assertEqual(totals["touches_per_100"], 100.0, "3 clicks and an undo for 4 lines")
        self.assertEqual(totals["median_seconds"], 8.0)
        self.assertEqual(totals["reopened_share"], 25.0)
        self.assertEqual([row["key"] for row in found["kinds"]], ["bank_coding", "bank_match"])
        self.assertEqual([(row["key"], row["decided"]) for row in found["teams"]], [(self.bank.id, 4)])
        [week] = found["weeks"]
        self.assertEqual(week["key"], str((now - timedelta(days=now.weekday())).date()))
        one.sudo().decided_with = 4
        self.assertEqual(self.figures()["totals"]["touches_per_100"], 81.2, "a click for four is a quarter each")
        self.assertEqual(self.figures(None, "2001-01-01", "2001-12-31")["totals"]["decided"], 0)
        other = self.make_journal("BNK9")
        self.assertEqual(self.figures(journal_id=other.id)["totals"]["decided"], 0)

    def test_never_by_person(self):
        self.code(self.line("POS", -10.0))
        text = str(self.figures())
        self.assertNotIn("decided_by", text)
        self.assertNotIn(self.reviewer.name, text)
        with self.assertRaises(ValidationError):
            self.env["ai.dashboard"].with_user(self.reviewer).drill_down("decided_by_id", *PERIOD)

    def test_other_currencies_are_converted(self):
        dollars = self.setup_other_currency("EUR", rates=[("2016-01-01", 2.0)])
        journal = self.make_journal("BNKE", dollars)
        self.document(self.northwind, 640.0, currency_id=dollars.id, payment_reference="DE-1")
        self.propose(self.line("DE-1", 640.0, journal=journal, partner_id=self.northwind.id))
        self.assertEqual(self.figures()["totals"]["pending_value"], 320.0)

    def test_drill_down(self):
        coded = self.code(self.line("POS", -10.0))
        dashboard = self.env["ai.dashboard"].with_user(self.reviewer)
        for measure, expected in (("person", coded), ("decided", coded), ("undone", coded.browse())):
            action = dashboard.drill_down(measure, *PERIOD, kind="bank_coding")
            self.assertEqual(self.suggestions.search(action["domain"]) & coded, expected, measure)
        action = dashboard.drill_down("pending", *PERIOD)
        self.assertFalse(self.suggestions.search(action["domain"]) & coded)

    def test_access_follows_the_target(self):
        self.code(self.line("POS", -10.0))
        other = self.env["res.company"].create({"name": "Elsewhere"})
        stranger = self.make_user("stranger", "reviewer", company=other)
        dashboard = self.env["ai.dashboard"].with_user(stranger)
        self.assertEqual(dashboard.figures(*PERIOD)["totals"]["decided"], 0)
        self.assertEqual(dashboard.figures(*PERIOD, journal_id=self.bank.id)["totals"]["decided"], 0)
        for role in ("manager", "auditor"):
            self.assertGreater(self.figures(self.make_user(role, role))["totals"]["decided"], 0)
        with self.assertRaises(AccessError):
            self.figures(self.make_user("plain"))
        with self.assertRaises(AccessError):
            self.env["ai.dashboard"].with_user(self.make_user("agent", "agent", groups="")).figures(*PERIOD)

    def test_bad_periods(self):
        for since, until in (("x", "2026-01-01"), ("2026-13-01", "2026-01-01"), (None, None)):
            with self.assertRaises(ValidationError):
                self.figures(None, since, until)

    def test_constant_queries(self):
        for number in range(3):
            self.code(self.line(f"POS {number}", -10.0))
        counts = []
        for more in (0, 6):
            for number in range(more):
                self.code(self.line(f"MORE {number}", -11.0))
            # Booking may clear caches of rights and groups: filling them again is not what is counted.
            self.figures()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.figures()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0])
