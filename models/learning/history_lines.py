"""From the items of a posted bank entry to the coding that a person chose: tax-included amounts, the line's sign."""

from collections import defaultdict
from decimal import Decimal

from ...engine.coding import Template

#: What a suggestion's proposal says of one line of a coding.
NAMES = ("account_id", "amount", "tax_ids", "analytic_distribution", "label")


def coded_lines(amount, items, places):
    """The lines of a ``bank_coding`` proposal that would book these items.

    :param Decimal amount: of the bank line, in the journal's currency
    :param list items: the entry's items but for the bank's own: ``{account, balance, taxes, tax, group, analytic,
        name}``; ``balance`` as decimal text in the company's currency, ``tax`` and ``group`` of items that a tax made
    :param int places: of the journal's currency
    :return: ``[{account_id, amount, tax_ids, analytic_distribution, label}]``; amounts add up to ``amount``
    """
    bases, worth = _gross(items)
    total = sum(worth, Decimal(0))
    if not total:
        return []
    unit = Decimal(1).scaleb(-places)
    shares = [(amount * part / total).quantize(unit) for part in worth]
    rest = amount - sum(shares)
    if rest:
        largest = max(range(len(shares)), key=lambda index: abs(shares[index]))
        shares[largest] += rest
    return merged([_line(item, share) for item, share in zip(bases, shares, strict=True)], places)


def merged(lines, places):
    """The same coding with one line for each account, taxes and analytic distribution: what tells codings apart."""
    found = {}
    for line in lines:
        key = Template.of_lines([line]).label
        if key in found:
            amount = Decimal(found[key]["amount"]) + Decimal(line["amount"])
            found[key] = {**found[key], "amount": f"{amount:.{places}f}"}
        else:
            found[key] = {name: line[name] for name in NAMES if line.get(name)}
    return [found[key] for key in sorted(found)]


def _gross(items):
    """The items that were coded, and what each is worth with its taxes."""
    taxed = defaultdict(list)
    bases = [item for item in items if not item["tax"]]
    worth = [Decimal(item["balance"]) for item in bases]
    for index, item in enumerate(bases):
        for tax in item["taxes"]:
            taxed[tax].append(index)
    for item in items:
        owners = item["tax"] and (taxed.get(item["group"]) or taxed.get(item["tax"]))
        if owners:
            _spread(worth, bases, owners, Decimal(item["balance"]))
        elif item["tax"]:
            # A tax without its base: somebody coded to the tax's account.
            bases.append(item)
            worth.append(Decimal(item["balance"]))
    return bases, worth


def _spread(worth, bases, owners, tax):
    net = sum((Decimal(bases[index]["balance"]) for index in owners), Decimal(0))
    for index in owners:
        share = Decimal(bases[index]["balance"]) / net if net else Decimal(1) / len(owners)
        worth[index] += tax * share


def _line(item, amount):
    return {
        "account_id": item["account"],
        "amount": str(amount),
        "tax_ids": sorted(item["taxes"]),
        "analytic_distribution": item["analytic"] or {},
        "label": item["name"] or "",
    }
