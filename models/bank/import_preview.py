"""What the wizard shows before an import: plain values, and HTML in which everything from the file is escaped."""

from markupsafe import Markup

from odoo.tools import format_amount

from ...readers.bankfile.sheet_mapping import COLUMNS
from .import_plan import journal_currency
from .import_texts import day_text, note_list, table

ROWS = 8
SAMPLES = 3


def part_preview(env, part, journal, plan):
    """Values of one account of a file; without a journal nothing is compared yet."""
    lines = [line for statement in part.statements for line in statement.lines]
    days = [line.date for line in lines]
    problems = plan.problems if plan else []
    if journal is None or not journal:
        problems = [("no_journal", env._("Choose the journal that the account belongs to."))]
    return {
        "filename": part.filename,
        "account": part.account,
        "currency": part.currency,
        "format": part.bank_file.format,
        "journal_id": journal.id if journal else False,
        "first": min(days, default=False),
        "last": max(days, default=False),
        "lines": len(lines),
        "new": len(plan.new) if plan else len(lines),
        "known": plan.known if plan else 0,
        "balances": _balances(env, part, journal),
        "notes": note_list(env, plan.notes if plan else part.bank_file.notes),
        "problems": [list(problem) for problem in problems],
        "rows": _rows(env, lines),
    }


def _balances(env, part, journal):
    """The statements with their balances, as a table."""
    currency = journal_currency(journal) if journal else env.company.currency_id

    def amount(value):
        return "" if value is None else format_amount(env, float(value), currency)

    headers = [env._("Statement"), env._("Date"), env._("Lines"), env._("Opening"), env._("Closing")]
    rows = [
        [
            statement.name or part.filename,
            day_text(env, statement.date),
            len(statement.lines),
            amount(statement.balance_start),
            amount(statement.balance_end),
        ]
        for statement in part.statements[:ROWS]
    ]
    more = len(part.statements) - ROWS
    rest = Markup("<p>%s</p>") % env._("and %(count)s more", count=more) if more > 0 else ""
    return table(headers, rows) + rest


def _rows(env, lines):
    headers = [env._("Date"), env._("Amount"), env._("Partner"), env._("Text")]
    rows = [[day_text(env, line.date), f"{line.amount:f}", line.partner_name, line.text[:120]] for line in lines[:ROWS]]
    return table(headers, rows)


def sheet_columns(env, preview, mapping, is_remembered):
    """The columns of a sheet, each with its name, first cells and meaning ("" for none)."""
    meanings = {getattr(mapping, role): role for role in COLUMNS if getattr(mapping, role) is not None}
    meanings = {**dict.fromkeys(mapping.texts, "texts"), **meanings}
    columns = []
    for index, name in enumerate(preview.columns):
        cells = [row[index] for row in preview.rows if index < len(row) and row[index]]
        sample = " · ".join(cell[:40] for cell in list(dict.fromkeys(cells))[:SAMPLES])
        columns.append({"position": index, "header": name, "sample": sample, "meaning": meanings.get(index, "")})
    return {
        "signature": preview.signature,
        "columns": columns,
        "date_format": mapping.date_format,
        "decimal_mark": mapping.decimal_mark,
        "inverse_sign": mapping.inverse_sign,
        "debit_negative": mapping.debit_negative,
        "skip_rows": mapping.skip_rows,
        "is_remembered": is_remembered,
        "notes": False if is_remembered else note_list(env, preview.notes),
    }
