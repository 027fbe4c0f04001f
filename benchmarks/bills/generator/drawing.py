"""A bill as a PDF, in its vendor's style."""

from __future__ import annotations

import io
import random
from datetime import timedelta
from functools import lru_cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from .. import fonts
from . import numbers
from .make import Bill
from .words import DISTRACTORS, LABELS, ODD

_LEFT, _RIGHT = 50.0, 50.0
_WIDTHS = {"position": 28, "quantity": 52, "price": 72, "rate": 44, "amount": 84}


@lru_cache
def _font(name: str, is_bold: bool) -> str:
    key = f"{name}{'-bold' if is_bold else ''}"
    pdfmetrics.registerFont(TTFont(key, fonts.path(name, is_bold)))
    return key


def pdf(bill: Bill, scale: float = 1.0) -> bytes:
    """The document's bytes. ``scale``: of the type, to draw the same bill as if from another printer."""
    return _Drawing(bill, scale).bytes()


class _Drawing:
    """Collects what stands where, page by page, then writes it in the order of the style."""

    def __init__(self, bill: Bill, scale: float):
        self.bill, self.vendor, self.style = bill, bill.vendor, bill.vendor.style
        self.country = bill.vendor.country
        self.width, self.height = self.style.page
        self.size = self.style.size * scale
        self.pages: list[list[tuple]] = [[]]
        self.y = self.height - 50

    def bytes(self) -> bytes:
        self._head()
        self._buyer()
        self._meta()
        self._table()
        self._totals()
        self._closing()
        out = io.BytesIO()
        canvas = Canvas(out, pagesize=(self.width, self.height), invariant=1)
        for at, page in enumerate(self.pages, 1):
            self._footer(page, at)
            random.Random(self.style.order).shuffle(page)
            for draw, *arguments in page:
                getattr(canvas, draw)(*arguments) if draw != "text" else self._write(canvas, *arguments)
            canvas.showPage()
        canvas.save()
        return out.getvalue()

    @staticmethod
    def _write(canvas, x, y, text, font, size, align):
        canvas.setFont(font, size)
        {"left": canvas.drawString, "right": canvas.drawRightString, "centre": canvas.drawCentredString}[align](
            x, y, text
        )

    def word(self, name: str, **values) -> str:
        """The vendor's own wording of a label, always the same."""
        ways = (self.style.is_odd and ODD.get(name)) or LABELS[self.country.language][name]
        text = ways[self.style.wording % len(ways)]
        return text.format(**values) if values else text

    def text(self, x, y, text, *, size=0.0, bold=False, align="left", page=None):
        font = _font(self.style.font, bold)
        (self.pages[-1] if page is None else page).append(("text", x, y, text, font, size or self.size, align))

    def money(self, value) -> str:
        return numbers.money(value, self.country, self.style.sign)

    def day(self, value) -> str:
        return numbers.day(value, self.style.date_form, self.country.language)

    @property
    def right(self):
        return self.width - _RIGHT

    def _address(self):
        vendor = self.vendor
        town = (
            f"{vendor.town} {vendor.zip}"
            if self.country.code in ("US", "GB", "IN", "IE")
            else f"{vendor.zip} {vendor.town}"
        )
        return [vendor.street, town]

    def _head(self):
        place = self.style.head
        x, align = {"right": (self.right, "right"), "centre": (self.width / 2, "centre")}.get(place, (_LEFT, "left"))
        if place == "footer":
            self.y -= 40
            return
        if place == "sender_line":
            self.text(_LEFT, self.y - 30, " · ".join((self.vendor.name, *self._address())), size=6.5)
            self.y -= 45
            return
        self.text(x, self.y, self.vendor.name, size=self.size * 1.9, bold=True, align=align)
        lines = [*self._address(), self.vendor.phone, self.vendor.email]
        for at, line in enumerate(lines[: 2 if self.style.is_logo_only else 4], 1):
            self.text(x, self.y - 6 - at * self.size * 1.3, line, align=align)
        self.y -= 6 + 5 * self.size * 1.3

    def _buyer(self):
        self.y -= 30
        x = self.width / 2 + 30 if self.style.is_buyer_right else _LEFT
        if self.style.has_buyer_label:
            self.text(x, self.y + self.size * 1.4, self.word("bill_to"), size=self.size * 0.9, bold=True)
        for line in self.vendor.buyer:
            self.text(x, self.y, line)
            self.y -= self.size * 1.35
        self.y -= 24 + self.style.shift

    def _title(self) -> str:
        return self.word(self.bill.kind)

    def _facts(self):
        """(label, value) of number and days, with what stands beside them."""
        bill = self.bill
        rows = [(self.word("number"), bill.number), (self.word("date"), self.day(bill.date))]
        if bill.kind != "invoice":
            rows[0] = (self._title(), bill.number)
        if self.style.has_due:
            rows.append((self.word("due"), self.day(bill.due)))
        values = {"customer": bill.customer, "order": bill.order, "delivery": self.day(bill.date)}
        rows += [(self.word(name), values[name]) for name in self.style.extras]
        if self.style.is_odd:
            rows.append((self.distractor("number"), f"{bill.customer}/{bill.date.day}"))
            rows.append((self.distractor("date"), self.day(bill.date - timedelta(9))))
        random.Random(self.style.order).shuffle(rows)
        return rows

    def distractor(self, name: str) -> str:
        ways = DISTRACTORS[name]
        return ways[self.style.wording % len(ways)]

    def _meta(self):
        getattr(self, f"_meta_{self.style.meta}")(self._facts())
        self.y -= 18
        if self.style.has_summary:
            self.y -= 6
            self.text(
                self.right, self.y, f"{self.word('total')}  {self.money(self.bill.total)}", bold=True, align="right"
            )
            self.y -= 30

    def _big_title(self, text=""):
        self.text(_LEFT, self.y, text or self._title(), size=self.size * 1.7, bold=True)
        self.y -= self.size * 2.6

    def _meta_inline(self, rows):
        self._big_title()
        x = _LEFT if self.style.meta_side == "left" else self.width * 0.58
        for label, value in rows:
            self.text(x, self.y, f"{label}{self.style.colon} {value}")
            self.y -= self.size * 1.4

    def _meta_columns(self, rows):
        self._big_title()
        x = _LEFT if self.style.meta_side == "left" else self.width * 0.58
        for label, value in rows:
            self.text(x, self.y, f"{label}{self.style.colon}")
            end = self.right if self.style.meta_side == "right" else x + 190
            self.text(end, self.y, value, align="right")
            self.y -= self.size * 1.4

    def _meta_header_row(self, rows):
        self._big_title()
        step = (self.right - _LEFT) / max(len(rows), 3)
        for at, (label, value) in enumerate(rows):
            self.text(_LEFT + at * step, self.y, label, bold=True, size=self.size * 0.9)
            self.text(_LEFT + at * step, self.y - self.size * 1.5, value)
        self.y -= self.size * 3.2

    def _meta_stacked(self, rows):
        self._big_title()
        x = _LEFT if self.style.meta_side == "left" else self.width * 0.62
        for label, value in rows:
            self.text(x, self.y, label, size=self.size * 0.8)
            self.text(x, self.y - self.size * 1.2, value, bold=True)
            self.y -= self.size * 2.8

    def _meta_sentence(self, rows):
        told = {label: value for label, value in rows if value != self.bill.number}
        self._big_title(f"{self.word('number') if self.bill.kind == 'invoice' else self._title()} {self.bill.number}")
        for label, value in told.items():
            self.text(_LEFT, self.y, f"{label}{self.style.colon} {value}")
            self.y -= self.size * 1.4

    def _edges(self):
        """column -> (x, align); the description takes what is left."""
        names = self.style.columns
        fixed = sum(_WIDTHS.get(name, 0) for name in names)
        x, found = _LEFT, {}
        for name in names:
            width = _WIDTHS.get(name, self.right - _LEFT - fixed)
            is_left = name in ("description", "position")
            found[name] = (x, "left") if is_left else (x + width - 6, "right")
            x += width
        return found

    def _table_head(self, edges):
        if self.style.ruling == "shade":
            self.pages[-1].insert(0, ("rect", _LEFT - 4, self.y - 5, self.right - _LEFT + 8, 0.5, 0, 1))
        for name, (x, align) in edges.items():
            label = "Pos." if name == "position" else self.word(name)
            self.text(x, self.y, label, bold=True, size=self.size * 0.92, align=align)
        if self.style.ruling in ("head", "all"):
            self._rule()
        self.y -= self.size * 2

    def _rule(self):
        self.pages[-1].append(("line", _LEFT, self.y - 4, self.right, self.y - 4))

    def _table(self):
        edges = self._edges()
        self._table_head(edges)
        for at, line in enumerate(self.bill.lines, 1):
            if self.y < 150:
                self._next_page()
                self._table_head(edges)
            cells = {
                "position": str(at),
                "description": line.text,
                "quantity": numbers.quantity(line.quantity, self.country),
                "price": numbers.amount(line.unit_price, self.country),
                "rate": f"{numbers.quantity(line.rate, self.country)} %",
                "amount": numbers.amount(line.total, self.country),
            }
            for name, (x, align) in edges.items():
                self.text(x, self.y, cells[name], align=align)
            if line.detail:
                self.y -= self.size * 1.2
                self.text(edges["description"][0], self.y, line.detail, size=self.size * 0.85)
            if self.style.ruling == "all":
                self._rule()
            self.y -= self.size * 1.7

    def _next_page(self):
        self.pages.append([])
        self.y = self.height - 60

    def _totals(self):
        rows = [(self.word("net"), self.bill.net, False)]
        for rate, _base, tax in self.bill.taxes:
            rows.append((self.word("tax", rate=numbers.quantity(rate, self.country)), tax, False))
        rows.append((self.word("total"), self.bill.total, True))
        if self.y < 150 + len(rows) * self.size * 1.7:
            self._next_page()
        self.y -= 8
        if self.style.has_tax_table:
            self._tax_table()
        label_x = {"right": self.right - 190, "wide": _LEFT, "left": _LEFT}[self.style.totals]
        value_x = _LEFT + 230 if self.style.totals == "left" else self.right - 6
        for label, value, is_bold in rows:
            self.text(label_x, self.y, f"{label}{self.style.colon}", bold=is_bold)
            self.text(value_x, self.y, self.money(value), bold=is_bold, align="right")
            self.y -= self.size * 1.7
        if self.style.is_odd:
            held = self.money((self.bill.total * 3).quantize(self.bill.total))
            self.text(label_x, self.y, f"{self.distractor('amount')}{self.style.colon}")
            self.text(value_x, self.y, held, align="right")
            self.y -= self.size * 1.7

    def _tax_table(self):
        heads = (self.word("rate"), self.word("net"), self.word("rate"), self.word("total"))
        xs = (_LEFT + 40, _LEFT + 150, _LEFT + 240, _LEFT + 340)
        for x, head in zip(xs, heads, strict=True):
            self.text(x, self.y, head, size=self.size * 0.8, align="right")
        self.y -= self.size * 1.3
        for rate, base, tax in self.bill.taxes:
            values = (
                f"{numbers.quantity(rate, self.country)} %",
                *(numbers.amount(v, self.country) for v in (base, tax, base + tax)),
            )
            for x, value in zip(xs, values, strict=True):
                self.text(x, self.y, value, size=self.size * 0.85, align="right")
            self.y -= self.size * 1.3
        self.y -= 10

    def _closing(self):
        self.y -= 16
        if self.style.has_terms == "days" and self.style.days:
            self.text(_LEFT, self.y, self.word("terms", days=self.style.days))
        elif self.style.has_terms == "until":
            self.text(_LEFT, self.y, self.word("until", due=self.day(self.bill.due)))
        self.y -= self.size * 1.6
        self.text(_LEFT, self.y, self.bill.note or self.word("thanks"))
        if self.style.footer == "paragraph" and self.vendor.iban:
            self.y -= self.size * 1.8
            self.text(_LEFT, self.y, f"IBAN {self._iban()}")

    def _iban(self):
        return numbers.grouped(self.vendor.iban) if self.style.is_iban_grouped else self.vendor.iban

    def _registered(self):
        """(label, number) of what registers and banks gave out."""
        label = self.country.vat_label or self.word("vat")
        rows = [f"{label} {self.vendor.vat}"] if self.vendor.vat else []
        if self.vendor.iban and self.style.footer != "paragraph":
            rows.append(f"IBAN {self._iban()}")
        return rows

    def _footer(self, page, at):
        blocks = [[self.vendor.name, *self._address()], [self.vendor.phone, self.vendor.email, self.vendor.website]]
        blocks.append(self._registered())
        if self.style.footer == "line":
            self.text(self.width / 2, 46, " · ".join(blocks[0] + blocks[1][:2]), size=6.5, align="centre", page=page)
            self.text(self.width / 2, 36, "   ".join(blocks[2]), size=6.5, align="centre", page=page)
        else:
            for column, block in enumerate(blocks):
                for row, text in enumerate(block):
                    self.text(_LEFT + column * 175, 62 - row * 9, text, size=7, page=page)
        if len(self.pages) > 1:
            self.text(
                self.right, 22, self.word("page", page=at, pages=len(self.pages)), size=7, align="right", page=page
            )
