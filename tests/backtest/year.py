"""A year of decided bank lines, many at once: rows copied in SQL from a few that Odoo itself made."""

from odoo.tools import SQL

MOVE, ITEM, LINE, PARTIAL = (
    "account_move",
    "account_move_line",
    "account_bank_statement_line",
    "account_partial_reconcile",
)


class Year:
    """Copies of whole entries, spread over the days of a year."""

    def __init__(self, env, first, days=360):
        self.env, self.first, self.days = env, first, days
        self.places = {}

    def multiply(self, times, rows, changes):
        """Copy the rows ``times`` times.

        :param dict rows: {table: ids}, entries before what points to them
        :param dict changes: {table: {column: SQL with ``n``, the number of the copy, and ``old`` the row's id}}
        """
        self.env.flush_all()
        cr = self.env.cr
        for table, ids in rows.items():
            cr.execute(SQL("SELECT COALESCE(max(id), 0) FROM %s", SQL.identifier(table)))
            top = cr.fetchone()[0] + 1000
            self.places[table] = {old: top + times * place for place, old in enumerate(sorted(ids))}
        for table, ids in rows.items():
            self._copy_table(table, ids, times, changes.get(table, {}))
        # Entries and bank lines point to each other.
        self.env.cr.execute(
            "UPDATE account_move m SET statement_line_id = st.id FROM account_bank_statement_line st "
            "WHERE st.move_id = m.id AND m.statement_line_id IS NULL"
        )

    def _copy_table(self, table, ids, times, changes):
        cr = self.env.cr
        cr.execute("SELECT column_name FROM information_schema.columns WHERE table_name = %s", (table,))
        columns = [name for (name,) in cr.fetchall()]
        links = {"move_id": MOVE, "statement_line_id": LINE, "debit_move_id": ITEM, "credit_move_id": ITEM}
        values = []
        for column in columns:
            if column == "id":
                value = self._new(table, SQL("t.id"))
            elif column in changes:
                value = changes[column]
            elif (table, column) == (MOVE, "statement_line_id"):
                value = SQL("NULL::int")
            elif column in links and links[column] in self.places:
                value = self._new(links[column], SQL("t.%s", SQL.identifier(column)))
            else:
                value = SQL("t.%s", SQL.identifier(column))
            values.append(value)
        names = SQL(", ").join(SQL.identifier(column) for column in columns)
        cr.execute(
            SQL(
                "INSERT INTO %s (%s) SELECT %s FROM %s t CROSS JOIN generate_series(0, %s) AS n WHERE t.id = ANY(%s)",
                SQL.identifier(table),
                names,
                SQL(", ").join(values),
                SQL.identifier(table),
                times - 1,
                list(ids),
            )
        )
        cr.execute(
            SQL(
                "SELECT setval(pg_get_serial_sequence(%s, 'id'), (SELECT max(id) FROM %s))",
                table,
                SQL.identifier(table),
            )
        )

    def _new(self, table, old):
        """The copy's id of a row that is copied too; what is not copied stays."""
        cases = [SQL("WHEN %s THEN %s + n", row, place) for row, place in self.places[table].items()]
        return SQL("(CASE %s %s ELSE %s END)", old, SQL(" ").join(cases), old)

    def day(self, shift=0):
        return SQL("(%s::date + (n %% %s)::int + %s)", self.first, self.days, shift)
