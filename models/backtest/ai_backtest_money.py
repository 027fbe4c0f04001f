"""What a replay means in money: the books as the machine would have left them, beside the real ones."""

from collections import defaultdict

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

SUBJECTS = [("account", "Account"), ("tax", "Tax"), ("base", "Base of a tax")]

#: All posted entries of the stretch by account and month, and VAT by tax: what the differences are added to.
_REAL = """
    WITH items AS MATERIALIZED (
        SELECT aml.id, aml.account_id, aml.tax_line_id, aml.balance, date_trunc('month', aml.date)::date AS month
          FROM account_move_line aml
         WHERE aml.company_id = %(company)s AND aml.parent_state = 'posted'
           AND aml.date BETWEEN %(first)s AND %(last)s
    ),
    real AS (
        SELECT 'account' AS subject, account_id, NULL::int AS tax_id, month, sum(balance) AS booked
          FROM items WHERE account_id IS NOT NULL GROUP BY account_id, month
        UNION ALL
        SELECT 'tax', NULL, tax_line_id, month, sum(balance)
          FROM items WHERE tax_line_id IS NOT NULL GROUP BY tax_line_id, month
        UNION ALL
        SELECT 'base', NULL, rel.account_tax_id, month, sum(balance)
          FROM items JOIN account_move_line_account_tax_rel rel ON rel.account_move_line_id = items.id
         GROUP BY rel.account_tax_id, month
    ),
    moved AS (
        SELECT subject, account_id, tax_id, month, sum(machine - booked) AS difference
          FROM ai_backtest_posting WHERE backtest_id = %(backtest)s GROUP BY subject, account_id, tax_id, month
    )
    INSERT INTO ai_backtest_balance
        (backtest_id, company_id, subject, account_id, tax_id, month, booked, machine, difference)
    SELECT %(backtest)s, %(company)s, COALESCE(r.subject, d.subject), COALESCE(r.account_id, d.account_id),
           COALESCE(r.tax_id, d.tax_id), COALESCE(r.month, d.month), COALESCE(r.booked, 0),
           COALESCE(r.booked, 0) + COALESCE(d.difference, 0), COALESCE(d.difference, 0)
      FROM real r
      FULL JOIN moved d ON d.subject = r.subject AND d.month = r.month
           AND COALESCE(d.account_id, 0) = COALESCE(r.account_id, 0) AND COALESCE(d.tax_id, 0) = COALESCE(r.tax_id, 0)
"""


class AiBacktestBalance(models.Model):
    """One account or tax in one month: as it is, and as the machine would have made it."""

    _name = "ai.backtest.balance"
    _inherit = "ai.follow.mixin"
    _description = "Books of a Backtest"
    _order = "subject, account_id, tax_id, month"
    _log_access = False
    _follows = {"backtest_id": "ai.backtest"}

    backtest_id = fields.Many2one("ai.backtest", required=True, index=True, readonly=True, ondelete="cascade")
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    subject = fields.Selection(SUBJECTS, required=True, readonly=True)
    account_id = fields.Many2one("account.account", readonly=True)
    tax_id = fields.Many2one("account.tax", readonly=True)
    month = fields.Date(required=True, readonly=True)
    booked = fields.Monetary(readonly=True, string="As Booked")
    machine = fields.Monetary(readonly=True, string="By the Machine")
    difference = fields.Monetary(readonly=True)

    def action_open_lines(self):
        """The bank lines that make the difference."""
        self.ensure_one()
        self.check_access("read")
        name = self.account_id.display_name or self.tax_id.display_name
        postings = self.env["ai.backtest.posting"].search(
            [
                ("backtest_id", "=", self.backtest_id.id),
                ("subject", "=", self.subject),
                ("account_id", "=", self.account_id.id),
                ("tax_id", "=", self.tax_id.id),
                ("month", "=", self.month),
            ]
        )
        action = self.env["ir.actions.act_window"]._for_xml_id("ai_bookkeeper.ai_backtest_line_action")
        return {**action, "display_name": name, "domain": [("id", "in", postings.line_id.ids)], "context": {}}


