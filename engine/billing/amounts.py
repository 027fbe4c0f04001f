"""What a document is over: net, tax and total, and the parts that they are made of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from ..extraction.reading import CREDIT_NOTE, Item, Reading

#: Printed sums differ from the sum of their parts by rounding: a cent a part, and never more than this.
ROUNDING_PART = Decimal("0.01")
ROUNDING_MOST = Decimal("0.05")


@dataclass(frozen=True, slots=True)
class Totals:
    """``net`` + ``tax`` = ``total``; ``tax`` is None where the document says nothing of tax. ``withheld`` is kept back
    from the vendor: the entry is over ``total`` - ``withheld``. ``is_tax_only``: the document charges tax on goods
    that another one sold, as customs do; ``net`` is what it charges beside."""

    net: Decimal
    tax: Decimal | None
    total: Decimal
    withheld: Decimal = Decimal(0)
    is_tax_only: bool = False

    @property
    def payable(self) -> Decimal:
        return self.total - self.withheld


@dataclass(frozen=True, slots=True)
class Base:
    """A part of the bill before it is coded: ``amount`` net of tax (``is_gross``: with it) under ``rate`` percent
    (None: the document says none). ``item``: place of the item in the reading; None for a sum."""

    text: str
    amount: Decimal
    rate: Decimal | None = None
    code: str = ""
    quantity: Decimal = Decimal(1)
    unit_price: Decimal | None = None
    discount: Decimal = Decimal(0)
    item: int | None = None
    is_gross: bool = False


def upright(reading: Reading) -> Reading:
    """The reading with positive amounts: a bill below zero is a credit note, and those are printed both ways."""
    whole = reading.amount("total")
    if whole is None:
        whole = reading.amount("net")
    if whole is None or whole >= 0:
        return reading
    flipped = {name: reading.amount(name) for name in ("net", "tax", "total") if reading.amount(name) is not None}
    fields = {
        **reading.fields,
        **{name: replace(reading.fields[name], value=str(-value)) for name, value in flipped.items()},
    }
    taxes = tuple(replace(part, base=_negated(part.base), tax=_negated(part.tax)) for part in reading.taxes)
    return replace(reading, kind=CREDIT_NOTE, fields=fields, items=tuple(map(_turned, reading.items)), taxes=taxes)


def _negated(value: Decimal | None) -> Decimal | None:
    return None if value is None else -value


def _turned(item: Item) -> Item:
    if item.quantity is not None and item.quantity < 0:
        return replace(item, total=_negated(item.total), quantity=-item.quantity)
    return replace(item, total=_negated(item.total), unit_price=_negated(item.unit_price))


def totals(reading: Reading) -> Totals | None:
    """What the document says it is over; None when neither total nor net can be known."""
    net, tax, total = reading.amount("net"), reading.amount("tax"), reading.amount("total")
    told = [part.tax for part in reading.taxes if part.tax is not None]
    if tax is None and told and len(told) == len(reading.taxes):
        tax = sum(told, Decimal(0))
    if total is None and net is not None:
        total = net + (tax or 0)
    if total is None:
        total = _items_total(reading)
    if total is None:
        return None
    if tax is None and net is not None and net != total:
        tax = total - net
    if tax is None and net is not None and reading.taxes:
        tax = total - net
    withheld = abs(reading.amount("withheld") or Decimal(0))
    if tax is None:
        return Totals(total, None, total, withheld)
    if withheld and net is not None and net + tax - withheld == total:
        # What is left to pay stands there as the total.
        total = net + tax
    found = Totals(total - tax, tax, total, withheld)
    return replace(found, is_tax_only=True) if _is_tax_only(reading, found) else found


def _items_total(reading):
    told = [item.total for item in reading.items]
    if not told or any(value is None for value in told):
        return None
    return sum(told, Decimal(0))


def _is_tax_only(reading: Reading, found: Totals) -> bool:
    """Tax on a base that is larger than the whole document: import VAT on a customs assessment."""
    bases = [part for part in reading.taxes if part.base and part.tax and part.rate]
    if not bases or not found.tax:
        return False
    base = sum((part.base for part in bases), Decimal(0))
    fits = all(abs(part.base * part.rate / 100 - part.tax) <= ROUNDING_MOST for part in bases)
    return fits and base > found.total > 0 and found.net < base - found.tax


def bases(reading: Reading, found: Totals, places: int) -> tuple[tuple[Base, ...], str]:
    """(the parts of the bill, how they were found): ``items``, ``rates`` (the document's sums by tax rate, because the
    items do not add up) or ``total``."""
    if found.is_tax_only:
        return _only_tax(reading, found), "rates"
    unit = Decimal(1).scaleb(-places)
    by_item = _by_item(reading, found, unit)
    if by_item:
        return by_item, "items"
    by_rate = _by_rate(reading, found)
    if by_rate:
        return by_rate, "rates"
    text = _text(reading)
    if found.tax is None:
        return (Base(text, found.total, is_gross=True),), "total"
    return (Base(text, found.net, _rate(found.net, found.tax), _code(reading)),), "total"


def _only_tax(reading, found):
    rows = [Base(_text(reading), part.base, part.rate, "import") for part in reading.taxes if part.base and part.tax]
    return (*rows, Base(_text(reading), found.net, Decimal(0))) if found.net else tuple(rows)


def _text(reading: Reading) -> str:
    """One text for the whole bill: its first item's, if there is only one worth naming."""
    told = [item.text for item in reading.items if item.text]
    if told:
        return told[0] if len(told) == 1 else f"{told[0]} …"
    return " ".join(filter(None, (reading.value("vendor"), reading.value("number"))))


