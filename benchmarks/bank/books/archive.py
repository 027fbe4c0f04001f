"""Years that are done: bank lines matched with paid invoices, by SQL, as copies of a pair that Odoo itself matched."""

from __future__ import annotations

from datetime import date, timedelta

from .bulk import Bulk

_FIRST = date(2015, 1, 1)
_DAYS = 3600
_BATCH = 20_000
_PAYERS = 500
_DONE = {"amount_residual": 0, "is_reconciled": True}


class Archive(Bulk):
    """Adds to a database that ``Bulk`` filled; ``count`` pairs of an invoice and the line that paid it."""

    def __init__(self, env, count: int) -> None:
        super().__init__(env, seed=1, lines=0, items=0)
        self.count = count

    def load(self) -> None:
        self.partners = self._make_partners(_PAYERS)
        source = self._matched()
        for start in range(0, self.count, _BATCH):
            self._copy_pairs(source, range(start, min(start + _BATCH, self.count)))

    def _matched(self):
        """(invoice, bank line, partial) as Odoo leaves them when a line pays an invoice to the cent."""
        invoice = self._posted("out_invoice")
        line = self.env["account.bank.statement.line"].create(
            {"journal_id": self.journal.id, "date": str(_FIRST), "amount": 100.0, "payment_ref": "template"}
        )
        item = invoice.line_ids.filtered(lambda each: each.display_type == "payment_term")
        suspense = line._seek_for_lines()[1]
        suspense.with_context(skip_account_move_synchronization=True).write(
            {"account_id": item.account_id.id, "partner_id": item.partner_id.id}
        )
        (item + suspense).reconcile()
        self.env.flush_all()
        return invoice, line, item.matched_credit_ids

    def _copy_pairs(self, source, numbers) -> None:
        moves, pairs = self._next_id("account_move"), self._next_id("account_move_line")
        records, partials = self._next_id("account_bank_statement_line"), self._next_id("account_partial_reconcile")
        fulls = self._next_id("account_full_reconcile")
        rows: dict[str, list] = {}
        for place, number in enumerate(numbers):
            keys = {
                "invoice": moves + 2 * place,
                "entry": moves + 2 * place + 1,
                "items": pairs + 4 * place,
                "record": records + place,
                "partial": partials + place,
                "full": fulls + place,
            }
            self._pair(rows, source, keys, number)
        linked = [(source, values | {"statement_line_id": None}) for source, values in rows["account_move"]]
        self._insert("account_move", linked)
        self._insert("account_bank_statement_line", rows["account_bank_statement_line"])
        self._insert("account_full_reconcile", rows["account_full_reconcile"])
        self._insert("account_move_line", rows["account_move_line"])
        self._insert("account_partial_reconcile", rows["account_partial_reconcile"])
        self.cr.execute(
            "UPDATE account_move m SET statement_line_id = l.id"
            " FROM account_bank_statement_line l WHERE l.move_id = m.id AND l.id >= %s",
            [records],
        )

    def _pair(self, rows: dict, source, keys: dict, number: int) -> None:
        invoice, line, partial = source
        told = self._told(number)
        amount = told["cents"] / 100
        settled = {"amount_residual": 0, "amount_residual_signed": 0, "payment_state": "paid"}
        matched = {
            "full_reconcile_id": keys["full"],
            "matching_number": str(keys["full"]),
            "amount_residual": 0,
            "amount_residual_currency": 0,
        }

        def add(table, record, values):
            rows.setdefault(table, []).append((record.id, values))

        add("account_move", invoice, self._move(told, keys["invoice"], 1) | settled)
        add("account_move", line.move_id, self._bank_move(told, keys["entry"], keys["record"]))
        add("account_full_reconcile", partial.full_reconcile_id, {"id": keys["full"]})
        # Of each entry the matched item gets the even number.
        bank, other = self._bank_items(line)
        item = partial.debit_move_id
        values = self._move_line(told, keys["invoice"], 1, True)
        add("account_move_line", item, values | {"id": keys["items"]} | matched)
        values = self._move_line(told, keys["invoice"], -1, False)
        add("account_move_line", invoice.line_ids - item, values | {"id": keys["items"] + 1})
        values = self._bank_item(told, keys["entry"], keys["record"], -1)
        add("account_move_line", other, values | {"id": keys["items"] + 2, "partner_id": told["partner"]} | matched)
        values = self._bank_item(told, keys["entry"], keys["record"], 1)
        add("account_move_line", bank, values | {"id": keys["items"] + 3})
        add("account_bank_statement_line", line, self._bank_line(told, keys["entry"], keys["record"]) | _DONE)
        pair = {
            "id": keys["partial"],
            "debit_move_id": keys["items"],
            "credit_move_id": keys["items"] + 2,
            "full_reconcile_id": keys["full"],
            "max_date": str(told["day"]),
        }
        sums = dict.fromkeys(("amount", "debit_amount_currency", "credit_amount_currency"), amount)
        add("account_partial_reconcile", partial, pair | sums)

    def _told(self, number: int) -> dict:
        day = _FIRST + timedelta(days=number * _DAYS // self.count)
        partner, name = self.partners[number % len(self.partners)]
        quoted = f"INV/{day.year}/{number:07d}"
        return {
            "partner": partner,
            "name": name,
            "number": quoted,
            "quoted": quoted,
            "cents": self.rng.randrange(1000, 900000),
            "day": day,
            "text": f"{name} {quoted}",
        }

    @staticmethod
    def _bank_items(line):
        bank = line.move_id.line_ids.filtered(lambda item: item.account_id == line.journal_id.default_account_id)
        return bank, line.move_id.line_ids - bank


def load(env, count: int) -> None:
    """Fill and analyse."""
    Archive(env, count).load()
    env.cr.commit()
    env.cr.execute("ANALYZE")
