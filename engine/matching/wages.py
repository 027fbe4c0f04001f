"""Net wages: one debit for everybody, or one each, against what was accrued; taxes and social security stay."""

from __future__ import annotations

from ..facts import BankLine
from ..proposal import Counterpart
from ..text import fold, words
from .bulk import is_bulk_line, is_collection_line
from .describe import describe
from .differences import EXACT, ROUNDED, explain
from .draft import Draft, build
from .scene import Scene
from .settling import explained
from .subsets import WHOLE, luck

WAGE_WORDS = frozenset(
    """
    WAGES WAGE SALARY SALARIES PAYROLL NETPAY LOHN LOEHNE LOHNE GEHALT GEHAELTER GEHALTER SALAIRE SALAIRES LOON LONEN
    SALARIS SALARISSEN REMUNERATION REMUNERATIONS BEZOLDIGING BEZOLDIGINGEN NOMINA NOMINAS STIPENDIO STIPENDI
    LOHNZAHLUNG GEHALTSZAHLUNG SALA
    """.split()
)
#: Of an account's name: what is withheld from wages, or comes on top, is paid to others.
_OTHERS = frozenset(
    """
    TAX TAXES PAYE LOHNSTEUER LOONHEFFING BEDRIJFSVOORHEFFING PRECOMPTE WITHHOLDING SOCIAL SOZIALVERSICHERUNG RSZ ONSS
    URSSAF PENSION PENSIOEN SOCIALE SOCIALES CONTRIBUTION CONTRIBUTIONS GARNISHMENT GARNISHMENTS PFAENDUNG PFANDUNG
    EXPENSE EXPENSES PROVISION HOLIDAY VAKANTIEGELD NIC INSURANCE VERSICHERUNG STEUER TAXE ACCRUED
    """.split()
)
_DAYS = 75
_CHOICES = 3
#: A sum of some wages that this many others would make by accident (log10) is asked.
_SURE = -1.5


def is_wages_account(name: str) -> bool:
    """Whether an account of that name holds net wages that are owed: *Net wages payable*, *Löhne und Gehälter*."""
    said = {word.text for word in words(name)}
    return not said.isdisjoint(WAGE_WORDS) and said.isdisjoint(_OTHERS)


def is_wages_line(line: BankLine) -> bool:
    """Whether a bank line says that it pays wages, or gives some back."""
    said = {word.text for word in words(f"{line.text[:400]} {fold(line.code)}")}
    return not said.isdisjoint(WAGE_WORDS)


def wage_drafts(scene: Scene, wages: list[int]) -> list[Draft]:
    """Readings of a debit as wages of several employees, or as a part of what was accrued in one sum.

    ``wages``: the items on accounts of net wages.
    """
    accounts = scene.book.settings.wage_accounts
    if not accounts or scene.amount > 0 or not (is_wages_line(scene.line) or is_bulk_line(scene.line)):
        return []
    named = is_wages_line(scene.line)
    pool = [n for n in wages if _is_owed(scene, n)]
    drafts: dict[tuple, Draft] = {}
    for chosen, chance in _sets(scene, pool):
        for draft in _as_drafts(scene, chosen, chance, named):
            drafts.setdefault(draft.booking, draft)
    found = list(drafts.values())[:_CHOICES]
    for draft in found:
        draft.ask = draft.ask or len(found) > 1
    return found or (_parts(scene, pool) if named else [])


def _is_owed(scene: Scene, n: int) -> bool:
    book, item = scene.book, scene.book.items[n]
    return (
        book.free(n)
        and item.currency == scene.line.currency
        and book.residual[n] < 0
        and -3 <= (scene.line.date - item.date).days <= _DAYS
    )


def _sets(scene: Scene, pool: list[int]) -> list[tuple[tuple[int, ...], float]]:
    """All that is owed, all of one accrual, all on one account; else the only other sum."""
    book = scene.book
    groups: dict[object, list[int]] = {}
    for n in pool:
        item = book.items[n]
        for key in ("all", ("document", item.document), ("account", item.account), ("date", item.date)):
            groups.setdefault(key, []).append(n)
    cents = book.places.minor(book.settings.rounding_cap, scene.line.currency)
    chosen = dict.fromkeys(tuple(group) for group in groups.values())
    found = [(group, -5.0) for group in chosen if abs(sum(book.residual[n] for n in group) - scene.amount) <= cents]
    exact = [each for each in found if sum(book.residual[n] for n in each[0]) == scene.amount]
    if found or not 2 <= len(pool) <= WHOLE:
        return exact or found
    residual = [book.residual[n] for n in pool]
    hits = book.pool(tuple(pool)).find(scene.amount)
    return [(tuple(pool[place] for place in subset), luck(residual, len(subset))) for subset in hits.subsets[:4]]


def _as_drafts(scene: Scene, chosen: tuple[int, ...], chance: float, named: bool) -> list[Draft]:
    drafts = explained(scene, chosen, explain(scene, chosen, None, whole_only=True), {})
    drafts = [draft for draft in drafts if draft.amount_kind in (EXACT, ROUNDED)]
    for draft in drafts:
        draft.case = "wage_run"
        draft.features.update({"wages": 1.0, "luck": chance})
        if named:
            draft.features.update({"quoted": 1.0, "bare": 0.0})
        draft.reasons = [("wage_run", {"count": len(chosen)}), *draft.reasons]
        draft.ask = chance > _SURE or not named
    return drafts


def _parts(scene: Scene, pool: list[int]) -> list[Draft]:
    """One employee's wages of a sum that was accrued without names."""
    book, line = scene.book, scene.line
    lumps = [n for n in pool if book.items[n].partner is None and book.residual[n] < scene.amount]
    if len(lumps) != 1 or len(pool) != 1:
        return []
    n = lumps[0]
    open_ = book.places.major(abs(book.residual[n] - scene.amount), line.currency)
    match = build(line.amount, [Counterpart(book.items[n].key, line.amount)], [], scene.sure_partner())
    draft = describe(scene, Draft("wage_run", match, (n,), frozenset({("part", n, line.key)}), "wages_part"))
    draft.features.update({"wages": 1.0, "quoted": 1.0, "bare": 0.0})
    draft.ticks["amount"] = "near"
    draft.reasons = [("wage_part", {"open": str(open_)}), *draft.reasons]
    return [draft]


def name_cases(scene: Scene, drafts: list[Draft]) -> list[Draft]:
    """Readings that settle only wages are wage runs; a batch that was collected is a collection."""
    wages = scene.book.settings.wage_accounts
    collected = is_collection_line(scene.line)
    for draft in drafts:
        if draft.items and wages and all(scene.book.items[n].account in wages for n in draft.items):
            draft.case = "wage_run" if draft.amount_kind in (EXACT, ROUNDED, "wages_part") else draft.case
            # The words of wages speak against documents, not against wages.
            draft.features["said_plain"] = 0.0
        elif collected and draft.case == "batch":
            draft.case = "collection"
    return drafts