def _code(reading):
    codes = {part.code for part in reading.taxes if part.code}
    return codes.pop() if len(codes) == 1 else ""


def _rate(net: Decimal, tax: Decimal) -> Decimal | None:
    """The percent that this tax is, to a tenth; None for tax on nothing."""
    if not net:
        return Decimal(0) if not tax else None
    return (tax * 100 / net).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP).normalize() + Decimal(0)


# === ITEMS === #


def _by_item(reading: Reading, found: Totals, unit: Decimal) -> tuple[Base, ...]:
    """The items, where they make up the document; else nothing."""
    items = [(place, item) for place, item in enumerate(reading.items) if item.total]
    if not items:
        return ()
    rates = _item_rates(reading, found, items)
    if rates is None:
        return ()
    told = sum((item.total for _place, item in items), Decimal(0))
    allowed = min(ROUNDING_PART * len(items), ROUNDING_MOST)
    codes = {part.rate: part.code for part in reading.taxes}
    rows = [
        Base(
            item.text,
            item.total,
            rate,
            codes.get(rate, "") if rate is not None else "",
            item.quantity or Decimal(1),
            item.unit_price,
            item.discount or Decimal(0),
            place,
        )
        for (place, item), rate in zip(items, rates, strict=True)
    ]
    if found.tax is None:
        # Nothing says whether tax is in it: what is paid is what is booked.
        whole = [replace(row, is_gross=True) for row in rows]
        return tuple(_levelled(whole, found.total, unit)) if abs(told - found.total) <= allowed else ()
    if not reading.is_gross and abs(told - found.net) <= allowed:
        return tuple(_levelled(rows, found.net, unit))
    if abs(told - found.total) > allowed:
        return ()
    if found.tax == 0:
        return tuple(_levelled(rows, found.net, unit))
    net = [
        replace(row, amount=_net(row, unit), unit_price=None, quantity=Decimal(1), discount=Decimal(0)) for row in rows
    ]
    if abs(sum((row.amount for row in net), Decimal(0)) - found.net) > allowed:
        return ()
    return tuple(_levelled(net, found.net, unit))


def _item_rates(reading, found, items):
    """The rate of each item; None where several are printed and nothing says whose is which."""
    known = {part.rate for part in reading.taxes}
    if found.tax is None:
        return [item.tax_rate for _place, item in items]
    single = next(iter(known)) if len(known) == 1 else None
    if not known:
        single = _rate(found.net, found.tax)
    told = [item.tax_rate for _place, item in items]
    if all(rate is not None for rate in told):
        return told
    if single is None:
        return None
    return [single if rate is None else rate for rate in told]


def _net(row: Base, unit: Decimal) -> Decimal:
    return (row.amount / (1 + (row.rate or 0) / 100)).quantize(unit, rounding=ROUND_HALF_UP)


def _levelled(rows, whole, unit):
    """The rows with the cents that rounding left on the largest of them."""
    rest = whole - sum((row.amount for row in rows), Decimal(0))
    if rest:
        largest = max(range(len(rows)), key=lambda place: abs(rows[place].amount))
        row = rows[largest]
        rows[largest] = replace(
            row, amount=row.amount + rest, unit_price=None, quantity=Decimal(1), discount=Decimal(0)
        )
    return [replace(row, amount=row.amount.quantize(unit)) for row in rows]


# === SUMS BY RATE === #


def _by_rate(reading: Reading, found: Totals) -> tuple[Base, ...]:
    """One part a tax rate, as the document sums them."""
    if found.tax is None or len(reading.taxes) < 2:
        return ()
    rows = []
    for part in reading.taxes:
        base = part.base
        if base is None and part.tax is not None and part.rate:
            base = (part.tax * 100 / part.rate).quantize(found.net, rounding=ROUND_HALF_UP)
        if base is None:
            return ()
        rows.append(Base(_text(reading), base, part.rate, part.code))
    rest = found.net - sum((row.amount for row in rows), Decimal(0))
    if abs(rest) > ROUNDING_MOST:
        # What bears no tax is often left out of the table.
        if rest < 0 or any(row.rate == 0 for row in rows):
            return ()
        rows.append(Base(_text(reading), rest, Decimal(0)))
    elif rest:
        rows[0] = replace(rows[0], amount=rows[0].amount + rest)
    return tuple(row for row in rows if row.amount)
