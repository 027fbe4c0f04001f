"""One bank line with everything that is read from its text: who, which numbers, which words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ..facts import BankLine, OpenItem
from ..slips import slips
from ..text import fold, squeeze, words
from . import references as ref
from .items import Book
from .parties import FUZZY, GIVEN, IBAN, PartyGuess
from .references import Quote

#: A name this alike counts as naming the partner.
NAMED = 0.75
SURE = 0.9

RETURN_WORDS = frozenset(
    """
    RETURN RETURNED RETURNS UNPAID BOUNCED BOUNCE CHARGEBACK REJECT REJECTED REVERSAL RUECKLASTSCHRIFT
    RUCKLASTSCHRIFT RUECKUEBERWEISUNG RUCKUBERWEISUNG RUECKBUCHUNG STORNO REJET IMPAYE IMPAYEE RETOUR
    RETOURNE TERUGBOEKING STORNERING GEWEIGERD DEVUELTO DEVOLUCION INSOLUTO DISHONOURED DISHONORED NSF
    RETOURS REFUSE REFUSED
    """.split()
)
#: ISO 20022 external return reasons and bank transaction families of returns.
RETURN_CODES = frozenset(
    """
    AC01 AC04 AC06 AC13 AG01 AG02 AM04 AM05 BE05 CNOR DNOR MD01 MD06 MD07 MS02 MS03 RC01 RR01 RR02 RR03 RR04
    SL01 SL11 SL12 FF05 NRTI RRTN UPDD UPCT UPCQ PRDD NSTO NRTR
    """.split()
)
FEE_WORDS = frozenset(
    """
    FEE FEES CHARGE CHARGES CHG CHGS SPESEN FRAIS KOSTEN COMMISSION COMMISSIONE COMMISSIONI GEBUEHR GEBUHR
    GEBUEHREN GASTOS COMISION PROVISION ENTGELT SHA BEN
    """.split()
)
TRANSFER_WORDS = frozenset(
    """
    OWN INTERNAL SAVINGS EIGEN EIGENE UMBUCHUNG UEBERTRAG UBERTRAG INTERNE SPAARREKENING INTERBANK SWEEP
    GIROCONTO TRASPASO
    """.split()
)
ADVANCE_WORDS = frozenset(
    """
    ADVANCE ACOMPTE ANZAHLUNG VOORSCHOT DEPOSIT PREPAYMENT DOWNPAYMENT PREPAY VORAUSZAHLUNG VOORUITBETALING
    ACCONTO ANTICIPO PROFORMA
    """.split()
)
REFUND_WORDS = frozenset(
    """
    REFUND GUTSCHRIFT TERUGBETALING REMBOURSEMENT ERSTATTUNG RIMBORSO REEMBOLSO AVOIR CREDITNOTE
    RUECKZAHLUNG
    """.split()
)
#: Words of payments that usually have no document in receivables or payables.
PLAIN_WORDS = frozenset(
    """
    CARD KARTE KARTENZAHLUNG CARTE POS ATM SALARY WAGES PAYROLL LOHN GEHALT LOON SALAIRE VAT TVA BTW TAX
    RENT LOYER HUUR MIETE LOAN INTEREST INTERET ZINSEN INSURANCE VERSICHERUNG ASSURANCE PENSION ONSS RSZ
    URSSAF WITHDRAWAL CASH GRANT KONTOFUEHRUNG MAINTENANCE LEASING TANKSTELLE
    """.split()
)
_AMOUNTS = re.compile(r"(?<![\d.,])(\d{1,6})[.,](\d{2})(?![\d.,])")


@dataclass(slots=True)
class Scene:
    """What one line shows. ``amount`` in minor units of its currency, signed.

    ``quotes``: free open items that its text quotes; ``settled``: settled ones; ``guesses``: partner -> best guess.
    """

    line: BankLine
    amount: int
    book: Book
    guesses: dict[int, PartyGuess]
    quotes: dict[int, Quote]
    settled: dict[int, Quote]
    said: frozenset[str]
    numbers: dict[str, tuple[int, int]]
    joined: dict[str, tuple[int, int]]
    codes: frozenset[str]
    own: tuple[int, ...] = ()  # journals whose account number the line names
    own_named: bool = False  # the name of an own journal stands in it
    own_text: bool = False  # the company's own name stands on the other side
    notes: list[tuple[str, dict]] = field(default_factory=list)
    _levels: dict[int, Quote] = field(default_factory=dict)

    @property
    def sign(self) -> int:
        return 1 if self.amount > 0 else -1

    @property
    def day(self) -> int:
        return self.line.date.toordinal()

    def relation(self, partner: int | None) -> str:
        """How the line stands to a partner: given, iban, exact, payer_name, fuzzy, weak, none or other."""
        if partner is None:
            return "none"
        guess = self.guesses.get(partner)
        if guess is not None and guess.score >= NAMED:
            if guess.how == FUZZY:
                return "fuzzy" if guess.score >= 0.85 else "weak"
            return guess.how if guess.score >= 0.85 or guess.how in (GIVEN, IBAN) else "weak"
        named = self.best()
        if guess is not None:
            return "weak" if named is None or named.score < SURE else "other"
        if named is not None and named.score >= 0.85 and named.party != partner:
            return "other"
        return "other" if self.line.partner_name.strip() else "none"

    def best(self) -> PartyGuess | None:
        """The best guess that names a partner."""
        first = next(iter(self.guesses.values()), None)
        return first if first is not None and first.score >= NAMED else None

    def sure_partner(self) -> int | None:
        """The partner when exactly one is surely named; None when two could be meant."""
        first = self.best()
        if first is None or (first.how == FUZZY and first.score < SURE) or first.score < 0.85:
            return None
        second = [guess for guess in self.guesses.values() if guess.party != first.party]
        if first.how not in (GIVEN, IBAN) and second and second[0].score > first.score - 0.05:
            return None
        if first.how == IBAN and second and second[0].how == IBAN:
            return None
        return first.party

    def partners(self) -> list[int]:
        """Partners worth searching, best first: named ones, then those of quoted items."""
        given = self.line.partner
        found = [party for party, guess in self.guesses.items() if guess.score >= 0.6][:8]
        for n in self.quotes:
            partner = self.book.items[n].partner
            if partner is not None and partner not in found and self.quotes[n].level >= ref.PART:
                found.append(partner)
        return found[:10] if given is None else [given, *[p for p in found if p != given][:2]]

    def level(self, n: int) -> Quote:
        """How the text quotes item ``n``, also by a short or mistyped number."""
        quote = self.quotes.get(n) or self._levels.get(n)
        if quote is None:
            quote = self._levels[n] = self._loose(self.book.items[n], self.book.names_of(n))
        return quote

    def settled_level(self, n: int) -> Quote:
        """How the text quotes a settled item, also by its bare running number."""
        quote = self.settled.get(n)
        if quote is not None:
            return quote
        for name in self.book.settled[n].names:
            sequence = ref.sequence_of(name) if name and len(name) <= 40 else ""
            if sequence in self.numbers and len(sequence) < 7 and not _year_like(name):
                return Quote(ref.SHORT, *self.numbers[sequence])
        return Quote(ref.NONE, -1, -1)

    def _loose(self, item: OpenItem, names: tuple[str, ...]) -> Quote:
        if item.kind == "entry":
            return Quote(ref.NONE, -1, -1)
        for name in names:
            if not name or len(name) > 40:
                continue
            place = self.numbers.get(ref.sequence_of(name))
            if place is not None and len(ref.sequence_of(name)) < 7 and not _year_like(name):
                return Quote(ref.SHORT, *place)
        for name in names:
            digits = ref.digits_of(name) if name and len(name) <= 40 else ""
            if len(digits) >= 6:
                for other, place in self.joined.items():
                    if abs(len(other) - len(digits)) <= 1 and slips(digits, other, 1) == 1:
                        return Quote(ref.TYPO, *place)
        return Quote(ref.NONE, -1, -1)

    def spoken(self, vocabulary: frozenset[str]) -> bool:
        """Whether the text has one of these words."""
        return not self.said.isdisjoint(vocabulary)

    def is_return(self) -> bool:
        """Whether code or words say that money comes back."""
        return self.spoken(RETURN_WORDS) or not self.codes.isdisjoint(RETURN_CODES)

    def tells_amount(self, minor: int) -> bool:
        """Whether the text names this amount (``CHARGES 9.68``), or none at all."""
        named = _AMOUNTS.findall(self.line.text[:1000])
        return not named or any(int(a) * 100 + int(b) == abs(minor) for a, b in named)


def _identifiers(texts: tuple[str, ...]) -> list[str]:
    """Of a paying line's texts only those that identify it: one word with digits, as an EndToEndId."""
    return [text for text in texts if 6 <= len(text) <= 40 and " " not in text and any(map(str.isdigit, text))]


