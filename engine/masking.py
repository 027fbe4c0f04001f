"""What an agent may not see is replaced by stand-ins that still tell things apart."""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass

#: A document's number or a bank's code: one word with a digit.
_TOKEN = re.compile(r"(?=[^\s]*\d)[\w./+#:-]{1,40}", re.ASCII)
_CODE = re.compile(r"[A-Za-z0-9/-]{1,20}")
#: Accounts look like this; a number that is one is no reference. RF is the country of creditor references.
_IBAN = re.compile(r"(?!RF)[A-Z]{2}[0-9]{2}[A-Z0-9]{10,30}")


@dataclass(frozen=True)
class Masks:
    """Which kinds of data are hidden. ``secret``: bytes that only the server knows, so that nobody can compute the
    stand-in of a number he guesses."""

    names: bool
    ibans: bool
    texts: bool
    secret: bytes

    @property
    def hidden(self):
        """The words of what is hidden, in a fixed order."""
        return tuple(word for word in ("names", "ibans", "texts") if getattr(self, word))

    def name(self, partner_id, name):
        """The partner's name, or ``partner-<id>``: proposals name partners by the same id."""
        if not name:
            return None
        return f"partner-{partner_id}" if self.names else name

    def payer(self, name):
        """The name on the bank's text, which no partner may have."""
        if not name:
            return None
        return f"payer-{self._stand_in(name.strip().casefold())}" if self.names else name

    def iban(self, number):
        """The account number, or a stand-in that is the same for the same number."""
        if not number:
            return None
        return f"account-{self._stand_in(number)}" if self.ibans else number

    def text(self, text):
        """Free text, or nothing."""
        return None if self.texts or not text else text

    def token(self, text):
        """A reference: whole, or only when it is one word with a digit and no account number."""
        if not text or not self.texts:
            return text or None
        is_account = _IBAN.fullmatch(re.sub(r"\W", "", text).upper())
        return text if _TOKEN.fullmatch(text) and not is_account else None

    def code(self, text):
        """The bank's transaction code, if it is one."""
        return text if text and _CODE.fullmatch(text) else None

    def _stand_in(self, value):
        return hmac.new(self.secret, value.encode(), hashlib.sha256).hexdigest()[:12]
