"""The reconciliation statement as a workbook, by the library that Odoo itself requires: figures are figures."""

import io
from datetime import date

COLUMNS = ("day", "entry", "label", "partner_name", "amount", "company_amount", "since")


def render(sheet, env):
    """The workbook as bytes: one sheet with the statement, one with every item."""
    # Loaded with the first statement only.
    import xlsxwriter

    buffer = io.BytesIO()
    # What a bank wrote is text, also where it begins with "=" or looks like an address.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        places = env["res.currency"].browse(sheet["currency_id"]).decimal_places
        styles = {
            "head": book.add_format({"bold": True, "font_size": 14}),
            "total": book.add_format({"bold": True, "top": 1, "text_wrap": True}),
            "text": book.add_format({"text_wrap": True, "valign": "top"}),
            "bold": book.add_format({"bold": True}),
            "money": book.add_format({"num_format": _number(places)}),
            "sum": book.add_format({"num_format": _number(places), "bold": True, "top": 1}),
            "day": book.add_format({"num_format": "yyyy-mm-dd"}),
        }
        _statement(book.add_worksheet(env._("Statement")[:31]), sheet, styles)
        _items(book.add_worksheet(env._("Items")[:31]), sheet, styles, env)
    return buffer.getvalue()


def _number(places):
    return "#,##0" + ("." + "0" * places if places else "")


def _statement(page, sheet, styles):
    page.set_column(0, 0, 78)
    page.set_column(1, 1, 18)
    page.write_string(0, 0, sheet["title"], styles["head"])
    row = 2
    for label, value in sheet["facts"]:
        page.write_string(row, 0, f"{label}: {value}", styles["text"])
        row += 1
    for rows in (sheet["proof"], sheet["waiting"]):
        row += 1
        for label, amount, is_total in rows:
            page.write_string(row, 0, label, styles["total" if is_total else "text"])
            page.write_number(row, 1, float(amount), styles["sum" if is_total else "money"])
            row += 1
    for note in sheet["notes"]:
        row += 1
        page.write_string(row, 0, note, styles["text"])


def _items(page, sheet, styles, env):
    names = [env._("Section"), env._("Date"), env._("Entry"), env._("Text"), env._("Partner"), env._("Amount")]
    names += [env._("In Company Currency"), env._("Since")]
    for column, (name, width) in enumerate(zip(names, (32, 12, 20, 50, 28, 16, 20, 36), strict=True)):
        page.set_column(column, column, width)
        page.write_string(0, column, name, styles["bold"])
    page.freeze_panes(1, 0)
    number = 0
    for section in sheet["sections"]:
        for item in section["rows"]:
            number += 1
            page.write_string(number, 0, section["title"])
            _cells(page, number, item, styles)
    page.autofilter(0, 0, max(number, 1), len(names) - 1)


def _cells(page, number, item, styles):
    for column, name in enumerate(COLUMNS, 1):
        value = item.get(name)
        if name == "day":
            page.write_datetime(number, column, date.fromisoformat(value), styles["day"])
        elif name in ("amount", "company_amount"):
            page.write_number(number, column, float(value or 0), styles["money"])
        elif name == "since":
            page.write_string(number, column, (value or {}).get("text", ""))
        else:
            page.write_string(number, column, str(value or ""))
