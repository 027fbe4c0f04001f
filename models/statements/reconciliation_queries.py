"""SQL of the reconciliation statement: sums and open items of any day, from the posted items and their matchings.

What was open on a day follows from the dates of the matchings (a partial's ``max_date``), not from today's residuals.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from odoo.tools import SQL

from ...engine.statements.chain import ZERO, Told

#: What a bank line's entry shows on the suspense account; other entries there; payments that wait; entries on the bank
#: account that are no statement lines: after the opening, before it, before the first statement but after the day;
#: lines whose entry differs from them.
UNMATCHED, SUSPENSE, OUTSTANDING, ENTRIES, OPENING, BETWEEN, CHANGED = (
    "unmatched",
    "suspense",
    "outstanding",
    "entries",
    "opening",
    "between",
    "changed",
)
SECTIONS = (UNMATCHED, SUSPENSE, OUTSTANDING, ENTRIES, OPENING, BETWEEN, CHANGED)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Scope:
    """A bank journal on a day, as the queries need it.

    ``own_outstanding``: outstanding accounts that no other bank journal uses. ``opened``: the first line's day;
    ``entries_from``: from which day on entries are no part of the opening (None: there is none).
    """

    env: object
    day: date
    journal_id: int
    company_ids: tuple
    root_id: int
    account_id: int
    suspense_id: int
    has_own_suspense: bool
    outstanding_ids: tuple
    own_outstanding: tuple
    bank_journal_ids: tuple
    currency_id: int
    company_currency_id: int
    places: int
    company_places: int
    opened: date | None = None
    entries_from: date | None = None

    @property
    def is_foreign(self):
        return self.currency_id != self.company_currency_id

    def amount(self, alias="i"):
        """An item of the bank account in the journal's currency; one in another currency has none."""
        item = SQL.identifier(alias)
        if not self.is_foreign:
            return SQL("%s.balance", item)
        return SQL("CASE WHEN %s.currency_id = %s THEN %s.amount_currency ELSE 0 END", item, self.currency_id, item)

    def own(self, value):
        return quantized(value, self.places)

    def company(self, value):
        return quantized(value, self.company_places)


def quantized(value, places):
    return Decimal(value or 0).quantize(Decimal(1).scaleb(-places)) + ZERO


# === Statements === #


def statements(scope):
    """(``Told`` of the statements that begin until the day, and of the first one; loose lines before it: all, until
    the day; id of the last statement line until the day)."""
    rows = scope.env.execute_query(
        SQL(
            """
            SELECT s.id, s.name, s.first_line_index, MIN(m.date), MAX(m.date), s.balance_start::text,
                   s.balance_end_real::text, SUM(l.amount)::text,
                   COALESCE(SUM(l.amount) FILTER (WHERE m.date <= %(day)s), 0)::text
              FROM account_bank_statement s
              JOIN account_bank_statement_line l ON l.statement_id = s.id
              JOIN account_move m ON m.id = l.move_id AND m.state = 'posted'
             WHERE s.journal_id = %(journal)s AND l.journal_id = %(journal)s AND l.company_id = ANY(%(companies)s)
               AND (s.first_line_index < %(after)s OR s.first_line_index = (
                       SELECT MIN(f.first_line_index) FROM account_bank_statement f WHERE f.journal_id = %(journal)s))
          GROUP BY s.id
          ORDER BY s.first_line_index
            """,
            **_places(scope),
        )
    )
    loose = _loose(scope, [row[2] for row in rows])
    told = [
        Told(
            id=row[0],
            name=row[1] or "",
            first_day=row[3],
            last_day=row[4],
            start=scope.own(row[5]),
            end=scope.own(row[6]),
            moved=scope.own(row[7]),
            moved_until=scope.own(row[8]),
            loose=scope.own(loose.get(row[2], (0, 0))[0]),
            loose_until=scope.own(loose.get(row[2], (0, 0))[1]),
        )
        for row in rows
    ]
    before = loose.get("", (0, 0))
    return told, scope.own(before[0]), scope.own(before[1])


def _loose(scope, starts):
    """{index of the first line of the statement before, "" for none: (sum, sum until the day)} of lines that came
    without a statement."""
    rows = scope.env.execute_query(
        SQL(
            """
            SELECT COALESCE((SELECT MAX(v.start) FROM unnest(%(starts)s::varchar[]) AS v(start)
                              WHERE v.start <= l.internal_index), ''),
                   SUM(l.amount)::text, COALESCE(SUM(l.amount) FILTER (WHERE m.date <= %(day)s), 0)::text
              FROM account_bank_statement_line l
              JOIN account_move m ON m.id = l.move_id AND m.state = 'posted'
             WHERE l.statement_id IS NULL AND l.journal_id = %(journal)s AND l.company_id = ANY(%(companies)s)
          GROUP BY 1
            """,
            starts=starts,
            **_places(scope),
        )
    )
    return {start: (Decimal(total), Decimal(until)) for start, total, until in rows}


