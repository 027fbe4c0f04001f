"""Rules out of corrections: which conditions to offer, what they would have coded, and what speaks against them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ..text import FILLERS, LEGAL_FORMS, TITLES, core_name, words
from .facts import CodingLine, Rule
from .rules import Book, amounts, applies

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
DULL = BANK_WORDS | FILLERS | LEGAL_FORMS | TITLES
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
    bags = [(frozenset(word.text for word in words(_text(each.line))), each.payee) for each in past]
    if not any(word in bag for bag, _payee in bags for word in candidates):
        # Nothing is known of it: two words are a guess that a person can still change.
        return tuple(candidates[:GUESSED_WORDS]), bool(candidates)
    chosen: tuple[str, ...] = ()
    while len(chosen) < MOST_WORDS and candidates:
        ranks = {each: _rank(each, bags, candidates) for each in candidates}
        word = min(ranks, key=ranks.__getitem__)
        chosen += (word,)
        bags = [(bag, payee) for bag, payee in bags if word in bag]
        candidates = [each for each in candidates if each != word]
        if len({payee for _bag, payee in bags}) <= 1:
            return chosen, True
    return chosen, False


def _rank(word, bags, candidates):
    """Few payees first, then many lines, then the order of the text; a word that nobody had comes last."""
    payees = [payee for bag, payee in bags if word in bag]
    return len(set(payees)) or len(bags) + 1, -len(payees), candidates.index(word)


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


def _has(past, word):
    return any(found.text == word for found in words(_text(past.line)))


def _with(conditions, **values):
    kept = {name: getattr(conditions, name) for name in Conditions.__slots__}
    return Conditions(**{**kept, **values})


def _as_rule(conditions):
    return Rule(0, None, **{name: getattr(conditions, name) for name in Conditions.__slots__})  # type: ignore[arg-type]


def covers(wide: Rule, narrow: Rule) -> bool:
    """Whether ``wide`` holds for every line for which ``narrow`` holds, as far as their conditions tell."""
    return (
        set(wide.tokens) <= set(narrow.tokens)
        and all(_same_or_none(getattr(wide, name), getattr(narrow, name)) for name in ("phrase", "without", "pattern"))
        and all(_same_or_none(getattr(wide, name), getattr(narrow, name)) for name in ("payee", "partner", "sign"))
        and (not wide.journals or bool(narrow.journals) and narrow.journals <= wide.journals)
        and _partners_cover(wide, narrow)
        and _amounts_cover(wide, narrow)
    )


def _same_or_none(wide, narrow):
    return not wide or wide == narrow


def _partners_cover(wide, narrow):
    named = narrow.partners or ({narrow.partner} if narrow.partner else set())
    return not wide.partners or bool(named) and named <= wide.partners


def _amounts_cover(wide, narrow):
    if wide.least is None and wide.most is None and not any(wide.fixed):
        return True
    least_covers = wide.least is None or narrow.least is not None and narrow.least >= wide.least
    most_covers = wide.most is None or narrow.most is not None and narrow.most <= wide.most
    return least_covers and most_covers and not any(wide.fixed) and wide.currency in ("", narrow.currency)


@dataclass(frozen=True, slots=True)
class Finding:
    """What is the matter with a rule. ``code``: ``hidden`` (never speaks, ``by`` stands before it), ``conflict``
    (``by`` would book otherwise, on ``count`` lines of the past), ``contradicted``, ``everything``, ``dead``, or
    empty. ``spoke`` and ``same``: past lines it would have coded being the first to hold, and as people did."""

    rule: int
    code: str = ""
    by: int | None = None
    count: int = 0
    spoke: int = 0
    same: int = 0


def findings(rules: Sequence[Rule], past: Iterable[Past]) -> dict[int, Finding]:
    """{rule key: what the past says of it}, of all rules together and in their order."""
    past = list(past)
    heard: dict[int, list[tuple[Past, Rule]]] = {rule.key: [] for rule in rules}
    overlaps: dict[tuple[int, int], int] = {}
    book = Book(rules)
    for each in past:
        holding = book.all(each.line)
        for place, rule in enumerate(holding):
            if not place:
                heard[rule.key].append((each, rule))
            elif holding[0].template != rule.template:
                pair = rule.key, holding[0].key
                overlaps[pair] = overlaps.get(pair, 0) + 1
    return {
        key: _finding(key, [rule for rule in rules if rule.key == key], rules, heard[key], overlaps, len(past))
        for key in heard
    }


def _finding(key, mine, rules, heard, overlaps, total):
    same = tuple(each for each, rule in heard if each.label == rule.template.label)
    differs = tuple(each for each, rule in heard if each.label != rule.template.label)
    spoke = {"rule": key, "spoke": len(heard), "same": len(same)}
    before = rules[: rules.index(mine[0])]
    hiding = next((rule for rule in before if rule.key != key and all(covers(rule, each) for each in mine)), None)
    if hiding:
        return Finding(code="hidden", by=hiding.key, **spoke)
    breadth = Preview(same, differs, total).breadth
    if breadth:
        return Finding(code=breadth, count=len(differs), **spoke)
    against = {pair[1]: count for pair, count in overlaps.items() if pair[0] == key}
    if against:
        by = max(against, key=lambda other: (against[other], -other))
        return Finding(code="conflict", by=by, count=against[by], **spoke)
    return Finding(code="" if heard or not total else "dead", **spoke)
