"""Who sells and who buys: names on the paper with what speaks for them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ..text import FILLERS, core_name, fold, squeeze
from .candidate import Candidate
from .identity import Mark, emails, ibans, phones, sites, vat_ids
from .labels import Label
from .line_words import is_head
from .paper import Paper
from .sheet import Chunk, Row

_FORMS = re.compile(
    r"""(?<![^\W_])(?:
    GMBH(?:\s*&\s*CO\.?\s*KG(?:AA)?)?|AG|KG|OHG|UG(?:\s*\(HAFTUNGSBESCHRANKT\))?|E\.?\s?K\.?|GBR|EG|SE|MBH|GESMBH|
    LTD|LIMITED|LLC|L\.L\.C|LLP|INC|INCORPORATED|CORP|CORPORATION|PLC|CO\.?,?\s?LTD|PTY|PVT|PTE|SDN\.?\s*BHD|S/B|SB|BHD|DAC|
    B\.?V\.?(?:B\.?A)?|N\.?V|V\.?O\.?F|S\.?A\.?(?:R\.?L|S|U|B\.?)?|S\.?R\.?L\.?S?|S\.?P\.?A|S\.?N\.?C|S\.?A\.?S\.?|S\.?A\.?U|
    S\.?L\.?U?|S\.?C\.?A?|S\.?A\.?\s?DE\s?C\.?V|EURL|EIRL|SASU|SARL|SCOP|SCRL|SPRL|ASBL|VZW|LDA|LTDA|
    SP\.?\s?Z\s?O\.?\s?O|SP\.?\s?[JK]|S\.?R\.?O|A\.?S|SPOL\.?\s?S\.?\s?R\.?\s?O|V\.?O\.?S|K\.?S|
    AB|A/S|APS|I/S|ASA|OYJ?|KFT|ZRT|NYRT|BT|KKT|D\.?O\.?O|D\.?D|J\.?D\.?O\.?O|S\.?P|OU|SIA|UAB|MB|EOOD|OOD|EAD|
    OOO|ТОВ|ООД|ЕООД|ООО|АД|ФОП|ЗАО|ИП|A\.?S\.?|STI|TIC|Α\.?Ε|Ε\.?Π\.?Ε|Ο\.?Ε|Ι\.?Κ\.?Ε|PT|TBK|INH|FZE|FZCO|W\.?L\.?L
    )\.?(?![^\W_])""",
    re.VERBOSE,
)
#: A form of few letters counts only at the end of a name, where it stands.
_TRADE = re.compile(
    r"(?<![^\W_])(?:ENTERPRISE|TRADING|COMPANY|RESTAURANT|RESTORAN|HOTEL|CAFE|STORE|SHOP|MARKET|SERVICES|SERVICE|HOLDINGS|"
    r"GROUP|INTERIOR|CONSULTING|SOLUTIONS|INDUSTRIES|HARDWARE|PHARMACY|STATIONERY|BAKERY|SUPERMARKET|KEDAI|SYARIKAT|"
    r"PERNIAGAAN|GROUPE|VERLAG|HANDEL|ELEKTRO|STUDIO|PARTNERS|LOGISTICS|SYSTEMS|TECHNOLOGIES|INTERNATIONAL|MART|FIRMA|"
    r"CENTRE|CENTER|BOOK|MOTOR|AUTO|BAR|KITCHEN|BISTRO|GARDEN|FOOD|SDN|SUPPLY|SUPPLIES|BROTHERS|SONS|ASSOCIATES|AGENCY)(?![^\W_])"
)
#: Words with which names do not begin.
_REST = re.compile(
    r"(?:ENTERPRISES?|TRADING|STATIONERY|HOLDINGS|SERVICES|INDUSTRIES|SUPPLY|SUPPLIES|HARDWARE|MARKETING|GROUP)\b"
)
_PARTS = re.compile(r"\s*[●•·∙|¦◦▪�]\s*|\s+[-–—]\s+(?=.*\d)|,\s+(?=.*\d)|\s{2,}")
_REGISTERED = re.compile(
    r"\(\s*(?:CO\.?\s*(?:REG)?\.?\s*(?:NO)?\.?\s*:?\s*)?[\w\s.:/-]*\d{3,}[\w\s.:/-]*\)", re.IGNORECASE
)
_LEADING = re.compile(r"^(?:(?:[#*]\s?\d|\d{4})[\w/-]*\s+)(?=[^\W\d_])")
_TRAILING = re.compile(r"\s+[(\[]?\d{5,}[-\w]*[)\]]?(?:\s*\([^)]*\))?$")
#: Legal forms as scans misread them.
_FORM_MISREAD = (
    (re.compile(r"(?<![^\W_])S[OU0B]N(?=\.?\s*B[HN]D(?![^\W_]))"), "SDN"),
    (re.compile(r"(?<=SDN )BND(?![^\W_])"), "BHD"),
    (re.compile(r"(?<![^\W_])[CG6]mb(?:H|[Il1]-[Il1]|li|M|ll)(?![^\W_])"), "GmbH"),
    (re.compile(r"(?<![^\W_])(?:Lid|Ltcl|L1d|Lta)(?=\.?$)"), "Ltd"),
    (re.compile(r"(?<![^\W_])(?:Lirnited|Umited|Limlted|Llmited)(?![^\W_])"), "Limited"),
)
#: "Invoice" behind a name is a title, not a part of it; what share capital a company has is no name.
_TITLE_END = re.compile(
    r"\s+(?:TAX\s+)?(?:INVOICE|RECHNUNG|FACTURE|FACTUUR|FACTURA|FATURA|FATTURA|FAKTURA|BILL|RECEIPT|STATEMENT)$", re.I
)
_ROOM = re.compile(r"(?:SHOP|UNIT|FLAT|PLOT|SUITE|FLOOR|LOT|ROOM|OFFICE|BLOCK|STE|APT)\W*(?:NO\W*)?[\dA-Z]?-?\d")
_CAPITAL = re.compile(r"(?<![^\W_])(?:CAPITAL|CAPITALE|KAPITAL|CAP\. SOC)(?![^\W_])")
_ZIP = re.compile(
    r"(?<![\w.,/-])(?:[A-Z]{1,3}[-\s])?(?:\d{4}\s?[A-Z]{2}|\d{5}(?:-\d{3,4})?|\d{3}\s\d{2}|\d{2}-\d{3}|\d{6}|\d{4})(?![\w.,/-])\s+[^\W\d_]"
    r"|(?<![^\W_])[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}(?![^\W_])|[A-Z]{2}\s\d{5}(?:-\d{4})?(?!\w)"
)
_STREET = re.compile(
    r"(?<![^\W_])(?:STREET|STR|ST|ROAD|RD|AVENUE|AVE|LANE|BLVD|DRIVE|JALAN|JLN|RUE|CHEMIN|PLACE|BOULEVARD|CALLE|AVDA|PLAZA|"
    r"VIA|VIALE|PIAZZA|CORSO|RUA|AVENIDA|STRAAT|LAAN|WEG|STRASSE|GASSE|PLATZ|ALLEE|UL|ULICA|UTCA|VEJ|VAGEN|GATAN|GATA|TIE|"
    r"KATU|STRADA|LOT|BLOCK|FLOOR|UNIT|SUITE|NO|TAMAN|KAWASAN|BANDAR|LORONG|PO BOX|P\.O|CADDESI|SOKAK|MAH|ODOS|УЛ|"
    r"НАБ)(?![^\W_])|(?:STRASSE|STRAAT|STR\.|WEG|GASSE|PLATZ|LAAN|GATAN|VAGEN|VEJ|KATU)(?:\s|$)"
)
_NOT_NAMES = re.compile(
    r"^(?:PAGE|SEITE|PAGINA|STRONA|SIDA|SIDE|TEL|FAX|PHONE|EMAIL|E-MAIL|WWW|HTTP|THANK|WELCOME|ORIGINAL|COPY|COPIE|DUPLICATE|"
    r"DATE|TIME|CASHIER|TABLE|ITEM|QTY|DESCRIPTION|TOTAL|POWERED|GST|VAT|REG|CO\.?\s*REG|ROC|TAX|LOGO)(?![^\W_])"
)
_CUSTOMER_WORDS = re.compile(
    r"(?<![^\W_])(?:CLIENT|CUSTOMER|YOUR|UW|IHRE|VOTRE|KUNDE|KLANT|CLIENTE|ODBERATEL|NABYWCY|KUNDENS|DERES|ASIAKKAAN|VEVO|KUPCA)"
    r"(?![^\W_])"
)


@dataclass(frozen=True)
class Name:
    """A text that may be somebody's name."""

    text: str
    row: Row
    start: int
    end: int
    block: int


