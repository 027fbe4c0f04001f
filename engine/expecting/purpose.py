"""What a recurring payment is for, as far as its words tell: wages and taxes stand apart in the weeks ahead."""

from __future__ import annotations

from collections.abc import Sequence

from ..text import words
from .values import OTHER, TAX, WAGES, Movement

_WAGES = frozenset(
    """
    WAGE WAGES SALARY SALARIES PAYROLL NET LOHN LOEHNE LOHNE GEHALT GEHAELTER GEHALTER SALARIS SALARISSEN LOON LONEN
    SALAIRE SALAIRES PAIE NOMINA NOMINAS STIPENDI STIPENDIO
    """.split()
) - {"NET"}
_TAX = frozenset(
    """
    VAT TAX TAXES HMRC IRS SARS FINANZAMT FINANZKASSE USTVA UST MWST UMSATZSTEUER LOHNSTEUER STEUER BTW
    BELASTINGDIENST TVA DGFIP URSSAF ONSS RSZ NSSO PAYE IVA AEAT IRPF TGSS HACIENDA PRECOMPTE BEDRIJFSVOORHEFFING
    SOZIALVERSICHERUNG KRANKENKASSE
    """.split()
)


def purpose_of(movements: Sequence[Movement]) -> str:
    """``wages``, ``tax`` or ``other``, by the words of most of these movements."""
    counts = {WAGES: 0, TAX: 0, OTHER: 0}
    for movement in movements:
        told = {word.text for word in words(f"{movement.name} {movement.text}")}
        counts[WAGES if told & _WAGES else TAX if told & _TAX else OTHER] += 1
    return max(counts, key=lambda purpose: counts[purpose])
