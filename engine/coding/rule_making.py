"""Rules out of corrections: which conditions to offer, and what they would have coded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from ..text import FILLERS, LEGAL_FORMS, TITLES, core_name, words
from .facts import CodingLine, Rule
from .rules import amounts, applies

#: Words that banks print whoever is paid.
BANK_WORDS = frozenset(
    """
    ACCOUNT ACHAT AMOUNT BANCONTACT BANK BANQUE BASISLASTSCHRIFT BETAALAUTOMAAT BETALING BIC CARD CARTE CASH
    CONTACTLESS CREDIT CREDITOR DATE DAUERAUFTRAG DEBIT DEBITOR DIRECT DOMICILIATION ENTGELT EUR FACTURE FAST FROM
    GUTSCHRIFT IBAN INVOICE KAART KARTE KARTENZAHLUNG LASTSCHRIFT MANDAT MANDATE MASTERCARD MOBILE ONLINE ORDER
    OVERSCHRIJVING PAIEMENT PAYMENT POS PURCHASE RECHNUNG REF REFERENCE REFERENZ SEPA STANDING TERMINAL
    TRANSACTION TRANSFER UBERWEISUNG USD VERSEMENT VERWENDUNGSZWECK VIREMENT VISA WIRE WITH ZAHLUNG
    """.split()
)
#: A payment of this month is known by other words than the next one's.
MONTHS = frozenset(
    """
    JAN FEB MAR APR MAY JUN JUL AUG SEP SEPT OCT NOV DEC JANUARY FEBRUARY MARCH APRIL JUNE JULY AUGUST SEPTEMBER OCTOBER
    NOVEMBER DECEMBER JANUAR FEBRUAR MAERZ MARZ MAI JUNI JULI OKTOBER DEZEMBER OKT DEZ JANVIER FEVRIER MARS AVRIL JUIN
    JUILLET AOUT SEPTEMBRE OCTOBRE NOVEMBRE DECEMBRE JANUARI FEBRUARI MAART MEI AUGUSTUS MRT ENERO FEBRERO MARZO ABRIL
    MAYO JUNIO JULIO AGOSTO SEPTIEMBRE OCTUBRE NOVIEMBRE DICIEMBRE GENNAIO FEBBRAIO APRILE MAGGIO GIUGNO LUGLIO
    SETTEMBRE OTTOBRE DICEMBRE QUARTER QUARTAL TRIMESTRE MONTH MONAT MOIS MAAND
    """.split()
)
DULL = BANK_WORDS | MONTHS | FILLERS | LEGAL_FORMS | TITLES
SHORTEST = 3
MOST_WORDS = 3
GUESSED_WORDS = 2
#: A rule that people contradicted this often on the past year is not made without a second look.
CONTRADICTED = 0.1
FEWEST_CONTRADICTIONS = 3
#: One that codes this share of everything, for many payees, is no rule about a payee.
BROAD_SHARE = 0.2
MANY_PAYEES = 10


@dataclass(frozen=True, slots=True)
class Past:
    """A line of the past and the label that people coded it to."""

    line: CodingLine
    label: str

    @property
    def payee(self) -> str:
        """Who it went to; lines that name nobody count as one payee a label."""
        return self.line.case.payee or f"label:{self.label}"


@dataclass(frozen=True, slots=True)
class Conditions:
    """What a rule asks for; at least one of ``tokens``, ``payee`` and ``partner`` is there."""

    tokens: tuple[str, ...] = ()
    payee: str | None = None
    partner: int | None = None
    sign: int | None = None
    least: Decimal | None = None
    most: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """What a rule would have coded: as people did, otherwise than people did, of how many payees and lines."""

    same: tuple[Past, ...]
    differs: tuple[Past, ...]
    total: int

    @property
    def count(self) -> int:
        return len(self.same) + len(self.differs)

    @property
    def payees(self) -> int:
        return len({past.payee for past in (*self.same, *self.differs)})

    @property
    def strangers(self) -> int:
        """Lines coded otherwise of other payees than the one that most of its lines have.

        What people coded otherwise for that payee itself is a habit that the rule changes, and no sign of breadth.
        """
        payees = Counter(past.payee for past in (*self.same, *self.differs))
        main = max(payees, key=lambda payee: (payees[payee], payee), default="")
        return sum(past.payee != main for past in self.differs)

    @property
    def breadth(self) -> str:
        """Why the rule is too broad, as a code: ``contradicted``, ``everything``; empty when it isn't."""
        if self.strangers >= FEWEST_CONTRADICTIONS and self.strangers > CONTRADICTED * self.count:
            return "contradicted"
        if self.count > BROAD_SHARE * self.total and self.payees > MANY_PAYEES:
            return "everything"
        return ""


def preview(rule: Rule, past: Sequence[Past]) -> Preview:
    """What ``rule`` would have said of the past, had it been the only one."""
    same, differs = [], []
    for each in past:
        if applies(rule, each.line) and amounts(rule, each.line.case.amount) is not None:
            (same if each.label == rule.template.label else differs).append(each)
    return Preview(tuple(same), tuple(differs), len(past))


