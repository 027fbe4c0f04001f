"""A bank account that was kept by hand, and the bank's files for it."""

import base64
from datetime import timedelta

from odoo import Command, fields

from ..bank.files import IBAN, camt, entry, statement
from ..common import BankCase, cents


class CutOverCase(BankCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.outstanding_in = cls.make_account("Outstanding Receipts", "asset_current", reconcile=True)
        cls.outstanding_out = cls.make_account("Outstanding Payments", "asset_current", reconcile=True)
        cls.equity = cls.make_account("Capital", "equity")
        cls.rent = cls.make_account("Rent", "expense")
        cls.journal = cls.make_hand_kept("HND")

    @classmethod
    def make_hand_kept(cls, code, iban=IBAN, currency=None, **values):
        journal = cls.make_journal(code, currency, **values)
        journal.bank_account_id = cls.env["res.partner.bank"].create(
            {"acc_number": iban, "partner_id": cls.company.partner_id.id, "allow_out_payment": True}
        )
        journal.inbound_payment_method_line_ids.payment_account_id = cls.outstanding_in
        journal.outbound_payment_method_line_ids.payment_account_id = cls.outstanding_out
        return journal

    @classmethod
    def by_hand_entry(cls, day, amount, account=None, partner=None, ref="", journal=None, other_lines=(), **values):
        """A posted entry: the bank account against ``account``."""
        bank = (journal or cls.journal).default_account_id
        partner_id = partner.id if partner else False
        rows = [(bank, amount), ((account or cls.rent), -amount)]
        move = cls.env["account.move"].create(
            {
                "move_type": "entry",
                "date": day,
                "ref": ref,
                "line_ids": [
                    Command.create(
                        {"account_id": place.id, "balance": value, "name": ref or "By hand", "partner_id": partner_id}
                    )
                    for place, value in rows
                ],
                **values,
            }
        )
        move.action_post()
        return move

    def hand_over(self, lines, start=None, end=None, name="S-1", journal=None, user=None, account=IBAN, currency="USD"):
        """Import a file. ``lines``: (day, amount, text[, bank id]). Returns the import as the reviewer."""
        entries = "".join(
            entry(day, f"{amount:.2f}", text, bank_id=(more[0] if more else f"{name}-{number}"), currency=currency)
            for number, (day, amount, text, *more) in enumerate(lines)
        )
        data = camt(statement(entries, start=start, end=end, name=name, account=account, currency=currency))
        imports = self.env["ai.bank.import"].with_user(user or self.reviewer)
        content = base64.b64encode(data).decode()
        return imports.browse(imports.import_file((journal or self.journal).id, f"{name}.xml", content))

    # === COMPARING === #

    def ledger(self, day, journal=None):
        """The balance of the bank account at the end of a day."""
        self.env.flush_all()
        [(total,)] = self.env["account.move.line"]._read_group(
            [
                ("account_id", "=", (journal or self.journal).default_account_id.id),
                ("parent_state", "=", "posted"),
                ("date", "<=", day),
            ],
            [],
            ["balance:sum"],
        )
        return cents(total)

    def ledger_by_day(self, first, last, journal=None):
        day, last = fields.Date.to_date(first), fields.Date.to_date(last)
        found = {}
        while day <= last:
            found[str(day)] = self.ledger(day, journal)
            day += timedelta(days=1)
        return found

    def balance_of(self, account):
        [(total,)] = self.env["account.move.line"]._read_group(
            [("account_id", "=", account.id), ("parent_state", "=", "posted")], [], ["balance:sum"]
        )
        return cents(total)

    def truth_by_day(self, opening, lines, first, last):
        day, last = fields.Date.to_date(first), fields.Date.to_date(last)
        found = {}
        while day <= last:
            found[str(day)] = cents(opening + sum(line[1] for line in lines if fields.Date.to_date(line[0]) <= day))
            day += timedelta(days=1)
        return found

    def match_all(self, record):
        """Propose for the imported lines and accept what is sure."""
        found = self.propose(record.line_ids.filtered(lambda line: not line.is_reconciled))
        sure = found.filtered(lambda suggestion: not suggestion.is_question)
        if sure:
            sure.action_accept()
        return found
