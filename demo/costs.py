"""What every company pays each month without a document in the bank's text: on an account of its own, coded in Odoo."""

import random
from datetime import date, timedelta

from odoo import Command

from . import words

MONTHS = 12
#: Months at the end whose lines are left for the demo's reader.
OPEN_MONTHS = 2
_LINE = "account.bank.statement.line"
CODE = "BNK4"
DEBT, RATE, INSTALMENT = 60000.0, 0.0035, 1250.0
WAGES = 7450.0


def make_costs(env, chart):
    """Bank lines of a year; those of the months that are past are coded by the reviewer in Odoo.

    :return: (coded, open) lines
    """
    return Costs(env, chart).run()


class Costs:
    def __init__(self, env, chart):
        self.env = env
        self.reviewer = env["res.users"].search([("login", "=", "reviewer")])
        self.tax = chart.taxes["purchase21"]
        self.rng = random.Random(20)
        self.debt = DEBT
        self.journal = env["account.journal"].create({"name": "Card and costs account", "code": CODE, "type": "bank"})
        self.accounts = {}

    def run(self):
        today = date.today()
        first = _months_before(today.replace(day=1), MONTHS)
        coded = left = 0
        self._post(first - timedelta(days=1), "Machine bought on credit", [("machinery", DEBT), ("loan", -DEBT)])
        # The bank's statement is the document of its interest.
        company = self.env.company
        company.ai_receipt_exempt_account_ids += self._account("interest") + self._account("fees")
        for month in range(MONTHS + 1):
            start = _months_before(first, -month)
            is_open = month > MONTHS - OPEN_MONTHS
            self._accrue_wages(start)
            for day, text, rows in self._payments(start, month):
                when = start + timedelta(days=day - 1)
                if when > today:
                    continue
                line = self._line(when, text, sum(amount for _account, amount, _taxed in rows))
                if is_open:
                    left += 1
                else:
                    self._code(line, rows)
                    coded += 1
        return coded, left

    def _payments(self, start, month):
        """(day, text, [(account, amount, whether its VAT is claimed)]) of a month."""
        number = self.rng.randint
        for day in sorted(self.rng.sample(range(2, 28), 3)):
            text = f"CARD TOTALENERGIES {number(1000, 9999)} GENT"
            yield day, text, [("fuel", -number(4500, 9800) / 100, True)]
        yield 3, f"SEPA PROXIMUS MOBILE {start:%m%Y}", [("telephone", -64.90, True)]
        yield 5, f"HUUR KANTOOR KOUTER 14 {start:%m/%Y}", [("rent", -1450.0, False)]
        yield 7, f"MICROSOFT 365 E{number(10000, 99999)}", [("software", -87.12, True)]
        interest = round(self.debt * RATE, 2)
        self.debt -= INSTALMENT - interest
        parts = [("loan", interest - INSTALMENT, False), ("interest", -interest, False)]
        yield 10, f"KBC LENING 4471-22 {start:%m}", parts
        yield (
            12,
            f"AMZN MKTP {number(100, 999)}",
            [("equipment" if month % 2 else "office", -number(900, 9900) / 100, True)],
        )
        yield 26, "LOON NETTO VERZAMEL", [("wages", -self._wages(start), False)]
        yield 28, "BANK MAINTENANCE FEE", [("fees", -6.50, False)]

    def _wages(self, start):
        return WAGES + start.month * 10

    def _accrue_wages(self, start):
        """The wage run, before the wages are paid."""
        if start + timedelta(days=24) > date.today():
            return
        amount = self._wages(start)
        rows = [("wage_cost", amount), ("wages", -amount)]
        self._post(start + timedelta(days=24), f"Wages {start:%m/%Y}", rows)

    def _post(self, day, text, rows):
        items = [{"account_id": self._account(name).id, "balance": balance, "name": text} for name, balance in rows]
        values = {"date": day, "ref": text, "line_ids": [Command.create(item) for item in items]}
        self.env["account.move"].create(values).action_post()

    def _line(self, when, text, amount):
        values = {"journal_id": self.journal.id, "date": when, "payment_ref": text, "amount": round(amount, 2)}
        return self.env[_LINE].create(values)

    def _code(self, line, rows):
        """As a bookkeeper does it in Odoo: the suspense line makes place for the accounts and their taxes."""
        line = line.with_user(self.reviewer)
        _liquidity, suspense, _other = line._seek_for_lines()
        proposal = {
            "lines": [
                {
                    "account_id": self._account(name).id,
                    "amount": f"{amount:.2f}",
                    "tax_ids": self.tax.ids if taxed else [],
                }
                for name, amount, taxed in rows
            ]
        }
        values = line.env["ai.bank.entry"]._rows(line, proposal, {})
        move = line.move_id.with_context(skip_readonly_check=True, skip_invoice_sync=True, force_delete=True)
        move.write({"line_ids": [Command.delete(suspense.id), *map(Command.create, values)]})

    def _account(self, name):
        if name not in self.accounts:
            code, label, kind = words.COSTS[name]
            accounts = self.env["account.account"]
            self.accounts[name] = accounts.search([("code", "=", code)], limit=1) or accounts.create(
                {"code": code, "name": label, "account_type": kind}
            )
        return self.accounts[name]


def _months_before(day, count):
    number = day.year * 12 + day.month - 1 - count
    return day.replace(year=number // 12, month=number % 12 + 1)
