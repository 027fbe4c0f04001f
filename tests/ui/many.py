"""Thousands of pending suggestions, made by the database from one real one: for counts and times, not for booking."""

from odoo.tools import SQL


def add_copies(env, suggestion, count):
    """``count`` copies of a pending suggestion and of its bank line with its entry; ids of the new suggestions."""
    line = suggestion.statement_line_id
    env.flush_all()
    numbers = {"amount": SQL("amount + n"), "date": SQL("date - n %% 90")}
    move_ids = _copy(env, "account_move", line.move_id.id, count, {"name": SQL("name || '-' || n")})
    own = {"move_id": SQL("%s + n", move_ids[0] - 1), "ai_fingerprint": SQL("NULL")}
    line_ids = _copy(env, line._table, line.id, count, own)
    for item in line.move_id.line_ids:
        _copy(env, "account_move_line", item.id, count, {"move_id": SQL("%s + n", move_ids[0] - 1)})
    env.cr.execute(
        SQL(
            "UPDATE account_move SET statement_line_id = id - %s WHERE id = ANY(%s)",
            move_ids[0] - line_ids[0],
            move_ids,
        )
    )
    changes = {
        **numbers,
        "res_id": SQL("%s + n", line_ids[0] - 1),
        "label": SQL("label || ' copy ' || n"),
        "confidence": SQL("0.7 + (n %% 30) / 100.0"),
        "partner_id": SQL("CASE WHEN n %% 10 = 0 THEN NULL ELSE partner_id END"),
    }
    ids = _copy(env, suggestion._table, suggestion.id, count, changes)
    env.invalidate_all()
    env.cr.execute("ANALYZE ai_suggestion, account_bank_statement_line, account_move, account_move_line")
    return ids


def _copy(env, table, source_id, count, changes):
    """``count`` copies of one row; ``changes``: {column: SQL with the number ``n`` of the copy, from 1}."""
    columns = [
        name
        for [name] in env.execute_query(
            SQL(
                """SELECT column_name FROM information_schema.columns
                    WHERE table_name = %s AND table_schema = 'public' AND is_generated = 'NEVER'
                    ORDER BY ordinal_position""",
                table,
            )
        )
    ]
    [(first,)] = env.execute_query(SQL("SELECT max(id) + 1 FROM %s", SQL.identifier(table)))
    values = {name: SQL.identifier("source", name) for name in columns}
    values.update(changes, id=SQL("%s + n", first - 1))
    env.cr.execute(
        SQL(
            "INSERT INTO %s (%s) SELECT %s FROM %s source, generate_series(1, %s) n WHERE source.id = %s",
            SQL.identifier(table),
            SQL(", ").join(map(SQL.identifier, values)),
            SQL(", ").join(values.values()),
            SQL.identifier(table),
            count,
            source_id,
        )
    )
    env.cr.execute(SQL("SELECT setval(%s, %s)", f"{table}_id_seq", first + count))
    return list(range(first, first + count))