@dataclass(frozen=True)
class Parties:
    """``vendors``: candidates of the vendor's name; ``buyers``: of the buyer's."""

    vendors: list[Candidate]
    buyers: list[Candidate]
    vendor_vats: list[Mark]
    buyer_vats: list[Mark]


def collect(paper: Paper) -> Parties:
    blocks = _blocks(paper)
    bought = _bought_blocks(paper, blocks)
    marks = _Marks(paper)
    own_vat = squeeze(paper.context.buyer.vat)
    mine, theirs = [], []
    for mark in marks.vats:
        to_buyer = (
            mark.value == own_vat
            or blocks.get((mark.row.index, mark.row.chunk_at(mark.start).start)) in bought
            or _CUSTOMER_WORDS.search(mark.row.folded[: mark.start])
        )
        (theirs if to_buyer else mine).append(mark)
    marks = marks.of(mine)
    names = _joined(list(_names(paper, blocks)))
    repeats = Counter(core_name(name.text) for name in names)
    # Where this company's own name stands, nobody else's address is taken for the buyer's.
    is_ours = any(_is_buyer(paper, name.text) for name in names)
    addressed = set() if paper.sheet.is_slip or is_ours else _addressed(paper, blocks, marks)
    vendors, buyers = [], []
    for name in names:
        candidate = _judge(paper, name, bought, marks, repeats, blocks, addressed)
        if candidate:
            vendors.append(candidate)
        if name.block in bought or _is_buyer(paper, name.text):
            sign = "buyer" if name.block in bought else "own"
            buyers.append(Candidate(name.text, name.row, name.start, name.end, _as_buyer(name), frozenset({sign})))
    return Parties(vendors, buyers or _addressees(names, vendors, addressed), mine, theirs)


