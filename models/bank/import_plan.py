"""What importing a part of a file into a journal would do: what is new, what is known, what forbids it."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

from odoo import fields
from odoo.tools import SQL
from odoo.tools.sql import column_exists

from ...engine.text import squeeze, words
from ...readers.bankfile import StatementLine, file_keys
from . import import_reading as reading
from .import_texts import at_place, day_text

#: Booked lines lie in the past; what is dated later than this is a misread date.
FUTURE_DAYS = 31
#: Formats whose balances are provisional: their lines stand without a statement.
WITHOUT_STATEMENT = ("camt.052", "camt.054", "mt942")


@dataclass(frozen=True)
class New:
    """A line to create: its statement's place in the part, its own place there, its key."""

    statement: int
    position: int
    key: str
    line: StatementLine


@dataclass
class Plan:
    """``mine``: lines that the resumed import made before. ``adopted``: {id of a line that is there without this key:
    the key}. ``problems``: (code, sentence). ``waits``: for a cut-over, see ``ai.cut.over``."""

    journal: object
    part: reading.Part
    new: list[New] = field(default_factory=list)
    mine: list[New] = field(default_factory=list)
    known: int = 0
    adopted: dict[int, str] = field(default_factory=dict)
    notes: list = field(default_factory=list)
    problems: list[tuple[str, str]] = field(default_factory=list)
    waits: bool = False

    @property
    def total(self):
        return sum(len(statement.lines) for statement in self.part.statements)

    def bounds(self, index):
        """Opening and closing balance of a statement's new lines, either perhaps None; no answer (None) if what is
        new does not stand in one piece, for its balances would be invented."""
        statement = self.part.statements[index]
        places = sorted(new.position for new in [*self.mine, *self.new] if new.statement == index)
        if not places or places[-1] - places[0] + 1 != len(places):
            return None
        before = sum((line.amount for line in statement.lines[: places[0]]), Decimal(0))
        after = sum((line.amount for line in statement.lines[places[-1] + 1 :]), Decimal(0))
        start = None if statement.balance_start is None else statement.balance_start + before
        end = None if statement.balance_end is None else statement.balance_end - after
        return start, end


def make_plan(journal, part, allow_other_account=False, own_import=None):
    """Compare a part with the books, in a constant number of queries.

    :param own_import: an import that is being resumed: its lines are known, and no duplicates
    """
    plan = Plan(journal, part, notes=[[code, values] for code, values in part.bank_file.notes])
    _sort_out(plan, own_import)
    journal.env["ai.cut.over"]._weigh(plan)
    if own_import is None:
        _check_journal(plan)
        _check_account(plan, allow_other_account)
        _check_lines(plan)
        _check_dates(plan)
        _note_surroundings(plan)
    return plan


def journal_currency(journal):
    """The currency that a journal's lines are in."""
    return journal.currency_id or journal.company_id.currency_id


# === What is known === #


def _sort_out(plan, own_import):
    keys = file_keys(plan.part.bank_file, f"journal {plan.journal.id}")
    flat = {key for found in keys for key in found}
    stored = _stored_keys(plan.journal, flat)
    own_id = own_import.id if own_import else 0
    seen = set()
    unsure = []
    for index, statement in enumerate(plan.part.statements):
        for position, (key, line) in enumerate(zip(keys[index], statement.lines, strict=True)):
            if key in seen or (key in stored and stored[key] != own_id):
                plan.known += 1
            elif key in stored:
                plan.mine.append(New(index, position, key, line))
            else:
                unsure.append(New(index, position, key, line))
            seen.add(key)
    _adopt(plan, unsure, _strangers(plan, unsure, set(stored), own_id))


def _stored_keys(journal, keys):
    """{key: id of its import or None} of this journal's lines."""
    lines = journal.env["account.bank.statement.line"]
    lines.flush_model(["journal_id", "ai_fingerprint", "ai_import_id"])
    rows = journal.env.execute_query(
        SQL(
            "SELECT ai_fingerprint, ai_import_id FROM account_bank_statement_line "
            "WHERE journal_id = %s AND ai_fingerprint = ANY(%s)",
            journal.id,
            list(keys),
        )
    )
    return dict(rows)


@dataclass
class Stranger:
    """A line of the journal that another import or a person made, so that its key can't be compared."""

    id: int
    has_key: bool
    text: str
    account: str
    unique_id: str