def _places(scope):
    return {
        "journal": scope.journal_id,
        "companies": list(scope.company_ids),
        "day": scope.day,
        # Indexes begin with the day: this is the first one of the day after.
        "after": f"{scope.day + DAY:%Y%m%d}",
    }


# === The bank account === #


def account_sums(scope):
    """[(kind, other journal or None, is until the day, sum, company sum, count)] of the bank account's posted items.

    Kinds: ``line`` (this journal's statement lines), ``shared`` (another's), ``before``, ``same_day`` and ``later``
    than the first line's day. Items after the day are told up to the first line's day.
    """
    opened = scope.opened or date.min
    rows = scope.env.execute_query(
        SQL(
            """
            SELECT CASE WHEN i.statement_line_id IS NOT NULL AND i.journal_id = %(journal)s THEN 'line'
                        WHEN i.statement_line_id IS NOT NULL THEN 'shared'
                        WHEN i.date < %(opened)s THEN 'before'
                        WHEN i.date = %(opened)s THEN 'same_day'
                        ELSE 'later' END AS kind,
                   CASE WHEN i.statement_line_id IS NOT NULL AND i.journal_id <> %(journal)s THEN i.journal_id END,
                   i.date <= %(day)s, SUM(%(amount)s)::text, SUM(i.balance)::text, COUNT(*)
              FROM account_move_line i
             WHERE i.account_id = %(account)s AND i.parent_state = 'posted' AND i.company_id = ANY(%(companies)s)
               AND i.date <= %(last)s
          GROUP BY 1, 2, 3
            """,
            opened=opened,
            amount=scope.amount(),
            account=scope.account_id,
            last=max(scope.day, opened),
            **_places(scope),
        )
    )
    return [
        (kind, journal, bool(until), scope.own(total), scope.company(company), count)
        for kind, journal, until, total, company, count in rows
    ]


def monthly(scope):
    """[[month, count, sum, company sum]] of the account until the day: by it a later change is found."""
    rows = scope.env.execute_query(
        SQL(
            """
            SELECT to_char(i.date, 'YYYY-MM'), COUNT(*), SUM(%(amount)s)::text, SUM(i.balance)::text
              FROM account_move_line i
             WHERE i.account_id = %(account)s AND i.parent_state = 'posted' AND i.company_id = ANY(%(companies)s)
               AND i.date <= %(day)s
          GROUP BY 1 ORDER BY 1
            """,
            amount=scope.amount(),
            account=scope.account_id,
            **_places(scope),
        )
    )
    return [[month, count, str(scope.own(total)), str(scope.company(company))] for month, count, total, company in rows]


def last_item(scope):
    """The newest journal item there is: those after it were made since."""
    return scope.env.execute_query(SQL("SELECT COALESCE(MAX(id), 0) FROM account_move_line"))[0][0]


# === Items === #


def plain_plans(scope):
    """Compiling these queries takes longer than running them."""
    scope.env.cr.execute("SET LOCAL jit = off")


def section_sums(scope, sections):
    """{section: [(is money in, count, sum, company sum)]}, one query."""
    plain_plans(scope)
    parts = [
        SQL(
            "SELECT %s AS section, x.amount >= 0 AND x.company >= 0 AS is_in, COUNT(*), SUM(x.amount)::text, "
            "SUM(x.company)::text FROM (%s) x GROUP BY 2",
            section,
            _items(scope, section),
        )
        for section in sections
    ]
    found = {section: [] for section in sections}
    if parts:
        for section, is_in, count, total, company in scope.env.execute_query(SQL(" UNION ALL ").join(parts)):
            found[section].append((is_in, count, scope.own(total), scope.company(company)))
    return found


