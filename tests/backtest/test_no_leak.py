"""The replay knows no more than the machine knew: it repeats what the machine said at the time, word for word."""

import random
import zlib
from datetime import date, timedelta

from odoo.tools import SQL

from odoo.addons.ai_bookkeeper.tests.common import cents

from .test_backtest import BacktestCase

FIRST = date(2026, 2, 2)
DAYS = 21


class TestNoLeak(BacktestCase):
    """A month is lived day by day: documents come, lines come, the machine says what it thinks, people decide."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.ai_propose_automatically = False
        cls.partners = [
            cls.northwind,
            cls.yonder,
            cls.adatum,
            cls.make_partner("Northwind Trading Co"),
            cls.make_partner("Fabrikam Foods"),
        ]
        cls.fuel = cls.make_account("Fuel", "expense")

    def setUp(self):
        super().setUp()
        self.random = random.Random(20260202)
        self.open = []

    def say(self, lines):
        """What the machine says now, as (outcome, proposal) by line."""
        answers = self.env["ai.proposer.bank_match"]._propose(self.env["ai.facts.bank"]._collect(lines))
        return {
            answer.line: (
                answer.outcome,
                [reading.match.to_json() for reading in answer.readings],
                round(answer.readings[0].confidence, 6) if answer.readings else None,
            )
            for answer in answers
        }

    def live(self):
        """{line: what was said on its day}"""
        said, carried = {}, self.env["account.bank.statement.line"]
        for number in range(DAYS):
            day = FIRST + timedelta(days=number)
            self.documents_of(day)
            lines = self.lines_of(day)
            if lines:
                said.update(self.say(lines))
            # What people could not decide on its day, they decide on the next.
            for line in lines | carried:
                self.decide(line)
            carried = self.env["account.bank.statement.line"]
        return said

    def documents_of(self, day):
        for _times in range(self.random.choice((0, 1, 2))):
            partner = self.random.choice(self.partners)
            amount = self.random.choice((50.0, 80.0, 120.0, 120.0, 333.33, round(self.random.uniform(10, 900), 2)))
            make = self.document if self.random.random() < 0.6 else self.bill
            due = day + timedelta(days=self.random.choice((0, 14, 30)))
            self.open.append(make(partner, amount, date=str(day), due=str(due)))

    def lines_of(self, day):
        found = self.env["account.bank.statement.line"]
        for _times in range(self.random.choice((0, 1, 2, 3))):
            kind = self.random.random()
            waiting = [move for move in self.open if move.amount_residual]
            if kind < 0.75 and waiting:
                move = self.random.choice(waiting)
                self.open.remove(move)
                self.open.append(move)
                sign = 1 if move.move_type == "out_invoice" else -1
                share = self.random.choice((1, 1, 1, 0.5))
                amount = round(sign * move.amount_residual * share, 2)
                text = self.random.choice((move.name, f"PAYMENT {move.partner_id.name}", "TRANSFER", "BILL"))
                name = self.random.choice((move.partner_id.name, move.partner_id.name[:12].upper(), ""))
                number = f"BE{zlib.crc32(move.partner_id.name.encode()):014d}" if self.random.random() < 0.5 else ""
                found |= self.line(text, amount, date=str(day), partner_name=name, account_number=number)
            elif kind < 0.9:
                found |= self.line("SHELL 4711 CARD", -round(self.random.uniform(20, 90), 2), date=str(day))
            else:
                partner = self.random.choice(self.partners)
                found |= self.line("ADVANCE", 200.0, date=str(day), partner_name=partner.name)
        return found

    def decide(self, line):
        """People settle the oldest item of that amount, else some of the partner's, else they code it."""
        sign = 1 if line.amount > 0 else -1
        wanted = "out_invoice" if sign > 0 else "in_invoice"
        items = [move for move in self.open if move.move_type == wanted and move.amount_residual]
        exact = [move for move in items if abs(move.amount_residual - abs(line.amount)) < 0.005]
        named = [move for move in items if move.partner_id.name[:8].upper() in (line.partner_name or "").upper()]
        large = [move for move in named if move.amount_residual > abs(line.amount)]
        for move in [*(move for move in exact if move.name in line.payment_ref), *exact, *large][:1]:
            self.by_hand(line, [(self.term_line(move), cents(line.amount))], partner=move.partner_id)
            return
        owner = next((partner for partner in self.partners if partner.name == line.partner_name), None)
        account = self.receivable if owner and sign > 0 else self.fuel
        self.by_hand(line, (), [{"account_id": account.id, "amount": cents(line.amount)}], partner=owner)

    def test_the_replay_says_what_was_said(self):
        said = self.live()
        self.env.flush_all()
        backtest = self.backtest(FIRST, FIRST + timedelta(days=DAYS))
        self.assertEqual(backtest.state, "done", backtest.error)
        self.assertEqual(len(backtest.line_ids), len(said))
        outcomes = {"proposed": ("same", "differs"), "asked": ("asked",), "nothing": ("nothing",)}
        differing = []
        for found in backtest.line_ids:
            outcome, proposals, confidence = said[found.statement_line_id.id]
            if found.kind == "bank_coding":
                # Coding was not asked when the line came.
                self.assertEqual(outcome, "nothing")
                continue
            self.assertIn(found.outcome, outcomes[outcome], found.label)
            if outcome == "proposed":
                before = {**proposals[0], "version": 1}
                if (found.proposed, round(found.confidence, 4)) != (before, round(confidence, 4)):
                    differing.append((found.label, found.date, found.proposed, before, found.confidence, confidence))
        self.assertEqual(differing, [])
        figures = backtest.result["all"]
        self.assertGreater(figures["proposed"], 8, "the month must have something to say")
        self.assertGreater(figures["asked"], 0)

    def test_the_future_does_not_matter(self):
        """All that came after a day is made different; what is replayed up to that day stays the same."""
        self.live()
        middle = FIRST + timedelta(days=DAYS // 2)
        before = self.answers(self.backtest(FIRST, middle))
        self.assertGreater(len(before), 6)
        later = self.env["account.bank.statement.line"].search(
            [("company_id", "=", self.company.id), ("date", ">", str(middle))]
        )
        self.suggestions.search([("res_id", "in", later.ids), ("state", "=", "applied")]).action_undo()
        for line in later:
            self.by_hand(line, (), [{"account_id": self.fuel.id, "amount": cents(line.amount)}], partner=self.adatum)
        newer = self.env["account.move"].search(
            [("company_id", "=", self.company.id), ("date", ">", str(middle)), ("statement_line_id", "=", False)]
        )
        newer.button_draft()
        newer.unlink()
        self.env.cr.execute(
            SQL(
                "INSERT INTO res_partner_bank (acc_number, sanitized_acc_number, partner_id, active, create_date) "
                "SELECT DISTINCT st.account_number, st.account_number, %s, TRUE, now() AT TIME ZONE 'UTC' "
                "FROM account_bank_statement_line st WHERE st.account_number <> '' ON CONFLICT DO NOTHING",
                self.adatum.id,
            )
        )
        self.assertEqual(self.answers(self.backtest(FIRST, middle)), before)

    def answers(self, backtest):
        self.assertEqual(backtest.state, "done", backtest.error)
        return {
            found.statement_line_id.id: (found.outcome, found.kind, found.tier, found.proposed, found.confidence)
            for found in backtest.line_ids
        }
