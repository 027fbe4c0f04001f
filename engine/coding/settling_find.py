"""Who may be a counterpart: from the names of payees, what their payments were booked on, and the chart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ..text import core_name, words
from .settling_topics import topics_named

#: Payments booked on one account before it is more than chance, and the share of them.
_OFTEN = 2
_SHARE = 0.8
#: Of one topic: more accounts than this are no choice.
_CLAIMS = 3
#: Words of names of payees, in the countries' own languages.
_NAMES = {
    "tax_office": """FINANZAMT FINANZKASSE HMRC SARS IRS BELASTINGDIENST IMPOTS DGFIP ATO AEAT AFIP SKATTEVERKET SKAT
        ENTRATE""",
    "social_fund": """RSZ ONSS URSSAF SOZIALVERSICHERUNG KRANKENKASSE AOK BARMER DAK UIF SOCIALE SOCIALES SECURITE INSS
        SEGURIDAD INPS PENSION KNAPPSCHAFT VERZEKERINGSFONDS UWV""",
    "card_issuer": "AMEX AMERICANEXPRESS MASTERCARD VISA BARCLAYCARD CREDITCARD KREDITKARTE KREDITKARTEN DINERS",
}
#: Two words together; one of them alone is an adviser's, a shop's, an insurer's too.
_PAIRS = frozenset(
    tuple(pair.split())
    for pair in (
        "TAX OFFICE", "TAX AUTHORITY", "TAX AUTHORITIES", "TAX ADMINISTRATION", "TAX DEPARTMENT", "INLAND REVENUE",
        "REVENUE SERVICE", "REVENUE SERVICES", "HM REVENUE", "REVENUE COMMISSIONERS", "FPS FINANCE", "SPF FINANCES",
        "FOD FINANCIEN", "TRESOR PUBLIC",
    )
)  # fmt: skip
_KIND_OF_NAME = {word: kind for kind, told in _NAMES.items() for word in told.split()}
#: Which kind a topic of an account belongs to.
_KIND_OF_TOPIC = {
    "vat": "tax_office",
    "payroll_tax": "tax_office",
    "corporate_tax": "tax_office",
    "social": "social_fund",
    "loan": "lender",
    "card": "card_issuer",
    "intercompany": "sister",
    "drawings": "owner",
    "contribution": "owner",
    "owner": "owner",
    "dividend": "owner",
    "expense": "employee",
    "advance": "employee",
}
_TOPICS_OF_KIND = {
    "tax_office": ("vat", "payroll_tax", "corporate_tax"),
    "social_fund": ("social",),
    "card_issuer": ("card",),
    "lender": ("loan",),
}


@dataclass(frozen=True, slots=True)
class Account:
    """An account that payments may settle. ``is_vat``: the chart's tax groups say that VAT is owed there."""

    key: int
    name: str
    kind: str
    is_vat: bool = False

    @property
    def topics(self) -> frozenset[str]:
        found = set(topics_named(self.name)) | ({"vat"} if self.is_vat else set())
        if self.kind == "liability_credit_card":
            found.add("card")
        return frozenset(found)


@dataclass(frozen=True, slots=True)
class Payee:
    """``booked``: {account, 0 while the line is open: lines}."""

    number: str
    name: str
    partner: int | None
    booked: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Guess:
    """``claims``: (topic, accounts). ``booked`` of ``count`` payments went to these accounts."""

    kind: str
    name: str
    numbers: frozenset[str]
    names: frozenset[tuple[str, ...]]
    partner: int | None
    claims: tuple[tuple[str, tuple[int, ...]], ...]
    booked: int
    count: int


def find(payees: Sequence[Payee], accounts: Sequence[Account], company: str = "") -> list[Guess]:
    """Payees whose payments settle balances, by what people booked or by a name that says so and the chart.

    :param company: its own name: it is no counterpart of itself
    """
    by_key = {account.key: account for account in accounts}
    found = []
    for group in _merged(payees):
        if core_name(group[0].name) == core_name(company) and company:
            continue
        guess = _by_history(group, by_key) or _by_name(group, accounts)
        if guess:
            found.append(guess)
    return sorted(found, key=lambda guess: (guess.kind, -guess.count, guess.name))


def _merged(payees: Sequence[Payee]) -> list[list[Payee]]:
    """Payees of one account number, or of one name where the bank tells no number."""
    groups: dict[tuple, list[Payee]] = defaultdict(list)
    for payee in payees:
        groups[("number", payee.number) if payee.number else ("name", core_name(payee.name))].append(payee)
    return list(groups.values())


def _by_history(group, by_key):
    booked: dict[int, int] = defaultdict(int)
    for payee in group:
        for account, count in payee.booked.items():
            booked[account] += count
    # A payment in parts counts once: no account has more of them than there were payments.
    count = max((number for account, number in booked.items() if account), default=0)
    settled = {account: number for account, number in booked.items() if account in by_key}
    kinds: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for account in settled:
        for topic in sorted(by_key[account].topics):
            if topic in _KIND_OF_TOPIC:
                kinds[_KIND_OF_TOPIC[topic]].append((topic, account))
        if by_key[account].kind == "equity" and not by_key[account].topics:
            kinds["owner"].append(("owner", account))
    if not kinds:
        return None
    kind = max(kinds, key=lambda each: sum(settled[account] for _topic, account in kinds[each]))
    times = max((settled[account] for _topic, account in kinds[kind]), default=0)
    if times < _OFTEN or times < _SHARE * count:
        return None
    claims = {}
    for topic, account in kinds[kind]:
        claims.setdefault(account, topic)
    return _guess(kind, group, tuple((topic, (account,)) for account, topic in claims.items()), times, count)


def _by_name(group, accounts):
    kinds = {kind for payee in group for kind in _kinds_of(payee.name)}
    if len(kinds) != 1:
        return None
    kind = kinds.pop()
    claims = []
    for topic in _TOPICS_OF_KIND[kind]:
        fitting = [account for account in accounts if topic in account.topics]
        # What the chart's own tax groups name goes before names of accounts.
        fitting = [account for account in fitting if account.is_vat and account.kind.startswith("liability")] or fitting
        claims += [(topic, (account.key,)) for account in fitting[:_CLAIMS]]
    count = sum(number for payee in group for number in payee.booked.values())
    # Where the chart names no account, a person says which.
    return _guess(kind, group, tuple(claims), 0, count) if claims or count >= _OFTEN else None


def _kinds_of(name: str) -> set[str]:
    told = [word.text for word in words(name)]
    kinds = {_KIND_OF_NAME[word] for word in told if word in _KIND_OF_NAME}
    return kinds | ({"tax_office"} if _PAIRS & set(pairwise(told)) else set())


def _guess(kind, group, claims, booked, count):
    names = [payee.name for payee in group if payee.name]
    name = max(names, key=names.count) if names else group[0].number
    partners = {payee.partner for payee in group} - {None}
    return Guess(
        kind,
        name,
        frozenset(payee.number for payee in group if payee.number),
        frozenset(core_name(each) for each in names),
        partners.pop() if len(partners) == 1 else None,
        claims,
        booked,
        count,
    )
