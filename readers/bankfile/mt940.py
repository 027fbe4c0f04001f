"""MT940 and MT942 (SWIFT), with the patterns of the library mt-940 for the single fields.

The library's own file parser is not used: it gives up a whole file on one odd field, names no
line, and mixes the pages and statements of a file. So this module cuts the file into fields and
statements and asks the library what a field means; its sign of reversals is the corrected one
(option ``reversal_sign``), hence mt-940 >= 5.1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from . import encoding, number
from .library import library
from .mt940_details import IBAN, Details, read_details
from .reference import is_reference, joined, references
from .values import BankFile, BankFileError, Statement, StatementLine

# Other numbers are no tags: a wrapped time (":26:37") may begin a line of :86:.
_TAG = re.compile(r":(13|20|21|25|28|34|60|61|62|64|65|86|90|NS)([A-Z])?:")
_FRAME = re.compile(r"^\s*(-\}?.{0,10}|\{[1-5]:.*)$")
# A first tag may stand behind the SWIFT block headers: "{1:F01...}{4::20:START".
_INLINE_START = re.compile(r"^\{[1-5]:.*?\{4:(?=:\d\d)|^\{4:(?=:\d\d)")
_CURRENCY_AT_END = re.compile(r"\s?[A-Z]{3}$")
MAX_FIELD = 20_000
MAX_LINE_FIELD = 1_000


@dataclass
class Field:
    """One tagged field: ``tag`` ("60F"), its raw lines, and the file's line it begins on."""

    tag: str
    lines: list[str]
    line: int

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


@dataclass
class Page:
    """One message (from :20: to the next): what is gathered while its fields are read."""

    account: str = ""
    name: str = ""
    currency: str = ""
    first: tuple[Decimal, date] | None = None
    last: tuple[Decimal, date] | None = None
    opened: bool = False
    continues: bool = False
    unfinished: bool = False
    closed: bool = False
    interim: bool = False
    line: int = 0
    lines: list[StatementLine] = field(default_factory=list)


def read_mt940(data: bytes) -> BankFile:
    """Read MT940 or MT942; the pages of one statement (:62M: then :60M:) are put together.

    Raises BankFileError: ``no_statement``, ``truncated`` (no closing balance at the end),
    ``bad_field``, ``bad_amount``, ``bad_date``, ``library_missing``. Notes: ``date_adjusted``
    (30 February), ``unfinished`` (the last page announces another one), ``interim`` (MT942),
    ``no_balances``.
    """
    text, _name = encoding.decode(data)
    reader = _Reader()
    pages = [reader.page(block) for block in _messages(_fields(text))]
    pages = [page for page in pages if page.account or page.lines or page.first or page.last]
    if not pages:
        raise BankFileError(
            "no_statement",
            "The file holds no MT940 statement (no account, balance or transaction). Choose "
            "another file, or export it again.",
        )
    _refuse_truncated(pages[-1])
    statements = tuple(_statement(page) for page in _merged(pages))
    if pages[-1].unfinished:
        reader.notes.append(("unfinished", {"statement": pages[-1].name}))
    interim = any(page.interim for page in pages)
    if interim:
        reader.notes.append(("interim", {"format": "mt942"}))
    elif any(page.first is None and page.last is None for page in pages):
        reader.notes.append(("no_balances", {}))
    return BankFile("mt942" if interim else "mt940", statements, tuple(reader.notes))


def _fields(text: str) -> Iterator[Field]:
    """Cut the text into fields; lines before the first tag and between messages are dropped."""
    current: Field | None = None
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    position = 0
    while position < len(lines):
        line, start = lines[position], position + 1
        if line.strip() == ":" and position + 1 < len(lines):
            position += 1
            line = ":" + lines[position]
        line = _INLINE_START.sub("", line[:MAX_FIELD])
        found = _TAG.match(line)
        if found:
            if current:
                yield current
            current = Field(found.group(1) + (found.group(2) or ""), [line[found.end() :]], start)
        elif _FRAME.match(line):
            if current:
                yield current
            current = None
        elif current and len(current.lines) < MAX_FIELD // 10:
            current.lines.append(line)
        position += 1
    if current:
        yield current


def _messages(fields: Iterator[Field]) -> Iterator[list[Field]]:
    block: list[Field] = []
    for found in fields:
        if found.tag == "20" and block:
            yield block
            block = []
        block.append(found)
    if block:
        yield block