def telling_words(text: str) -> list[str]:
    """Words that may tell a payee, in order: no numbers, nothing short, nothing that banks print everywhere."""
    found = (word.text for word in words(text))
    return [word for word in dict.fromkeys(found) if _is_telling(word)]


def _is_telling(word):
    return tells(word) and not any(char.isdigit() for char in word)


def tells(word: str) -> bool:
    """Whether a rule may ask for nothing but this word: banks print all others everywhere."""
    return len(word) >= SHORTEST and word not in DULL


def offered(line: CodingLine, label: str, past: Sequence[Past], name: str = "") -> Conditions | None:
    """The fewest conditions by which ``line``'s payee is known again among the ``past``; None when nothing tells it.

    Words of the text come first, those of ``name`` (of the partner) before others: they hold for lines whose partner
    nobody knows yet. Told by who is paid, not by what was coded: what people coded wrongly before must not make the
    rule narrower. Only where the payee was coded both ways with a word or an amount that tells them apart, that is
    asked for too.
    """
    sign = 1 if line.case.amount > 0 else -1
    tokens, tells = _fewest_words(line, name, [each for each in past if _sign(each) == sign])
    if line.partner is not None and not tells:
        found = Conditions(partner=line.partner, sign=sign)
    elif tokens:
        found = Conditions(tokens=tokens, sign=sign)
    elif line.case.payee:
        found = Conditions(payee=line.case.payee, sign=sign)
    else:
        return None
    return _told_apart(found, line, label, past)


def _sign(past):
    return 1 if past.line.case.amount > 0 else -1


def _text(line):
    return f"{line.case.name} {line.case.text}"


def _candidates(line, name):
    """Words to choose from: those of the payee's name that the bank tells too, else all of the text."""
    text = _text(line)
    there = {word.text for word in words(text)}
    named = [word for word in telling_words(f"{line.case.name} {' '.join(core_name(name))}") if word in there]
    return named or telling_words(text)


def _fewest_words(line, name, past):
    """(words, whether they tell one payee of the past from all others)."""
    candidates = _candidates(line, name)
    bags = [(frozenset(word.text for word in words(_text(each.line))), each.payee, each.label) for each in past]
    if not any(word in bag for bag, _payee, _label in bags for word in candidates):
        # Nothing is known of it: two words are a guess that a person can still change.
        return tuple(candidates[:GUESSED_WORDS]), bool(candidates)
    chosen: tuple[str, ...] = ()
    while len(chosen) < MOST_WORDS and candidates:
        ranks = {each: _rank(each, bags, candidates) for each in candidates}
        word = min(ranks, key=ranks.__getitem__)
        kept = [row for row in bags if word in row[0]]
        if not kept:
            # Narrower than anything that was: the words so far are what is known.
            break
        chosen, bags = (*chosen, word), kept
        candidates = [each for each in candidates if each != word]
        if _spread(bags) <= 1:
            return chosen, True
    return chosen, False


def _spread(bags):
    """How many payees, or if fewer, how many codings: all filling stations coded alike need not be told apart."""
    return min(len({payee for _bag, payee, _label in bags}), len({label for _bag, _payee, label in bags}))


def _rank(word, bags, candidates):
    """Few payees or codings first, then many lines, then the order of the text; a word that nobody had comes last."""
    found = [row for row in bags if word in row[0]]
    return _spread(found) or len(bags) + 1, -len(found), candidates.index(word)


def _told_apart(conditions, line, label, past):
    hits = [each for each in past if applies(_as_rule(conditions), each.line)]
    same = [each for each in hits if each.label == label]
    others = [each for each in hits if each.label != label]
    if not others or not same:
        return conditions
    if len(same) > 1:
        for word in telling_words(line.case.text):
            if all(_has(each, word) for each in same) and not any(_has(each, word) for each in others):
                return _with(conditions, tokens=(*conditions.tokens, word))
    size = abs(line.case.amount)
    if all(abs(each.line.case.amount) == size for each in same) and not any(
        abs(each.line.case.amount) == size for each in others
    ):
        return _with(conditions, least=size, most=size)
    return conditions


def most_common_label(conditions: Conditions, past: Sequence[Past], refused: str = "") -> str:
    """What people coded most of what ``conditions`` hold for, other than ``refused``; empty when there is nothing."""
    rule = _as_rule(conditions)
    counts = Counter(each.label for each in past if each.label != refused and applies(rule, each.line))
    return max(counts, key=lambda label: (counts[label], label), default="")


def _has(past, word):
    return any(found.text == word for found in words(_text(past.line)))


def _with(conditions, **values):
    kept = {name: getattr(conditions, name) for name in Conditions.__slots__}
    return Conditions(**{**kept, **values})


def _as_rule(conditions):
    return Rule(0, None, **{name: getattr(conditions, name) for name in Conditions.__slots__})  # type: ignore[arg-type]
