"""Which taxes a line of a bill bears: by the fiscal position, never more than the document charges.

What the vendor printed decides at home: a rate that the chart knows is claimed, what it does not know is cost. From
abroad the fiscal position decides: reverse charge and acquisitions are self-assessed, and foreign tax that a document
charges is cost, because no return of this country gives it back.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from .amounts import Base
from .facts import BillFacts, BillTax, Position

REVERSE_CODES = ("AE", "K")
IMPORT = "import"

Reason = tuple[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Choice:
    """The taxes of a part. ``is_cost``: the tax that the document charges on it is not claimed and goes to the cost
    account with it."""

    taxes: tuple[int, ...] = ()
    is_cost: bool = False
    reasons: tuple[Reason, ...] = field(default=())


class Chooser:
    """Chooses taxes for the parts of one document."""

    def __init__(self, facts: BillFacts, position: Position | None, country: str = "") -> None:
        self.facts = facts
        self.position = position
        self.is_domestic = position is None or position.is_domestic
        if position is None and country and facts.settings.country and country != facts.settings.country:
            # A vendor abroad for whom the books know no position: what it charges is no tax of this country.
            self.is_domestic = False

    def choose(self, base: Base, account: int | None, learned: tuple[int, ...] | None) -> Choice:
        """:param account: that the part is coded to
        :param learned: taxes of the rule or of what people booked before; None where nobody said any"""
        if base.code == IMPORT:
            return self._import(base, learned)
        if self.is_domestic:
            return self._domestic(base, account, learned)
        return self._foreign(base, account, learned)

    def withheld(self, share: Decimal) -> int | None:
        """The tax by which ``share`` percent of the net is kept from the vendor."""
        found = [
            tax
            for tax in self.facts.taxes.values()
            if tax.is_withheld and abs(tax.nominal) == share and self._fits(tax)
        ]
        return found[0].key if found else None

    # === AT HOME === #

    def _domestic(self, base, account, learned):
        if base.rate is None:
            if learned and not any(self._adds(learned)):
                return Choice(learned)
            return Choice(reasons=(("no_tax_printed", {}),))
        if learned is not None and self._charges(learned) == base.rate and self._usable(learned):
            return Choice(learned)
        if not base.rate:
            return self._untaxed(base, account)
        for taxes in (self._account_taxes(account), self.facts.settings.default_taxes):
            mapped = self._mapped(taxes)
            if taxes and self._charges(mapped) == base.rate and self._usable(mapped):
                return Choice(mapped)
        found = [
            tax
            for tax in self.facts.taxes.values()
            if tax.rate == base.rate and not tax.is_reverse and not tax.is_withheld and not tax.is_fixed
        ]
        found = [tax for tax in found if self._fits(tax)]
        if not found:
            return Choice(is_cost=True, reasons=(("tax_unknown", {"rate": _percent(base.rate)}),))
        plain = [tax for tax in found if not tax.scope] or found
        return Choice((plain[0].key,))

    def _untaxed(self, base, account):
        """Nothing is charged: reverse charge at home where the document says so, or exempt."""
        if base.code in REVERSE_CODES:
            found = self._reverse(self._nominal(account))
            if found:
                return Choice((found,), reasons=(("reverse_charge", {}),))
            return Choice(reasons=(("reverse_charge_unknown", {}),))
        return Choice(reasons=(("untaxed", {}),))

    def _nominal(self, account):
        taxes = self._account_taxes(account) or self.facts.settings.default_taxes
        known = [self.facts.taxes[tax] for tax in taxes if tax in self.facts.taxes]
        return known[0].nominal if known else None

    def _reverse(self, nominal):
        found = [tax for tax in self.facts.taxes.values() if tax.is_reverse and self._fits(tax)]
        same = [tax for tax in found if tax.nominal == nominal]
        return (same or found)[0].key if same or len(found) == 1 else None

    # === FROM ABROAD === #

    def _foreign(self, base, account, learned):
        if base.rate:
            return Choice(is_cost=True, reasons=(("foreign_tax", {"rate": _percent(base.rate)}),))
        if learned is not None and self._usable(learned) and not any(self._adds(learned)):
            return Choice(learned, reasons=self._told(learned))
        if self.position is None:
            return Choice(reasons=(("no_position", {}),))
        source = self._account_taxes(account) or self.facts.settings.default_taxes
        found = self._variant(self._mapped(source))
        if any(self._adds(found)):
            # The position leaves a tax that the document does not charge.
            return Choice(reasons=(("untaxed", {}),))
        return Choice(found, reasons=self._told(found))

    def _told(self, taxes):
        known = self.facts.taxes
        name = self.position.name if self.position else ""
        is_reverse = any(known[tax].is_reverse for tax in taxes if tax in known)
        return (("reverse_charge" if is_reverse else "position_applied", {"position": name}),)

    def _variant(self, taxes):
        """One of the taxes that differ only in what is bought (goods, services): Odoo would book them all."""
        known = [self.facts.taxes[tax] for tax in taxes if tax in self.facts.taxes]
        if len({(tax.nominal, tax.is_reverse) for tax in known}) == 1 and len({tax.scope for tax in known}) > 1:
            plain = [tax for tax in known if tax.scope != "consu"]
            return (plain[0].key,)
        return taxes

    def _import(self, base, learned):
        """Import tax by the customs document: a tax that adds what it says, whatever the position of the forwarder."""
        if learned is not None and self._charges(learned) == base.rate:
            return Choice(learned, reasons=(("import_tax", {}),))
        found = [
            tax
            for tax in self.facts.taxes.values()
            if tax.rate == base.rate and not tax.is_reverse and not tax.is_withheld and not tax.is_fixed
        ]
        # Charts keep import tax apart from what vendors at home charge.
        apart = [tax for tax in found if not tax.is_domestic]
        if not (apart or found):
            return Choice(is_cost=True, reasons=(("tax_unknown", {"rate": _percent(base.rate)}),))
        return Choice(((apart or found)[0].key,), reasons=(("import_tax", {}),))

    # === TAXES === #

    def _mapped(self, taxes):
        return self.position.map(taxes) if self.position else tuple(taxes)

    def _account_taxes(self, account):
        return self.facts.account_taxes.get(account, ()) if account else ()

    def _charges(self, taxes: Iterable[int]) -> Decimal | None:
        """Percent that these add to what is paid, without what is withheld; None with one that is no percentage."""
        known = [self.facts.taxes.get(tax) for tax in taxes]
        if any(tax is None or tax.is_fixed for tax in known):
            return None
        return sum((tax.rate for tax in known if not tax.is_withheld), Decimal(0))

    def _adds(self, taxes):
        return [self.facts.taxes[tax].rate != 0 for tax in taxes if tax in self.facts.taxes]

    def _usable(self, taxes):
        return all(tax in self.facts.taxes and self._fits(self.facts.taxes[tax]) for tax in taxes)

    def _fits(self, tax: BillTax) -> bool:
        """Whether the tax belongs to this fiscal position."""
        if not tax.positions:
            return self.is_domestic or tax.is_domestic
        if self.position is None:
            return tax.is_domestic
        return self.position.key in tax.positions


def _percent(rate):
    return f"{rate.normalize():f}"
