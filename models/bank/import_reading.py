"""From an uploaded file to the statements of one account, every refusal a sentence that names file and line."""

import base64
import binascii
import json
import re
from dataclasses import dataclass

from odoo.exceptions import UserError

from ...engine.text import squeeze
from ...readers import bankfile
from ...readers.bankfile import BankFile, BankFileError, SheetMapping, Statement
from .import_texts import at_place, error_sentence

MEGABYTE = 1024 * 1024
MAX_MB = 25

_BREAKS = dict.fromkeys(map(ord, "\r\n\t "))


@dataclass(frozen=True)
class Part:
    """The statements of one account and currency in a file; ``mapping`` and ``signature`` are a sheet's."""

    filename: str
    bank_file: BankFile
    account: str
    currency: str
    mapping: dict | None = None
    signature: str = ""
    others: tuple[str, ...] = ()

    @property
    def statements(self) -> tuple[Statement, ...]:
        return self.bank_file.statements


def limit_bytes(env):
    """The largest file that is read, from the setting ai_bookkeeper.max_import_mb."""
    stored = env["ir.config_parameter"].sudo().get_param("ai_bookkeeper.max_import_mb", MAX_MB)
    try:
        return max(1, int(float(stored) * MEGABYTE))
    except ValueError:
        return MAX_MB * MEGABYTE


def check_size(env, filename, size):
    """Refuse a file over the limit, before it is decoded or parsed."""
    limit = limit_bytes(env)
    if size > limit:
        sentence = env._(
            "The file has %(size).0f MB, the limit is %(limit).0f MB. Export a shorter period.",
            size=size / MEGABYTE,
            limit=limit / MEGABYTE,
        )
        raise UserError(at_place(env, filename, None, sentence))


def decoded(env, filename, content):
    """The bytes of a base64 text; its length is checked first."""
    if not isinstance(content, (str, bytes)):
        raise UserError(at_place(env, filename, None, env._("The content must be given as base64 text.")))
    check_size(env, filename, len(content) * 3 // 4)
    # Mail programs and many clients wrap base64 text.
    joined = content.translate(_BREAKS) if isinstance(content, str) else content.translate(None, b"\r\n\t ")
    try:
        return base64.b64decode(joined, validate=True)
    except (binascii.Error, ValueError):
        raise UserError(at_place(env, filename, None, env._("The content is not valid base64.")))


def sheet_preview(env, filename, data):
    """The columns and guess of a CSV or XLSX file; None for every other format."""
    try:
        if bankfile.detect(data, filename) not in ("csv", "xlsx"):
            return None
        return bankfile.preview(data, filename, limit_bytes(env))
    except BankFileError as error:
        raise UserError(error_sentence(env, filename, error))


def chosen_mapping(env, filename, preview, choice):
    """The mapping to read a sheet with, from the caller's dict: on this file's header unless it names its own."""
    try:
        chosen = SheetMapping.from_json(json.dumps(choice))
    except BankFileError as error:
        raise UserError(error_sentence(env, filename, error))
    except TypeError:
        sentence = env._("The chosen columns can't be read. Choose them again.")
        raise UserError(at_place(env, filename, None, sentence))
    return chosen if "header_row" in choice else preview.adopt(chosen)


def remembered_mapping(preview, stored):
    """What this header was read with before, if it still fits this file; else None."""
    try:
        mapping = preview.adopt(SheetMapping.from_json(json.dumps(stored)))
        mapping.check(len(preview.columns))
    except (BankFileError, TypeError):
        return None
    return mapping


def read(env, filename, data, mapping=None):
    """Parse a file.

    :param SheetMapping mapping: how to read a sheet
    :rtype: BankFile
    """
    check_size(env, filename, len(data))
    try:
        return bankfile.read(data, filename, mapping, limit_bytes(env))
    except BankFileError as error:
        raise UserError(error_sentence(env, filename, error))


def parts(filename, bank_file, mapping=None, signature=""):
    """One part per account and currency that the file names, in their order."""
    groups = {}
    for statement in bank_file.statements:
        groups.setdefault((squeeze(statement.account_number), statement.currency), []).append(statement)
    stored = json.loads(mapping.to_json()) if mapping else None
    labels = {key: f"{found[0].account_number or '?'} {key[1]}".strip() for key, found in groups.items()}
    return [
        Part(
            filename=filename,
            bank_file=BankFile(bank_file.format, tuple(found), _notes_of(bank_file, found, groups)),
            account=found[0].account_number,
            currency=key[1],
            mapping=stored,
            signature=signature,
            others=tuple(label for other, label in labels.items() if other != key),
        )
        for key, found in groups.items()
    ]


def _notes_of(bank_file, statements, groups):
    """The notes of these statements: those that name another one belong to another part."""
    if len(groups) == 1:
        return bank_file.notes
    names = {statement.name for statement in statements}
    return tuple(note for note in bank_file.notes if note[1].get("statement", "") in {"", *names})


def same_account(stated, own):
    """Whether two account numbers, one perhaps an IBAN, with bank code or currency, mean one account."""
    first, second = squeeze(stated or ""), squeeze(own or "")
    if not first or not second:
        return False
    if first == second or _without_currency(first) == _without_currency(second):
        return True
    for number, other in ((stated, second), (own, first)):
        iban = _without_currency(other)
        if _is_iban(iban) and not _is_iban(squeeze(number)) and _ends(iban, number):
            return True
    return False


def _ends(iban, number):
    """“10020030/1234567890” and “1234567890” mean DE.. 10020030 1234567890; short numbers prove nothing."""
    last = _without_currency(squeeze(re.split(r"[/ ]", number.strip())[-1])).lstrip("0")
    return len(last) >= 6 and iban[4:].endswith(last)


def _is_iban(number):
    return len(number) >= 15 and number[:2].isalpha() and number[2:4].isdigit()


def _without_currency(number):
    """NL77ABNA0574908765EUR is what some banks write."""
    return number[:-3] if len(number) > 8 and number[-3:].isalpha() and number[-4].isdigit() else number