def _strangers(plan, unsure, stored, own_id):
    """{(date, amount text): strangers} in the days of the unsure lines."""
    if not unsure:
        return {}
    lines = plan.journal.env["account.bank.statement.line"]
    lines.flush_model()
    lines.move_id.flush_model(["date", "state", "ref"])
    days = [new.line.date for new in unsure]
    # OCA's imports keep the bank's id in a column of their own.
    unique_id = SQL("l.unique_import_id" if column_exists(lines.env.cr, lines._table, "unique_import_id") else "NULL")
    rows = lines.env.execute_query(
        SQL(
            """
            SELECT l.id, m.date, l.amount, l.ai_fingerprint, l.account_number, %(unique_id)s, i.format, i.mapping,
                   concat_ws(' ', l.payment_ref, l.partner_name, m.ref, l.transaction_details ->> 'references')
              FROM account_bank_statement_line l
              JOIN account_move m ON m.id = l.move_id
         LEFT JOIN ai_bank_import i ON i.id = l.ai_import_id
             WHERE l.journal_id = %(journal)s AND m.journal_id = %(journal)s AND m.state = 'posted'
               AND m.date BETWEEN %(first)s AND %(last)s
               AND l.ai_import_id IS DISTINCT FROM %(own)s
          ORDER BY l.id
            """,
            unique_id=unique_id,
            journal=plan.journal.id,
            first=min(days),
            last=max(days),
            own=own_id,
        )
    )
    found = defaultdict(list)
    for line_id, day, amount, key, account, unique, form, mapping, text in rows:
        if key not in stored and not _is_same_kind(plan.part, key, form, mapping):
            stranger = Stranger(line_id, bool(key), text or "", squeeze(account or ""), unique or "")
            found[day, _amount_text(plan, amount)].append(stranger)
    return found


def _is_same_kind(part, key, form, mapping):
    """Lines of an import like this one have comparable keys: another key means another line."""
    if not key or form != part.bank_file.format:
        return False
    return form != "sheet" or _columns(mapping) == _columns(part.mapping)


def _columns(mapping):
    passing = ("header_row", "encoding", "delimiter", "skip_rows")
    return {name: value for name, value in (mapping or {}).items() if name not in passing and value not in (None, [])}


def _amount_text(plan, amount):
    # Adding zero turns -0 into 0.
    return f"{Decimal(str(amount)) + 0:.{journal_currency(plan.journal).decimal_places}f}"


def _adopt(plan, unsure, strangers):
    """Recognise lines that others brought in, the best likeness first, each once; the rest is new."""
    offers, plain = [], []
    for place, new in enumerate(unsure):
        for stranger in strangers.get((new.line.date, _amount_text(plan, new.line.amount)), ()):
            likeness = _likeness(new.line, stranger)
            if likeness:
                offers.append((-likeness, place, stranger.id, stranger))
            else:
                plain.append((place, stranger))
    taken, recognised = set(), set()
    for _rank, place, stranger_id, stranger in sorted(offers, key=lambda offer: offer[:3]):
        if place not in recognised and stranger_id not in taken:
            recognised.add(place)
            taken.add(stranger_id)
            if not stranger.has_key:
                plan.adopted[stranger_id] = unsure[place].key
    plan.known += len(recognised)
    plan.new = [new for place, new in enumerate(unsure) if place not in recognised]
    doubtful = sorted({place for place, stranger in plain if place not in recognised and stranger.id not in taken})
    if doubtful:
        first = unsure[doubtful[0]].line.source_line
        plan.notes.append(["possible_doubles", {"count": len(doubtful), "line": first}])


def _likeness(line, stranger):
    """0 (another line) to 2 (surely the same); date and amount agree already."""
    if line.bank_id and squeeze(stranger.unique_id).endswith(squeeze(line.bank_id)):
        return 2
    account = squeeze(line.account_number)
    if account and stranger.account and account != stranger.account:
        return 0
    text = " ".join([line.text, line.partner_name, *line.references])
    mine, theirs = squeeze(text), squeeze(stranger.text)
    if mine == theirs:
        return 1.5
    own_words, other_words = ({word.text for word in words(value)} for value in (text, stranger.text))
    if not own_words or not other_words:
        return 0
    if _names_other_numbers(own_words, other_words):
        return 0
    share = len(own_words & other_words) / min(len(own_words), len(other_words))
    if share >= 0.5 and any(len(word) > 2 for word in own_words & other_words):
        return share
    shorter, longer = sorted((mine, theirs), key=len)
    return 0.4 if len(shorter) > 5 and shorter in longer else 0