def _addressees(names: list[Name], vendors: list[Candidate], addressed: set[int]) -> list[Candidate]:
    """Companies of another name than the likeliest vendor's over an address, where no word says who buys."""
    best = max(vendors, key=lambda vendor: vendor.score, default=None)
    seller = core_name(best.value) if best else ()
    return [
        Candidate(name.text, name.row, name.start, name.end, _as_buyer(name), frozenset({"addressed"}))
        for name in names
        if name.block in addressed and _FORMS.search(fold(name.text)) and core_name(name.text) != seller
    ]


class _Marks:
    """What identifies the vendor: the domains of his mail and site, and the blocks where his numbers stand."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.vats = vat_ids(paper)
        self.ibans = [mark for mark in ibans(paper) if mark.value not in paper.context.buyer.ibans]
        own = {address.lower() for address in paper.context.buyer.emails}
        domains = [mark.value.split("@")[1] for mark in emails(paper) if mark.value not in own]
        domains += [mark.value.removeprefix("www.") for mark in sites(paper)]
        self.domains = {squeeze(domain.rsplit(".", 1)[0].split(".")[-1]) for domain in domains} | {
            squeeze(part) for domain in domains for part in domain.split(".")[:-1] if len(part) > 3
        }
        self.rows = {(mark.row.index, mark.start) for mark in self.vats + self.ibans}
        self.contacts = [*emails(paper), *sites(paper), *phones(paper)]

    def of(self, vats: list[Mark]) -> _Marks:
        self.rows = {(mark.row.index, mark.start) for mark in vats + self.ibans}
        return self


def _blocks(paper: Paper) -> dict[tuple[int, int], int]:
    """(row, start of a column) -> number of the block of text that it belongs to."""
    told: dict[tuple[int, int], int] = {}
    last: list[tuple[int, Row, Chunk]] = []
    count = 0
    for row in paper.rows:
        fresh = []
        for chunk in row.chunks:
            hit = next((number for number, over, upper in reversed(last) if _is_under(over, upper, row, chunk)), None)
            if _heads_party(paper, row, chunk):
                hit = None
            if hit is None:
                hit = count
                count += 1
            told[row.index, chunk.start] = hit
            fresh.append((hit, row, chunk))
        last = [entry for entry in last if entry[1].page == row.page and row.index - entry[1].index < 4] + fresh
    return told


def _heads_party(paper: Paper, row: Row, chunk: Chunk) -> bool:
    """Whether a column begins with the word for one of the parties: what stands below is about that one."""
    heads = {"buyer", "seller", "ship_to"}
    return any(label.start == chunk.start and label.roles & heads for label in paper.labels[row.index])


def _is_under(over: Row, upper: Chunk, row: Row, chunk: Chunk) -> bool:
    """Whether a column continues the one above it."""
    if over.page != row.page or over.index == row.index:
        return False
    gap = chunk.box.y0 - upper.box.y1
    if gap > 0.9 * max(row.em, over.em) or max(row.em, over.em) > 2.6 * min(row.em, over.em):
        return False
    left = abs(chunk.box.x0 - upper.box.x0) < 0.012
    right = abs(chunk.box.x1 - upper.box.x1) < 0.008
    middle = abs((chunk.box.x0 + chunk.box.x1) - (upper.box.x0 + upper.box.x1)) < 0.03
    return left or right or middle


def _bought_blocks(paper: Paper, blocks: dict[tuple[int, int], int]) -> set[int]:
    """Blocks of the buyer: announced by his label, or the address under the sender's line."""
    found: set[int] = set()
    for row in paper.rows:
        for label in paper.labels[row.index]:
            if not label.roles & {"buyer", "ship_to"} or label.roles & {"seller"}:
                continue
            chunk = row.chunk_at(label.start)
            if row.text[chunk.start : label.start].strip(" :*") and label.key not in ("ATTN", "TAV"):
                continue
            rest = row.text[label.end : chunk.end].strip(" :.")
            is_told = row.text[label.end : chunk.end].lstrip().startswith(":")
            if len(rest) > 2 and not is_told and (label.start != chunk.start or len(label.key) < 6):
                continue
            found.add(blocks[row.index, chunk.start])
            for other, below in paper.under(row, label, 1):
                found.add(blocks[other.index, other.chunk_at(below.start).start])
            right = paper.next_chunk(row, label.end)
            if right and not rest:
                found.add(blocks[row.index, right.start])
    return found


