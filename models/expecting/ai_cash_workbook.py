"""The cash view as a workbook: the table of the weeks, and what makes them."""

import io
from datetime import date

import xlsxwriter

from odoo import api, models

from ...engine.expecting.weeks import week_of
from .ai_cash_view import IN_ROWS, OUT_ROWS


class AiCashView(models.AbstractModel):
    _inherit = "ai.cash.view"

    @api.model
    def _workbook(self, scope: str) -> tuple[str, bytes]:
        """(file name, XLSX) of the scope's weeks."""
        self._check_reader()
        chosen = self._scope(scope)
        view = self._view(chosen)
        content = io.BytesIO()
        book = xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
        formats = {
            "bold": book.add_format({"bold": True}),
            "money": book.add_format({"num_format": "#,##0.00"}),
            "total": book.add_format({"num_format": "#,##0.00", "bold": True, "top": 1}),
            "share": book.add_format({"num_format": "0.0 %"}),
        }
        self._weeks_sheet(book, formats, chosen, self._shown(chosen, view))
        self._items_sheet(book, formats, chosen, view)
        book.close()
        return f"cash-view-{view['at'].isoformat()}.xlsx", content.getvalue()

    def _weeks_sheet(self, book, formats, scope, shown):
        sheet, labels, weeks = book.add_worksheet(self.env._("Weeks")), self._labels(), shown["weeks"]
        sheet.set_column(0, 0, 30)
        sheet.set_column(1, len(weeks), 13)
        sheet.freeze_panes(2, 1)
        sheet.write_string(0, 0, f"{scope.label}, {scope.currency.name}", formats["bold"])
        sheet.write_string(1, 0, self.env._("Week from"), formats["bold"])
        for column, week in enumerate(weeks, start=1):
            sheet.write_string(1, column, week["start"], formats["bold"])
        lines = [(labels[name], "money", [week["rows"][name] for week in weeks]) for name in (*IN_ROWS, *OUT_ROWS)]
        lines += [
            (self.env._("Net"), "total", [week["net"] for week in weeks]),
            (self.env._("Balance, low"), "money", [week["low"] for week in weeks]),
            (self.env._("Balance, expected"), "total", [week["balance"] for week in weeks]),
            (self.env._("Balance, high"), "money", [week["high"] for week in weeks]),
        ]
        sheet.write_string(2, 0, self.env._("Opening balance"))
        sheet.write_number(2, 1, shown["opening"], formats["money"])
        for number, (label, style, values) in enumerate(lines, start=3):
            sheet.write_string(number, 0, label)
            for column, value in enumerate(values, start=1):
                if value is not None:
                    sheet.write_number(number, column, value, formats[style])
        self._error_lines(sheet, formats, shown["test"], len(lines) + 4)

    def _error_lines(self, sheet, formats, test, first):
        """What the back-test measured, under the table."""
        rows = (
            (self.env._("Weekly error, part of turnover"), test["ours"]),
            (self.env._("Mean of the last 13 weeks"), test["average"]),
            (self.env._("Same week a year before"), test["last_year"]),
        )
        for column, text in enumerate((self.env._("Middle"), self.env._("90 %"), self.env._("Weeks")), start=1):
            sheet.write_string(first, column, text, formats["bold"])
        for number, (label, error) in enumerate(rows, start=first + 1):
            sheet.write_string(number, 0, label)
            for column, name in enumerate(("median", "most"), start=1):
                if error[name] is not None:
                    sheet.write_number(number, column, error[name], formats["share"])
            sheet.write_number(number, 3, error["n"])

    def _items_sheet(self, book, formats, scope, view):
        sheet = book.add_worksheet(self.env._("What Makes Them"))
        titles = (
            self.env._("Week"),
            self.env._("Expected on"),
            self.env._("Due"),
            self.env._("What"),
            self.env._("Who"),
            self.env._("Amount"),
            self.env._("Low"),
            self.env._("High"),
        )
        sheet.set_column(0, 2, 12)
        sheet.set_column(3, 4, 28)
        sheet.set_column(5, 7, 13)
        for column, title in enumerate(titles):
            sheet.write_string(0, column, title, formats["bold"])
        events = sorted(view["events"], key=lambda event: event.day)
        rows = sorted(self._event_rows(scope, events), key=lambda row: row["day"])
        weeks = [week["start"] for week in self._shown(scope, view)["weeks"]]
        for number, row in enumerate(rows, start=1):
            week = week_of(date.fromisoformat(row["day"]), view["at"])
            for column, text in enumerate((weeks[week], row["day"], row["due"] or "", row["label"], row["name"])):
                sheet.write_string(number, column, text)
            for column, name in enumerate(("amount", "low", "high"), start=5):
                sheet.write_number(number, column, row[name], formats["money"])
