"""The readable summary of an export, by the PDF library that Odoo itself requires."""

import io
import json

from . import export_html

MARGIN, LINE, SIZE = 40, 12, 8
#: Right edges of the columns after the date, in points on landscape A4.
COLUMNS = (("date", 40), ("amount", 100), ("text", 190), ("partner", 390), ("state", 520), ("who", 590))
LENGTHS = {"date": 10, "amount": 18, "text": 44, "partner": 28, "state": 14, "who": 44}


def render(manifest, index, env):
    """The PDF as bytes: facts first, then a line for each suggestion."""
    # Loaded with the first export only.
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    width, height = landscape(A4)
    canvas = Canvas(buffer, pagesize=(width, height), pageCompression=1)
    pen = _Pen(canvas, height)
    pen.line([(MARGIN, env._("Evidence of AI Bookkeeper"))], size=16)
    pen.skip()
    for text in manifest["one_person"]:
        for part in _wrapped(text, 150):
            pen.line([(MARGIN, part)])
    for label, value in export_html.facts(manifest, env):
        pen.line([(MARGIN, label), (MARGIN + 160, value)])
    pen.skip()
    heads = {
        "date": env._("Date"),
        "amount": env._("Amount"),
        "text": env._("Bank text"),
        "partner": env._("Partner"),
        "state": env._("State"),
        "who": env._("Decided"),
    }
    pen.line([(left, heads[name]) for name, left in COLUMNS], bold=True)
    for text in index:
        pen.line(_cells(json.loads(text)))
    canvas.save()
    return buffer.getvalue()


def _cells(entry):
    who = " ".join(filter(None, (entry["decided_by"], entry["decided_at"], entry["policy"])))
    state = entry["state"] + (" *" if entry["changed_outside"] else "")
    values = {**entry, "amount": f"{entry['amount']} {entry['currency']}", "state": state, "who": who}
    return [(left, export_html.plain(values[name])[: LENGTHS[name]]) for name, left in COLUMNS]


def _wrapped(text, width):
    words, line = str(text).split(), ""
    for word in words:
        if len(line) + len(word) > width:
            yield line
            line = ""
        line = f"{line} {word}".strip()
    if line:
        yield line


class _Pen:
    """Writes lines from top to bottom, page by page."""

    def __init__(self, canvas, height):
        self.canvas, self.height = canvas, height
        self.y = height - MARGIN

    def line(self, cells, size=SIZE, bold=False):
        if self.y < MARGIN:
            self.canvas.showPage()
            self.y = self.height - MARGIN
        self.canvas.setFont("Helvetica-Bold" if bold else "Helvetica", size)
        for left, text in cells:
            # The standard fonts know Western letters; pages and evidence hold the text in full.
            self.canvas.drawString(left, self.y, str(text).encode("cp1252", "replace").decode("cp1252"))
        self.y -= max(LINE, size + 4)

    def skip(self):
        self.y -= LINE