def _addressed(paper: Paper, blocks: dict[tuple[int, int], int], marks: _Marks) -> set[int]:
    """Blocks with an address and nothing to reach somebody by, where others say how to reach the sender."""
    reached = {
        blocks.get((mark.row.index, mark.row.chunk_at(mark.start).start))
        for mark in (*marks.contacts, *marks.vats, *marks.ibans)
    }
    if not reached:
        return set()
    found = set()
    for row in paper.rows:
        for chunk in row.chunks:
            block = blocks[row.index, chunk.start]
            text = row.folded[chunk.start : chunk.end]
            if block not in reached and len(text) < 60 and _ZIP.search(text):
                found.add(block)
    return found


def _names(paper: Paper, blocks: dict[tuple[int, int], int]) -> Iterator[Name]:
    """All texts that could be a name."""
    for row in paper.rows:
        for chunk in row.chunks:
            block = blocks[row.index, chunk.start]
            for start, end in _pieces(paper, row, chunk):
                text = row.text[start:end]
                if _is_name(text):
                    yield Name(_clean(_read_right(text) if row.is_ocr else text), row, start, end, block)


def _joined(names: list[Name]) -> list[Name]:
    """Names that go on in the next row: "WESTERN EASTERN" over "STATIONERY LTD", "(SETIA" over "ALAM) LTD"."""
    found = []
    for place, name in enumerate(names):
        text, row, first = name.text, name.row.index, name
        for before in reversed(names[max(0, place - 2) : place]):
            if before.row.index != row - 1 or not _goes_on(before.text, text):
                break
            text, row, first = _clean(f"{before.text} {text}"), before.row.index, before
        found.append(replace(first, text=text))
    return found