def _names_other_numbers(own_words, other_words):
    """“Invoice 17” is not “Invoice 18”, however alike the rest is: a line that is taken for another one is lost."""
    own, other = ({word for word in found if word.isdigit()} for found in (own_words, other_words))
    shared_long = any(len(word) > 4 for word in own & other)
    return bool(own - other and other - own) and not shared_long


# === What forbids it === #


def _refuse(plan, code, sentence, line=None):
    plan.problems.append((code, at_place(plan.journal.env, plan.part.filename, line, sentence)))


def _check_journal(plan):
    journal = plan.journal
    env = journal.env
    if journal.type not in ("bank", "cash", "credit"):
        _refuse(plan, "journal", env._("%(journal)s is no bank, cash or card journal.", journal=journal.display_name))
    elif not journal.default_account_id or not journal.suspense_account_id:
        sentence = env._(
            "The journal %(journal)s has no bank account or no suspense account. Set them on the journal first.",
            journal=journal.display_name,
        )
        _refuse(plan, "journal", sentence)
    elif journal.restrict_mode_hash_table:
        sentence = env._(
            "The journal %(journal)s locks its entries with a hash, so its lines could never be reconciled. "
            "Switch that off on the journal, or import into another one.",
            journal=journal.display_name,
        )
        _refuse(plan, "journal", sentence)


def _check_account(plan, allow_other_account):
    journal, stated = plan.journal, plan.part.account
    if not stated or reading.same_account(stated, journal.bank_account_id.acc_number):
        return
    env = journal.env
    owner = journal_of_account(journal, stated)
    if owner:
        sentence = env._(
            "The account %(account)s belongs to the journal %(owner)s, not to %(journal)s. Import it there.",
            account=stated,
            owner=owner.display_name,
            journal=journal.display_name,
        )
        _refuse(plan, "other_journal", sentence)
    elif not allow_other_account and not _is_known_there(journal, stated):
        sentence = env._(
            "The account %(account)s is unknown: the journal %(journal)s is for %(own)s. Choose another journal, or "
            "tick that the file belongs to this journal anyway.",
            account=stated,
            journal=journal.display_name,
            own=journal.bank_account_id.acc_number or env._("another account"),
        )
        _refuse(plan, "unknown_account", sentence)
    elif not journal.bank_account_id:
        plan.notes.append(["account_unset", {"account": stated}])


def journal_of_account(journal, stated):
    """The other journal of the company that has this account."""
    others = journal.search(
        [
            ("company_id", "=", journal.company_id.id),
            ("type", "in", ("bank", "cash", "credit")),
            ("id", "!=", journal.id),
            ("bank_account_id", "!=", False),
        ]
    )
    currency = journal_currency(journal)
    found = others.filtered(lambda other: reading.same_account(stated, other.bank_account_id.acc_number))
    # One IBAN may carry several currencies, a journal for each.
    if journal.bank_account_id or not any(journal_currency(other) != currency for other in found):
        return found[:1]
    return found.filtered(lambda other: journal_currency(other) == currency)[:1]


def _is_known_there(journal, stated):
    """A journal without an account number takes its first file's; later ones must agree."""
    earlier = journal.env["ai.bank.import"].sudo()._accounts_of(journal)
    if any(reading.same_account(stated, account) for account in earlier):
        return True
    return not journal.bank_account_id and not earlier


def _check_lines(plan):
    currency = journal_currency(plan.journal)
    env = plan.journal.env
    if plan.part.currency and plan.part.currency != currency.name:
        first = next((line for statement in plan.part.statements for line in statement.lines), None)
        sentence = env._(
            "The statement is in %(stated)s, but the journal %(journal)s is in %(currency)s. Choose a journal in "
            "%(stated)s.",
            stated=plan.part.currency,
            journal=plan.journal.display_name,
            currency=currency.name,
        )
        _refuse(plan, "currency", sentence, first and first.source_line)
        return
    places = currency.decimal_places
    fine = next((new for new in plan.new if new.line.amount != round(new.line.amount, places)), None)
    if fine:
        sentence = env._(
            "The amount %(amount)s has more decimals than %(currency)s knows. Check the file.",
            amount=fine.line.amount,
            currency=currency.name,
        )
        _refuse(plan, "decimals", sentence, fine.line.source_line)


