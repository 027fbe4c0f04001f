"""The reconciliation statement as PDF, by the library that Odoo itself requires."""

import io

from odoo.tools import format_datetime, formatLang
from odoo.tools.misc import file_path

MARGIN, LINE, SIZE = 42, 12, 8
#: Odoo ships it; the standard fonts know Western letters only.
FONT = "web/static/fonts/sign/NotoSans-Reg.ttf"
WIDTHS = {"day_text": 55, "entry": 95, "label": 215, "partner_name": 95}


def render(sheet, env):
    """The PDF as bytes: facts, the proof of the balance, what waits, then every item."""
    # Loaded with the first statement only.
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, pageCompression=1)
    canvas.setTitle(f"{sheet['title']} {sheet['journal']['name']} {sheet['day']}")
    printed = format_datetime(env, env.cr.now(), dt_format="short")
    footer = env._("%(company)s, %(journal)s, %(day)s. Printed %(at)s by %(who)s")
    footer %= {
        "company": sheet["company"],
        "journal": sheet["journal"]["name"],
        "day": sheet["day_text"],
        "at": printed,
        "who": env.user.name,
    }
    page = _Page(canvas, *A4, font=_font(), footer=footer, page_word=env._("Page"))
    money = _money(env, sheet["currency_id"])
    page.text(sheet["title"], size=15)
    page.skip()
    for label, value in sheet["facts"]:
        page.pair(label, value)
    page.skip()
    for rows in (sheet["proof"], sheet["waiting"]):
        for label, amount, is_total in rows:
            page.amount(label, money(amount), is_total)
        page.skip()
    for note in sheet["notes"]:
        page.text(note)
    company = _money(env, sheet["company_currency_id"]) if sheet["is_foreign"] else None
    for section in sheet["sections"]:
        _section(page, section, money, company)
    page.signatures([env._("Prepared by, date"), env._("Looked over by, date")])
    page.end()
    return buffer.getvalue()


def _section(page, section, money, company):
    if not section["count"]:
        page.amount(f"{section['title']} (0)", money(section["amount"]), True)
        return
    page.skip()
    page.amount(f"{section['title']} ({section['count']})", money(section["amount"]), True)
    for row in section["rows"]:
        page.row(row, money(row["amount"]))
        remarks = [company(row["company_amount"])] if company else []
        if row.get("since") and row["since"]["state"] != "open":
            remarks.append(row["since"]["text"])
        if remarks:
            page.text(", ".join(remarks), left=MARGIN + WIDTHS["day_text"], size=SIZE - 1)


def _money(env, currency_id):
    currency = env["res.currency"].browse(currency_id)
    return lambda text: formatLang(env, float(text), currency_obj=currency)


def _font():
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFError, TTFont

    if "AiWide" not in pdfmetrics.getRegisteredFontNames():
        try:
            pdfmetrics.registerFont(TTFont("AiWide", file_path(FONT)))
        except (FileNotFoundError, TTFError):
            return "Helvetica"
    return "AiWide"


class _Page:
    """Writes from top to bottom, page by page."""

    def __init__(self, canvas, width, height, font, footer, page_word):
        self.canvas, self.width, self.height = canvas, width, height
        self.font, self.footer, self.page_word = font, footer, page_word
        self.number, self.y = 1, height - MARGIN

    def _room(self, height):
        if self.y - height < MARGIN + LINE:
            self._finish()
            self.y = self.height - MARGIN

    def _finish(self):
        self._draw(MARGIN, MARGIN - LINE, self.footer, SIZE - 1)
        self._draw(self.width - MARGIN, MARGIN - LINE, f"{self.page_word} {self.number}", SIZE - 1, is_right=True)
        self.canvas.showPage()
        self.number += 1

    def end(self):
        self._finish()
        self.canvas.save()

    def _draw(self, left, y, text, size, is_right=False):
        text = str(text)
        if self.font == "Helvetica":
            text = text.encode("cp1252", "replace").decode("cp1252")
        self.canvas.setFont(self.font, size)
        (self.canvas.drawRightString if is_right else self.canvas.drawString)(left, y, text)

    def _cut(self, text, width, size=SIZE):
        text = " ".join(str(text).split())
        room = width - 6
        while text and self.canvas.stringWidth(text, self.font, size) > room:
            kept = max(0, int(len(text) * room / self.canvas.stringWidth(text, self.font, size)) - 1)
            text = f"{text[:kept].rstrip()}…" if kept else ""
        return text

    def _wrapped(self, text, width, size):
        line = ""
        for word in str(text).split():
            longer = f"{line} {word}".strip()
            if line and self.canvas.stringWidth(longer, self.font, size) > width:
                yield line
                longer = word
            line = longer
        yield self._cut(line, width, size) if line else ""

    def text(self, text, left=MARGIN, size=SIZE):
        for part in self._wrapped(text, self.width - MARGIN - left, size):
            self._room(size + 4)
            self.y -= size + 4
            self._draw(left, self.y, part, size)

    def pair(self, label, value):
        begin = MARGIN + 110
        for number, part in enumerate(self._wrapped(value, self.width - MARGIN - begin, SIZE)):
            self._room(LINE)
            self.y -= LINE
            if not number:
                self._draw(MARGIN, self.y, label, SIZE)
            self._draw(begin, self.y, part, SIZE)

    def amount(self, label, amount, is_total):
        size = SIZE + 1 if is_total else SIZE
        left = MARGIN if is_total else MARGIN + 12
        parts = list(self._wrapped(label, self.width - 2 * MARGIN - 130, size))
        self._room((LINE + 2) * len(parts))
        for number, part in enumerate(parts):
            self.y -= LINE + 2
            self._draw(left, self.y, part, size)
            if not number:
                self._draw(self.width - MARGIN, self.y, amount, size, is_right=True)
        if is_total:
            self.canvas.line(MARGIN, self.y - 3, self.width - MARGIN, self.y - 3)

    def row(self, row, amount):
        self._room(LINE)
        self.y -= LINE
        left = MARGIN
        for name, width in WIDTHS.items():
            self._draw(left, self.y, self._cut(row.get(name) or "", width), SIZE)
            left += width
        self._draw(self.width - MARGIN, self.y, amount, SIZE, is_right=True)

    def signatures(self, labels):
        """A line for each to sign on, beside each other."""
        self._room(5 * LINE)
        self.y -= 4 * LINE
        width = (self.width - 2 * MARGIN) / len(labels)
        for number, label in enumerate(labels):
            left = MARGIN + number * width
            self.canvas.line(left, self.y, left + width - 24, self.y)
            self._draw(left, self.y - LINE, label, SIZE)

    def skip(self):
        self.y -= LINE
