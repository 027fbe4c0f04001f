"""Where the vendor sits: the lines under or beside his name, and the country that his numbers tell."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..text import fold
from .candidate import Candidate
from .paper import Paper
from .sheet import Row

#: How many lines below a name its address may take.
LINES = 6
_BULLETS = re.compile(r"\s*[●•·∙|¦◦▪�]\s*|\s+[-–—]\s+|,\s+")
_ZIP_CITY = re.compile(
    r"^(?:(?P<land>[A-Z]{1,3})[-\s])?(?P<zip>\d{4}\s?[A-Z]{2}|\d{5}-\d{3}|\d{2}-\d{3}|\d{3}\s\d{2}|\d{4}-\d{3}|\d{4,6})\s+"
    r"(?P<city>[^\W\d_][^\d]{1,40})$"
)
_CITY_ZIP = re.compile(
    r"^(?P<city>[^\W\d_][^\d,]{1,40}?),?\s+(?:[A-Z]{2}\s+)?"
    r"(?P<zip>\d{5}(?:-\d{4})?|[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}|[A-Z]\d\d\s[A-Z\d]{4}|[A-Z]\d[A-Z]\s?\d[A-Z]\d|\d{6}|\d{4})$"
)
_NUMBERED = re.compile(r"\d")
#: Folded names of countries as addresses and invoices write them.
_COUNTRIES = {
    "DE": "GERMANY DEUTSCHLAND ALLEMAGNE DUITSLAND ALEMANIA GERMANIA",
    "AT": "AUSTRIA OSTERREICH AUTRICHE OOSTENRIJK",
    "CH": "SWITZERLAND SCHWEIZ SUISSE SVIZZERA ZWITSERLAND SUIZA",
    "FR": "FRANCE FRANKREICH FRANKRIJK FRANCIA",
    "BE": "BELGIUM BELGIE BELGIQUE BELGIEN BELGICA",
    "NL": "NETHERLANDS NEDERLAND NIEDERLANDE PAYS_BAS THE_NETHERLANDS",
    "LU": "LUXEMBOURG LUXEMBURG",
    "ES": "SPAIN ESPANA ESPAGNE SPANIEN",
    "PT": "PORTUGAL",
    "IT": "ITALY ITALIA ITALIE ITALIEN",
    "PL": "POLAND POLSKA POLEN POLOGNE",
    "CZ": "CZECHIA TSCHECHIEN CZECH_REPUBLIC CESKA_REPUBLIKA",
    "SK": "SLOVAKIA SLOVENSKO SLOWAKEI",
    "SE": "SWEDEN SVERIGE SCHWEDEN SUEDE",
    "DK": "DENMARK DANMARK DANEMARK",
    "NO": "NORWAY NORGE NORWEGEN",
    "FI": "FINLAND SUOMI FINNLAND",
    "HU": "HUNGARY MAGYARORSZAG UNGARN",
    "RO": "ROMANIA RUMANIEN",
    "BG": "BULGARIA БЪЛГАРИЯ BULGARIEN",
    "GR": "GREECE ΕΛΛΑΔΑ GRIECHENLAND HELLAS",
    "HR": "CROATIA HRVATSKA KROATIEN",
    "SI": "SLOVENIA SLOVENIJA SLOWENIEN",
    "EE": "ESTONIA EESTI",
    "LV": "LATVIA LATVIJA",
    "LT": "LITHUANIA LIETUVA",
    "IE": "IRELAND EIRE",
    "GB": "ENGLAND SCOTLAND WALES UK UNITED_KINGDOM GREAT_BRITAIN",
    "US": "USA UNITED_STATES UNITED_STATES_OF_AMERICA U.S.A.",
    "CA": "CANADA",
    "MX": "MEXICO",
    "BR": "BRAZIL BRASIL",
    "AR": "ARGENTINA",
    "CL": "CHILE",
    "CO": "COLOMBIA",
    "PE": "PERU",
    "IN": "INDIA BHARAT",
    "AU": "AUSTRALIA",
    "NZ": "NEW_ZEALAND",
    "MY": "MALAYSIA",
    "SG": "SINGAPORE",
    "HK": "HONG_KONG",
    "TR": "TURKEY TURKIYE",
    "UA": "UKRAINE УКРАІНА",
    "RS": "SERBIA SRBIJA СРБИЈА",
}
_NAMED = {name.replace("_", " "): code for code, names in _COUNTRIES.items() for name in names.split()}
#: Words and labels that only bills of one country carry.
_SIGNS = (
    ("IN", re.compile(r"GSTIN|(?<![A-Z])CGST|(?<![A-Z])SGST|(?<![A-Z])PVT\.?\s*LTD|(?<![A-Z])IFSC")),
    ("MX", re.compile(r"(?<![A-Z])RFC(?![A-Z])|S\.?\s?A\.?\s?DE\s?C\.?\s?V|(?<![A-Z])CFDI(?![A-Z])")),
    ("BR", re.compile(r"(?<![A-Z])CNPJ(?![A-Z])|NOTA FISCAL")),
    ("AR", re.compile(r"(?<![A-Z])C\.?U\.?I\.?T(?![A-Z])")),
    ("AU", re.compile(r"(?<![A-Z])ABN(?![A-Z])|(?<![A-Z])PTY\.?\s+LTD")),
    ("MY", re.compile(r"SDN\.?\s*BHD")),
    ("CA", re.compile(r"GST/HST|(?<![A-Z])HST(?![A-Z])|(?<![A-Z])TPS(?![A-Z]).*(?<![A-Z])TVQ", re.DOTALL)),
    ("SG", re.compile(r"PTE\.?\s+LTD")),
    (
        "US",
        re.compile(r"SALES TAX|(?<![A-Z])EIN(?![A-Z])|(?<![A-Z])INC\.(?!\s*(?:GST|VAT|TAX))|(?<![A-Z])LLC(?![A-Z])"),
    ),
)
_EURO = frozenset("AT BE CY DE EE ES FI FR GR HR IE IT LT LU LV MT NL PT SI SK MC SM".split())
CURRENCIES = {
    **dict.fromkeys(_EURO, "EUR"),
    **{"GB": "GBP", "US": "USD", "CA": "CAD", "MX": "MXN", "BR": "BRL", "AR": "ARS", "CL": "CLP", "CO": "COP"},
    **{"PE": "PEN", "IN": "INR", "AU": "AUD", "NZ": "NZD", "MY": "MYR", "SG": "SGD", "HK": "HKD", "CH": "CHF"},
    **{"PL": "PLN", "CZ": "CZK", "SE": "SEK", "DK": "DKK", "NO": "NOK", "HU": "HUF", "RO": "RON", "BG": "EUR"},
    **{"TR": "TRY", "UA": "UAH", "RS": "RSD", "IS": "ISK"},
}


def of_vendor(paper: Paper, vendor: Candidate) -> dict[str, tuple[str, Row, int, int]]:
    """``street``, ``zip``, ``city``, ``country`` that stand beside or below a name: (value, row, start, end)."""
    pieces = list(_pieces(paper, vendor))
    for place, (text, row, start, end) in enumerate(pieces):
        match = _ZIP_CITY.match(text) or _CITY_ZIP.match(text)
        if not match:
            continue
        found = {"zip": (match["zip"], row, start, end), "city": (match["city"].strip(" ,"), row, start, end)}
        if place and _is_street(pieces[place - 1][0]):
            found["street"] = pieces[place - 1]
        land = next((_NAMED[fold(after[0])] for after in pieces[place + 1 : place + 3] if fold(after[0]) in _NAMED), "")
        if land:
            found["country"] = (land, row, start, end)
        return found
    return {}


def _is_street(text: str) -> bool:
    return bool(_NUMBERED.search(text)) and len(text) <= 60


def _pieces(paper: Paper, vendor: Candidate) -> Iterator[tuple[str, Row, int, int]]:
    """Texts after the name in its column, then in the columns below it."""
    row, end = vendor.row, vendor.row.chunk_at(vendor.start).end
    yield from _split(row, vendor.end, end)
    chunk = row.chunk_at(vendor.start)
    for other in paper.sheet.below(row, LINES):
        for below in other.chunks:
            is_under = below.box.x0 < chunk.box.x1 and below.box.x1 > chunk.box.x0
            if is_under and abs(below.box.x0 - chunk.box.x0) < 0.25:
                yield from _split(other, below.start, below.end)


def _split(row: Row, start: int, end: int) -> Iterator[tuple[str, Row, int, int]]:
    text = row.text[start:end]
    place = 0
    for gap in [*_BULLETS.finditer(text), None]:
        stop = gap.start() if gap else len(text)
        piece = text[place:stop].strip(" ,;")
        if piece:
            yield piece, row, start + place, start + stop
        place = gap.end() if gap else stop


def country(paper: Paper, vat: str, iban: str, printed: str) -> str:
    """The vendor's country, ISO 3166-1 alpha-2: by his VAT id, his address, words that only it uses, his IBAN."""
    if vat[:2].isalpha() and not vat[:3].isalpha():
        return {"EL": "GR", "XI": "GB"}.get(vat[:2], vat[:2])
    if vat.startswith("CHE"):
        return "CH"
    if printed:
        return printed
    return next((code for code, sign in _SIGNS if sign.search(paper.folded)), iban[:2])