def _check_dates(plan):
    if not plan.new:
        return
    env = plan.journal.env
    first = min(plan.new, key=lambda new: new.line.date)
    locks = locks_on(plan.journal, first.line.date)
    # A day after the lock is proposed for the cut-over: what is older is not imported.
    if locks and not plan.waits:
        last_locked = max(lock[0] for lock in locks)
        count = sum(new.line.date <= last_locked for new in plan.new)
        sentence = env._(
            "%(count)s new line(s) lie in a locked period, the first on %(date)s: %(locks)s. Ask the person who locked "
            "it for an exception, or export from the day after.",
            count=count,
            date=day_text(env, first.line.date),
            locks=plan.journal.company_id._format_lock_dates(locks),
        )
        _refuse(plan, "locked", sentence, first.line.source_line)
    last = max(plan.new, key=lambda new: new.line.date)
    if last.line.date > fields.Date.context_today(plan.journal) + timedelta(days=FUTURE_DAYS):
        sentence = env._(
            "A line is dated %(date)s, far in the future. Check the order of day and month, or the file.",
            date=day_text(env, last.line.date),
        )
        _refuse(plan, "future", sentence, last.line.source_line)


def locks_on(journal, day):
    """The lock dates, for the acting person, that an entry of this day in this journal would violate."""
    return journal.company_id._get_violated_lock_dates(day, False, journal)


# === What a person should know === #


def _note_surroundings(plan):
    if plan.part.others:
        plan.notes.append(["other_parts", {"accounts": list(plan.part.others)}])
    if plan.total and not plan.new:
        plan.notes.append(["all_known", {}])
    if not plan.waits:
        _note_split(plan)
        _note_opening(plan)
    _note_currencies(plan)


def _note_split(plan):
    if plan.part.bank_file.format in WITHOUT_STATEMENT:
        return
    for index in sorted({new.statement for new in plan.new}):
        if plan.bounds(index) is None:
            plan.notes.append(["statement_split", {"statement": plan.part.statements[index].name}])


def _note_opening(plan):
    """Compare the first new statement with the journal's last one before it."""
    if not plan.new or plan.part.bank_file.format in WITHOUT_STATEMENT:
        return
    first = plan.new[0]
    bounds = plan.bounds(first.statement)
    if bounds is None or bounds[0] is None:
        return
    before = plan.journal.env["account.bank.statement"].search(
        [("journal_id", "=", plan.journal.id), ("first_line_index", "<", f"{first.line.date:%Y%m%d}")],
        order="first_line_index desc",
        limit=1,
    )
    closing = Decimal(_amount_text(plan, before.balance_end_real)) if before else bounds[0]
    if closing != bounds[0]:
        values = {
            "where": "journal",
            "statement": plan.part.statements[first.statement].name,
            "expected": f"{closing:f}",
            "found": f"{bounds[0]:f}",
            "gap": f"{bounds[0] - closing:f}",
        }
        plan.notes.append(["balance_gap", values])


def _note_currencies(plan):
    named = Counter(new.line.foreign_currency for new in plan.new if new.line.foreign_currency)
    active = active_currencies(plan.journal.env)
    missing = {name: count for name, count in named.items() if name not in active}
    if missing:
        values = {"count": sum(missing.values()), "currencies": sorted(missing)}
        plan.notes.append(["currency_inactive", values])


def active_currencies(env):
    """{code: id} of the currencies in use."""
    return {currency.name: currency.id for currency in env["res.currency"].search([])}


# === Values === #


def line_values(plan, new, currencies):
    """What Odoo stores for a new line."""
    line = new.line
    details = {
        "format": plan.part.bank_file.format,
        "text": line.text,
        "references": list(line.references),
        "bank_id": line.bank_id,
        "code": line.code,
        "value_date": line.value_date.isoformat() if line.value_date else None,
        "foreign_amount": None if line.foreign_amount is None else f"{line.foreign_amount:f}",
        "foreign_currency": line.foreign_currency or None,
        "source_line": line.source_line,
        "raw": line.raw,
    }
    values = {
        "journal_id": plan.journal.id,
        "date": line.date,
        "amount": float(line.amount),
        "payment_ref": line.text or " ".join(line.references) or line.partner_name or line.code or "/",
        "partner_name": line.partner_name or False,
        "account_number": line.account_number or False,
        "transaction_type": line.code or False,
        "transaction_details": details,
        "ai_fingerprint": new.key,
    }
    foreign_id = currencies.get(line.foreign_currency)
    has_original = line.foreign_amount and line.amount and foreign_id
    if has_original and foreign_id != journal_currency(plan.journal).id:
        # Both amounts move the same way; banks often write the original one without a sign.
        original = abs(line.foreign_amount) if line.amount > 0 else -abs(line.foreign_amount)
        values |= {"foreign_currency_id": foreign_id, "amount_currency": float(original)}
    return values