def _year_like(name: str) -> bool:
    sequence = ref.sequence_of(name)
    return len(sequence) == 4 and sequence[:2] in ("19", "20")


def line_keys(line: BankLine) -> dict[str, tuple[int, int]]:
    """Typed keys of all that a line may quote; structured fields count most."""
    keys = ref.text_keys(line.text)
    keys.update(ref.field_keys(line.references))
    return keys


class Reader:
    """Makes the scene of each line of a run."""

    def __init__(self, book: Book, keys: dict[int, dict[str, tuple[int, int]]]) -> None:
        self._book, self._keys = book, keys
        wanted = set().union(*keys.values()) if keys else set()
        self._open = ref.ReferenceIndex([book.names_of(n) for n in range(len(book.items))], wanted)
        self._settled = ref.ReferenceIndex(
            [(*item.names, *_identifiers(item.payment_names)) for item in book.settled], wanted
        )
        self._own = [
            (own, squeeze(own.account_number), [squeeze(n) for n in own.names if len(squeeze(n)) >= 4])
            for own in book.facts.own_accounts
        ]
        self._company = [squeeze(name) for party in book.facts.parties if party.is_own for name in party.names]

    def read(self, line: BankLine, guesses: tuple[PartyGuess, ...]) -> Scene:
        """The scene of ``line``."""
        keys = self._keys[line.key]
        text = " ".join((line.text, line.partner_name))
        said = frozenset(word.text for word in words(text[:2000]))
        codes = frozenset(re.findall(r"[A-Z0-9]{3,}", fold(line.code))) | {w for w in said if len(w) == 4}
        own, own_named, own_text = self._own_side(line)
        return Scene(
            line=line,
            amount=self._book.places.minor(line.amount, line.currency),
            book=self._book,
            guesses={guess.party: guess for guess in guesses},
            quotes={n: _field_quote(q) for n, q in self._open.find(keys).items()},
            settled={n: _field_quote(q) for n, q in self._settled.find(keys).items()},
            said=said,
            numbers=ref.numbers_in(line.text),
            joined={key[1:]: place for key, place in keys.items() if key[0] == "N" and 6 <= len(key) <= 17},
            codes=codes,
            own=own,
            own_named=own_named,
            own_text=own_text,
        )

    def _own_side(self, line: BankLine) -> tuple[tuple[int, ...], bool, bool]:
        """Own journals that the line names by number, whether it names one by name, and the company itself.

        A journal's name ("Savings") may stand in a text by chance: it counts like a word, not like a number.
        """
        number, flat = squeeze(line.account_number), squeeze(line.text[:1000])
        name = squeeze(line.partner_name)
        numbered, named = [], False
        for own, account, names in self._own:
            if own.journal == line.journal:
                continue
            if len(account) >= 6 and (account == number or account in flat):
                numbered.append(own.journal)
            named = named or any(text in flat or text == name for text in names if len(text) >= 6)
        itself = any(len(text) >= 4 and (text == name or (not name and text in flat)) for text in self._company)
        return tuple(numbered), named, itself


def _field_quote(quote: Quote) -> Quote:
    """What stands in a structured field was meant as a reference."""
    if quote.start < 0 and quote.level >= ref.TAIL:
        return Quote(ref.STRUCTURED, -1, -1)
    return quote