def section_rows(scope, section, is_in=None, offset=0, limit=None):
    """Items of a section by date, as dicts: ``move_line_id``, ``move_id``, ``line_id`` (the bank line), ``journal_id``,
    ``day``, ``entry``, ``label``, ``partner_id``, ``partner_name``, ``amount``, ``company_amount``."""
    plain_plans(scope)
    side = SQL("TRUE") if is_in is None else SQL("(x.amount >= 0 AND x.company >= 0) = %s", is_in)
    rows = scope.env.execute_query(
        SQL(
            """
            SELECT x.id, m.id, m.statement_line_id, m.journal_id, x.date, m.name,
                   COALESCE(NULLIF(l.payment_ref, ''), NULLIF(i.name, ''), m.ref, ''),
                   COALESCE(i.partner_id, m.partner_id), COALESCE(p.complete_name, l.partner_name, ''),
                   x.amount::text, x.company::text
              FROM (%(items)s) x
              JOIN account_move_line i ON i.id = x.id
              JOIN account_move m ON m.id = i.move_id
         LEFT JOIN account_bank_statement_line l ON l.id = m.statement_line_id
         LEFT JOIN res_partner p ON p.id = COALESCE(i.partner_id, m.partner_id)
             WHERE %(side)s
          ORDER BY x.date, x.id
             LIMIT %(limit)s OFFSET %(offset)s
            """,
            items=_items(scope, section),
            side=side,
            limit=limit,
            offset=offset,
        )
    )
    names = ("move_line_id", "move_id", "line_id", "journal_id", "day", "entry", "label", "partner_id", "partner_name")
    return [
        {
            **dict(zip(names, row[:9], strict=True)),
            "day": row[4].isoformat(),
            "amount": str(scope.own(row[9])),
            "company_amount": str(scope.company(row[10])),
        }
        for row in rows
    ]


def _items(scope, section):
    """SELECT of (id, date, amount, company) of a section's items; money in is positive."""
    return _SECTIONS[section](scope)


def _posted(scope, account):
    return SQL(
        "i.account_id = %s AND i.parent_state = 'posted' AND i.company_id = ANY(%s)", account, list(scope.company_ids)
    )


def _plain(scope, *conditions):
    """Items of the bank account as they are."""
    return SQL(
        "SELECT i.id, i.date, %s AS amount, i.balance AS company FROM account_move_line i WHERE %s",
        scope.amount(),
        SQL(" AND ").join([_posted(scope, scope.account_id), *conditions]),
    )


def _entries(scope):
    since = SQL("i.date >= %s", scope.entries_from) if scope.entries_from else SQL("TRUE")
    return _plain(scope, SQL("i.statement_line_id IS NULL"), SQL("i.date <= %s", scope.day), since)


def _opening(scope):
    if not scope.entries_from:
        return _plain(scope, SQL("FALSE"))
    return _plain(scope, SQL("i.statement_line_id IS NULL"), SQL("i.date < %s", scope.entries_from))


def _between(scope):
    """With the sign of a reason: what the worked-back balance has, and the ledger has not yet."""
    if not scope.entries_from:
        return _plain(scope, SQL("FALSE"))
    found = _plain(
        scope,
        SQL("i.statement_line_id IS NULL"),
        SQL("i.date > %s", scope.day),
        SQL("i.date < %s", scope.entries_from),
    )
    return SQL("SELECT b.id, b.date, -b.amount AS amount, -b.company AS company FROM (%s) b", found)


def _changed(scope):
    return SQL(
        """
        SELECT i.id, i.date, %(amount)s - CASE WHEN l.journal_id = %(journal)s THEN l.amount ELSE 0 END AS amount,
               0.0 AS company
          FROM account_move_line i
          JOIN account_bank_statement_line l ON l.id = i.statement_line_id
         WHERE %(posted)s AND i.journal_id = %(journal)s AND i.date <= %(day)s AND %(amount)s <> l.amount
        """,
        amount=scope.amount(),
        posted=_posted(scope, scope.account_id),
        journal=scope.journal_id,
        day=scope.day,
    )