def _goes_on(before: str, text: str) -> bool:
    if text.startswith("&") or before.endswith("&"):
        return True
    if text.count(")") > text.count("(") and before.count("(") > before.count(")"):
        return True
    if fold(before) in FILLERS:
        return True
    form = _FORMS.search(fold(text))
    is_rest = form and (form.start() <= 1 or _REST.match(fold(text)))
    return bool(is_rest and not _FORMS.search(fold(before)) and not any(map(str.isdigit, before)))


def _pieces(paper: Paper, row: Row, chunk: Chunk) -> Iterator[tuple[int, int]]:
    """A column's text in parts: behind a seller's label, and between bullets."""
    start = chunk.start
    for label in paper.labels[row.index]:
        heads = {"seller", "buyer", "account", "ship_to"}
        if label.start == start and label.roles & heads and _ends_label(row, label):
            start = label.end
            while start < chunk.end and row.text[start] in " :":
                start += 1
    text = row.text[start : chunk.end]
    place = 0
    for gap in _PARTS.finditer(text):
        if gap.start() > place:
            yield start + place, start + gap.start()
        place = gap.end()
    if place < len(text):
        yield start + place, start + len(text)


def _ends_label(row: Row, label: Label) -> bool:
    """Whether the words of a label end where a name begins: "Seller: Alpha", "Sold by Alpha"."""
    if row.text[label.end : label.end + 2].strip()[:1] == ":":
        return True
    return "seller" in label.roles and " " in row.text[label.start : label.end].strip()


def _is_name(text: str) -> bool:
    letters = sum(map(str.isalpha, text))
    digits = sum(map(str.isdigit, text))
    folded = fold(text).strip()
    if letters < 3 or digits > letters or len(text) > 90 or "@" in text or text.endswith(":"):
        return False
    return not _NOT_NAMES.match(folded)


def _read_right(text: str) -> str:
    for pattern, form in _FORM_MISREAD:
        text = pattern.sub(form, text)
    return text


def _clean(text: str) -> str:
    text = _TRAILING.sub("", _LEADING.sub("", _REGISTERED.sub("", text).strip()))
    text = _TITLE_END.sub("", text)
    return " ".join(text.split()).strip(" ,;:-–|*\"'")


def _judge(
    paper: Paper,
    name: Name,
    bought: set[int],
    marks: _Marks,
    repeats: Counter,
    blocks: dict[tuple[int, int], int],
    addressed: set[int],
) -> Candidate | None:
    """The name as the vendor's, with a score."""
    if not name.text or _is_buyer(paper, name.text):
        return None
    folded = fold(name.text)
    signs: set[str] = set()
    slip = paper.sheet.is_slip
    score = _by_place(paper, name)
    form = _FORMS.search(folded)
    if form and (len(form.group().strip(".")) > 2 or form.end() >= len(folded) - 2):
        signs.add("form")
        score += 3.0 - (1.2 if len(folded.split()) > 8 else 0)
    elif _TRADE.search(folded):
        signs.add("trade")
        score += 1.2
    score += _by_label(paper, name, signs)
    core = core_name(name.text)
    if _is_in_domain(core, marks.domains):
        signs.add("domain")
        # A till prints the brand's site; who sells is the company.
        score += 1.0 if slip else 3.0
    if name.block in addressed:
        signs.add("addressed")
        score -= 2.2
    if any(blocks.get((row, paper.rows[row].chunk_at(start).start)) == name.block for row, start in marks.rows):
        signs.add("marks")
        score += 0.3 if slip else 1.3
    if repeats[core_name(name.text)] > 1:
        signs.add("repeated")
        score += 0.3 if slip else 1.2
    if name.row.index == 0 or (paper.sheet.is_slip and name.row.index <= 1):
        signs.add("top")
        score += 1.6 if slip else 0.6
    if name.block in bought:
        signs.add("bought")
        score -= 5.0
    score -= _against(paper, name, folded)
    if score <= 0 or not slip and _is_adrift(paper, name, signs):
        return None
    return Candidate(name.text, name.row, name.start, name.end, score, frozenset(signs))


def _is_adrift(paper: Paper, name: Name, signs: set[str]) -> bool:
    """Whether a text below the head of a page has nothing of a name but letters."""
    return signs <= {"repeated", "addressed"} and name.row.index >= len(paper.rows) / 4


