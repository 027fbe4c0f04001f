"""Sentences, in the reader's language, for what the parsers and the importer found."""

from markupsafe import Markup

from odoo.tools import LazyTranslate, format_date

_lt = LazyTranslate(__name__)

#: Why a file was refused, by the parser's code. A code that is not here keeps the parser's English sentence.
ERRORS = {
    "amount_out_of_range": _lt("%(amount)s is not a plausible amount. Check the file, or ask the bank for a new one."),
    "bad_amount": _lt(
        "“%(text)s” is not an amount. Check this place in the file, or the column chosen for the amount."
    ),
    "bad_date": _lt("“%(text)s” is not a date. Check this place in the file, or the chosen order of day and month."),
    "broken_sheet": _lt("The workbook is damaged. Open it in Excel and save it again, or export CSV."),
    "broken_xml": _lt("The file is not valid XML. Get it again from the bank, and don't edit it by hand."),
    "broken_zip": _lt("The archive is damaged or incomplete. Download it again from the bank."),
    "empty_file": _lt("The file is empty. Download it again from the bank."),
    "encrypted": _lt("The archive has a password. Unpack it first, then import its files."),
    "entities_forbidden": _lt(
        "The file declares a document type or entities, which no bank does and which can be an attack. "
        "It was not read. Get the statement from the bank itself."
    ),
    "library_missing": _lt("Reading it needs the Python library %(library)s. Ask your administrator to install it."),
    "missing_field": _lt("An entry lacks its %(field)s. Get the file again from the bank, and don't edit it by hand."),
    "mixed_currency": _lt(
        "The statement is in %(currency)s, but an entry is in %(other)s. "
        "Ask the bank for one file for each currency account."
    ),
    "nested_zip": _lt("The archive holds another archive. Unpack it first."),
    "no_amount": _lt("No column holds the amount. Choose it among the columns."),
    "no_date": _lt("No column holds the date. Choose it among the columns."),
    "no_rows": _lt("The sheet is empty. Export the account again."),
    "not_text": _lt(
        "This is not a bank file that can be read. Export the statement from the bank as CAMT.053, MT940, OFX, QIF, "
        "CSV or XLSX."
    ),
    "old_workbook": _lt("This is an old or protected Excel file. Save it as XLSX or CSV first."),
    "pdf": _lt("A PDF can't be imported as a statement. Download CAMT.053, MT940, OFX or CSV from the bank."),
    "too_large": _lt("The file is larger than the limit. Export a shorter period."),
    "too_many_rows": _lt("The file has more than %(limit)s rows. Export a shorter period."),
    "truncated": _lt("The file ends in the middle: the download was cut off. Get it again from the bank."),
    "unknown_xml": _lt("This XML file is not a bank statement. Ask the bank for CAMT.053."),
    "unsupported_type": _lt("The QIF file holds no bank transactions. Export the bank account."),
    "zip_bomb": _lt(
        "The archive unpacks to far more than a bank statement. It was not opened. Ask the bank for the statement."
    ),
}

