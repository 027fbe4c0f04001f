"""Very many open items and bank lines by SQL: copies of rows that Odoo itself posted.

Loading through the ORM would take hours; a row that Odoo wrote once, with other ids, partners,
dates and amounts, is what the ORM would have written.
"""

from __future__ import annotations

import io
import json
import random
from datetime import date, timedelta

from ..names import STRAYS, TOWNS, company_name
from ..noise import plain, without_form

_START = date(2025, 1, 1)
_FORM_COUNTRIES = ("BE", "NL", "DE", "FR", "GB")


class Bulk:
    """Fills a database that has only ``account``."""

    def __init__(self, env, seed: int, lines: int, items: int) -> None:
        self.env, self.cr = env, env.cr
        self.rng = random.Random(seed)
        self.count, self.lines = items, lines
        self.journal = env["account.journal"].search([("type", "=", "bank")], limit=1)

    def load(self) -> None:
        """Partners, invoices and bills with their items, bank lines."""
        self.partners = self._make_partners(max(self.count // 20, 20))
        rows = [self._item(n) for n in range(self.count)]
        for kind in ("out_invoice", "in_invoice"):
            self._copy_documents(kind, [row for row in rows if row["kind"] == kind])
        self._copy_lines([self._line(n, rows) for n in range(self.lines)])

    # --- what the rows say ---------------------------------------------------------

    def _make_partners(self, count: int) -> list[tuple[int, str]]:
        names: dict[str, None] = {}
        while len(names) < count:
            country = self.rng.choice(_FORM_COUNTRIES)
            name = company_name(self.rng, country)
            core = without_form(name)
            names[name.replace(core, f"{core} {self.rng.choice(TOWNS).title()}")] = None
        account = self.env["res.partner"].create(
            [{"name": name, "is_company": True, "customer_rank": 1, "supplier_rank": 1} for name in names]
        )
        return list(zip(account.ids, names, strict=True))

    def _item(self, n: int) -> dict:
        partner, name = self.rng.choice(self.partners)
        kind = "out_invoice" if self.rng.random() < 0.6 else "in_invoice"
        day = _START + timedelta(days=self.rng.randrange(330))
        number = f"INV/2025/{n:06d}" if kind == "out_invoice" else f"BILL/2025/{day:%m}/{n:06d}"
        return {
            "kind": kind,
            "partner": partner,
            "name": name,
            "number": number,
            "quoted": number if kind == "out_invoice" else f"RE-2025-{n:06d}",
            "cents": self.rng.choice((10000, 25000, 12100)) if self.rng.random() < 0.1
            else self.rng.randrange(1000, 900000),
            "day": day,
        }  # fmt: skip

    def _line(self, n: int, rows: list[dict]) -> dict:
        """Mostly one quoted item; lump sums, parts, lines without a number, strays."""
        chance, row = self.rng.random(), self.rng.choice(rows)
        day = row["day"] + timedelta(days=self.rng.randrange(5, 35))
        sign = 1 if row["kind"] == "out_invoice" else -1
        name = plain(row["name"]).upper()
        if chance < 0.1:
            template, low, high = self.rng.choice(STRAYS)
            text = template.format(town="GENT", n=n, month="MAR", person="JAN MAES")
            cents = round(self.rng.uniform(low, high) * 100) or 100
            return {"day": day, "text": text, "cents": cents, "name": ""}
        if chance < 0.2:
            return self._lump(row, rows, day, sign)
        text, cents = f"{name} {row['quoted']}", row["cents"]
        if chance < 0.25:
            cents //= 2
        elif chance < 0.37:
            text = name
        return {"day": day, "text": text, "cents": sign * cents, "name": row["name"]}

    def _lump(self, row: dict, rows: list[dict], day: date, sign: int) -> dict:
        if not hasattr(self, "_of_partner"):
            self._of_partner: dict[tuple, list[dict]] = {}
            for each in rows:
                self._of_partner.setdefault((each["partner"], each["kind"]), []).append(each)
        several = self._of_partner[row["partner"], row["kind"]][: self.rng.randint(2, 4)]
        text = " ".join([plain(row["name"]).upper(), *(each["quoted"] for each in several)])
        day = max(each["day"] for each in several) + timedelta(days=3)
        cents = sum(each["cents"] for each in several)
        return {"day": day, "text": text, "cents": sign * cents, "name": row["name"]}

    # --- writing ---------------------------------------------------------------------

    def _posted(self, kind: str):
        move = self.env["account.move"].create(
            {
                "move_type": kind,
                "partner_id": self.partners[0][0],
                "invoice_date": _START,
                "date": _START,
                "ref": "template",
                "invoice_line_ids": [(0, 0, {"name": "as agreed", "price_unit": 100.0, "tax_ids": [(6, 0, [])]})],
            }
        )
        move.action_post()
        self.env.flush_all()
        return move

    def _copy_documents(self, kind: str, rows: list[dict]) -> None:
        template, sign = self._posted(kind), 1 if kind == "out_invoice" else -1
        first = self._next_id("account_move")
        self._insert(
            "account_move",
            [(template.id, self._move(row, first + n, sign)) for n, row in enumerate(rows)],
        )
        first_line = self._next_id("account_move_line")
        lines = []
        for n, row in enumerate(rows):
            for offset, line in enumerate(template.line_ids):
                is_item = line.display_type == "payment_term"
                values = self._move_line(row, first + n, sign if is_item else -sign, is_item)
                lines.append((line.id, values | {"id": first_line + 2 * n + offset}))
        self._insert("account_move_line", lines)

    @staticmethod
    def _move(row: dict, key: int, sign: int) -> dict:
        amount = row["cents"] / 100
        return {
            "id": key,
            "name": row["number"],
            "sequence_number": key,
            "partner_id": row["partner"],
            "commercial_partner_id": row["partner"],
            "invoice_partner_display_name": row["name"],
            "ref": row["quoted"],
            "payment_reference": row["quoted"],
            "date": str(row["day"]),
            "invoice_date": str(row["day"]),
            "invoice_date_due": str(row["day"] + timedelta(days=30)),
            "access_token": None,
            **dict.fromkeys(("amount_untaxed", "amount_total", "amount_residual"), amount),
            **{f"{name}_signed": sign * amount for name in ("amount_untaxed", "amount_total", "amount_residual")},
            "amount_total_in_currency_signed": sign * amount,
        }

    @staticmethod
    def _move_line(row: dict, move: int, sign: int, is_item: bool) -> dict:
        amount = row["cents"] / 100
        balance = sign * amount
        return {
            "move_id": move,
            "move_name": row["number"],
            "partner_id": row["partner"],
            "date": str(row["day"]),
            "invoice_date": str(row["day"]),
            "date_maturity": str(row["day"] + timedelta(days=30)) if is_item else None,
            "ref": row["quoted"],
            "name": row["quoted"] if is_item else "as agreed",
            "debit": max(balance, 0),
            "credit": max(-balance, 0),
            "balance": balance,
            "amount_currency": balance,
            "amount_residual": balance if is_item else 0,
            "amount_residual_currency": balance if is_item else 0,
            **({} if is_item else dict.fromkeys(("price_unit", "price_subtotal", "price_total"), amount)),
        }

    def _copy_lines(self, rows: list[dict]) -> None:
        template = self.env["account.bank.statement.line"].create(
            {
                "journal_id": self.journal.id,
                "date": _START,
                "amount": 1.0,
                "payment_ref": "template",
            }
        )
        self.env.flush_all()
        move, line = self._next_id("account_move"), self._next_id("account_move_line")
        first = self._next_id("account_bank_statement_line")
        liquidity, suspense, _other = template._seek_for_lines()
        moves, lines, records = [], [], []
        for n, row in enumerate(rows):
            record = first + n
            moves.append((template.move_id.id, self._bank_move(row, move + n, record)))
            for offset, (source, sign) in enumerate(((liquidity, 1), (suspense, -1))):
                values = self._bank_item(row, move + n, record, sign)
                lines.append((source.id, values | {"id": line + 2 * n + offset}))
            records.append((template.id, self._bank_line(row, move + n, record)))
        self._insert("account_move", [(t, v | {"statement_line_id": None}) for t, v in moves])
        self._insert("account_bank_statement_line", records)
        self._insert("account_move_line", lines)
        self.cr.execute(
            "UPDATE account_move m SET statement_line_id = l.id"
            " FROM account_bank_statement_line l WHERE l.move_id = m.id AND l.id >= %s",
            [first],
        )

    @staticmethod
    def _bank_move(row: dict, key: int, record: int) -> dict:
        amount = abs(row["cents"]) / 100
        return {
            "id": key,
            "name": f"BNK1/2025/{record:07d}",
            "sequence_number": record,
            "date": str(row["day"]),
            "amount_total": amount,
            "amount_total_signed": amount,
            "amount_total_in_currency_signed": amount,
        }

    @staticmethod
    def _bank_item(row: dict, move: int, record: int, sign: int) -> dict:
        balance = sign * row["cents"] / 100
        return {
            "move_id": move,
            "move_name": f"BNK1/2025/{record:07d}",
            "statement_line_id": record,
            "date": str(row["day"]),
            "name": row["text"],
            "debit": max(balance, 0),
            "credit": max(-balance, 0),
            "balance": balance,
            "amount_currency": balance,
            "amount_residual": 0,
            "amount_residual_currency": 0,
        }

    @staticmethod
    def _bank_line(row: dict, move: int, record: int) -> dict:
        amount = row["cents"] / 100
        return {
            "id": record,
            "move_id": move,
            "payment_ref": row["text"],
            "partner_name": row["name"] or None,
            "amount": amount,
            "amount_residual": -amount,
            "internal_index": f"{row['day']:%Y%m%d}{2147483647 - record:0>10}{record:0>10}",
        }

    def _next_id(self, table: str) -> int:
        self.cr.execute(f"SELECT COALESCE(max(id), 0) + 1 FROM {table}")
        return self.cr.fetchone()[0]

    def _insert(self, table: str, rows: list[tuple[int, dict]]) -> None:
        """Copies of rows with other values: ``rows`` are (id of the row to copy, values)."""
        self.cr.execute("DROP TABLE IF EXISTS bulk; CREATE TEMP TABLE bulk (source int, v jsonb)")
        stream = io.StringIO()
        for source, values in rows:
            text = json.dumps(values).replace("\\", "\\\\").replace("\t", " ")
            stream.write(f"{source}\t{text}\n")
        stream.seek(0)
        self.cr.copy_expert("COPY bulk FROM STDIN", stream)
        self.cr.execute(
            f"INSERT INTO {table} SELECT (jsonb_populate_record(t, v)).* FROM bulk JOIN {table} t ON t.id = source"
        )
        self.cr.execute(f"SELECT setval('{table}_id_seq', (SELECT max(id) FROM {table}))")


def load(env, seed: int, lines: int, items: int) -> None:
    """Fill and analyse."""
    Bulk(env, seed, lines, items).load()
    env.cr.commit()
    env.cr.execute("ANALYZE")