class _Reader:
    """Reads the fields of messages; keeps the notes of the whole file."""

    def __init__(self) -> None:
        self.tags = library("mt940.tags", "MT940 files")
        mt940 = library("mt940", "MT940 files")
        self.models, self.processors = mt940.models, mt940.processors
        self.options = mt940.Options(reversal_sign=True, case_insensitive_marks=True)
        self.context = mt940.models.Transactions(options=self.options)
        self.notes: list[tuple[str, dict]] = []

    def page(self, fields: list[Field]) -> Page:
        """Gather one message."""
        page = Page(line=fields[0].line)
        details: list[Field] = []
        current: tuple[Field, dict] | None = None
        for found in fields:
            if found.tag in ("86", "NS") and current:
                details.append(found)
                continue
            if current and (found.tag == "61" or found.tag[:2] in ("62", "64", "65", "90")):
                page.lines.append(self._line(*current, details, page))
                current, details = None, []
            if found.tag == "61":
                current = (found, self._parsed_61(found))
            else:
                self._header(found, page)
        if current:
            page.lines.append(self._line(*current, details, page))
        return page

    def _header(self, found: Field, page: Page) -> None:
        kind = found.tag[:2]
        if kind == "25" and not page.account:
            page.account = found.text.strip()[:70]
        elif kind == "28":
            page.name = found.text.strip()[:40]
        elif kind == "34":
            page.interim = True
            code = found.text.strip()[:3]
            page.currency = page.currency or (code if code.isalpha() else "")
        elif kind == "60":
            page.first = self._balance(found, page)
            page.opened, page.continues = True, found.tag == "60M"
        elif kind == "62":
            page.last = self._balance(found, page)
            page.closed, page.unfinished = True, found.tag == "62M"

    def _balance(self, found: Field, page: Page) -> tuple[Decimal, date]:
        """Read ":60F:C170914EUR12345,12"; some banks leave out the currency of a later one."""
        text = found.lines[0].strip()[:60]
        if len(text) > 7 and not text[7:10].isalpha() and page.currency:
            text = text[:7] + page.currency + text[7:]
        pattern = self.tags.BalanceBase()
        match = pattern.re.match(text)
        if not match:
            raise _bad_field(found)
        groups = self._with_real_day(match.groupdict(), found)
        page.currency = page.currency or groups["currency"].upper()
        amount = self._amount(groups, found)
        return amount, self._date(groups, found)

    def _parsed_61(self, found: Field) -> dict:
        """The groups of a :61: field by the library's patterns, the strict one first."""
        text = found.text.rstrip()
        head, _newline, rest = text.partition("\n")
        flat = f"{head}\n{' '.join(rest.split())}" if rest else head
        if len(text) > MAX_LINE_FIELD:
            raise _bad_field(found)
        for candidate in (text, flat, text.replace("\n", "", 1)):
            match = self.tags.Statement().re.match(candidate)
            if match and "//" in (match["extra_details"] or "").split("\n")[0]:
                match = self.tags.StatementGLS().re.match(candidate) or match
            if match:
                return self._with_real_day(match.groupdict(), found)
        raise _bad_field(found)

    def _with_real_day(self, groups: dict, found: Field) -> dict:
        """Move 30 February to the month's last day, as the library does, and note it."""
        written = groups["day"]
        groups = self.processors.date_fixup_pre_processor(self.context, None, groups)
        if groups["day"] != written:
            self.notes.append(("date_adjusted", {"line": found.line, "day": groups["day"]}))
        return groups

    def _amount(self, groups: dict, found: Field) -> Decimal:
        if not (groups["amount"] or "").strip(","):
            raise _bad_field(found, "bad_amount")
        try:
            value = self.models.Amount(**groups, options=self.options).amount
        except ArithmeticError as error:
            raise _bad_field(found, "bad_amount") from error
        return number.within_limits(value, found.line)

    def _date(self, groups: dict, found: Field) -> date:
        try:
            value = self.models.Date(**{key: groups[key] for key in ("year", "month", "day")})
        except ValueError as error:
            raise _bad_field(found, "bad_date") from error
        return date(value.year, value.month, value.day)

    def _entry_date(self, groups: dict, value_date: date, found: Field) -> date:
        """The booking date, "MMDD" without a year: the one nearest to the value date."""
        month, day_ = (groups.get("entry_month") or ""), (groups.get("entry_day") or "")
        if not (month.isdigit() and day_.isdigit()):
            return value_date
        days = []
        for year in (value_date.year - 1, value_date.year, value_date.year + 1):
            try:
                days.append(date(year, int(month), int(day_)))
            except ValueError:
                continue
        if not days:
            self.notes.append(("date_adjusted", {"line": found.line, "day": month + day_}))
            return value_date
        return min(days, key=lambda candidate: abs(candidate - value_date))

    def _line(self, found: Field, groups: dict, fields: list[Field], page: Page) -> StatementLine:
        value_date = self._date(groups, found)
        detail = read_details([item.lines for item in fields if item.tag == "86"])
        extra = " ".join((groups.get("extra_details") or "").split())
        customer = (groups.get("customer_reference") or "").strip()
        bank = (groups.get("bank_reference") or "").strip()
        own_notes = [line for item in fields if item.tag == "NS" for line in item.lines]
        if own_notes:
            detail = _with_non_swift(detail, own_notes)
        if not detail.account and IBAN.fullmatch(extra):
            detail, extra = replace(detail, account=extra), ""
        return StatementLine(
            date=self._entry_date(groups, value_date, found),
            amount=self._amount(groups, found),
            text=_line_text(detail, extra, customer),
            value_date=value_date,
            partner_name=detail.name,
            account_number="" if _is_own(detail.account, page.account) else detail.account,
            references=references([*detail.references, customer]),
            bank_id=bank if is_reference(bank) else "",
            code=detail.code or (groups.get("id") or "").strip(),
            raw=_raw(groups, extra, detail),
            source_line=found.line,
        )