class AiBacktest(models.Model):
    _name = "ai.backtest"
    _inherit = "ai.backtest"

    def _price(self, lines):
        """What each line that differs moves; stored per account and tax for those that would have been accepted."""
        differing = lines.filtered(lambda line: line.outcome == "differs")
        real = self._real_postings(differing)
        rows = []
        for line in differing:
            machine = self._machine_postings(line)
            booked = real[line.statement_line_id.id]
            moved = self._moved(line, booked, machine)
            accounts = sum(abs(row["machine"] - row["booked"]) for row in moved if row["subject"] == "account") / 2
            line.difference = self.currency_id.round(max(accounts, self._items_moved(line)))
            if line.is_accepted:
                rows += moved
        self.env["ai.backtest.posting"].create(rows)

    def _moved(self, line, booked, machine):
        month = line.date.replace(day=1)
        rows = []
        for key in sorted({*booked, *machine}, key=str):
            subject, record_id = key
            before, after = booked.get(key, 0.0), machine.get(key, 0.0)
            if not self.currency_id.is_zero(before - after):
                rows.append(
                    {
                        "backtest_id": self.id,
                        "line_id": line.id,
                        "company_id": self.company_id.id,
                        "subject": subject,
                        "account_id": record_id if subject == "account" else False,
                        "tax_id": record_id if subject != "account" else False,
                        "month": month,
                        "booked": before,
                        "machine": after,
                    }
                )
        return rows

    def _items_moved(self, line):
        """Of the line's amount, what settles other items than people settled; at the line's own rate."""
        sums = defaultdict(float)
        for sign, proposal in ((1, line.proposed or {}), (-1, line.booked or {})):
            for row in proposal.get("counterparts") or ():
                sums[row["move_line_id"]] += sign * float(row["amount"])
        whole = line.statement_line_id.amount
        rate = abs(line.amount / whole) if whole else 1.0
        return (
            max(
                sum(amount for amount in sums.values() if amount > 0),
                -sum(amount for amount in sums.values() if amount < 0),
                0.0,
            )
            * rate
        )

    def _real_postings(self, lines):
        """{bank line id: {(subject, account or tax): balance}} of what people booked opposite the bank."""
        found = {line.statement_line_id.id: defaultdict(float) for line in lines}
        moves = {line.statement_line_id.move_id.id: line.statement_line_id for line in lines}
        items = self.env["account.move.line"].search([("move_id", "in", list(moves))])
        for item in items:
            bank_line = moves[item.move_id.id]
            if item.account_id != bank_line.journal_id.default_account_id:
                sums = found[bank_line.id]
                sums["account", item.account_id.id] += item.balance
                if item.tax_line_id:
                    sums["tax", item.tax_line_id.id] += item.balance
                for tax in item.tax_ids:
                    sums["base", tax.id] += item.balance
        return found

    def _machine_postings(self, line):
        """The same of what the machine proposed, by the code that would have booked it."""
        sums = defaultdict(float)
        for values in self._machine_rows(line):
            sums["account", values["account_id"]] += values["balance"]
            if values.get("tax_repartition_line_id"):
                tax = self.env["account.tax.repartition.line"].browse(values["tax_repartition_line_id"]).tax_id
                sums["tax", tax.id] += values["balance"]
            for command in values.get("tax_ids") or ():
                for tax_id in command[2] if command[0] == 6 else ():
                    sums["base", tax_id] += values["balance"]
        return sums

    def _machine_rows(self, line):
        """Values of the items that the machine's proposal would have made.

        A cash discount that was granted then is not granted any more: it counts on its account, without its tax.
        """
        proposal = line.proposed or {}
        bank_line = line.statement_line_id
        ids = [row["move_line_id"] for row in proposal.get("counterparts") or ()]
        items = {item.id: item for item in self.env["account.move.line"].browse(ids)}
        entry = self.env["ai.bank.entry"]
        try:
            return entry._rows(bank_line, proposal, items)
        except UserError:
            plain = [{**row, "reason": "manual"} for row in proposal.get("write_off") or ()]
            return entry._rows(bank_line, {**proposal, "write_off": plain}, items)

    def _balance(self):
        """Fill in the books beside each other."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                _REAL,
                company=self.company_id.id,
                backtest=self.id,
                first=self.date_from.replace(day=1),
                last=self.date_to,
            )
        )
        self.env["ai.backtest.balance"].invalidate_model()