#: What a person should know although the file was read.
NOTES = {
    "account_unset": _lt(
        "The journal has no bank account number to compare with; the file says %(account)s. Set it on the journal."
    ),
    "all_known": _lt("Every line of this file was already there. Nothing was added."),
    "ambiguous_amounts": _lt("The amounts can be read in two ways; “%(decimal_mark)s” was taken for the decimal mark."),
    "ambiguous_dates": _lt("The dates can be read in two ways (%(example)s); they were read as %(order)s."),
    "balance_gap": _lt("Statement %(statement)s does not add up: %(found)s stated, %(expected)s expected (%(gap)s)."),
    "balance_gap_between": _lt(
        "Statement %(statement)s opens with %(found)s, but the one before closes with %(expected)s (%(gap)s): "
        "a statement may be missing between them."
    ),
    "balance_gap_running": _lt(
        "The running balance breaks %(count)s time(s), first on line %(line)s: %(found)s stated, %(expected)s expected."
    ),
    "balance_gap_journal": _lt(
        "The file opens with %(found)s, but the journal's last statement before it closes with %(expected)s "
        "(%(gap)s): a statement may be missing between them."
    ),
    "batch_rest": _lt("A batch on line %(line)s is larger than its parts; the rest is a line of its own."),
    "batch_whole": _lt("The parts of a batch on line %(line)s don't add up; it stays one line."),
    "before_cut_over": _lt(
        "%(count)s line(s) up to %(date)s were left out: until the cut-over of that day the books were kept by hand."
    ),
    "cut_over_agrees": _lt(
        "The account held %(count)s entries that were posted by hand; their balance of %(balance)s is what the bank's "
        "lines begin with, so nothing is counted twice. What is older than %(date)s will not be imported."
    ),
    "cut_over_waits": _lt(
        "The bank account already holds %(count)s entries that were posted by hand, the last on %(date)s. To import "
        "the file would count them twice, so it waits for a cut-over: nothing is written before somebody accepts it."
    ),
    "currency_inactive": _lt(
        "%(count)s line(s) name an original amount in %(currencies)s, which is not active here; "
        "it was kept as information only."
    ),
    "date_adjusted": _lt("A day that does not exist (line %(line)s) was read as the last one of its month."),
    "empty": _lt("The file holds no lines."),
    "interim": _lt("This is an interim report: the bank may still change its lines. No statement was made of it."),
    "no_balances": _lt("The file tells no balances, so missing lines can't be noticed."),
    "no_currency": _lt("The file names no currency; the journal's was taken."),
    "notification": _lt("This is a notification, not a statement: it may lack lines."),
    "other_parts": _lt("The file also holds other accounts, which were not imported here: %(accounts)s."),
    "pending_entries": _lt("%(count)s line(s) that the bank has not booked yet were left out."),
    "possible_doubles": _lt(
        "%(count)s line(s) have the date and amount of a line that was already there, but another text; "
        "they were kept. First: line %(line)s."
    ),
    "rows_skipped": _lt("%(count)s row(s) without a date were passed over."),
    "several_currencies": _lt("The file mixes currencies: %(currencies)s."),
    "statement_split": _lt(
        "Statement %(statement)s was partly there already and can't be shown as one; its new lines were added."
    ),
    "unfinished": _lt("The last page of %(statement)s announces another one that is not in the file."),
    "wrong_encoding": _lt("The file names a wrong encoding; it was read as %(encoding)s."),
}

_GAPS = {"between": "balance_gap_between", "running": "balance_gap_running", "journal": "balance_gap_journal"}


def error_sentence(env, filename, error):
    """“statement.xml, line 12: what is wrong and what to do.”

    :param BankFileError error: what the parser raised
    """
    inner = error.values.get("file")
    name = f"{filename} › {inner}" if inner else filename
    term = ERRORS.get(error.code)
    sentence = error.message if term is None else env._(term)
    try:
        sentence = sentence if term is None else sentence % error.values
    except (KeyError, TypeError, ValueError):
        sentence = error.message
    return at_place(env, name, error.line, sentence)


def at_place(env, filename, line, sentence):
    """Put the file and, where known, the line before a sentence."""
    if line:
        return env._("%(file)s, line %(line)s: %(sentence)s", file=filename, line=line, sentence=sentence)
    return env._("%(file)s: %(sentence)s", file=filename, sentence=sentence)


def note_sentence(env, code, values):
    """The sentence of one note; an unknown code stays visible as it is."""
    if code == "balance_gap":
        code = _GAPS.get(values.get("where"), code)
    term = NOTES.get(code)
    if term is None:
        return code
    shown = {key: ", ".join(map(str, value)) if isinstance(value, list) else value for key, value in values.items()}
    sentence = env._(term)
    try:
        return sentence % shown
    except (KeyError, TypeError, ValueError):
        return code


def note_list(env, notes):
    """The notes as an HTML list; what comes out of a file is escaped."""
    sentences = [note_sentence(env, code, values) for code, values in notes or []]
    if not sentences:
        return False
    items = Markup("").join(Markup("<li>%s</li>") % sentence for sentence in sentences)
    return Markup('<ul class="mb-0">%s</ul>') % items


def table(headers, rows):
    """A small HTML table of text cells, all escaped."""
    head = Markup("").join(Markup("<th>%s</th>") % text for text in headers)
    body = Markup("").join(
        Markup("<tr>%s</tr>") % Markup("").join(Markup("<td>%s</td>") % cell for cell in row) for row in rows
    )
    return Markup(
        '<table class="table table-sm table-striped mb-0"><thead><tr>%s</tr></thead><tbody>%s</tbody></table>'
    ) % (head, body)


def day_text(env, day):
    """A date as the reader writes it, or nothing."""
    return format_date(env, day) if day else ""