def _is_in_domain(core: tuple[str, ...], domains: set[str]) -> bool:
    """Whether a mail's or site's domain is made of the name's words, or begins with them."""
    joined = "".join(core)
    for domain in domains:
        if len(joined) >= 4 and (joined == domain or (len(domain) > 4 and _is_most_of(joined, domain))):
            return True
        first = core[0] if core else ""
        if len(first) >= 4 and (domain.startswith(first) or (len(domain) > 4 and first.startswith(domain))):
            return True
    return False


def _is_most_of(joined: str, domain: str) -> bool:
    """A word that only ends a domain ("rooms" of "oyorooms") is not whose it is."""
    if domain in joined:
        return True
    return joined in domain and (domain.startswith(joined) or len(joined) >= 0.7 * len(domain))


def _by_place(paper: Paper, name: Name) -> float:
    """A sender stands on top; on a till's slip in the first rows."""
    if paper.sheet.is_slip:
        return max(0.0, 2.4 - 0.3 * name.row.index)
    return 2.2 * (1 - name.row.index / max(1, len(paper.rows)))


def _by_label(paper: Paper, name: Name, signs: set[str]) -> float:
    left = paper.left(name.row, name.start)
    above = paper.above(name.row, name.start, name.end, frozenset({"seller", "account", "buyer"}), 1)
    if left and "seller" in left.label.roles and name.start - left.label.end <= 4:
        signs.add("seller:left")
        return 5.0
    if left and "account" in left.label.roles and name.start - left.label.end <= 4:
        signs.add("account")
        return 1.5
    if above and "seller" in above.label.roles and _is_alone(paper, above.label):
        signs.add("seller:above")
        return 4.5
    return 0.0


def _is_alone(paper: Paper, label: Label) -> bool:
    """Whether a label is a heading of its own, not the end of a sentence ("points earned from")."""
    row = paper.rows[label.row]
    chunk = row.chunk_at(label.start)
    return not (row.text[chunk.start : label.start] + row.text[label.end : chunk.end]).strip(" :*-.")


def _against(paper: Paper, name: Name, folded: str) -> float:
    """What speaks against a text as a name."""
    words = folded.split()
    has_digits = any(map(str.isdigit, folded))
    is_street = has_digits and bool(_STREET.search(folded))
    told = (
        (2.5, _ZIP.search(folded) or _ZIP.match(name.row.folded[name.start : name.end])),
        (3.0, is_street),
        (0.8, has_digits and not is_street),
        (1.5, len(words) > 7),
        (3.0, is_head(folded)),
        (2.5, folded.endswith(".") and len(words) > 2 and not _ends_in_form(folded)),
        (3.0, _ROOM.match(folded)),
        (4.0, _CAPITAL.search(folded)),
        (2.5, "WWW" in folded or ".COM" in folded or "THANK" in folded or folded.startswith("TQ ")),
        (1.0, name.text.islower()),
        (1.0, paper.days[name.row.index]),
    )
    return _labels_in(paper, name, folded) + sum(weight for weight, holds in told if holds)


def _ends_in_form(folded: str) -> bool:
    """Whether the full stop is that of a legal form ("Alpha S.A."), not of a sentence."""
    return any(form.end() == len(folded) for form in _FORMS.finditer(folded))


def _labels_in(paper: Paper, name: Name, folded: str) -> float:
    """What it weighs against a name that it holds words that announce fields."""
    labels = [label for label in paper.labels[name.row.index] if name.start <= label.start < name.end]
    if sum(label.end - label.start for label in labels) > 0.5 * (name.end - name.start):
        return 4.0
    begins = labels and labels[0].start == name.start
    return 1.5 if begins and not _FORMS.search(folded) else 0.0


def _is_buyer(paper: Paper, text: str) -> bool:
    core = core_name(text)
    return bool(core) and any(core == core_name(own) for own in paper.context.buyer.names if own)


def _as_buyer(name: Name) -> float:
    folded = fold(name.text)
    score = 3.0 - 0.01 * name.row.index
    if _FORMS.search(folded):
        score += 1.0
    if _ZIP.search(folded) or any(map(str.isdigit, folded)):
        score -= 2.0
    return score