def _line_text(detail: Details, extra: str, customer: str) -> str:
    text = joined([detail.text, extra if is_reference(extra) else ""])
    return text or (customer if is_reference(customer) else "")


def _with_non_swift(detail: Details, lines: list[str]) -> Details:
    """Add the German :NS: fields: 01 to 14 are text, 15 and 16 the name, 17 the booking text."""
    numbered = [(line[:2], line[2:].strip()) for line in lines if line[:2].isdigit()]
    text = [value for key, value in numbered if "01" <= key <= "14" or key == "17"]
    name = joined(value for key, value in numbered if key in ("15", "16"))
    return replace(detail, text=joined([detail.text, *text]), name=detail.name or name)


def _raw(groups: dict, extra: str, detail: Details) -> dict[str, str]:
    raw = {
        "type": groups.get("id") or "",
        "mark": groups.get("status") or "",
        "customer_reference": groups.get("customer_reference") or "",
        "bank_reference": groups.get("bank_reference") or "",
        "supplementary": extra,
        **detail.raw,
    }
    return {key: value.strip() for key, value in raw.items() if value.strip()}


def _is_own(account: str, own: str) -> bool:
    bare = "".join(sign for sign in account if sign.isalnum())
    whole = "".join(sign for sign in own if sign.isalnum())
    return bool(bare) and len(bare) > 5 and bare in whole


def _merged(pages: list[Page]) -> list[Page]:
    """Put the pages of one statement together."""
    answer: list[Page] = []
    for page in pages:
        before = answer[-1] if answer else None
        number_ = page.name.split("/")[0]
        if (
            before
            and before.unfinished
            and page.continues
            and (before.account, before.name.split("/")[0]) == (page.account, number_)
            and before.last
            and page.first
            and before.last[0] == page.first[0]
        ):
            before.lines += page.lines
            before.last, before.unfinished = page.last, page.unfinished
        else:
            answer.append(page)
    return answer


def _statement(page: Page) -> Statement:
    account = page.account
    if page.currency and account.endswith(page.currency):
        account = _CURRENCY_AT_END.sub("", account).rstrip("/ ")
    return Statement(
        account_number=account,
        currency=page.currency,
        lines=tuple(page.lines),
        name=page.name,
        date=page.last[1] if page.last else None,
        balance_start=page.first[0] if page.first else None,
        balance_end=page.last[0] if page.last else None,
    )


def _refuse_truncated(page: Page) -> None:
    """The closing balance is mandatory: a last statement that only opens was cut off."""
    if page.opened and not page.closed:
        raise BankFileError(
            "truncated",
            f"The last statement (from line {page.line}) ends before its closing balance (:62F:). "
            f"The download was cut off: get the file again from the bank.",
            line=page.line,
        )


def _bad_field(found: Field, code: str = "bad_field") -> BankFileError:
    return BankFileError(
        code,
        f"Field :{found.tag}: “{found.text[:80]}” can't be understood. Get the file again from the "
        f"bank; if it comes back, ask the bank for CAMT.053.",
        line=found.line,
        field=found.tag,
        text=found.text[:80],
    )