def _open_items(scope, accounts, *conditions):
    """Items that were open on the day: not matched by then, or by a part only.

    Candidates are those that are open now (few, by their index) and those that were matched after the day; the
    matchings until the day are looked up only of items that have some.
    """
    return SQL(
        """
        SELECT o.id, o.date, o.amount, o.company FROM (
            SELECT i.id, i.date, i.balance - COALESCE(d.company, 0) + COALESCE(c.company, 0) AS company,
                   %(amount)s AS amount
              FROM account_move_line i
 LEFT JOIN LATERAL (SELECT SUM(p.amount) AS company, SUM(p.debit_amount_currency) AS amount
                      FROM account_partial_reconcile p
                     WHERE %(touched)s AND p.debit_move_id = i.id AND p.max_date <= %(day)s) d ON TRUE
 LEFT JOIN LATERAL (SELECT SUM(p.amount) AS company, SUM(p.credit_amount_currency) AS amount
                      FROM account_partial_reconcile p
                     WHERE %(touched)s AND p.credit_move_id = i.id AND p.max_date <= %(day)s) c ON TRUE
             WHERE i.id IN (
                       SELECT u.id FROM account_move_line u
                        WHERE u.account_id = ANY(%(accounts)s) AND u.reconciled IS NOT TRUE
                        UNION ALL
                       SELECT p.debit_move_id FROM account_partial_reconcile p WHERE p.max_date > %(day)s
                        UNION ALL
                       SELECT p.credit_move_id FROM account_partial_reconcile p WHERE p.max_date > %(day)s)
               AND i.account_id = ANY(%(accounts)s) AND i.parent_state = 'posted' AND i.company_id = ANY(%(companies)s)
               AND i.date <= %(day)s AND %(where)s
        ) o WHERE ROUND(o.company, %(company_places)s) <> 0 OR ROUND(o.amount, %(places)s) <> 0
        """,
        accounts=list(accounts),
        companies=list(scope.company_ids),
        touched=SQL(
            "(i.amount_residual, i.amount_residual_currency) IS DISTINCT FROM (i.balance, i.amount_currency)",
        ),
        amount=_open_amount(scope),
        day=scope.day,
        where=SQL(" AND ").join(conditions),
        places=scope.places,
        company_places=scope.company_places,
    )


def _open_amount(scope):
    """What is open of an item in the journal's currency; one in a third currency at the rate of its day."""
    company = SQL("(i.balance - COALESCE(d.company, 0) + COALESCE(c.company, 0))")
    if not scope.is_foreign:
        return company
    return SQL(
        """CASE WHEN i.currency_id = %(currency)s
                THEN i.amount_currency - COALESCE(d.amount, 0) + COALESCE(c.amount, 0)
                ELSE ROUND(%(company)s * COALESCE(%(ratio)s, %(rate)s, 1), %(places)s) END""",
        currency=scope.currency_id,
        company=company,
        # A bank line with an original amount: as its own bank side was converted.
        ratio=SQL(
            """(SELECT SUM(b.amount_currency) / NULLIF(SUM(b.balance), 0) FROM account_move_line b
                 WHERE b.move_id = i.move_id AND b.account_id = %s AND i.statement_line_id IS NOT NULL)""",
            scope.account_id,
        ),
        rate=SQL(
            """(SELECT r.rate FROM res_currency_rate r
                 WHERE r.currency_id = %s AND COALESCE(r.company_id, %s) = %s AND r.name <= i.date
              ORDER BY r.company_id NULLS LAST, r.name DESC LIMIT 1)""",
            scope.currency_id,
            scope.root_id,
            scope.root_id,
        ),
        places=scope.places,
    )


def _unmatched(scope):
    """With the bank's sign: what the line says, against its side on the suspense account."""
    found = _open_items(
        scope,
        [scope.suspense_id],
        SQL("i.statement_line_id IS NOT NULL AND i.journal_id = %s", scope.journal_id),
    )
    return SQL("SELECT u.id, u.date, -u.amount AS amount, -u.company AS company FROM (%s) u", found)


def _suspense(scope):
    mine = SQL("i.journal_id = %s", scope.journal_id)
    if scope.has_own_suspense:
        mine = SQL("(%s OR NOT i.journal_id = ANY(%s))", mine, list(scope.bank_journal_ids))
    return _open_items(scope, [scope.suspense_id], SQL("i.statement_line_id IS NULL"), mine)


def _outstanding(scope):
    """Items of this journal; of journals that are no banks', those on accounts that only this one uses, or that come
    from its bank account."""
    from_bank = SQL(
        "EXISTS (SELECT FROM account_move_line b WHERE b.move_id = i.move_id AND b.account_id = %s)", scope.account_id
    )
    mine = SQL(
        "(i.journal_id = %s OR (NOT i.journal_id = ANY(%s) AND (i.account_id = ANY(%s) OR %s)))",
        scope.journal_id,
        list(scope.bank_journal_ids),
        list(scope.own_outstanding),
        from_bank,
    )
    return _open_items(scope, scope.outstanding_ids, mine)


_SECTIONS = {
    UNMATCHED: _unmatched,
    SUSPENSE: _suspense,
    OUTSTANDING: _outstanding,
    ENTRIES: _entries,
    OPENING: _opening,
    BETWEEN: _between,
    CHANGED: _changed,
}
