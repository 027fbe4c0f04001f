"""Bank reconciliation: what became of an issued statement: cleared since, changed since."""

from decimal import Decimal

from odoo import models
from odoo.tools import SQL, format_date, formatLang

from ...engine.statements.chain import ZERO
from . import reconciliation_queries as queries
from .ai_bank_reconciliation_screen import PAGE
from .reconciliation_words import SINCE

#: Sections whose items wait to be cleared.
WAITING = (queries.UNMATCHED, queries.SUSPENSE, queries.OUTSTANDING)
NEW_ENTRIES = 20


class AiBankReconciliation(models.Model):
    _name = "ai.bank.reconciliation"
    _inherit = "ai.bank.reconciliation"

    def _issued_sheet(self):
        """As ``statement`` gives it, with ``since``: ``cleared`` {section, side: {count, amount}}, ``changes`` [text],
        ``entries`` (posted since, dated until then), and rows that say what became of them."""
        self.env.flush_all()
        sheet = self._sheet(self.journal_id, self.date, self.figures, self)
        for section in sheet["sections"]:
            section["rows"] = self._issued_rows(section["name"], section["side"], 0, PAGE)
        sheet["since"] = self._since()
        return sheet

    def _issued_rows(self, section, side="", offset=0, limit=None):
        if section == queries.OPENING:
            scope = self._rows_scope(self.journal_id, self.date, section)
            return self._shown(self._live_rows(scope, section, None, offset, limit))
        rows = self._masked(self._kept_rows(section, side, offset, limit))
        if section in WAITING:
            self._tell_since(rows, section)
        return self._shown(rows)

    # === CLEARED SINCE === #

    def _since(self):
        changes = self._changes()
        return {
            "cleared": self._cleared(),
            "changes": changes,
            "entries": self._new_entries() if changes else [],
        }

    def _left_sql(self):
        """What is left today of each kept item that waited: (section, position, side, amount then, amount now); the
        sign is the kept one's. Of a bank line it is what its entry still shows on the suspense account: matching makes
        other items of it."""
        scope = self._scope(self.journal_id, self.date)
        return SQL(
            """
            SELECT k.section, k.position, k.amount >= 0 AND k.company_amount >= 0 AS is_in, k.amount,
                   CASE WHEN m.id IS NULL OR m.state <> 'posted' THEN NULL
                        WHEN k.section = %(unmatched)s THEN -COALESCE(s.amount, 0)
                        WHEN i.id IS NULL THEN NULL
                        WHEN NOT i.account_id = ANY(%(accounts)s) THEN 0
                        ELSE %(left)s END AS amount_left
              FROM ai_bank_reconciliation_line k
         LEFT JOIN account_move m ON m.id = k.move_id
         LEFT JOIN account_move_line i ON i.id = k.move_line_id
         LEFT JOIN account_account a ON a.id = i.account_id
 LEFT JOIN LATERAL (SELECT SUM(%(line_left)s) AS amount
                      FROM account_move_line o JOIN account_account oa ON oa.id = o.account_id
                     WHERE k.section = %(unmatched)s AND o.move_id = k.move_id
                       AND o.account_id = %(suspense)s) s ON TRUE
             WHERE k.reconciliation_id = %(id)s AND k.section = ANY(%(sections)s)
            """,
            id=self.id,
            sections=list(WAITING),
            unmatched=queries.UNMATCHED,
            accounts=[scope.suspense_id, *scope.outstanding_ids],
            suspense=scope.suspense_id,
            left=self._left_amount(scope, SQL("i"), SQL("a")),
            line_left=self._left_amount(scope, SQL("o"), SQL("oa")),
        )

    def _left_amount(self, scope, item, account):
        """Today's open amount of an item in the journal's currency; of one in another currency its share of then."""
        names = {"item": item, "account": account, "currency": scope.currency_id}
        company = SQL(
            "CASE WHEN %(account)s.reconcile THEN %(item)s.amount_residual ELSE %(item)s.balance END", **names
        )
        if not scope.is_foreign:
            return company
        return SQL(
            """CASE WHEN %(item)s.currency_id = %(currency)s
                    THEN CASE WHEN %(account)s.reconcile THEN %(item)s.amount_residual_currency
                              ELSE %(item)s.amount_currency END
                    ELSE k.amount * (%(company)s) / NULLIF(k.company_amount, 0) END""",
            company=company,
            **names,
        )

    def _cleared(self):
        """[{name, side, count, amount}] of what is not open any more, and of what is left."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT section, is_in, COUNT(*) FILTER (WHERE COALESCE(ROUND(amount_left, %(places)s), 0) = 0),
                       SUM(amount - COALESCE(amount_left, 0))::text,
                       COUNT(*) FILTER (WHERE ROUND(amount_left, %(places)s) <> 0),
                       SUM(COALESCE(amount_left, 0))::text
                  FROM (%(left)s) l GROUP BY section, is_in ORDER BY section, is_in DESC
                """,
                left=self._left_sql(),
                places=self.currency_id.decimal_places,
            )
        )
        return [
            {
                "name": section,
                "side": ("in" if is_in else "out") if section != queries.SUSPENSE else "",
                "count": count,
                "amount": cleared,
                "open_count": open_count,
                "open_amount": left,
            }
            for section, is_in, count, cleared, open_count, left in rows
        ]

    def _tell_since(self, rows, section):
        """Add ``since`` {state, text} to rows on the screen."""
        positions = [row["position"] for row in rows]
        found = self.env.execute_query(
            SQL(
                "SELECT position, amount, amount_left FROM (%s) l WHERE section = %s AND position = ANY(%s)",
                self._left_sql(),
                section,
                positions,
            )
        )
        left = {position: (amount, rest) for position, amount, rest in found}
        how = self._how_cleared(rows, section)
        places = self.currency_id.decimal_places
        for row in rows:
            amount, rest = left.get(row["position"], (0, None))
            state = _state(amount, rest, places)
            values = {
                "how": how.get(row["position"], ""),
                "left": formatLang(self.env, float(rest or 0), currency_obj=self.currency_id),
            }
            template = self.env._(SINCE[state])
            row["since"] = {"state": state, "text": template % values}

    def _how_cleared(self, rows, section):
        """{position: what it was matched with or booked on, and the day}, in words of what the reader may see."""
        items = self.env["account.move.line"]
        if section == queries.UNMATCHED:
            scope = self._scope(self.journal_id, self.date)
            found = items.search(
                [
                    ("move_id", "in", [row["move_id"] for row in rows]),
                    ("account_id", "not in", [scope.account_id, scope.suspense_id]),
                ]
            ).grouped("move_id")
            mine = {row["position"]: found.get(self.env["account.move"].browse(row["move_id"]), items) for row in rows}
        else:
            seen = items.search([("id", "in", [row["move_line_id"] for row in rows])])
            mine = {
                row["position"]: seen.filtered(lambda item, row=row: item.id == row["move_line_id"]) for row in rows
            }
        return {position: self._told_of(found) for position, found in mine.items() if found}

    def _told_of(self, items):
        partials = items.matched_debit_ids | items.matched_credit_ids
        others = (partials.debit_move_id | partials.credit_move_id) - items
        # The number of an entry that this one was matched with; what else is in it is not told.
        names = [move.name or "" for move in others.sudo().move_id[:3]] or items[:1].mapped("account_id.display_name")
        day = max(partials.mapped("max_date") or [items[:1].write_date.date()])
        return f"{', '.join(names)} ({format_date(self.env, day)})"

    # === CHANGED SINCE === #

    def _changes(self):
        """What is another figure now for that same day, in words; what was merely cleared is none."""
        scope, account, found, sums = self._agreed(self.journal_id, self.date)
        live = {
            "bank": str(scope.own(account.balance)),
            "ledger": str(scope.own(found.ledger)),
            "difference": str(scope.own(found.difference)),
            "company_ledger": str(scope.company(sum((row[4] for row in sums if row[2]), ZERO))),
        }
        then, changes = self.figures, []
        labels = {
            "bank": self.env._("Balance by bank"),
            "ledger": self.env._("Ledger balance"),
            "difference": self.env._("Difference"),
        }
        pairs = {
            "bank": (then["bank"]["balance"], live["bank"]),
            "ledger": (then["ledger"], live["ledger"]),
            "difference": (then["difference"], live["difference"]),
        }
        for name, (before, now) in pairs.items():
            if before != now:
                changes.append(self._change_text(labels[name], before, now))
        if then["ledger"] != live["ledger"] or then["company_ledger"] != live["company_ledger"]:
            changes += self._changed_months(scope)
        return changes

    def _change_text(self, label, before, now):
        values = {
            "label": label,
            "before": formatLang(self.env, float(before), currency_obj=self.currency_id),
            "now": formatLang(self.env, float(now), currency_obj=self.currency_id),
        }
        return self.env._("%(label)s: %(now)s now, %(before)s when it was issued", **values)

    def _changed_months(self, scope):
        """The months whose entries on the bank account are others now."""
        before = {month: (count, total) for month, count, total, _company in self.figures.get("months", [])}
        now = {month: (count, total) for month, count, total, _company in queries.monthly(scope)}
        texts = []
        for month in sorted(before.keys() | now.keys()):
            then_count, then_sum = before.get(month, (0, "0"))
            count, total = now.get(month, (0, "0"))
            if (then_count, Decimal(then_sum)) != (count, Decimal(total)):
                values = {
                    "month": month,
                    "count": count,
                    "then": then_count,
                    "moved": formatLang(
                        self.env, float(Decimal(total) - Decimal(then_sum)), currency_obj=self.currency_id
                    ),
                }
                texts.append(
                    self.env._(
                        "%(month)s: %(count)s items on the account instead of %(then)s, %(moved)s more", **values
                    )
                )
        return texts

    def _new_entries(self):
        """Items on the bank account that were made since, dated until the statement's day: the first twenty."""
        scope = self._scope(self.journal_id, self.date)
        rows = self.env.execute_query(
            SQL(
                """
                SELECT i.id, i.move_id, i.date, m.name, COALESCE(NULLIF(i.name, ''), m.ref, ''), %(amount)s
                  FROM account_move_line i JOIN account_move m ON m.id = i.move_id
                 WHERE i.account_id = %(account)s AND i.parent_state = 'posted' AND i.company_id = ANY(%(companies)s)
                   AND i.date <= %(day)s AND i.id > %(last)s
              ORDER BY i.date, i.id LIMIT %(limit)s
                """,
                amount=scope.amount(),
                account=scope.account_id,
                companies=list(scope.company_ids),
                day=self.date,
                last=self.figures.get("last_item", 0),
                limit=NEW_ENTRIES,
            )
        )
        names = ("move_line_id", "move_id", "day", "entry", "label", "amount")
        found = [dict(zip(names, row, strict=True)) for row in rows]
        for row in found:
            row.update(day=row["day"].isoformat(), amount=str(scope.own(row["amount"])), partner_name="")
        return self._shown(self._masked(found))


def _state(amount, left, places):
    if left is None:
        return "gone"
    rest = round(Decimal(left), places)
    if not rest:
        return "cleared"
    return "open" if rest == round(Decimal(amount), places) else "part"
