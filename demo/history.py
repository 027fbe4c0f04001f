"""The months pass: statement files are imported; the earlier ones are worked off as a bookkeeper would."""

import base64
from collections import defaultdict

from psycopg2.errors import Error as DatabaseError

from odoo.exceptions import UserError

from benchmarks.bank.batches import replay
from benchmarks.bank.books.year import BookYear
from benchmarks.bank.export import FORMATS
from benchmarks.bank.statements.statement import monthly
from benchmarks.bank.values import NOTHING

from . import words
from .year import OPENING

#: Months at the end whose lines are left for the demo's reader to decide.
OPEN_MONTHS = 3
#: Which bank delivers what.
FORMAT_OF = {"BNK1": "camt", "BNK2": "mt940", "BNK3": "ofx"}
#: The collection account's last statement is downloaded as a sheet.
LAST_FORMAT_OF = {"BNK2": "csv"}
_MODEL = "account.bank.statement.line"


class Passing(BookYear):
    """The year in the database, month by month."""

    def __init__(self, env, year, reviewer, say):
        super().__init__(env, year)
        self._say = say
        self._reviewer_env = env(user=reviewer)
        self._files = defaultdict(list)
        for statement in monthly(year, OPENING):
            self._files[_month(statement.last)].append(statement)
        self._open = sorted(self._files)[-OPEN_MONTHS:]
        self._accounts = {}
        self.imports = 0

    def run(self):
        """Import all files and book the truth of the months that are past."""
        for ledger, lines in replay(self.year):
            month = _month(lines[0].date)
            self._bring_up_to(ledger)
            for statement in self._files[month]:
                self._import(statement)
            if month not in self._open:
                self._work_off(lines)
            self.env.flush_all()
            self._say(f"{month[0]}-{month[1]:02d}: {len(lines)} bank lines")

    def _bring_up_to(self, ledger):
        """Post what is dated up to the month's end."""
        parts = {part.key for document in self.year.documents for part in document.parts}
        payments = [payment for payment in self.year.payments if payment.key in ledger.registered]
        for payment in payments:
            if any(part.item not in self.items and part.item not in parts for part in payment.allocations):
                # It pays something that stands on a line which is still open here.
                self._done.add(("p", payment.key))
        self._post_until(ledger)

    def _import(self, statement):
        """One file, through the product's own import, as the reviewer."""
        formats = LAST_FORMAT_OF if _month(statement.last) == self._open[-1] else {}
        code = statement.journal.code
        module = FORMATS[formats.get(code) or FORMAT_OF[code]]
        content = base64.b64encode(module.render(statement)).decode()
        name = f"{code}-{statement.last:%Y-%m}{module.SUFFIX}"
        journal = self.chart.journals[statement.journal.key]
        found = self._reviewer_env["ai.bank.import"].import_file(journal.id, name, content)
        made = self._reviewer_env[_MODEL].search([("ai_import_id", "=", found)])
        self._recognise(statement.lines, made)
        self.imports += 1

    def _recognise(self, lines, records):
        """Which record a generated line became: by day and amount, twins in their order."""
        waiting = defaultdict(list)
        for record in records.sorted("id"):
            waiting[record.date, round(record.amount, 2)].append(record)
        for line in lines:
            self.records[line.key] = waiting[line.date, float(line.amount)].pop(0).sudo()

    # --- working off -----------------------------------------------------------------

    def _work_off(self, lines):
        """Accept what is proposed rightly, reject and do by hand the rest."""
        records = [self.records[line.key] for line in lines]
        suggestion_env = self._reviewer_env["ai.suggestion"]
        found = suggestion_env.propose(_MODEL, [record.id for record in records])
        by_record = {suggestion.res_id: suggestion for suggestion in suggestion_env.browse(found)}
        for line, record in zip(lines, records, strict=True):
            suggestion = by_record.get(record.id)
            if suggestion and self._is_right(line, suggestion, self.year.truths[line.key]):
                suggestion.action_accept()
            elif suggestion:
                suggestion.action_reject("other")
            if not record.is_reconciled:
                self._by_hand(line, record)
            if record.is_reconciled:
                self.remember(line, self.year.truths[line.key])

    def _is_right(self, line, suggestion, truth):
        if suggestion.is_question or suggestion.state != "pending":
            return False
        coded = [row["account_id"] for row in suggestion.proposal.get("lines") or []]
        if coded:
            return truth.case == NOTHING and coded == [self._account_for(line).id]
        booking = truth.booking
        proposed = {
            (row["move_line_id"], round(float(row["amount"]), 2))
            for row in suggestion.proposal.get("counterparts") or []
        }
        wanted = {
            (self.items[settlement.item].id, float(settlement.amount))
            for settlement in booking.settlements
            if settlement.item in self.items
        }
        write_off = sum(float(row["amount"]) for row in suggestion.proposal.get("write_off") or [])
        expected = float(sum(difference.amount for difference in booking.differences))
        return bool(wanted or booking.differences) and proposed == wanted and abs(write_off - expected) < 0.005

    def _by_hand(self, line, record):
        truth = self.year.truths[line.key]
        try:
            with self.env.cr.savepoint():
                if truth.case == NOTHING:
                    self._code(record, self._account_for(line))
                else:
                    self.book(line, truth)
        except (UserError, DatabaseError, KeyError) as error:
            # Left to do: the demo's reader finds it among the open lines.
            self.env.invalidate_all()
            self._say(f"left open: {line.text} ({truth.scenario}: {type(error).__name__} {error})")

    def _code(self, record, account):
        """As the bookkeeper does it in Odoo: what is learned from the year is learned from a person."""
        _liquidity, suspense, _other = record._seek_for_lines()
        suspense.with_user(self._reviewer_env.user).account_id = account

    def _account_for(self, line):
        for marks, code, name, kind in words.ACCOUNTS:
            if any(mark in line.text for mark in marks):
                return self._account(code, name, kind)
        return self.chart.accounts["sales" if line.amount > 0 else "expense"]

    def _account(self, code, name, kind):
        if code not in self._accounts:
            accounts = self.env["account.account"]
            self._accounts[code] = accounts.search([("code", "=", code)], limit=1) or accounts.create(
                {"code": code, "name": name, "account_type": kind}
            )
        return self._accounts[code]


def _month(day):
    return day.year, day.month
